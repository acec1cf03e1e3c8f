"""The state machine of one unit: from what it shows, its plan and its neighbours to one judgement at a time.

Data come first: of a unit that is not heard, or whose signals contradict each other, nothing is said about output, and
an output finding that stood before keeps standing, for only output clears it. A standstill in an approved window is
planned. A stop needs good quality, a live connection and nothing that contradicts it.
"""

from dataclasses import dataclass

from models.codes import UnitState
from models.detection.data_faults import DataFaults
from models.detection.expected import Window
from models.detection.judgement import Basis, Judgement
from models.detection.observed import UnitSample
from models.detection.pace import Low
from models.detection.seen import Seen
from models.detection.watched import Watched

WORKED_LATELY_S = 600
RESUMED_S = 300
OVERRUN_S = 3600
OVERRUN_SHARE = 0.1
WAITING_AFTER_S = 120
LOW_FOR_SHARE = 0.75
"""A signal is low where it is below its limit for so much of the time."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What others show: whether a sibling of the same kind works, and how many events the unit's suppliers ended."""

    sibling_works: bool = False
    supplier_events: int = 0


class UnitWatch:
    """Judges one unit. `judgement` is the last one; `output` the last that spoke of an output drop, while it holds.

    Time only goes forward: a sample that is not later than the last is left out.
    """

    def __init__(self, unit: Watched) -> None:
        self.unit = unit
        self.seen = Seen(unit)
        self.judgement = Judgement(UnitState.MISSING, Basis.NEVER, 0)
        self.output: Judgement | None = None
        self.at_s = 0
        self.rate_t_per_h: float | None = None
        self.window: Window | None = None
        self._ramp_until_s = 0
        self._ramp_since_s = 0
        self._off_zero_since_s: int | None = None
        self._supplied_before: int | None = None
        self._stop_events = 0

    def step(
        self, at_s: int, sample: UnitSample, rate_t_per_h: float | None, window: Window | None, near: Neighbours
    ) -> Judgement:
        """The judgement at `at_s` (UTC seconds), after taking what was seen since the last step."""
        if at_s <= self.at_s:
            return self.judgement
        span_s = at_s - self.at_s if self.at_s else 60
        self.at_s = at_s
        waits = self.judgement.basis is Basis.WAITING
        self.rate_t_per_h = rate_t_per_h
        self.seen.take(at_s, min(span_s, 3600), sample, 0.0 if waits else rate_t_per_h)
        self._follow_window(window)
        self.judgement = self._judge(near)
        if self.judgement.state in (UnitState.STOPPED, UnitState.SLOW):
            self.output = self.judgement
        elif self.judgement.state in (UnitState.OK, UnitState.RAMP_UP, UnitState.PLANNED):
            self.output = None
        return self.judgement

    @property
    def data_fault(self) -> Judgement | None:
        """The judgement, where it speaks of data."""
        return self.judgement if self.judgement.state >= UnitState.STALE else None

    def _judge(self, near: Neighbours) -> Judgement:
        window = self.window
        if window is not None and self.at_s < window.end_s and not self._works_now():
            return Judgement(UnitState.PLANNED, Basis.REPAIR, window.start_s, {"until_s": window.end_s}, 0.0)
        fault = DataFaults(self.seen, self.at_s, self._since_output()).found()
        if fault is not None:
            return fault
        stop = self._stop(near)
        if stop is not None:
            if self.output is None or self.output.state is not UnitState.STOPPED:
                self._stop_events = self.seen.events
            return stop
        if self.at_s < self._ramp_until_s:
            if not self._came_back():
                pct = self.seen.activity_pct
                facts = {} if pct is None else {"activity_pct": pct}
                return Judgement(UnitState.RAMP_UP, Basis.RAMP_UP, self._ramp_since_s, facts, pct)
            self._ramp_until_s = self.at_s
            self.seen.restart()
        return self._slow() or Judgement(UnitState.OK, Basis.WORKS, self._ok_since(), {}, self._actual_pct())

    def _stop(self, near: Neighbours) -> Judgement | None:
        seen, at_s, rules = self.seen, self.at_s, self.unit.rules
        overrun = self._overrun()
        if overrun is not None:
            return overrun
        if self.output is not None and self.output.state is UnitState.STOPPED and not self._resumed():
            return self.output
        standing = seen.standing_since_s
        if rules.together:
            return None
        if standing is not None and rules.sequence_events:
            if self._supplied_before is None:
                self._supplied_before = near.supplier_events
            waited = near.supplier_events - self._supplied_before
            if not near.sibling_works and waited < rules.sequence_events and at_s - standing >= WAITING_AFTER_S:
                return Judgement(UnitState.PLANNED, Basis.WAITING, standing, {"events": waited}, 0.0)
        elif standing is None:
            self._supplied_before = None
        unplanned_s = max(standing or 0, self._planned_until_s())
        if standing is not None and at_s - unplanned_s >= rules.stop_after_s:
            return Judgement(UnitState.STOPPED, Basis.ACTIVITY_STOP, unplanned_s, seen.facts(), 0.0)
        silent_since_s = self._no_event_since()
        if silent_since_s is not None:
            return Judgement(UnitState.STOPPED, Basis.NO_EVENT, silent_since_s, {}, 0.0)
        return None

    def _since_output(self) -> int:
        """Since when there was no output that was due: the last output, or the end of a window after it."""
        began_s = self.seen.began_s or self.at_s
        since_s = max(began_s, self.seen.output_s or began_s, self._ramp_since_s)
        return max(since_s, self.window.end_s) if self.window is not None else since_s

    def _planned_until_s(self) -> int:
        """The end of the last window that ended: a unit that stands then began its standstill by plan."""
        return self.window.end_s if self.window is not None and self.window.end_s <= self.at_s else 0

    def _no_event_since(self) -> int | None:
        rules, seen = self.unit.rules, self.seen
        limits = [] if rules.no_event_s is None else [float(rules.no_event_s)]
        usual_s = seen.pace.usual_interval_s()
        if rules.no_event_intervals is not None and usual_s is not None:
            limits.append(rules.no_event_intervals * usual_s)
        if not limits or not self.unit.has_events or not self.rate_t_per_h:
            return None
        since_s = self._since_output()
        return since_s if self.at_s - since_s >= min(limits) else None

    def _resumed(self) -> bool:
        """Whether a unit that stood works again: by its signal for a while, or, without one, by an event."""
        seen = self.seen
        if self.unit.activity is None or (self.output is not None and self.output.basis is Basis.NO_EVENT):
            return seen.events > self._stop_events
        stood = seen.standing_since_s is not None
        since_s = self._off_zero_since_s
        return not stood and since_s is not None and self.at_s - since_s >= RESUMED_S

    def _overrun(self) -> Judgement | None:
        """A window that ended long enough ago without a sign of work since."""
        window, seen = self.window, self.seen
        if window is None or self.at_s < window.end_s:
            return None
        late_s = self.at_s - window.end_s
        allowed_s = OVERRUN_S if window.daily else min(OVERRUN_S, OVERRUN_SHARE * (window.end_s - window.start_s))
        worked = max(seen.working_s or 0, seen.output_s or 0) > window.end_s
        if worked or late_s < allowed_s or self.unit.rules.together:
            return None
        return Judgement(UnitState.STOPPED, Basis.OVERRUN, window.end_s, {"until_s": window.end_s}, 0.0)

    def _slow(self) -> Judgement | None:
        """Slow by a steady signal, or by output over whole events."""
        seen, rules, held = self.seen, self.unit.rules, self.output
        slow = held if held is not None and held.state is UnitState.SLOW else None
        if rules.activity is not None:
            holds = slow is not None and slow.basis is Basis.ACTIVITY_SLOW
            mean = seen.activity_quantile(rules.activity.hold_s, 0.5 if holds else LOW_FOR_SHARE)
            limit = rules.activity.clear_pct if holds else rules.activity.raise_pct
            if mean is not None and mean < limit:
                since_s = slow.since_s if slow is not None else self.at_s - rules.activity.hold_s
                facts = {"mean_pct": mean, "hold_s": rules.activity.hold_s, **seen.facts()}
                return Judgement(UnitState.SLOW, Basis.ACTIVITY_SLOW, since_s, facts, mean)
        if rules.together or not self.rate_t_per_h:
            return None
        low = seen.pace.low(self.unit.limit, self.rate_t_per_h)
        if low is not None:
            return slow_pace(low, slow.since_s if slow is not None else low.start_s)
        if slow is not None and slow.basis is Basis.PACE and not seen.pace.well(self.unit.limit, self.rate_t_per_h):
            return slow
        return None

    def _follow_window(self, window: Window | None) -> None:
        """Note the window, and begin the time in which the unit may come back at its end and at the end of a stop."""
        self.window = window
        before = self.judgement
        stood = before.state is UnitState.STOPPED or before.basis is Basis.REPAIR
        if stood:
            low_s, high_s = self.unit.rules.ramp_up_s
            stood_s = self.at_s - before.since_s
            self._ramp_since_s, self._ramp_until_s = self.at_s, self.at_s + min(max(stood_s, low_s), high_s)
            self.seen.restart()
        standing = self.seen.standing_since_s is not None or self.seen.activity_pct is None
        if standing:
            self._off_zero_since_s = None
        elif self._off_zero_since_s is None:
            self._off_zero_since_s = self.at_s

    def _came_back(self) -> bool:
        """Whether a unit that ramps up is at full work: by its steady signal; else by whole output of a while."""
        rules = self.unit.rules
        if rules.activity is not None:
            mean = self.seen.activity_quantile(rules.activity.hold_s, 0.5)
            return mean is not None and mean >= rules.activity.clear_pct
        return False

    def _works_now(self) -> bool:
        seen = self.seen
        signal = seen.working_s is not None and self.at_s - seen.working_s <= WORKED_LATELY_S
        window = self.window
        return signal or (
            window is not None and self.unit.activity is None and (seen.output_s or 0) > window.start_s + 7200
        )

    def _ok_since(self) -> int:
        return self.judgement.since_s if self.judgement.state is UnitState.OK else self.at_s

    def _actual_pct(self) -> float | None:
        if not self.rate_t_per_h:
            return None
        window = self.seen.pace.over(0.25 * self.unit.limit.window_h * self.rate_t_per_h)
        return None if window is None else 100.0 * window.ratio


def slow_pace(low: Low, since_s: int) -> Judgement:
    facts = {
        "actual_t": low.actual_t,
        "expected_t": low.expected_t,
        "hours": (low.end_s - low.start_s) / 3600,
        "pct": 100.0 * low.ratio,
    }
    return Judgement(UnitState.SLOW, Basis.PACE, since_s, facts, 100.0 * low.ratio)
