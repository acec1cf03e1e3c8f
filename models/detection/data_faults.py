"""Faults of data: what is not heard, does not move, has no good quality or contradicts itself. Never told as a drop."""

from dataclasses import dataclass

from models.codes import UnitState
from models.detection.judgement import Basis, Judgement
from models.detection.seen import STUCK_S, Seen

FROZEN_S = 120
FROZEN_TIMES = 3
LATE_TO_MOVE_S = 1800
BAD_AFTER_S = 600
SILENT_OUTPUT_INTERVALS = 4.0
SILENT_OUTPUT_S = 1800
EVENTS_CONTRADICT = 3
SPELL_AT_LEAST_S = 300


@dataclass(frozen=True, slots=True)
class DataFaults:
    """Of what a unit has shown until `at_s`. `since_output_s`: since when output that was due is missing (UTC s)."""

    seen: Seen
    at_s: int
    since_output_s: int

    def found(self) -> Judgement | None:
        """The fault that holds, if there is one."""
        return self._silence() or self._contradiction()

    def _silence(self) -> Judgement | None:
        """Nothing is heard, or what is heard does not move, or has no good quality."""
        seen, at_s = self.seen, self.at_s
        began_s = seen.began_s or at_s
        if seen.heard_s is None:
            return Judgement(UnitState.MISSING, Basis.NEVER, began_s)
        if at_s - seen.heard_s > self.seen.unit.stale_s:
            return Judgement(UnitState.STALE, Basis.SILENT, seen.heard_s)
        moved_s = seen.moved_s or began_s
        if at_s - moved_s > max(FROZEN_S, min(FROZEN_TIMES * seen.longest_pause_s, LATE_TO_MOVE_S)):
            return Judgement(UnitState.BAD, Basis.FROZEN, moved_s)
        if seen.bad_since_s is not None and at_s - seen.bad_since_s > BAD_AFTER_S:
            return Judgement(UnitState.BAD, Basis.BAD_QUALITY, seen.bad_since_s)
        return None

    def _contradiction(self) -> Judgement | None:
        """One signal says that the unit works, another that it does not: one is wrong, and which is not known."""
        seen, at_s = self.seen, self.at_s
        standing_s = 0 if seen.standing_since_s is None else at_s - seen.standing_since_s
        if seen.standing_since_s is not None and standing_s >= min(BAD_AFTER_S, self.seen.unit.rules.stop_after_s):
            grown = seen.due_standing_t > 0 and seen.grown_standing_t > 0.5 * seen.due_standing_t
            if not seen.fallen or grown or seen.events_standing >= EVENTS_CONTRADICT:
                return Judgement(UnitState.BAD, Basis.ZERO_BUT_WORKS, seen.standing_since_s)
        if self._spell_without_event():
            return Judgement(UnitState.BAD, Basis.WORKS_BUT_NO_OUTPUT, seen.spell[1] if seen.spell else at_s)
        silent_since_s = self._output_silent_since()
        if silent_since_s is not None and self._worked_since(silent_since_s):
            return Judgement(UnitState.BAD, Basis.WORKS_BUT_NO_OUTPUT, silent_since_s)
        if self._is_stuck():
            return Judgement(UnitState.BAD, Basis.STUCK, seen.constant_since_s or at_s, seen.facts())
        return None

    def _is_stuck(self) -> bool:
        """Whether the activity shows work and, to the last digit, the same for so long as no instrument does."""
        seen, at_s = self.seen, self.at_s
        constant, working = seen.constant_since_s, seen.working_s
        return constant is not None and working is not None and working >= at_s - 60 and at_s - constant > STUCK_S

    def _spell_without_event(self) -> bool:
        """Whether a time of work ended, and the event that must follow it did not come."""
        late_s, spell = self.seen.unit.rules.event_after_work_s, self.seen.spell
        if late_s is None or spell is None or spell[1] - spell[0] < SPELL_AT_LEAST_S:
            return False
        return self.at_s - spell[1] > late_s and (self.seen.output_s or 0) < spell[0]

    def _output_silent_since(self) -> int | None:
        """Since when output should have come and did not; None while that is not long."""
        seen, at_s, unit = self.seen, self.at_s, self.seen.unit
        if unit.has_counter:
            limit_s: float = SILENT_OUTPUT_S
        elif unit.has_events:
            usual_s = seen.pace.usual_interval_s()
            limits = [] if usual_s is None else [max(SILENT_OUTPUT_S, SILENT_OUTPUT_INTERVALS * usual_s)]
            if unit.rules.no_event_s is not None and not unit.rules.together:
                limits.append(unit.rules.no_event_s)
            if not limits:
                return None
            limit_s = min(limits)
        else:
            return None
        since_s = self.since_output_s
        return since_s if at_s - since_s >= limit_s else None

    def _worked_since(self, since_s: int) -> bool:
        """Whether the activity signal showed work until now, and for most of the time since then."""
        seen = self.seen
        if seen.working_s is None or self.at_s - seen.working_s > BAD_AFTER_S:
            return False
        steady = seen.working_since_s is not None and seen.working_since_s <= since_s + 0.5 * (self.at_s - since_s)
        return steady or self.seen.unit.rules.activity is None
