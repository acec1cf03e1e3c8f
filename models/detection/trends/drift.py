"""Drift: output that falls by little and stays there, seen by a one-sided CUSUM on daily residuals to the target.

z = (usual - residual) / sigma; S = max(0, S + z - K), and S > H is a drift (Page 1954). The usual residual and sigma
(1.4826 x the median absolute deviation) are those of REFERENCE days that ended a while ago, so that the drift itself is
not among them. Medians, because a few days with a stop must not widen sigma.

Days and not hours: within a day residuals depend on each other, and a CUSUM of dependent values raises false alarms.
"""

from dataclasses import dataclass, field

import numpy as np

K = 0.5
H = 5.0
"""With a known usual and sigma these find a shift of one sigma in ten days and stay quiet for 900 days on average
(Page). With those of sixty days, which are never quite right, it is eight days and a little over a year
(`test_drift.py`)."""
REFERENCE = 60
FEWEST = 30
"""The usual is that of 60 days, and of 30 at least, the span that the trade takes. Fewer give an uncertain sigma; more
would reach back into another season or campaign."""
BEHIND = 14
"""The reference ends this many days before the day that is judged, if there are enough days before. A drift of one
sigma is found in less, so it is not among its own reference by then."""
LEAST_SIGMA = 0.005
"""Half a percent of the target: a unit that runs more evenly than this is not said to drift by a rounding."""
MOST_Z = 2.5
"""One odd day counts no more than this, so a drift needs three days at least."""
KEPT = 150
"""Days that are kept: more than twice the reference and what lies behind it."""
MOST_SUM = 2 * H
"""The sum stops growing here. So a drift is over as many days after its end as it took to be found, however long it
lasted."""


@dataclass(frozen=True, slots=True)
class Drift:
    """Output is `drop_pct` below the usual since `since_day` (ordinal of a production date)."""

    since_day: int
    drop_pct: float


@dataclass(slots=True)
class DriftWatch:
    """One unit. Feed it day by day with `add`. `drift`: the drift that holds."""

    drift: Drift | None = None
    _days: list[int] = field(default_factory=list)
    _residuals: list[float] = field(default_factory=list)
    _sum: float = 0.0
    _since: int | None = None

    def add(self, day: int, actual_t: float, due_t: float) -> None:
        """Take a production day (ordinal) that has ended. Days that are not later than the last are left out."""
        if due_t <= 0 or (self._days and day <= self._days[-1]):
            return
        residual = actual_t / due_t - 1.0
        reference = self._reference()
        self._days.append(day)
        self._residuals.append(residual)
        if len(self._days) > KEPT:
            del self._days[0], self._residuals[0]
        if reference is None:
            return
        usual, sigma = reference
        z = min(MOST_Z, (usual - residual) / sigma)
        self._sum = min(MOST_SUM, max(0.0, self._sum + z - K))
        if self._sum <= 0.0:
            self._end()
            return
        self._since = day if self._since is None else self._since
        if self._sum > H or self.drift is not None:
            lately = [r for d, r in zip(self._days, self._residuals, strict=True) if d >= self._since]
            drop_pct = 100.0 * (usual - float(np.mean(lately)))
            if drop_pct <= 0.0:
                self._end()  # what was a drift is the usual by now
                return
            self.drift = Drift(self._since, drop_pct)

    def _end(self) -> None:
        self._sum, self._since, self.drift = 0.0, None, None

    def _reference(self) -> tuple[float, float] | None:
        """(the usual residual, its sigma) by the days before; None before there are enough days."""
        if len(self._residuals) < FEWEST:
            return None
        until = max(FEWEST, len(self._residuals) - BEHIND)
        days = np.array(self._residuals[max(0, until - REFERENCE) : until])
        usual = float(np.median(days))
        return usual, max(LEAST_SIGMA, 1.4826 * float(np.median(np.abs(days - usual))))
