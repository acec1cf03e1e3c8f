"""What the referee looks at: the residuals of the nodes, day by day, and what each meter showed in them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Days = NDArray[np.int64]


@dataclass(frozen=True, slots=True, order=True)
class Accused:
    """What may be the cause: the meter of a product at a unit, or (`node` is given) the yield of a node."""

    unit: str = ""
    product: str = ""
    node: str = ""


@dataclass(frozen=True, slots=True)
class NodeDays:
    """The known days (ordinals, ascending) of one node, as columns.

    `shown_t`: by meter the tonnes that it showed, and by yield those that it should have made. `factor`: what one tonne
    more of that adds to the residual.
    """

    node: str
    days: Days
    residual_t: Floats
    shown_t: Mapping[Accused, Floats]
    factor: Mapping[Accused, float]

    def within(self, first: int, end: int) -> "NodeDays":
        """The days of [first, end)."""
        low, high = np.searchsorted(self.days, (first, end))
        return NodeDays(
            self.node,
            self.days[low:high],
            self.residual_t[low:high],
            {accused: column[low:high] for accused, column in self.shown_t.items()},
            self.factor,
        )
