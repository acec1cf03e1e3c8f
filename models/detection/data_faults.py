"""Faults of data: STALE, MISSING or BAD, as opposed to STOPPED (`stop_rules`). They are never reported as a drop.

STALE is silence: nothing was heard for longer than `stale_s`. A unit that is heard and stands is STOPPED. A fault
explains missing output better than a standstill does, so it is looked for first (`unit_watch`).
"""

from dataclasses import dataclass

from models.detection.evidence.source_link import STILL_S
from models.detection.evidence.work_spells import WORKS_PCT
from models.detection.judgement import Basis, Judgement
from models.detection.situation import Situation
from models.works.codes import UnitState
from models.works.detection_rules import MINUTE

FROZEN_TIMES = 3
"""Frozen is three times the longest pause that was seen: a source that writes once a minute is not frozen after two."""
LATE_TO_MOVE_S = 1800
"""Frozen in any case after half an hour: one long pause in the past must not hide a hung controller for hours."""
PAUSES_KNOWN = 3
"""A controller does not hang this often in a pause of its unit and move again: then stillness is the unit's own."""
BAD_AFTER_S = 600
"""Bad quality and contradictions have to last for ten minutes: an instrument that is changed over or calibrated shows
both for a few, and nobody has to be called for that. The price is a delay of ten minutes, the median of faults of
sensors in docs/benchmarks.md."""
UNREAD_S = 180
"""The ring of events was not read for three minutes, many times its poll: an outage, and not a slow answer."""
SILENT_OUTPUT_INTERVALS = 4.0
"""Work without an event for four usual intervals: events are lost. Two would call a late tap a fault of data."""
SILENT_OUTPUT_S = 1800
"""Work without growth of the counter for half an hour: belt weighers and counters tick every few minutes at work."""
SEEN_WORKING_SHARE = 0.5
"""Work has to be seen for half of the time in which output is missing: else the unit may just have rested."""
EVENTS_CONTRADICT = 3
OFTEN_S = 900
"""Where events come more often than this, one event after a standstill began proves that the unit works. Where each
takes its time, as a tap or a heat does, it takes three: one or two may be of the work before, entered late."""
GROWN_SHARE = 0.5
"""A counter that grows by half of what is due while the activity shows a standstill: a belt that coasts or a counter
that catches up makes less."""
SPELLS_PER_EVENT = 2
"""Two spells of work without an event between: the first one made a heat that was not counted."""


