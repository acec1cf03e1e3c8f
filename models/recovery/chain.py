"""The units of a works as a chain: what each can make on the days that are left, and what one brings to the next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from models.recovery.standing import UnitStanding
from models.works.place import Place

Floats = NDArray[np.float64]
DAY_H = 24.0


class RateLimit(StrEnum):
    """What says how much a unit can make in an hour."""

    BEST = "best"
    NAMEPLATE = "nameplate"


@dataclass(frozen=True, eq=False, kw_only=True)
class UnitBound:
    """One unit on the days that are left, the first of which may be the rest of one that runs.

    `limit_t_per_h`: the most that it makes in an available hour, the lower of its best and its nameplate (None: not
    known); `limited_by`: which of them. `hours`: available hours by day;
    `day_h`: those of a usual day. `stands_h`:
    the hours in which it stands by plan, or as somebody supposes; `standing`: what holds it then. `recent_t_per_h`: as
    it goes now (None: not known).
    """

    place: Place
    limit_t_per_h: float
    limited_by: RateLimit
    best_t_per_h: float | None
    nameplate_t_per_h: float | None
    hours: Floats
    stands_h: float
    day_h: float = DAY_H
    recent_t_per_h: float | None = None
    standing: Sequence[UnitStanding] = ()

    @property
    def most_t(self) -> Floats:
        """The most that it can make, by day."""
        return self.limit_t_per_h * self.hours


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SupplyStock:
    """What lies between the inputs and the outputs of a node, in tonnes of its output.

    `arriving_t`: by day, what is bought less what is sold. It is kept between `least_t` and `most_t` (None: without
    end), which may be by day. Unless `is_known`, nobody stated what lies there, and `opening_t` is what must be left.
    """

    opening_t: float
    arriving_t: Floats
    least_t: float = 0.0
    most_t: float | Floats | None = None
    is_known: bool = True


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Supply:
    """One node of the mass balance. `brings`: the tonnes of its output that a tonne of each input place makes; `takes`:
    the places of its outputs. Without a stock, what a day brings is used on that day or not at all.
    """

    node: str
    brings: Mapping[Place, float]
    takes: Sequence[Place]
    stock: SupplyStock | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Chain:
    """Everything that the output of the places `asked` hangs on, over `days` days."""

    asked: Sequence[Place]
    units: Mapping[Place, UnitBound]
    supplies: Sequence[Supply]
    days: int

    def stages(self) -> Iterator[Sequence[Place]]:
        """The asked places, then those that supply them, and so on up; each place once, at its nearest."""
        seen: set[Place] = set()
        stage = list(self.asked)
        while stage:
            yield stage
            seen.update(stage)
            before = (place for supply in self.supplies if set(supply.takes) & set(stage) for place in supply.brings)
            stage = [place for place in dict.fromkeys(before) if place not in seen]


def supplying(supplies: Iterable[Supply], asked: Iterable[Place]) -> list[Supply]:
    """The nodes on which the output of `asked` hangs: those before it, and those behind a stock that can be full.

    A heap that may grow without end keeps nobody before it from working.
    """
    reached, found = set(asked), list[Supply]()
    left = list(supplies)
    while True:
        joined = [
            supply
            for supply in left
            if reached & set(supply.takes)
            or (supply.stock is not None and supply.stock.most_t is not None and reached & set(supply.brings))
        ]
        if not joined:
            return found
        found += joined
        left = [supply for supply in left if supply not in joined]
        reached |= {place for supply in joined for place in (*supply.brings, *supply.takes)}
