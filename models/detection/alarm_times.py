"""When an alarm changed by this host's clock: its source's clock may be off, as for every other stamp."""

from collections.abc import Iterable
from dataclasses import replace

from models.counting.reading import Rejection
from models.counting.stamp_rule import ClockPolicy, StampRule
from models.counting.validation import NO_STAMP_UNTIL_NS
from models.detection.alarm import AlarmNotice
from models.works.calendar import NS
from models.works.codes import Quality, Reason


def dated_alarms(
    source: str, notices: Iterable[AlarmNotice], received_ns: int, rule: StampRule, offset_ns: int | None
) -> tuple[tuple[AlarmNotice, ...], tuple[Rejection, ...]]:
    """The notices that are believed, with times by this host's clock, and why others are not.

    `offset_ns`: the clock of the source minus ours, where that is known to be off. Where it is not known and a time
    lies ahead of us, or there is none, the notice is of the moment at which it came. An alarm is not refused for that,
    since it would never end: nothing is counted by it.
    """
    kept: list[AlarmNotice] = []
    refused: list[Rejection] = []
    for notice in notices:
        offset = _offset(notice, received_ns, rule, offset_ns)
        if rule.policy is ClockPolicy.REFUSE and offset:
            refused.append(_refusal(source, notice, offset))
            continue
        time_ns = notice.time_ns - (offset or 0)
        ahead = rule.judges and time_ns > received_ns + rule.limit_ns
        dated = rule.from_receipt or notice.time_ns <= NO_STAMP_UNTIL_NS or ahead
        if dated:
            time_ns = received_ns
        # Since when it stands is known by the same clock, or not at all.
        since_ns = notice.since_ns - (offset or 0) if notice.since_ns > NO_STAMP_UNTIL_NS and not dated else 0
        kept.append(replace(notice, time_ns=time_ns, since_ns=since_ns))
    return tuple(kept), tuple(refused)


def _offset(notice: AlarmNotice, received_ns: int, rule: StampRule, offset_ns: int | None) -> int | None:
    """What is taken away of a time: a known offset, unless the notice is of now without it, or ahead of us even so."""
    if not rule.judges or not offset_ns or abs(offset_ns) <= rule.limit_ns or notice.time_ns <= NO_STAMP_UNTIL_NS:
        return None
    is_of_now = not notice.told_again and abs(notice.time_ns - received_ns) <= rule.limit_ns
    return None if is_of_now or notice.time_ns - offset_ns > received_ns + rule.limit_ns else offset_ns


def _refusal(source: str, notice: AlarmNotice, offset_ns: int) -> Rejection:
    detail = f"its source is {offset_ns / NS:.0f} s off this host, and clock is refuse: set its clock"
    name = f"{notice.origin} {notice.name}".strip()
    return Rejection(source, "", name, notice.time_ns, Quality.BAD, Reason.CLOCK_BEHIND, detail)