@dataclass(frozen=True, slots=True)
class DataFaults:
    """The faults of one unit at one instant."""

    now: Situation

    def found(self) -> Judgement | None:
        """The fault that holds, if there is one."""
        return self._not_heard_or_not_believed() or self._contradiction()

    def _not_heard_or_not_believed(self) -> Judgement | None:
        """Nothing is heard, or what is heard does not move, or has no good quality."""
        now, link, unit = self.now, self.now.evidence.link, self.now.unit
        began_s = link.began_s or now.at_s
        if link.heard_s is None:
            return Judgement(UnitState.MISSING, Basis.NEVER, began_s)
        if link.awaited_s is not None:
            return Judgement(UnitState.MISSING, Basis.AWAITED, link.awaited_s)
        if now.evidence.is_silent(now.at_s):
            return Judgement(UnitState.STALE, Basis.SILENT, link.heard_s)
        moved_s = link.moved_s or began_s
        pause_s = max(STILL_S, min(FROZEN_TIMES * link.longest_pause_s, LATE_TO_MOVE_S))
        # Where only events are read, a ring that is not looked at is all that can stand still: told below by its name.
        if not unit.only_events and now.at_s - moved_s > pause_s and not self._stands_still():
            return Judgement(UnitState.BAD, Basis.FROZEN, moved_s)
        looked_s = link.looked_s or began_s
        if unit.has_events and now.at_s - looked_s > max(UNREAD_S, unit.stale_s):
            return Judgement(UnitState.BAD, Basis.UNREAD, looked_s)
        bad_since_s = now.evidence.activity.bad_since_s
        if bad_since_s is not None and now.at_s - bad_since_s > BAD_AFTER_S:
            return Judgement(UnitState.BAD, Basis.BAD_QUALITY, bad_since_s)
        return None

    def _stands_still(self) -> bool:
        """Whether nothing has to move: the unit stands, everything that it shows says so, and its source answers.

        An unchanged value is a valid reading, and many servers give it no new stamp. A unit that pauses between events
        or sequences looks the same if its controller hangs in a pause. So its source must have been seen to stand still
        in pauses and to go on.
        """
        evidence, rules = self.now.evidence, self.now.unit.rules
        stands, is_bad = evidence.standstill.since_s is not None, evidence.activity.bad_since_s is not None
        if not stands or is_bad or not evidence.corroboration.has_fallen:
            return False
        pauses = rules.event_a_spell or rules.sequence_events > 0
        return not pauses or evidence.link.pauses_at_rest >= PAUSES_KNOWN

    def _contradiction(self) -> Judgement | None:
        """One signal says that the unit works, another that it does not: one is wrong, and which is not known."""
        now, evidence = self.now, self.now.evidence
        standing_s = evidence.standstill.since_s
        if standing_s is not None and self._works_at_zero(now.at_s - standing_s):
            return Judgement(UnitState.BAD, Basis.ZERO_BUT_WORKS, standing_s)
        output_s = evidence.output.last_s
        if now.unit.rules.event_a_spell and evidence.work.spells >= SPELLS_PER_EVENT and output_s is not None:
            return Judgement(UnitState.BAD, Basis.WORKS_BUT_NO_OUTPUT, output_s)
        silent_since_s = self._output_silent_since()
        if silent_since_s is not None:
            return Judgement(UnitState.BAD, Basis.WORKS_BUT_NO_OUTPUT, silent_since_s)
        zero_since_s = evidence.corroboration.zero_since_s
        if zero_since_s is not None and now.at_s - zero_since_s > BAD_AFTER_S:
            return Judgement(UnitState.BAD, Basis.OTHER_ZERO, zero_since_s)
        if self._is_stuck():
            constant_since_s = evidence.activity.constant_since_s or now.at_s
            return Judgement(UnitState.BAD, Basis.STUCK, constant_since_s, evidence.activity.facts())
        return None

    def _works_at_zero(self, stood_s: int) -> bool:
        """Whether a unit that stands by its activity works by all else. Asked before it would count as stopped."""
        if stood_s < min(BAD_AFTER_S, self.now.unit.rules.stop_after_s):
            return False
        evidence, standstill = self.now.evidence, self.now.evidence.standstill
        has_grown = standstill.due_t > 0 and standstill.grown_t > GROWN_SHARE * standstill.due_t
        usual_s = evidence.pace.usual_interval_s()
        enough_events = 1 if usual_s is not None and usual_s < OFTEN_S else EVENTS_CONTRADICT
        return not evidence.corroboration.has_fallen or has_grown or standstill.events >= enough_events

    def _is_stuck(self) -> bool:
        """Whether the activity shows work now, and the same to the last digit for too long. A zero may stay a zero."""
        evidence, at_s = self.now.evidence, self.now.at_s
        return evidence.work.idle_s(at_s) <= MINUTE and evidence.activity.is_stuck(at_s)

    def _output_silent_since(self) -> int | None:
        """Since when there was work and no output; None while that is not long, or work was not seen for half of it."""
        now, evidence, unit = self.now, self.now.evidence, self.now.unit
        usual_s = evidence.pace.usual_interval_s()
        limits: list[float] = []
        if unit.has_counter:
            limits.append(SILENT_OUTPUT_S)
        elif unit.has_events and not unit.rules.event_a_spell:
            # On slow blast a tap takes longer to fill: half the blast, twice the time.
            slower = 100.0 / min(100.0, max(WORKS_PCT, evidence.activity.pct or 100.0))
            limits += [] if usual_s is None else [max(SILENT_OUTPUT_S, slower * SILENT_OUTPUT_INTERVALS * usual_s)]
            limits += [] if unit.rules.no_event_s is None else [slower * unit.rules.no_event_s]
        since_s = now.since_output_s()
        if not limits or now.at_s - since_s < min(limits):
            return None
        worked_enough = evidence.work.worked_s >= SEEN_WORKING_SHARE * min(limits)
        return since_s if worked_enough and evidence.work.idle_s(now.at_s) < BAD_AFTER_S else None
