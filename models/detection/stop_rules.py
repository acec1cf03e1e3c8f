"""When a unit counts as STOPPED. Asked after its data were found to be sound (`data_faults`), and outside planned
standstills."""

from dataclasses import dataclass

from models.detection.judgement import Basis, Judgement
from models.detection.situation import Situation
from models.works.codes import UnitState
from models.works.detection_rules import HOUR

RESTS_S = 1800
"""A unit has to rest for this long before a missing event is a stop. A roll change takes a quarter of an hour: a mill
that ran within the last half hour has no coil because of that, or because its coils are not read."""
RESTS_SHARE = 0.5
WORKED_SHARE = 0.25
"""Without an event for its limit, a unit stands even if its activity was high for some time after the last one, such as
the blast of a furnace that then went on slow blast: it must rest for half the limit, or have worked for less than a
quarter of it. The shares are a judgement that the tuning set of benchmarks/drops bears out."""
OVERRUN_S = 3600
OVERRUN_SHARE = 0.1
"""A repair overruns after an hour, or a tenth of its length if that is less: the trade's allowance for handing a unit
over. Of a repair shift of every day only the hour counts: a tenth of six hours would call a usual start an overrun."""


@dataclass(frozen=True, slots=True)
class StopRules:
    """The stops of one unit at one instant."""

    now: Situation

    def found(self) -> Judgement | None:
        """The stop that holds, or a wait that explains a standstill; None: neither."""
        return self._overrun() or self._held() or self._own_stop()

    def _overrun(self) -> Judgement | None:
        """A repair that ended long enough ago without a sign of work since."""
        now, evidence, window = self.now, self.now.evidence, self.now.last_window
        if window is None or now.unit.rules.together:
            return None
        allowed_s = OVERRUN_S if window.daily else min(OVERRUN_S, OVERRUN_SHARE * (window.end_s - window.start_s))
        has_worked = (evidence.output.last_s or 0) > window.end_s or evidence.off_zero.last_s > window.end_s
        was_watched = window.end_s > (evidence.link.began_s or 0)
        if has_worked or not was_watched or now.at_s - window.end_s < allowed_s:
            return None
        return Judgement(UnitState.STOPPED, Basis.OVERRUN, window.end_s, {"until_s": window.end_s}, 0.0)

    def _held(self) -> Judgement | None:
        """The stop of before, with what led to it, until the unit works again."""
        stop = self.now.stop
        return None if stop is None or self._resumed() else stop

    def _resumed(self) -> bool:
        """Whether a unit that stood works again: by its activity for a while; without one, by an event.

        A stop that was found by missing events ends with an event: its activity did not show it.
        """
        now, evidence = self.now, self.now.evidence
        if now.unit.activity is None or (now.drop is not None and now.drop.basis is Basis.NO_EVENT):
            return evidence.output.events > now.events_at_stop
        since_s = evidence.off_zero.since_s
        stands = evidence.standstill.since_s is not None
        return not stands and since_s is not None and now.at_s - since_s >= now.unit.rules.resume_after_s

    def _own_stop(self) -> Judgement | None:
        now, rules = self.now, self.now.unit.rules
        if rules.together:
            return None  # one of several that take turns stands half the time: the group is judged
        standing_s = now.evidence.standstill.since_s
        if standing_s is not None:
            if now.waited is not None and now.waited < rules.sequence_events:
                return Judgement(UnitState.PLANNED, Basis.WAITING, standing_s, {"events": now.waited}, 0.0)
            # A standstill that began before a repair ended belongs to the repair: it is an overrun, if anything.
            repaired_until_s = 0 if now.last_window is None else now.last_window.end_s
            if standing_s > repaired_until_s and now.at_s - standing_s >= rules.stop_after_s:
                facts = now.evidence.activity.facts()
                return Judgement(UnitState.STOPPED, Basis.ACTIVITY_STOP, standing_s, facts, 0.0)
        silent_since_s = self._no_event_since()
        if silent_since_s is not None:
            return Judgement(UnitState.STOPPED, Basis.NO_EVENT, silent_since_s, {}, 0.0)
        return None

    def _no_event_since(self) -> int | None:
        """Since when an event is missing, if for longer than the limit of the unit; None otherwise."""
        now, rules, evidence = self.now, self.now.unit.rules, self.now.evidence
        limits = [] if rules.no_event_s is None else [float(rules.no_event_s)]
        usual_s = evidence.pace.usual_interval_s()
        if rules.no_event_intervals is not None and usual_s is not None:
            limits.append(rules.no_event_intervals * usual_s)
        if now.unit.only_events:
            # Nothing else can show that it stands, and its pace is known only where events end. Without one in the
            # whole window over which its output is judged, it made nothing of what was due in it.
            limits.append(float(now.unit.limit.window_h * HOUR))
        if not limits or not now.unit.has_events or not now.rate_t_per_h:
            return None
        limit_s = min(limits)
        since_s = now.since_output_s()
        comes_back = now.ramp_up.runs(now.at_s) and evidence.off_zero.since_s is not None
        if comes_back or now.at_s - since_s < limit_s:
            return None
        rests = evidence.work.idle_s(now.at_s) >= max(RESTS_SHARE * limit_s, RESTS_S)
        hardly_worked = evidence.work.worked_s < WORKED_SHARE * limit_s
        return since_s if now.unit.activity is None or rests or hardly_worked else None
