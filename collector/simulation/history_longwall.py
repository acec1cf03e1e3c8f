"""Hours of the longwall before a demo starts, as its sensors would have shown them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from collector.simulation.beside import longwall
from collector.simulation.unit import Instant
from models.counting.increment import BUCKET_S, Increment
from models.counting.measuring import MeasuredHours, MeasuringRule
from models.works.calendar import NS

HISTORY_S = 7 * 86_400
"""As far back as the table of safety has rows."""


def by_five_minutes(counted: Iterable[Increment], end_s: int) -> Iterator[Increment]:
    """History as it is, but for the mine's hours of a gassing: of these the ledger has five minutes, as it has of a
    mine that it counted, so that what was made while methane was above a limit is known."""
    for item in counted:
        looked = range(item.start_s, item.end_s, BUCKET_S)
        if (
            item.unit == longwall.UNIT
            and item.start_s >= end_s - HISTORY_S
            and any(longwall.gassing(Instant.of(at_s)) for at_s in looked)
        ):
            yield from _in_buckets(item, looked)
        else:
            yield item


def _in_buckets(item: Increment, starts_s: range) -> Iterator[Increment]:
    """In even parts; the grams left over are in the last one."""
    count = len(starts_s)
    for start_s in starts_s:
        is_last = start_s == starts_s[-1]
        grams = item.grams - item.grams // count * (count - 1) if is_last else item.grams // count
        yield replace(item, start_s=start_s, end_s=start_s + BUCKET_S, grams=grams, readings=item.readings // count)


def longwall_hours(rules: Iterable[MeasuringRule], end_s: int, seed: int) -> list[MeasuredHours]:
    """Of each sensor the hours before `end_s` (UTC seconds), by the rules that the ledger counts by."""
    found = {rule.tag.partition(".")[2]: MeasuredHours(rule, None, lambda _: None) for rule in rules}
    for at_s in range(end_s - HISTORY_S, end_s, longwall.SAMPLE_S):
        for signal, value in longwall.shown(seed, at_s).items():
            if signal in found:
                found[signal].take(at_s * NS, value, at_s * NS)
    return list(found.values())
