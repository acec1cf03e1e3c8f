"""Judges when an event ended by the clocks of its source: corrected where they are known to be off, or told."""

from dataclasses import dataclass, replace

from models.counting.reading import EventReading, Rejection
from models.counting.stamp_rule import ClockPolicy, StampFault, StampRule, StampState
from models.counting.validation import NO_STAMP_UNTIL_NS
from models.works.calendar import HOUR_NS, NS
from models.works.codes import Quality, Reason
from models.works.plant import Tag

OLDEST_NS = 366 * 24 * HOUR_NS
"""An event that ended longer ago was stamped by a clock that was never set, which starts in 1970, 1984, 1990 or 2000.

A ring keeps weeks, and numbers of heats start anew with the year.
"""
ENTERED_WITHIN_NS = HOUR_NS
"""A heat is in its ring within the hour after its end: assays are waited for, clocks are off by more. A judgement."""


@dataclass(frozen=True, slots=True)
class JudgedEvent:
    """The event as it counts, or why it does not; and what is wrong with its time, if anything is."""

    event: EventReading | None
    rejection: Rejection | None = None
    fault: StampFault | None = None


def judge_end(tag: Tag, event: EventReading, rule: StampRule, *, looked_ns: int, offset_ns: int | None) -> JudgedEvent:
    """The event with the time at which it ended by this host's clock.

    `looked_ns`: when its ring was looked at before (0: never), for what ended long before that was there to be seen.
    `offset_ns`: the clock of the source minus ours, where that is known to be off.
    """
    if event.end_ns <= NO_STAMP_UNTIL_NS:
        return JudgedEvent(event)
    lead_ns = event.end_ns - event.received_ns
    if -lead_ns > OLDEST_NS:
        detail = f"ended {-lead_ns / (24 * HOUR_NS):.0f} days before it came: set the clock of the controller"
        return _refused(tag, event, detail, _fault(tag, event, StampState.UNSTEADY))
    if not rule.judges:
        return JudgedEvent(event)
    if offset_ns and event.end_ns - offset_ns <= event.received_ns + rule.limit_ns:
        if rule.policy is ClockPolicy.REFUSE:
            detail = f"its source is {offset_ns / NS:.0f} s off this host, and clock is refuse: set its clock"
            return _refused(tag, event, detail, _fault(tag, event, StampState.UNSTEADY))
        moved = replace(event, end_ns=event.end_ns - offset_ns, quality=min(event.quality, Quality.UNCERTAIN))
        return JudgedEvent(moved, fault=_fault(tag, event, StampState.CORRECTED, offset_ns, refused=False))
    if lead_ns > rule.limit_ns:  # refused by its limit
        return JudgedEvent(event, fault=_fault(tag, event, StampState.UNSTEADY))
    if looked_ns and event.end_ns < looked_ns - ENTERED_WITHIN_NS:
        # A word on an older event looks the same, so it counts. It is told, for it may be hours early.
        late = replace(event, quality=min(event.quality, Quality.UNCERTAIN))
        return JudgedEvent(late, fault=_fault(tag, event, StampState.UNSTEADY, refused=False))
    return JudgedEvent(event)


def _fault(
    tag: Tag, event: EventReading, state: StampState, offset_ns: int | None = None, *, refused: bool = True
) -> StampFault:
    offset_ns = event.end_ns - event.received_ns if offset_ns is None else offset_ns
    return StampFault(tag.source, tag.name, state, offset_ns / NS, event.received_ns, refused)


def _refused(tag: Tag, event: EventReading, detail: str, fault: StampFault) -> JudgedEvent:
    value, quality = repr(event.tonnes), event.quality
    rejection = Rejection(
        tag.source, tag.name, value, event.end_ns, quality, Reason.CLOCK_BEHIND, detail, event_key=event.key
    )
    return JudgedEvent(None, rejection, fault)
