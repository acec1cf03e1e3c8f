"""The hours of the made-up history, as columns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hours:
    """Columns, one an hour: start (UTC seconds), length (seconds; the last one may be a part of an hour), and its local
    year, month, day since 1970 and hour.
    """

    start_s: NDArray[np.int64]
    length_s: NDArray[np.int64]
    year: NDArray[np.int64]
    month: NDArray[np.int64]
    day: NDArray[np.int64]
    hour: NDArray[np.int64]

    def daily(self, column: Floats) -> Floats:
        """The sum of each local day, from the first to the last."""
        sums: Floats = np.bincount(self.day - self.day[0], weights=column).astype(np.float64)
        return sums
