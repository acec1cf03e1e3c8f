"""Unplanned stops by what they follow from: the unit itself, or one before or behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.stated.stop_reason import UNNAMED, StopReason
from models.tables.reasoned_stop import ReasonedStop
from models.why.change_part import ChangePart
from models.works.calendar import NS

_BY_REASON = {"upstream": ChangePart.STOPS_UPSTREAM, "downstream": ChangePart.STOPS_DOWNSTREAM}
"""The codes of a works' tree of reasons that say so; those below them do too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CausedStop:
    """`unit` stood over [start_ns, end_ns) (UTC ns). `reason`: the code that people gave ("": none yet). `cause_unit`:
    the unit whose drop it follows from, as detection found it ("": its own)."""

    unit: str
    start_ns: int
    end_ns: int
    part: ChangePart
    reason: str
    cause_unit: str


def caused_stops(
    stops: Sequence[ReasonedStop], reasons: Sequence[StopReason], now_ns: int
) -> Mapping[str, Sequence[CausedStop]]:
    """By unit, by begin, none over another: of two that overlap the one that began first keeps the time. What people
    said of a stop holds; of one without a reason, what detection found. A stop that lasts holds until `now_ns`."""
    parents = {reason.code: reason.parent for reason in reasons}
    found: dict[str, list[CausedStop]] = {}
    for stop in stops:
        for span in stop.spans(now_ns // NS):
            drop = next(
                (each for each in (stop.drop, *stop.more) if each.end_s is None or span.start_s < each.end_s), stop.drop
            )
            found.setdefault(span.unit, []).append(
                CausedStop(
                    unit=span.unit,
                    start_ns=span.start_s * NS,
                    end_ns=min(span.end_s * NS, now_ns),
                    part=_part(span.reason, drop.cause_unit, parents),
                    reason=span.reason,
                    cause_unit=drop.cause_unit,
                )
            )
    return {unit: _apart(each) for unit, each in found.items()}


def _part(reason: str, cause_unit: str, parents: Mapping[str, str]) -> ChangePart:
    if reason == UNNAMED:
        return ChangePart.STOPS_UPSTREAM if cause_unit else ChangePart.STOPS_OWN
    seen: set[str] = set()
    while reason and reason not in seen:
        if reason in _BY_REASON:
            return _BY_REASON[reason]
        seen.add(reason)
        reason = parents.get(reason, "")
    return ChangePart.STOPS_OWN


def _apart(stops: Sequence[CausedStop]) -> list[CausedStop]:
    found: list[CausedStop] = []
    for stop in sorted(stops, key=lambda each: (each.start_ns, each.end_ns)):
        start_ns = max(stop.start_ns, found[-1].end_ns) if found else stop.start_ns
        if start_ns < stop.end_ns:
            found.append(replace(stop, start_ns=start_ns))
    return found
