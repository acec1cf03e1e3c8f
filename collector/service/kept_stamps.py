"""Which unchanged values are confirmed by a source that gives no new stamp to a value that has not changed.

Many servers keep the stamp of a value until it changes: the same value under the same stamp, with Good, says that it
stands. Others stamp each scan, and there a stamp that stops says that the controller hangs. A source shows which it is:
one that ever gave a new stamp to an unchanged value stamps each scan, and its silence is believed by nobody.
"""

import numpy as np
from numpy.typing import NDArray

from models.counting.reading import ReadingBatch
from models.works.calendar import NS
from models.works.codes import Quality
from models.works.plant import Plant

KEPT_AFTER_NS = 60 * NS
"""A device that is scanned slowly and stamps each scan has done so within a minute. Stillness is a fault of data after
two (`source_link`), so a source that keeps its stamps is known by then."""


class KeptStamps:
    """Of all tags. `alone`: tags of units that show by no signal whether they work: a counter that stands under its
    stamp is all that a stop of theirs looks like."""

    def __init__(self, plant: Plant, alone: NDArray[np.bool_]) -> None:
        self._alone = alone
        self._stamps: NDArray[np.int64] = np.zeros(len(plant.tags), dtype=np.int64)
        self._values: NDArray[np.float64] = np.full(len(plant.tags), np.nan)
        self._residues: dict[int, float] = {}
        self._still_ns: NDArray[np.int64] = np.zeros(len(plant.tags), dtype=np.int64)
        self._moved_ns: dict[str, int] = {}
        self._stamps_scans: set[str] = set()

    def taken(self, batch: ReadingBatch) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """By row, whether a stamp moved on or a value changed; and whether an unchanged value is confirmed."""
        tags, now_ns = batch.tags, batch.received_ns
        newer, other = batch.times_ns > self._stamps[tags], batch.values != self._values[tags]
        for row, lacking in batch.residues.items():
            other[row] |= self._residues.get(int(tags[row])) != lacking
            self._residues[int(tags[row])] = lacking
        moved, good = newer | other, batch.quality == Quality.GOOD
        if bool((newer & ~other & good & (self._stamps[tags] > 0)).any()):
            self._stamps_scans.add(batch.source)
        self._stamps[tags], self._values[tags] = batch.times_ns, batch.values
        self._still_ns[tags[moved]] = now_ns
        if moved.any():
            self._moved_ns[batch.source] = now_ns
        if batch.source in self._stamps_scans:
            return moved, np.zeros(len(tags), dtype=np.bool_)
        is_alive = now_ns - self._moved_ns.get(batch.source, 0) <= KEPT_AFTER_NS
        stands = ~moved & good & (now_ns - self._still_ns[tags] >= KEPT_AFTER_NS)
        return moved, stands & (is_alive | self._alone[tags])
