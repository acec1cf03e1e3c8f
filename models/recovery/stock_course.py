"""What lies in a stock in the evening of each day that is left, if units make what is planned for them. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from models.recovery.chain import Floats, Supply
from models.works.place import Place

_NOISE_T = 1e-6
"""What the solver leaves of an empty stock."""


@dataclass(frozen=True, eq=False, slots=True)
class StockCourse:
    """The stock of `node`, in tonnes of what the node makes: now, and in the evening of each day."""

    node: str
    opening_t: float
    evening_t: Floats


def stock_courses(supplies: Iterable[Supply], made: Mapping[Place, Floats]) -> Iterator[StockCourse]:
    """Of each stock that is known, and whose units all have a plan: of others nobody knows what they take or bring."""
    for supply in supplies:
        stock = supply.stock
        if stock is None or not stock.is_known or {*supply.brings, *supply.takes} - set(made):
            continue
        change = np.array(stock.arriving_t, np.float64)
        for place, factor in supply.brings.items():
            change += factor * made[place]
        for place in supply.takes:
            change -= made[place]
        evening = stock.opening_t + np.cumsum(change)
        yield StockCourse(supply.node, stock.opening_t, np.where(np.abs(evening) < _NOISE_T, 0.0, evening))
