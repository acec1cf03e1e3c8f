"""What one unit's counters gave of one product, day by day: columns over consecutive production dates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.books.overlaps import NOTHING, Amount, Stated
from models.works.codes import FigureStatus

Grams = NDArray[np.int64]
Series = tuple[str, str]
"""(unit, product)."""


@dataclass(frozen=True, slots=True)
class DayColumns:
    """Columns over the days first, first + 1, ... (ordinals).

    grams: int64, 0 if not known. known: bool. completeness: share 0 to 1. status: int8, a FigureStatus. idle: bool, the
    unit did not belong to the works, so that its 0 is known. `coarse` are counted amounts over several days, of which
    nobody knows the shares: they count in spans that hold them whole.
    """

    first: int
    grams: Grams
    known: NDArray[np.bool_]
    completeness: NDArray[np.float64]
    status: NDArray[np.int8]
    idle: NDArray[np.bool_]
    coarse: Sequence[Stated] = ()

    @staticmethod
    def empty(first: int, days: int) -> "DayColumns":
        """Columns in which nothing is known."""
        return DayColumns(
            first,
            np.zeros(days, np.int64),
            np.zeros(days, np.bool_),
            np.zeros(days, np.float64),
            np.zeros(days, np.int8),
            np.zeros(days, np.bool_),
        )

    def clear(self, days: Sequence[int]) -> None:
        """Forget these days."""
        index = np.asarray(days, np.int64) - self.first
        self.grams[index], self.known[index], self.completeness[index], self.status[index] = 0, False, 0.0, 0
        self.idle[index] = False

    def day(self, day: int) -> Amount:
        """The amount of one day; nothing for a day outside the columns."""
        index = day - self.first
        if not 0 <= index < len(self.known) or not self.known[index]:
            return NOTHING
        status = FigureStatus(int(self.status[index]))
        return Amount(int(self.grams[index]), whole=True, status=status, idle=bool(self.idle[index]))

    def counted(self, start: int, end: int) -> Amount:
        """The amount over the days [start, end), as their sum with the coarse amounts that lie whole in it."""
        low, high = max(start - self.first, 0), min(end - self.first, len(self.known))
        if low >= high:
            return NOTHING
        known = self.known[low:high]
        # An amount over several days counts only in a span that holds it whole: no single day is given a share of it.
        coarse = [item for item in self.coarse if item.start >= start and item.end <= end]
        if coarse:
            known = known.copy()
            for item in coarse:
                known[item.start - self.first - low : item.end - self.first - low] = True
        found = int(known.sum())
        idle = self.idle[low:high]
        if not found or (idle.any() and not idle.all() and not (known & ~idle).any()):
            return NOTHING  # that the unit was not there before says nothing of the days on which it was
        grams = int(self.grams[low:high].sum()) + sum(item.grams for item in coarse)
        heard = self.known[low:high] & (~idle if not idle.all() else idle)
        status = int(self.status[low:high][heard].min(initial=int(FigureStatus.CLOSED)))
        if coarse:  # what a counter gave is operational, and a sum is as final as the least final of its parts
            status = int(FigureStatus.OPERATIONAL)
        return Amount(grams, whole=found == end - start, status=FigureStatus(status), idle=bool(idle.all()))
