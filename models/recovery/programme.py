"""The linear programme of a chain: the most that can be made, what is the limit, and how it is made with least strain.

Solved by HiGHS (Huangfu and Hall, Mathematical Programming Computation 10, 2018) through SciPy. Variables: the tonnes
of each unit on each day, and what lies in each stock at the end of it. Each is bounded, so there is always a most.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.recovery.chain import Chain, Floats, Supply
from models.works.place import Place

_SLACK = 1e-7
"""By so much a result may be off as a share of itself: what the solver leaves of a total that is asked for again."""
_LACKS = (1.0, 2.0, 4.0)
"""What a tonne that a day lacks of an even pace counts, by thirds of that pace: one day that lacks all of it is worse
than three that lack a third."""
_WORST = 10.0
"""Times what all days lack at most: the worst day counts before all others."""
_PRICE = 1e-6
"""Tonnes of output that a tonne more of a limit is worth, below which it limits nothing."""


class NoProgramme(ValueError):
    """The solver found no answer. `solver`: its words."""

    def __init__(self, solver: str) -> None:
        super().__init__(f"no answer: {solver}")
        self.solver = solver


@dataclass(frozen=True, eq=False, slots=True)
class _Solution:
    """`values` of the variables, and how the objective changes with each upper bound and each target of an equation."""

    values: Floats
    objective: float
    by_upper: Floats
    by_target: Floats


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Reached:
    """`total_t` of the asked places. `price`: by place and day, the tonnes that a tonne more of the place's limit would
    add to the total; `stock_price`: the same of what lies in the stock of each node. With these prices the limits prove
    that there is no more (duality).
    """

    total_t: float
    price: Mapping[Place, Floats]
    stock_price: Mapping[str, float]

    def limits(self) -> list[Place]:
        """The places whose limit keeps the total from being more."""
        return [place for place, price in self.price.items() if price.max(initial=0.0) > _PRICE]

    def short_stocks(self) -> list[str]:
        """The nodes of whose stock a tonne more would add to the total."""
        return [node for node, price in self.stock_price.items() if price > _PRICE]


@dataclass(frozen=True)
class Programme:
    """Raises NoProgramme where the solver has no answer."""

    chain: Chain

    def most(self, slower: Mapping[Place, Floats] | None = None) -> Reached:
        """The largest total. `slower`: lower limits of some places, by day."""
        bounds = self._bounds(
            {place: np.minimum(bound, self._most_t(place)) for place, bound in (slower or {}).items()}
        )
        objective = np.zeros(len(bounds))
        for place in self.chain.asked:
            objective[self._of(place)] = -1.0
        found = self._solved(objective, bounds)
        first = {supply.node: row for supply, row in zip(self._stocked, self._first_rows, strict=True)}
        return Reached(
            total_t=-found.objective,
            price={place: -found.by_upper[self._of(place)] for place in self.chain.units},
            stock_price={node: -float(found.by_target[row]) for node, row in first.items()},
        )

    def least_strain(self, total_t: float) -> Mapping[Place, Floats]:
        """By place and day, how `total_t` is made so that the asked places go at the lowest share of their limits, the
        same for all where the chain allows; then those before them, and so on up.

        Places that are in no stage (behind the asked ones) make whatever leaves room.
        """
        limits: dict[Place, Floats] = {}
        shares: dict[Place, float] = {}
        stages = list(self.chain.stages())
        found: Floats = np.zeros(0)
        for stage in stages:
            rows, most = self._share_rows(shares)
            # First of all days together, so that none of them is spared; then of each day, so that none is a rush.
            whole = np.array([self._row(place, np.ones(self.chain.days), self._total_t(place)) for place in stage])
            found = self._relaxed((np.vstack([rows, whole]), np.append(most, np.zeros(len(whole)))), limits, total_t)
            shares |= dict.fromkeys(stage, float(found[-1]) * (1 + _SLACK))
            rows, most = self._share_rows(shares)
            daily = np.array([row for place in stage for row in self._daily_rows(place)])
            found = self._relaxed((np.vstack([rows, daily]), np.append(most, np.zeros(len(daily)))), limits, total_t)
            limits |= {place: float(found[-1]) * (1 + _SLACK) * self._most_t(place) for place in stage}
        if stages and total_t:
            found = self._even(found, self._share_rows(shares), limits, total_t)
        return {place: found[self._of(place)] for stage in stages for place in stage}

    def _even(
        self, found: Floats, below: tuple[Floats, Floats], limits: Mapping[Place, Floats], total_t: float
    ) -> Floats:
        """The same strain, and the asked places as even from day to day as it allows: where something else is short,
        the solver would let a place stand on one day and hurry on the next. Each keeps its total. First of all the day
        that lacks the largest share of an even pace counts, then each by what it lacks (`_LACKS`)."""
        days, steps = self.chain.days, len(_LACKS)
        even = {place: self._mean_share(found, place) * self._most_t(place) for place in self.chain.asked}
        worst = self._count + len(even) * days * steps
        rows, most = [self._total_row(worst + 1)], [-total_t * (1 - _SLACK) + _SLACK]
        for number, (place, target) in enumerate(even.items()):
            kept = np.zeros(worst + 1)
            kept[self._of(place)] = -1.0
            rows.append(kept)
            most.append(-float(found[self._of(place)].sum()) * (1 - _SLACK) + _SLACK)
            for day, tonnes in enumerate(target):
                made, lacks = np.zeros((2, worst + 1))
                made[self._of(place).start + day] = lacks[self._of(place).start + day] = -1.0
                first = self._count + (number * days + day) * steps
                made[first : first + steps] = -1.0
                lacks[worst] = -tonnes
                rows += [made, lacks]
                most += [-float(tonnes)] * 2
        shared = np.pad(below[0][:, :-1], ((0, 0), (0, worst + 1 - self._count)))
        widths = np.repeat(np.concatenate(list(even.values())) / steps, steps)
        more_t = np.column_stack((np.zeros(len(widths)), widths))
        bounds = np.vstack([self._bounds(limits), more_t, [[0.0, 1.0]]])
        least = np.concatenate([np.zeros(self._count), np.tile(_LACKS, len(even) * days), [_WORST * widths.sum()]])
        return self._solved(
            least, bounds, (np.vstack([np.array(rows), shared]), np.concatenate([most, below[1]]))
        ).values

    def _mean_share(self, found: Floats, place: Place) -> float:
        whole = self._total_t(place)
        return float(found[self._of(place)].sum()) / whole if whole else 0.0

    def _total_row(self, count: int) -> Floats:
        """What the asked places make together, with its sign turned: at least so much is at most so much less."""
        row = np.zeros(count)
        for place in self.chain.asked:
            row[self._of(place)] = -1.0
        return row

    def _relaxed(self, below: tuple[Floats, Floats], limits: Mapping[Place, Floats], total_t: float) -> Floats:
        """The tonnes, and last the lowest share for which the rows of `below` hold."""
        bounds = np.vstack([self._bounds(limits), [[0.0, 1.0 + _SLACK]]])
        count = len(bounds)
        objective = np.zeros(count)
        objective[-1] = 1.0
        rows, most = below
        more = np.vstack([self._total_row(count), rows]), np.append(-total_t * (1 - _SLACK) + _SLACK, most)
        return self._solved(objective, bounds, more).values

    def _row(self, place: Place, days: Floats, most_t: float) -> Floats:
        """What a place makes on `days`, less the share that is sought times `most_t`."""
        row = np.zeros(self._count + 1)
        row[self._of(place)] = days
        row[-1] = -most_t
        return row

    def _daily_rows(self, place: Place) -> Iterator[Floats]:
        for day, most_t in zip(np.eye(self.chain.days), self._most_t(place), strict=True):
            yield self._row(place, day, float(most_t))

    def _share_rows(self, shares: Mapping[Place, float]) -> tuple[Floats, Floats]:
        """What was found of whole places: no more than their share of what they can."""
        rows = [self._row(place, np.ones(self.chain.days), 0.0) for place in shares]
        most = [share * self._total_t(place) + _SLACK for place, share in shares.items()]
        return np.array(rows).reshape(len(rows), self._count + 1), np.array(most)

    def _total_t(self, place: Place) -> float:
        return float(self._most_t(place).sum())

    def _solved(self, objective: Floats, bounds: Floats, more: tuple[Floats, Floats] | None = None) -> _Solution:
        # A desk shows its figures a second sooner, and without 40 MB, until somebody asks for a way.
        from scipy.optimize import linprog

        below, limit = self._without_stock
        kept, target = self._with_stock
        extra = len(objective) - below.shape[1]
        below, kept = (np.pad(rows, ((0, 0), (0, extra))) for rows in (below, kept))
        if more is not None:
            below, limit = np.vstack([below, more[0]]), np.concatenate([limit, more[1]])
        found = linprog(
            objective,
            A_ub=below if len(below) else None,
            b_ub=limit if len(below) else None,
            A_eq=kept if len(kept) else None,
            b_eq=target if len(kept) else None,
            bounds=[(float(low), float(high)) for low, high in bounds],
            method="highs",
        )
        if found.status != 0 or found.x is None or found.fun is None:
            raise NoProgramme(str(found.message))
        return _Solution(found.x, found.fun, found.upper.marginals, found.eqlin.marginals)

    @cached_property
    def _starts(self) -> Mapping[Place, int]:
        return {place: number * self.chain.days for number, place in enumerate(self.chain.units)}

    def _of(self, place: Place) -> slice:
        start = self._starts[place]
        return slice(start, start + self.chain.days)

    @cached_property
    def _stocked(self) -> Sequence[Supply]:
        return [supply for supply in self.chain.supplies if supply.stock is not None]

    @cached_property
    def _first_rows(self) -> Sequence[int]:
        return [number * self.chain.days for number in range(len(self._stocked))]

    @cached_property
    def _count(self) -> int:
        return (len(self.chain.units) + len(self._stocked)) * self.chain.days

    def _most_t(self, place: Place) -> Floats:
        return self.chain.units[place].most_t

    def _bounds(self, limits: Mapping[Place, Floats]) -> Floats:
        columns = [limits.get(place, bound.most_t) for place, bound in self.chain.units.items()]
        found = [np.column_stack((np.zeros(self.chain.days), column)) for column in columns]
        for supply in self._stocked:
            stock = supply.stock
            if stock is not None:
                edges = stock.least_t, np.inf if stock.most_t is None else stock.most_t
                found.append(np.column_stack([np.broadcast_to(edge, self.chain.days) for edge in edges]))
        return np.vstack(found)

    @cached_property
    def _without_stock(self) -> tuple[Floats, Floats]:
        """Of each node without a stock, by day: what it makes, less what is brought, is not above 0."""
        rows = [
            self._flows(supply, day)
            for supply in self.chain.supplies
            if supply.stock is None
            for day in range(self.chain.days)
        ]
        return np.array(rows).reshape(len(rows), self._count), np.zeros(len(rows))

    @cached_property
    def _with_stock(self) -> tuple[Floats, Floats]:
        """Of each node with a stock, by day: what lies there after it, less what lay before, less what was brought, and
        what was taken, is what arrived."""
        rows, targets = [], []
        for number, supply in enumerate(self._stocked):
            start = (len(self.chain.units) + number) * self.chain.days
            for day in range(self.chain.days):
                row = self._flows(supply, day)
                row[start + day] = 1.0
                if day:
                    row[start + day - 1] = -1.0
                rows.append(row)
            targets.append(self._arriving(supply))
        return np.array(rows).reshape(len(rows), self._count), np.concatenate(targets) if targets else np.zeros(0)

    def _arriving(self, supply: Supply) -> Floats:
        if supply.stock is None:
            return np.zeros(self.chain.days)
        found = np.array(supply.stock.arriving_t, np.float64)
        found[0] += supply.stock.opening_t
        return found

    def _flows(self, supply: Supply, day: int) -> Floats:
        row = np.zeros(self._count)
        for place, factor in self._flowing(supply):
            row[self._of(place).start + day] += factor
        return row

    @staticmethod
    def _flowing(supply: Supply) -> Iterator[tuple[Place, float]]:
        yield from ((place, 1.0) for place in supply.takes)
        yield from ((place, -factor) for place, factor in supply.brings.items())
