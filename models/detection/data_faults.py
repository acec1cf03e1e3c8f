"""Faults of data: what is not heard, does not move, has no good quality or contradicts itself. Never told as a drop."""

from dataclasses import dataclass

from models.detection.judgement import Basis, Judgement
from models.detection.unit_evidence import STILL_S, STUCK_S, WORKS_PCT, Seen
from models.works.codes import UnitState

FROZEN_TIMES = 3
PAUSES_KNOWN = 3
"""A controller does not hang so often in a pause of its unit and move again."""
LATE_TO_MOVE_S = 1800
BAD_AFTER_S = 600
UNREAD_S = 180
SILENT_OUTPUT_INTERVALS = 4.0
SILENT_OUTPUT_S = 1800
EVENTS_CONTRADICT = 3
OFTEN_S = 900


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
        if seen.silent(at_s):
            return Judgement(UnitState.STALE, Basis.SILENT, seen.heard_s)
        moved_s = seen.moved_s or began_s
        pause_s = max(STILL_S, min(FROZEN_TIMES * seen.longest_pause_s, LATE_TO_MOVE_S))
        if at_s - moved_s > pause_s and not self._stands_still():
            return Judgement(UnitState.BAD, Basis.FROZEN, moved_s)
        looked_s = seen.looked_s or began_s
        if seen.unit.has_events and at_s - looked_s > max(UNREAD_S, seen.unit.stale_s):
            return Judgement(UnitState.BAD, Basis.UNREAD, looked_s)
        if seen.bad_since_s is not None and at_s - seen.bad_since_s > BAD_AFTER_S:
            return Judgement(UnitState.BAD, Basis.BAD_QUALITY, seen.bad_since_s)
        return None

    def _stands_still(self) -> bool:
        """Whether nothing has to move: a unit stands, all that it shows says so, and its source answers.

        An unchanged value is a valid reading, and many servers give it no new stamp. A unit that pauses between events
        or sequences looks the same where its controller hangs in a pause, so of its source it must have been seen.
        """
        seen, rules = self.seen, self.seen.unit.rules
        if seen.standing_since_s is None or seen.bad_since_s is not None or not seen.fallen:
            return False
        pauses = rules.event_a_spell or rules.sequence_events > 0
        return not pauses or seen.still_pauses >= PAUSES_KNOWN

    def _contradiction(self) -> Judgement | None:
        """One signal says that the unit works, another that it does not: one is wrong, and which is not known."""
        seen, at_s = self.seen, self.at_s
        standing_s = 0 if seen.standing_since_s is None else at_s - seen.standing_since_s
        if seen.standing_since_s is not None and standing_s >= min(BAD_AFTER_S, self.seen.unit.rules.stop_after_s):
            grown = seen.due_standing_t > 0 and seen.grown_standing_t > 0.5 * seen.due_standing_t
            if not seen.fallen or grown or seen.events_standing >= self._events_contradict():
                return Judgement(UnitState.BAD, Basis.ZERO_BUT_WORKS, seen.standing_since_s)
        if seen.unit.rules.event_a_spell and seen.spells >= 2 and seen.output_s is not None:
            return Judgement(UnitState.BAD, Basis.WORKS_BUT_NO_OUTPUT, seen.output_s)
        silent_since_s = self._output_silent_since()
        if silent_since_s is not None:
            return Judgement(UnitState.BAD, Basis.WORKS_BUT_NO_OUTPUT, silent_since_s)
        if seen.other_zero_since_s is not None and at_s - seen.other_zero_since_s > BAD_AFTER_S:
            return Judgement(UnitState.BAD, Basis.OTHER_ZERO, seen.other_zero_since_s)
        if self._is_stuck():
            return Judgement(UnitState.BAD, Basis.STUCK, seen.constant_since_s or at_s, seen.facts())
        return None

    def _events_contradict(self) -> int:
        """How many events after a standstill began say that there is none: one, unless each takes its time to end."""
        usual_s = self.seen.pace.usual_interval_s()
        return 1 if usual_s is not None and usual_s < OFTEN_S else EVENTS_CONTRADICT

    def _is_stuck(self) -> bool:
        """Whether the activity shows work and, to the last digit, the same for so long as no instrument does."""
        seen, at_s = self.seen, self.at_s
        constant, working = seen.constant_since_s, seen.working_s
        return constant is not None and working is not None and working >= at_s - 60 and at_s - constant > STUCK_S

    def _output_silent_since(self) -> int | None:
        """Since when there was work and no output; None while that is not long, or work was not seen for half of it."""
        seen, unit = self.seen, self.seen.unit
        usual_s = seen.pace.usual_interval_s()
        limits: list[float] = []
        if unit.has_counter:
            limits.append(SILENT_OUTPUT_S)
        elif unit.has_events and not unit.rules.event_a_spell:
            slower = 100.0 / min(100.0, max(WORKS_PCT, seen.activity_pct or 100.0))
            limits += [] if usual_s is None else [max(SILENT_OUTPUT_S, slower * SILENT_OUTPUT_INTERVALS * usual_s)]
            limits += [] if unit.rules.no_event_s is None else [slower * unit.rules.no_event_s]
        if not limits or self.at_s - self.since_output_s < min(limits) or seen.worked_s < 0.5 * min(limits):
            return None
        return self.since_output_s if seen.working_s is not None and self.at_s - seen.working_s < BAD_AFTER_S else None
