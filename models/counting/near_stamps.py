"""The usual batch: every stamp that moved is near the receipt, and nothing was wrong before. Then nothing is judged.

What this accepts, `StampJudge` would hand on as it is and remember in the same way, in four times the time.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.counting.reading import ReadingBatch
from models.counting.stamp_rule import StampRule

if TYPE_CHECKING:
    from models.counting.source_clock import SourceClock

UNKNOWN = np.iinfo(np.int64).min
"""In place of a lead: there is none."""


def after_near_stamps(
    clock: "SourceClock", batch: ReadingBatch, newest: NDArray[np.intp], rule: StampRule
) -> "SourceClock | None":
    """The clock after a batch in which nothing is off; None if something may be. `newest`: the rows to learn from."""
    if clock.waiting or clock.state.any() or clock.offset_ns.any() or clock.leads.max() != UNKNOWN:
        return None
    rows, tags, stamps = newest, batch.tags[newest], batch.times_ns[newest]
    moved = stamps != clock.stamp[tags]
    if not moved.all():
        if differs(clock, batch, newest[~moved]).any():
            return None  # a new value under an old stamp
        rows, tags, stamps = rows[moved], tags[moved], stamps[moved]
    if len(stamps):
        latest, oldest = int(stamps.max()) - batch.received_ns, int(stamps.min()) - batch.received_ns
        if latest > rule.limit_ns or oldest < -rule.limit_ns:
            return None
    columns = {name: getattr(clock, name).copy() for name in ("stamp", "value", "quality", "since_ns", "proved")}
    columns["stamp"][tags] = stamps
    columns["value"][tags] = batch.values[rows]
    columns["quality"][tags] = batch.quality[rows]
    columns["since_ns"][tags] = batch.received_ns
    columns["proved"][tags] = True
    return replace(clock, **columns, residues=residues_after(clock, batch, rows), received_ns=batch.received_ns)


def differs(clock: "SourceClock", batch: ReadingBatch, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """By row, whether its value is another than came first under the newest stamp of its tag; to the last count."""
    tags = batch.tags[rows]
    other: NDArray[np.bool_] = batch.values[rows] != clock.value[tags]
    if batch.residues or clock.residues:
        pairs = zip(rows.tolist(), tags.tolist(), strict=True)
        other |= np.array([batch.residues.get(row) != clock.residues.get(tag) for row, tag in pairs], dtype=np.bool_)
    return other


def residues_after(clock: "SourceClock", batch: ReadingBatch, rows: NDArray[np.intp]) -> Mapping[int, float]:
    """By tag, what the values of a clock lack after it took those of these rows."""
    if not batch.residues and not clock.residues:
        return clock.residues
    after = dict(clock.residues)
    for row, tag in zip(rows.tolist(), batch.tags[rows].tolist(), strict=True):
        after.pop(tag, None)
        if row in batch.residues:
            after[tag] = batch.residues[row]
    return after


def newest_rows(batch: ReadingBatch, said: NDArray[np.bool_]) -> NDArray[np.intp]:
    """For each tag that gave a stamp, the row of its newest one."""
    rows = np.flatnonzero(said)
    if (np.diff(batch.tags[rows]) > 0).all():  # a poll gives each tag once, in their order
        return rows
    order = rows[np.lexsort((batch.times_ns[rows], batch.tags[rows]))]
    tags = batch.tags[order]
    return order[np.append(tags[1:] != tags[:-1], True)] if len(order) else order
