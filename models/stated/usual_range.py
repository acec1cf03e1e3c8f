"""What a figure usually is, by those that were stated before it: so that a slip is asked about. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median_low

LAST = 30
"""Figures that are looked back at: a month of days, half a month of shifts."""
FEWEST = 5
"""Of fewer nobody can say what is usual."""
FAR = 5
"""A digit too many makes seven to fourteen times of what is usual, for that varies; no unit makes five times."""


class Unusual(StrEnum):
    """How a figure differs from what is usual."""

    FAR_OVER = "far_over"
    FAR_UNDER = "far_under"
    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class UsualRange:
    """Grams: the least, the most and the middle one of the last `count` figures."""

    low: int
    high: int
    middle: int
    count: int


def usual_range(last: Sequence[int]) -> UsualRange | None:
    """Of the grams that were stated last, the newest at the end; None if they are too few."""
    late = last[-LAST:]
    if len(late) < FEWEST:
        return None
    return UsualRange(min(late), max(late), median_low(late), len(late))


def unusual_beside(grams: int, usual: UsualRange | None) -> Unusual | None:
    """How it differs; None if it is usual, or nobody knows what is. Nothing at all is no slip: a unit may stand."""
    if usual is None or usual.low <= grams <= usual.high:
        return None
    if grams >= FAR * usual.middle > 0:
        return Unusual.FAR_OVER
    if 0 < grams * FAR <= usual.middle:
        return Unusual.FAR_UNDER
    return Unusual.OVER if grams > usual.high else Unusual.UNDER
