"""What a counter produced over a span of time, in integer grams."""

from dataclasses import dataclass
from enum import IntFlag

GRAMS_PER_TONNE = 1_000_000
BUCKET_S = 300


class IncrementFlag(IntFlag):
    """Remarks that stay with an increment."""

    NONE = 0
    UNCERTAIN = 1  # lies in, or next to, a gap where nothing could be counted
    COARSE = 2  # spans more than the longest gap: counted whole, finer buckets are incomplete
    ACROSS_MONTH = 4  # coarse, and crosses a month boundary of the plant's zone


@dataclass(frozen=True, slots=True)
class Increment:
    """Grams of `product` counted by `tag` at `unit` over [start_s, end_s) (UTC seconds).

    `readings` is how many good readings the span holds (for completeness). Grams may be negative only where a late
    reading made an earlier split be withdrawn; the sum over a counter and bucket never is.
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
