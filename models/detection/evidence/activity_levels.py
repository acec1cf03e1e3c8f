"""How high the activity was over a span: while the unit worked, and between two marks of its pace."""

from collections import deque
from dataclasses import dataclass, field

MARKS_KEPT = 4096
"""Twice the marks that a pace keeps, so that the level is known at every mark that a window can begin at."""
FEWEST_SAMPLES = 3
FULL_SHARE = 0.9
"""A span counts as full with a tenth missing: the first sample of work rarely falls on the very second."""


@dataclass(slots=True)
class ActivityLevels:
    """All levels are in percent of the activity's nominal."""

    _worked: deque[tuple[int, float]] = field(default_factory=deque)
    _sum: tuple[float, int] = (0.0, 0)
    _at_marks: dict[int, tuple[float, int]] = field(default_factory=dict)

    def take(self, at_s: int, span_s: int, pct: float, *, stands: bool) -> None:
        """Take the level of the `span_s` seconds until `at_s` (UTC seconds)."""
        self._sum = (self._sum[0] + pct * span_s, self._sum[1] + span_s)
        if not stands:
            self._worked.append((at_s, pct))

    def mark(self, mark_s: int) -> None:
        """Remember the level at a mark of the pace."""
        self._at_marks[mark_s] = self._sum
        if len(self._at_marks) > MARKS_KEPT:
            del self._at_marks[next(iter(self._at_marks))]

    def restart(self) -> None:
        """Begin the levels of work anew."""
        self._worked.clear()

    def quantile(self, hold_s: int, share: float) -> float | None:
        """The level below which the activity was for `share` of the last `hold_s` of work; None before that is full.

        Time in which the unit stands is left out. A quantile ignores the minute in which a standstill begins or ends,
        which would pull a mean below the limit.
        """
        kept = self._worked
        while kept and kept[0][0] <= kept[-1][0] - hold_s:
            kept.popleft()
        if len(kept) < FEWEST_SAMPLES or kept[-1][0] - kept[0][0] < hold_s * FULL_SHARE:
            return None
        ordered = sorted(pct for _, pct in kept)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def between(self, start_s: int, end_s: int) -> float | None:
        """The mean level between two marks, standing included, as output is; None if it is not known."""
        start, end = self._at_marks.get(start_s), self._at_marks.get(end_s)
        if start is None or end is None or end[1] <= start[1]:
            return None
        return (end[0] - start[0]) / (end[1] - start[1])
