"""The state machine of one unit: from what it shows, its plan and its neighbours to one judgement at a time.

The rules are asked in the order in which a dispatcher would ask: does it stand by plan; can its data be believed; has
it stopped; is it still coming back; is it slow. Data come before output: while a unit is not heard, or its signals
contradict each other, its output is not judged. A drop that was found before holds on, for only output clears it.
"""

from models.detection.data_faults import DataFaults
from models.detection.expected.expected import Window
from models.detection.judgement import Basis, Judgement
from models.detection.minutes.observed import UnitSample
from models.detection.sequences import Neighbours, Sequences
from models.detection.situation import RampUp, Situation, is_daily_repair
from models.detection.slow_rules import SlowRules
from models.detection.stop_rules import StopRules
from models.detection.unit_evidence import UnitEvidence
from models.detection.watched import WatchedUnit
from models.works.codes import UnitState

FIRST_SPAN_S = 60
"""The span of the first sample, for which there is none before: a minute, as replays have it."""
LONGEST_SPAN_S = 3600
"""A sample speaks for no more than an hour, however long ago the last one was: of the rest nothing was seen."""
WORKED_LATELY_S = 600
"""Work seen within ten minutes is work now. A fault of data that was shorter leaves the pace as it was: at worst it
hides one block of output."""
LATE_OUTPUT_S = 7200
"""Output so long after a planned standstill began is work in spite of the plan. A unit without an activity may be
stopped late, or its last event entered late, by an hour or more."""
PRESENT_PACE_SHARE = 0.25
"""A working unit is shown with its pace over a quarter of the limit's window, the shortest that rules judge by."""


