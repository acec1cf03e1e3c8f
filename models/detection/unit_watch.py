"""The state machine of one unit: from what it shows, its plan and its neighbours to one judgement at a time.

Data come first: of a unit that is not heard, or whose signals contradict each other, nothing is said about output, and
an output finding that stood before keeps standing, for only output clears it. A standstill in an approved window is
planned. A stop needs good quality, a live connection and nothing that contradicts it.
"""

from dataclasses import replace

from models.detection.data_faults import DataFaults
from models.detection.expected.expected import Window
from models.detection.judgement import Basis, Judgement, reach, slow_pace
from models.detection.minutes.observed import UnitSample
from models.detection.sequences import Neighbours, Sequences
from models.detection.unit_evidence import Seen
from models.detection.watched import Watched
from models.works.codes import UnitState

WORKED_LATELY_S = 600
RESTS_S = 1800
"""A roll change is shorter: a unit that has not worked for so long has no events because of that."""
OVERRUN_S = 3600
OVERRUN_SHARE = 0.1
LATE_OUTPUT_S = 7200
DISAGREE_PCT = 8.0

LOW_FOR_SHARE = 0.75
"""A signal is low where it is below its limit for so much of the time."""


class UnitWatch:
    """Judges one unit. `judgement` is the last one; `output` the last that spoke of an output drop, while it holds.
    `due_t`: what was due since the watch began, in tonnes.

    Time only goes forward: a sample that is not later than the last is left out.
    """

    def __init__(self, unit: Watched) -> None:
        self.unit = unit
        self.seen = Seen(unit)
        self.judgement = Judgement(UnitState.MISSING, Basis.NEVER, 0)
        self.output: Judgement | None = None
        self.at_s = 0
        self.rate_t_per_h: float | None = None
        self.due_t = 0.0
        self.window: Window | None = None
        self._ramp_until_s = 0
        self._ramp_since_s = 0
        self._off_zero_since_s: int | None = None
        self._last_off_zero_s = 0
        self._waited: int | None = None
        self._stop_events = 0
        self._sequences = Sequences()

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
        due_t = (rate_t_per_h or 0.0) * min(span_s, 3600) / 3600
        self.due_t += due_t
        self._sequences.due(due_t)
        self.seen.take(at_s, min(span_s, 3600), sample, 0.0 if waits else rate_t_per_h)
        self._follow_window(window)
        self.judgement = self._judge(near)
        if waits and self.judgement.basis is not Basis.WAITING:
            self._sequences.end(at_s, self.seen.made_t)
        if self.judgement.state in (UnitState.STOPPED, UnitState.SLOW):
            self.output = self.judgement
        elif not self._holds_output():
            self.output = None
        return self.judgement

    def _holds_output(self) -> bool:
        """Whether what was said of output still stands: nothing newer is known, or it stands for a repair shift."""
        daily = self.window is not None and self.window.daily
        unknown = self.judgement.state >= UnitState.STALE and self.judgement.basis is not Basis.DISAGREES
        return unknown or (self.judgement.basis is Basis.REPAIR and daily)

    @property
    def data_fault(self) -> Judgement | None:
        """The judgement, where it speaks of data."""
        return self.judgement if self.judgement.state >= UnitState.STALE else None

    def _judge(self, near: Neighbours) -> Judgement:
        window = self.window
        if self.unit.rules.sequence_events:
            self._waited = self._sequences.waited(self.at_s, self.seen.standing_since_s, near)
        if window is not None and self.at_s < window.end_s and not self._works_now():
            return Judgement(UnitState.PLANNED, Basis.REPAIR, window.start_s, {"until_s": window.end_s}, 0.0)
        fault = DataFaults(self.seen, self.at_s, self._since_output()).found()
        if fault is not None:
            return fault
        if self._counted_too_little():
            self._told()  # what was not counted is missing from the pace, and not from output
        stop = self._stop()
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

    def _counted_too_little(self) -> bool:
        """Whether a fault of data is over after which the pace is not to be relied on."""
        before = self.judgement
        if before.state < UnitState.STALE or before.state is UnitState.MISSING:
            return False
        rules, long = self.unit.rules, self.at_s - before.since_s > WORKED_LATELY_S
        counts = self.unit.has_counter or rules.sequence_events > 0
        return before.basis is Basis.WORKS_BUT_NO_OUTPUT or (long and counts)

    def _stop(self) -> Judgement | None:
        seen, at_s, rules = self.seen, self.at_s, self.unit.rules
        overrun = self._overrun()
        if overrun is not None:
            return overrun
        standing, held = seen.standing_since_s, self.output
        if held is not None and held.state is UnitState.STOPPED and not self._resumed():
            shows_now = standing is not None and held.basis is Basis.ACTIVITY_STOP
            return replace(held, facts=seen.facts()) if shows_now else held
        if rules.together:
            return None
        waited = self._waited
        if standing is not None and waited is not None and waited < rules.sequence_events:
            return Judgement(UnitState.PLANNED, Basis.WAITING, standing, {"events": waited}, 0.0)
        if standing is not None and standing > self._planned_until_s() and at_s - standing >= rules.stop_after_s:
            return Judgement(UnitState.STOPPED, Basis.ACTIVITY_STOP, standing, seen.facts(), 0.0)
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
        """The end of the last window that ended: a standstill that began before is an overrun, if it is anything."""
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
        ramps = self.at_s < self._ramp_until_s and self._off_zero_since_s is not None
        if ramps or self.at_s - since_s < min(limits):
            return None
        rests = seen.working_s is None or self.at_s - seen.working_s >= max(0.5 * min(limits), RESTS_S)
        return since_s if self.unit.activity is None or rests or seen.worked_s < 0.25 * min(limits) else None

    def _resumed(self) -> bool:
        """Whether a unit that stood works again: by its signal for a while, or, without one, by an event."""
        seen = self.seen
        if self.unit.activity is None or (self.output is not None and self.output.basis is Basis.NO_EVENT):
            return seen.events > self._stop_events
        stood = seen.standing_since_s is not None
        since_s = self._off_zero_since_s
        return not stood and since_s is not None and self.at_s - since_s >= self.unit.rules.resume_after_s

    def _overrun(self) -> Judgement | None:
        """A window that ended long enough ago without a sign of work since."""
        window, seen = self.window, self.seen
        if window is None or self.at_s < window.end_s:
            return None
        late_s = self.at_s - window.end_s
        allowed_s = OVERRUN_S if window.daily else min(OVERRUN_S, OVERRUN_SHARE * (window.end_s - window.start_s))
        worked = (seen.output_s or 0) > window.end_s or self._last_off_zero_s > window.end_s
        if worked or window.end_s <= (seen.began_s or 0) or late_s < allowed_s or self.unit.rules.together:
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
                if (wrong := self._disagreement(slow)) is not None:
                    return wrong
                return Judgement(UnitState.SLOW, Basis.ACTIVITY_SLOW, since_s, facts, mean)
            if holds and mean is None:
                return slow  # after a time without data: whether it is well again is not known yet
            if holds:
                self._told()
                return None
        if rules.together:
            return None
        if not self.rate_t_per_h:
            return slow
        pace_limit, rate = self.unit.limit, self.rate_t_per_h
        low = seen.pace.low(pace_limit, rate, reach(slow)) or self._sequences.low(pace_limit, rate)
        if low is not None:
            return slow_pace(low, slow.since_s if slow is not None else low.start_s)
        if slow is not None and slow.basis is Basis.PACE and not seen.pace.well(pace_limit, rate):
            return slow
        if slow is not None:
            self._told()
        return None

    def _told(self) -> None:
        """Begin anew: what was low until now is told, and is no trend of what comes."""
        self.seen.restart()
        self._sequences.restart()

    def _disagreement(self, slow: Judgement | None) -> Judgement | None:
        """Activity that was low for as long as output was well: the instrument is wrong, and not the unit.

        Of one that fell at once that shows only when the limit's window lies behind the begin of `slow`.
        """
        if not self.rate_t_per_h or self.unit.rules.sequence_events:
            return None
        window = self.seen.pace.over(self.unit.limit.window_h * self.rate_t_per_h)
        level = None if window is None else self.seen.level_pct(window.start_s, window.end_s)
        if window is None or level is None or (slow is not None and window.start_s < slow.since_s):
            return None
        pct = 100.0 * window.ratio
        if pct < self.unit.limit.clear_pct or pct - level < DISAGREE_PCT:
            return None
        known = self.judgement if self.judgement.basis is Basis.DISAGREES else None
        facts = {"level_pct": level, "pct": pct, **self.seen.facts()}
        return Judgement(UnitState.BAD, Basis.DISAGREES, window.start_s if known is None else known.since_s, facts)

    def _follow_window(self, window: Window | None) -> None:
        """Note the window, and begin the time in which the unit may come back at its end and at the end of a stop."""
        self.window = window
        before = self.judgement
        daily = before.basis is Basis.REPAIR and window is not None and window.daily
        if before.state is UnitState.STOPPED or (before.basis is Basis.REPAIR and not daily):
            least_s, most_s = self.unit.rules.ramp_up_s
            long = self.at_s - before.since_s >= least_s
            self._ramp_since_s, self._ramp_until_s = self.at_s, self.at_s + (most_s if long else least_s)
            self.seen.restart()
            self._sequences.restart()
        standing = self.seen.standing_since_s is not None or not self.seen.shows_activity(self.at_s)
        if standing:
            self._off_zero_since_s = None
        else:
            self._last_off_zero_s = self.at_s
            if self._off_zero_since_s is None:
                self._off_zero_since_s = self.at_s

    def _came_back(self) -> bool:
        """Whether a unit that ramps up is at full work: by its steady signal; else by whole output of a while."""
        rules = self.unit.rules
        if rules.activity is not None:
            mean = self.seen.activity_quantile(rules.activity.hold_s, 0.5)
            return mean is not None and mean >= rules.activity.clear_pct
        return False

    def _works_now(self) -> bool:
        """Whether it works in spite of a window in which it should stand."""
        seen, window = self.seen, self.window
        if self.unit.activity is None:
            return window is not None and (seen.output_s or 0) > window.start_s + LATE_OUTPUT_S
        worked = seen.working_s is not None and self.at_s - seen.working_s <= WORKED_LATELY_S
        return worked and seen.standing_since_s is None

    def _ok_since(self) -> int:
        return self.judgement.since_s if self.judgement.state is UnitState.OK else self.at_s

    def _actual_pct(self) -> float | None:
        if not self.rate_t_per_h:
            return None
        window = self.seen.pace.over(0.25 * self.unit.limit.window_h * self.rate_t_per_h)
        return None if window is None else 100.0 * window.ratio
