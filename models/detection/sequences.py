"""Sequences: a caster waits for steel between two of them, together with its siblings. A planned state, not a stop."""

from collections.abc import Collection
from dataclasses import dataclass, field

from models.detection.pace import Low, Pace
from models.works.limits import PaceLimit

WAITING_AFTER_S = 120
TOGETHER_S = 300
WAITS_UNSEEN_S = 2 * 3600
"""So long a wait is at most, where none of the suppliers is watched."""
LEAST_H = 12


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What others show: whether a sibling of the same kind works, and when its suppliers' last events ended.

    `supplier_ends`: of each supplier, ends of its last events (UTC seconds).
    """

    sibling_works: bool = False
    supplier_ends: tuple[Collection[int], ...] = ()


@dataclass(slots=True)
class Sequences:
    """Output is held against what is due over whole sequences and the wait after each, for that is part of them."""

    _pace: Pace = field(default_factory=lambda: Pace(fewest=1))
    _due_t: float = 0.0
    _made_before_t: float = 0.0
    _due_before_t: float = 0.0
    _together: bool = False

    def waited(self, at_s: int, standing_s: int | None, near: Neighbours) -> int | None:
        """How many events the suppliers ended while the unit waits with its siblings; None where it does not.

        `standing_s`: since when it stands. Units that run dry stand together, whichever begins again first; one that
        stands alone from the start has a fault of its own.
        """
        if standing_s is None:
            self._together = False
            return None
        stood_s = at_s - standing_s
        self._together |= stood_s <= TOGETHER_S and not near.sibling_works
        waits = self._together and stood_s >= WAITING_AFTER_S and (near.supplier_ends or stood_s < WAITS_UNSEEN_S)
        return sum(end_s > standing_s for ends in near.supplier_ends for end_s in ends) if waits else None

    def due(self, tonnes: float) -> None:
        """So much more was due, waiting or not."""
        self._due_t += tonnes

    def end(self, at_s: int, made_t: float) -> None:
        """A wait is over: mark the sequence before it. `made_t`: what the unit has made since it is watched."""
        self._pace.mark(at_s, made_t - self._made_before_t, self._due_t - self._due_before_t)
        self._made_before_t, self._due_before_t = made_t, self._due_t

    def low(self, limit: PaceLimit, rate_t_per_h: float) -> Low | None:
        """Output over whole sequences, where it is below the limit."""
        low = self._pace.over(max(LEAST_H, limit.window_h) * rate_t_per_h)
        return low if low is not None and low.ratio < limit.raise_pct / 100.0 else None

    def restart(self) -> None:
        """Forget the sequences until now."""
        self._pace.restart()
