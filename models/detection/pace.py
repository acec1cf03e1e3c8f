"""Pace: tonnes against what was expected, over whole events or whole blocks of time.

Tonnes are counted between two events, not between two strokes of the clock. So it is no matter of chance whether a tap
of 500 t fell just inside or just outside the window: over a clock window of 8 h, a healthy furnace with 8 to 14 taps a
day is below 85 % every few hours.

The shorter a window, the deeper output must have fallen in it: for a window of w hours in place of W the limit is
1 - (1 - limit) x sqrt(W / w), as the spread of a sum of like pieces goes. What only a window longer than W shows is a
trend.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf, sqrt

from models.works.limits import PaceLimit

SHARES = (4.0, 2.0, 1.0, 0.5, 0.25)
"""Output is added up over these multiples of the window: a deep fall shows in a quarter of it, a slight one only in
four of them. Each step halves the wait, and five windows are few enough not to raise many chance alarms."""
FEWEST_MARKS = 6
"""A window holds at least six pieces: with fewer, one late tap is more than the 15 % that a limit allows for."""
KEPT = 2048
"""Marks that are kept; half of them after each cut. In blocks of ten minutes that half is a week, more than four
windows of any default limit."""


@dataclass(frozen=True, slots=True)
class Low:
    """Output over [start_s, end_s): `actual_t` where `expected_t` was due, in `share` times the limit's window."""

    start_s: int
    end_s: int
    actual_t: float
    expected_t: float
    share: float = 1.0

    @property
    def ratio(self) -> float:
        """Output as a share of what was due."""
        return self.actual_t / self.expected_t


@dataclass(slots=True)
class Pace:
    """Marks are instants at which the sum of tonnes is known: ends of events, or of blocks of time.

    At mark i, `tonnes[i]` have been made and `expected[i]` were due, both since the pace began. A window has at least
    `fewest` pieces, and is one of `shares`, in multiples of the limit's.
    """

    fewest: int = FEWEST_MARKS
    shares: tuple[float, ...] = SHARES
    ends_s: list[int] = field(default_factory=list)
    tonnes: list[float] = field(default_factory=list)
    expected: list[float] = field(default_factory=list)
    _usual: tuple[int, float] | None = None
    _windows: dict[tuple[float, float], Low | None] = field(default_factory=dict)

    def restart(self) -> None:
        """Begin anew: what was made before says nothing about what comes."""
        self.ends_s, self.tonnes, self.expected = [], [], []
        self._windows.clear()

    def mark(self, end_s: int, tonnes: float, expected_t: float) -> None:
        """`tonnes` more were made until `end_s`, where `expected_t` were due since the last mark.

        The tonnes of the very first mark belong to the time before it, of which nothing is known.
        """
        self._windows.clear()
        if not self.ends_s:
            self.ends_s, self.tonnes, self.expected = [end_s], [0.0], [0.0]
            return
        self.ends_s.append(end_s)
        self.tonnes.append(self.tonnes[-1] + tonnes)
        self.expected.append(self.expected[-1] + max(expected_t, 0.0))
        if len(self.ends_s) > KEPT:
            half = KEPT // 2
            self.ends_s, self.tonnes, self.expected = self.ends_s[half:], self.tonnes[half:], self.expected[half:]

    def over(self, due_t: float, share: float = 1.0) -> Low | None:
        """The shortest run of whole marks up to the last in which at least `due_t` were due; None before there is one.

        By tonnes due and not by hours: hours in which nothing was due, such as a repair, do not fill a window.
        """
        key = (due_t, share)
        if key not in self._windows:  # asked every few seconds, and another one only after the next mark
            self._windows[key] = self._window(due_t, share)
        return self._windows[key]

    def _window(self, due_t: float, share: float) -> Low | None:
        if not self.ends_s or self.expected[-1] - self.expected[0] < due_t or due_t <= 0:
            return None
        # Sums of floats differ in the last digits: a billionth of a tonne must not lengthen the window by a tap.
        first = bisect_left(self.expected, self.expected[-1] - due_t + 1e-9)
        first = max(0, first - 1)
        if len(self.ends_s) - 1 - first < self.fewest:
            return None
        return Low(
            self.ends_s[first],
            self.ends_s[-1],
            self.tonnes[-1] - self.tonnes[first],
            self.expected[-1] - self.expected[first],
            share,
        )

    def low(self, limit: PaceLimit, rate_t_per_h: float, reach: float = inf) -> Low | None:
        """The window in which output is below its limit, the shortest if there are several; None if there is none.

        Windows longer than `reach` times the limit's are left out.
        """
        found = None
        for share in self.shares:
            if share > reach:
                continue
            window = self.over(limit.window_h * share * rate_t_per_h, share)
            if window is not None and window.ratio < limit_over(limit.raise_pct, share):
                found = window
        return found

    def well(self, limit: PaceLimit, rate_t_per_h: float) -> bool:
        """Whether output over half the window is back at the higher limit.

        Half of it: the whole still holds the bad hours for as long as they lasted.
        """
        window = self.over(limit.window_h * 0.5 * rate_t_per_h)
        return window is not None and window.ratio >= limit.clear_pct / 100.0

    def usual_interval_s(self) -> float | None:
        """The median time between two of the last 40 marks; None before there were ten intervals.

        The median, because one standstill among 40 intervals would stretch a mean.
        """
        newest = self.ends_s[-41:]
        if len(newest) < 11:
            return None
        if self._usual is None or self._usual[0] != newest[-1]:
            gaps = sorted(later - before for before, later in pairwise(newest))
            self._usual = (newest[-1], float(gaps[len(gaps) // 2]))
        return self._usual[1]


def limit_over(raise_pct: float, share: float) -> float:
    """The limit, as a share of what was due, over `share` times the window."""
    return 1.0 - (1.0 - raise_pct / 100.0) / sqrt(share)
