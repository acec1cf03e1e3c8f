"""What is known of the values that a server monitors, between one change and the next.

A server sends changes only, so what it does not name stays as it was. That holds for as long as its item lives: a
node that was deleted and made again may leave an item behind that never speaks. So now and then the values are read,
and an item whose node shows another value than it last sent is in doubt, until it sends a change.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collector.sources.opcua.status_quality import CODE_BITS
from collector.sources.opcua.targets import Target


@dataclass(frozen=True, slots=True)
class Notified:
    """What items sent, in the order in which they sent it: the row of each item, its number (NaN: none), its status
    code, and whether both are good. An item may have sent several."""

    rows: NDArray[np.intp]
    values: NDArray[np.float64]
    status: NDArray[np.uint32]
    good: NDArray[np.bool_]


class Standing:
    """The items of one subscription, by row. An unchanged good value is as well known as one that is read at each
    cadence, so it counts as so many readings. `now_s` is of the monotonic clock, `at_s` of the host's."""

    def __init__(self, targets: Sequence[Target]) -> None:
        count = len(targets)
        self._names = [target.tag.name for target in targets]
        self._cadence_s = np.array([target.tag.cadence_s for target in targets], dtype=np.float64)
        self._good = np.zeros(count, dtype=np.bool_)
        self._since_s = np.zeros(count, dtype=np.float64)
        self._heard = np.zeros(count, dtype=np.bool_)
        self._values = np.full(count, np.nan)
        self._status = np.zeros(count, dtype=np.uint32)
        self._doubted_s = np.full(count, np.nan)
        self._patience_s = np.zeros(count, dtype=np.float64)

    @property
    def any_good(self) -> bool:
        """Whether there is a value that a keep-alive confirms."""
        return bool((self._good & np.isnan(self._doubted_s)).any())

    def made(self, row: int, now_s: float, patience_s: float) -> None:
        """An item was made anew: it is in doubt until its first value, for `patience_s` at the most."""
        self._good[row] = self._heard[row] = False
        self._doubted_s[row], self._patience_s[row] = now_s, patience_s

    def changed(self, notified: Notified, at_s: float) -> None:
        """Values came, each of which is counted as a reading of its own. Of several of an item the last one stands."""
        rows = notified.rows
        self._good[rows], self._since_s[rows] = notified.good, at_s
        self._values[rows], self._status[rows] = notified.values, notified.status & np.uint32(CODE_BITS)
        self._heard[rows], self._doubted_s[rows] = True, np.nan

    def coverage(self, at_s: float) -> dict[str, int]:
        """By tag name, the whole cadences for which its value was unchanged and that were not counted before."""
        known = self._good & np.isnan(self._doubted_s)
        cadences = np.where(known, (at_s - self._since_s) // self._cadence_s, 0.0)
        due = np.flatnonzero(cadences >= 1)
        self._since_s[due] += cadences[due] * self._cadence_s[due]
        return {self._names[row]: int(cadences[row]) for row in due.tolist()}

    def compared(
        self, rows: NDArray[np.intp], values: NDArray[np.float64], status: NDArray[np.uint32], now_s: float
    ) -> None:
        """The nodes of these rows were read. What differs from what the item sent last is in doubt."""
        same = (values == self._values[rows]) | (np.isnan(values) & np.isnan(self._values[rows]))
        same &= (status & np.uint32(CODE_BITS)) == self._status[rows]
        heard = self._heard[rows]
        self._doubted_s[rows[heard & same]] = np.nan
        differs = rows[heard & ~same]
        self._doubted_s[differs] = np.where(np.isnan(self._doubted_s[differs]), now_s, self._doubted_s[differs])

    def lost(self, now_s: float) -> list[int]:
        """The rows that have been in doubt for too long: their items do not speak."""
        rows: list[int] = np.flatnonzero(now_s - self._doubted_s > self._patience_s).tolist()
        return rows