class UnitWatch:
    """Judges one unit. `judgement` is the last one; `output` the last one about an output drop, while that holds.
    `due_t`: what was due since the watch began, in tonnes.

    Time only goes forward: a sample that is not later than the last is left out.
    """

    def __init__(self, unit: WatchedUnit) -> None:
        self.unit = unit
        self.evidence = UnitEvidence(unit)
        self.judgement = Judgement(UnitState.MISSING, Basis.NEVER, 0)
        self.output: Judgement | None = None
        self.at_s = 0
        self.rate_t_per_h: float | None = None
        self.due_t = 0.0
        self.window: Window | None = None
        self._ramp_up = RampUp()
        self._events_at_stop = 0
        self._sequences = Sequences()

    @property
    def data_fault(self) -> Judgement | None:
        """The judgement, if it is about data."""
        return self.judgement if self.judgement.state >= UnitState.STALE else None

    def step(
        self, at_s: int, sample: UnitSample, rate_t_per_h: float | None, window: Window | None, near: Neighbours
    ) -> Judgement:
        """The judgement at `at_s` (UTC seconds), after taking what was seen since the last step."""
        if at_s <= self.at_s:
            return self.judgement
        span_s = min(at_s - self.at_s, LONGEST_SPAN_S) if self.at_s else FIRST_SPAN_S
        self.at_s, self.rate_t_per_h, self.window = at_s, rate_t_per_h, window
        due_t = (rate_t_per_h or 0.0) * span_s / 3600
        self.due_t += due_t
        self._sequences.due(due_t)
        was_waiting = self.judgement.basis is Basis.WAITING
        # A wait between sequences is judged with whole sequences: in the pace nothing is due in it.
        self.evidence.take(at_s, span_s, sample, 0.0 if was_waiting else rate_t_per_h)
        self._begin_ramp_up()
        judged = self._judge(self._situation(near))
        # One that is kept says when its facts were read: they are not those of this moment.
        self.judgement = judged if judged is self.output else judged.read_at(at_s)
        if was_waiting and self.judgement.basis is not Basis.WAITING:
            self._sequences.end(at_s, self.evidence.output.made_t)
        if self.judgement.state in (UnitState.STOPPED, UnitState.SLOW):
            self.output = self.judgement
        elif not self._keeps_output():
            self.output = None
        return self.judgement

    def was_away(self, from_s: int, until_s: int) -> None:
        """We did not watch in [from_s, until_s) (UTC seconds), and begin again: the unit was not silent, we were deaf.

        A unit that was silent before goes on being silent: that began while we watched.
        """
        if self.evidence.is_silent(from_s):
            return
        was_long = until_s - from_s > WORKED_LATELY_S
        if self._is_counted() and was_long:
            self._begin_anew()
        self.evidence.was_away(until_s, was_long=was_long)
        if was_long and self.judgement.state is not UnitState.STOPPED:
            # It stood when we left, and was not called stopped yet: it may have worked meanwhile.
            self.evidence.standstill.begin_anew(until_s)

    def _judge(self, now: Situation) -> Judgement:
        repair = now.running_window
        if repair is not None and not self._works_in_spite_of(repair):
            return Judgement(UnitState.PLANNED, Basis.REPAIR, repair.start_s, {"until_s": repair.end_s}, 0.0)
        fault = DataFaults(now).found()
        if fault is not None:
            return fault
        if self._counted_too_little():
            self._begin_anew()
        stop = StopRules(now).found()
        if stop is not None:
            if now.stop is None:
                self._events_at_stop = self.evidence.output.events
            return stop
        if self._ramp_up.runs(self.at_s):
            if not self._came_back():
                return self._ramping_up()
            self._ramp_up = RampUp(self._ramp_up.since_s, self.at_s)
            self.evidence.restart()
        slow = SlowRules(now, self._sequences).found()
        if slow is not None:
            return slow
        if now.slow is not None:
            self._begin_anew()
        return self._ok()

    def _situation(self, near: Neighbours) -> Situation:
        waited = None
        if self.unit.rules.sequence_events:
            waited = self._sequences.waited(self.at_s, self.evidence.standstill.since_s, near)
        return Situation(
            evidence=self.evidence,
            at_s=self.at_s,
            rate_t_per_h=self.rate_t_per_h,
            window=self.window,
            ramp_up=self._ramp_up,
            before=self.judgement,
            drop=self.output,
            waited=waited,
            events_at_stop=self._events_at_stop,
        )

    def _keeps_output(self) -> bool:
        """Whether a drop holds on though it was not judged: nothing newer is known, or a repair shift came between.

        An instrument that is found to be wrong is newer: there was no drop.
        """
        is_unknown = self.data_fault is not None and self.judgement.basis is not Basis.DISAGREES
        return is_unknown or is_daily_repair(self.judgement, self.window)

    def _works_in_spite_of(self, repair: Window) -> bool:
        """Whether the unit works in a planned standstill, which was moved or has ended early."""
        if self.unit.activity is None:
            return (self.evidence.output.last_s or 0) > repair.start_s + LATE_OUTPUT_S
        has_worked = self.evidence.work.idle_s(self.at_s) <= WORKED_LATELY_S
        return has_worked and self.evidence.standstill.since_s is None

    def _counted_too_little(self) -> bool:
        """Whether a fault of data has ended after which the pace cannot be relied on: events or growth were lost.

        What was not counted is missing from the pace, and not from output.
        """
        before = self.judgement
        if before.state < UnitState.STALE or before.state is UnitState.MISSING:
            return False
        was_long = self.at_s - before.since_s > WORKED_LATELY_S
        return before.basis is Basis.WORKS_BUT_NO_OUTPUT or (was_long and self._is_counted())

    def _is_counted(self) -> bool:
        """Whether output that nobody saw is missing from the pace: growth of a counter, and sequences."""
        return self.unit.has_counter or self.unit.rules.sequence_events > 0

    def _begin_anew(self) -> None:
        """Begin pace, levels and sequences anew: what was low until now was reported, and is no trend of what comes."""
        self.evidence.restart()
        self._sequences.restart()

    def _begin_ramp_up(self) -> None:
        """Give the unit time to come back, from every instant at which it still stood: a stop, or a repair.

        After a long standstill it may take the most: a furnace that was blown out for days is not back in one.
        """
        before = self.judgement
        was_repaired = before.basis is Basis.REPAIR and not is_daily_repair(before, self.window)
        if before.state is UnitState.STOPPED or was_repaired:
            least_s, most_s = self.unit.rules.ramp_up_s
            long = self.at_s - before.since_s >= least_s
            self._ramp_up = RampUp(self.at_s, self.at_s + (most_s if long else least_s))
            self._begin_anew()

    def _came_back(self) -> bool:
        """Whether a unit that ramps up is at full work already: by its steady signal, if it has one."""
        limit = self.unit.rules.activity
        if limit is None:
            return False
        level = self.evidence.levels.quantile(limit.hold_s, 0.5)
        return level is not None and level >= limit.clear_pct

    def _ramping_up(self) -> Judgement:
        pct = self.evidence.activity.pct
        facts = {} if pct is None else {"activity_pct": pct}
        return Judgement(UnitState.RAMP_UP, Basis.RAMP_UP, self._ramp_up.since_s, facts, pct)

    def _ok(self) -> Judgement:
        since_s = self.judgement.since_s if self.judgement.state is UnitState.OK else self.at_s
        window = None
        if self.rate_t_per_h:
            window = self.evidence.pace.over(PRESENT_PACE_SHARE * self.unit.limit.window_h * self.rate_t_per_h)
        return Judgement(UnitState.OK, Basis.WORKS, since_s, {}, None if window is None else 100.0 * window.ratio)
