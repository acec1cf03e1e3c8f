"""Sequences: between two of them a caster waits for steel, together with its siblings. That is planned, and no stop."""

from collections.abc import Collection
from dataclasses import dataclass, field

from models.detection.pace import Low, Pace
from models.works.limits import PaceLimit

WAITING_AFTER_S = 120
"""A standstill of two minutes is a wait: shorter ones are changes of a ladle or a tundish."""
TOGETHER_S = 300
"""Casters that run dry stop within five minutes of each other: the last ladle on each was poured from heats of one
shop."""
WAITS_UNSEEN_S = 2 * 3600
"""If none of the suppliers is watched, a wait lasts two hours at most: three heats take about that long, and a caster
that does not start then would never be called stopped."""
LEAST_H = 12
"""Sequences are held against at least 12 hours: one sequence and its wait take several, and a single one says
little."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What others show: whether a sibling of the same kind works, and for each supplier when its last events ended
    (`supplier_ends`, UTC seconds)."""

    sibling_works: bool = False
    supplier_ends: tuple[Collection[int], ...] = ()


@dataclass(slots=True)
class Sequences:
    """Output against what is due, over whole sequences. The wait after each is part of it."""

    _pace: Pace = field(default_factory=lambda: Pace(fewest=1))
    _due_t: float = 0.0
    _made_before_t: float = 0.0
    _due_before_t: float = 0.0
    _together: bool = False

    def waited(self, at_s: int, standing_s: int | None, near: Neighbours) -> int | None:
        """How many events the suppliers ended while the unit waits with its siblings; None if it does not wait.

        `standing_s`: since when it stands (UTC seconds; None: it works). Units that run dry stand together, whichever
        begins again first. One that stands alone from the start has a fault of its own.
        """
        if standing_s is None:
            self._together = False
            return None
        stood_s = at_s - standing_s
        self._together |= stood_s <= TOGETHER_S and not near.sibling_works
        waits = self._together and stood_s >= WAITING_AFTER_S and (near.supplier_ends or stood_s < WAITS_UNSEEN_S)
        return sum(end_s > standing_s for ends in near.supplier_ends for end_s in ends) if waits else None

    def due(self, tonnes: float) -> None:
        """Take the tonnes that were due, waiting or not."""
        self._due_t += tonnes

    def end(self, at_s: int, made_t: float) -> None:
        """A wait is over: mark the sequence before it. `made_t`: what the unit has made since the watch began."""
        self._pace.mark(at_s, made_t - self._made_before_t, self._due_t - self._due_before_t)
        self._made_before_t, self._due_before_t = made_t, self._due_t

    def low(self, limit: PaceLimit, rate_t_per_h: float) -> Low | None:
        """Output over whole sequences, if it is below the limit."""
        low = self._pace.over(max(LEAST_H, limit.window_h) * rate_t_per_h)
        return low if low is not None and low.ratio < limit.raise_pct / 100.0 else None

    def restart(self) -> None:
        """Begin anew: the sequences until now are done with."""
        self._pace.restart()
