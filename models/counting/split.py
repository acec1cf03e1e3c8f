"""Lays what a counter grew over a span of time into the buckets of the ledger, to the gram."""

from itertools import pairwise
from zoneinfo import ZoneInfo

from models.counting.counter_step import BUCKET_NS, CountedSpan
from models.counting.increment import BUCKET_S, Increment, IncrementFlag
from models.works.calendar import NS, local_date

LONGEST_GAP_S = 3600.0
"""Growth over so long a gap is not shared out: nobody knows when inside it the tonnes were made.

An hour is the shortest span that is published. A shorter gap misplaces tonnes between two neighbouring hours at most; a
longer one would invent output for hours in which the unit may have stood.
"""


def split(
    span: CountedSpan,
    tag: str,
    unit: str,
    product: str,
    *,
    zone: ZoneInfo,
    longest_gap_s: float = LONGEST_GAP_S,
) -> list[Increment]:
    """Increments over the 5-minute buckets that the span touches, in proportion to time; their grams sum exactly.

    Grams left over by rounding go to the largest remainders, the earlier bucket first: so the same span is always split
    in the same way, and can be taken back to the gram. A span of `longest_gap_s` or more becomes one COARSE increment
    over its own extent, rounded outward to whole buckets. It counts whole in every hour, shift, day or month that holds
    it, and the finer ones lack it. If it crosses a month of `zone`, it is flagged ACROSS_MONTH too. No growth gives no
    increment.
    """
    if not span.grams:
        return []

    def laid(first: int, end: int, grams: int, flags: IncrementFlag) -> Increment:
        return Increment(tag, unit, product, first * BUCKET_S, end * BUCKET_S, grams, 0, flags)

    # A span is (start_ns, end_ns]: what grew up to the edge of a bucket grew in the bucket that ends there.
    first, last = span.start_ns // BUCKET_NS, (span.end_ns - 1) // BUCKET_NS
    if first >= last:
        return [laid(last, last + 1, span.grams, span.flags)]
    if span.end_ns - span.start_ns >= longest_gap_s * NS:
        flags = span.flags | IncrementFlag.COARSE
        start_day, end_day = local_date(zone, span.start_ns), local_date(zone, span.end_ns - 1)
        if (start_day.year, start_day.month) != (end_day.year, end_day.month):
            flags |= IncrementFlag.ACROSS_MONTH
        return [laid(first, last + 1, span.grams, flags)]
    shares = _shares(span, first, last)
    return [
        laid(bucket, bucket + 1, grams, span.flags)
        for bucket, grams in zip(range(first, last + 1), shares, strict=True)
        if grams
    ]


def withdrawn(increments: list[Increment]) -> list[Increment]:
    """The increments that take these back. Their readings stay: what was read was read."""
    return [
        Increment(item.tag, item.unit, item.product, item.start_s, item.end_s, -item.grams, 0, item.flags)
        for item in increments
    ]


def reading_increment(tag: str, unit: str, product: str, time_ns: int, readings: int) -> Increment:
    """`readings` good readings (or looks at a ring) at `time_ns`, which counted nothing by themselves."""
    bucket = time_ns // BUCKET_NS
    return Increment(tag, unit, product, bucket * BUCKET_S, (bucket + 1) * BUCKET_S, 0, readings)


def _shares(span: CountedSpan, first: int, last: int) -> list[int]:
    duration = span.end_ns - span.start_ns
    edges = [span.start_ns, *(bucket * BUCKET_NS for bucket in range(first + 1, last + 1)), span.end_ns]
    parts = [divmod(span.grams * (end - start), duration) for start, end in pairwise(edges)]
    shares = [whole for whole, _ in parts]
    by_remainder = sorted(range(len(parts)), key=lambda index: -parts[index][1])  # stable: the earlier first
    for index in by_remainder[: span.grams - sum(shares)]:
        shares[index] += 1
    return shares
