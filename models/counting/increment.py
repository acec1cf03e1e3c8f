"""What a counter produced over a span of time, in integer grams."""

from dataclasses import dataclass
from enum import IntFlag

GRAMS_PER_TONNE = 1_000_000
"""Whole grams add up the same in every order, and day, month and year agree to the gram. Sums of floats do not."""
MOST_GRAMS = 2**53 - 1
"""That one step counts at the most: 9,000 million tonnes. A float is exact to the gram up to there, and sums stay in
the 64 bits that a database keeps."""
COMPARED = ""
"""In place of a product: of what is summed to be compared with a counter, and is nobody's output."""
BUCKET_S = 300
"""Width of the ledger's buckets. Five minutes divide the hours and days of every time zone (offsets are multiples of 15
minutes), and the buckets are few enough to keep: 288 a day and counter.
"""


class IncrementFlag(IntFlag):
    """Remarks that stay with an increment."""

    NONE = 0
    UNCERTAIN = 1  # lies in, or next to, a gap where nothing could be counted
    COARSE = 2  # spans more than the longest gap: counted whole, finer buckets are incomplete
    ACROSS_MONTH = 4  # coarse, and crosses a month boundary of the plant's zone
    INTEGRATED = 8  # of a rate over time, and not of a counter
    BACKFILLED = 16  # of a source's history, which was asked for after an outage


@dataclass(frozen=True, slots=True)
class Increment:
    """Grams of `product` counted by `tag` at `unit` over [start_s, end_s) (UTC seconds).

    `readings` is how many good readings the span holds (for completeness). Grams are negative only if something is
    taken back: by a late reading, or by a later word on an event. The sum over a counter and bucket is never negative.
    """

    tag: str
    unit: str
    product: str
    start_s: int
    end_s: int
    grams: int
    readings: int = 0
    flags: IncrementFlag = IncrementFlag.NONE


@dataclass(frozen=True, slots=True)
class UncertainGap:
    """[start_ns, end_ns] of a counter in which production may be missing: nothing was guessed."""

    tag: str
    start_ns: int
    end_ns: int
    cause: str


@dataclass(frozen=True, slots=True)
class EventRevision:
    """One stated version of a heat, tap, coil or push; the newest revision of (unit, kind, year, key) counts."""

    tag: str
    unit: str
    product: str
    production_year: int
    key: str
    grams: int
    end_ns: int
    sequence: int
