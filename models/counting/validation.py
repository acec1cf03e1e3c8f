"""Judges readings against the limits of their tags: accepted rows, and rejections with their reasons.

Works on whole columns. A batch in which everything is good is handed on as the object that it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.counting.reading import ReadingBatch, Rejection
from models.works.calendar import NS
from models.works.codes import Quality, Reason
from models.works.exact_number import written
from models.works.plant import Tag

NO_STAMP_UNTIL_NS = 86_400 * NS
"""Stamps up to 1970-01-02 are no stamps: 0 and the year 1601 are what devices send that have no clock."""
FUTURE_TOLERANCE_S = 2.0
"""How far a source's clock may be ahead. Clocks that are kept by NTP differ by less; a reading from further ahead would
count in an hour that has not begun, and every true one after it would be late. A plant may configure another value.
"""


@dataclass(frozen=True, slots=True)
class TagLimits:
    """Inclusive limits of every tag of the plant, as columns indexed by tag: float64[n_tags], in the tag's unit.

    A tag without a limit has the greatest finite float there, so that infinities and NaN fail every comparison and the
    good case needs no check of its own.
    """

    tags: tuple[Tag, ...]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @staticmethod
    def of(tags: Sequence[Tag]) -> "TagLimits":
        """Limits of `Plant.tags`, in its order. Build them once."""
        greatest = np.finfo(np.float64).max
        return TagLimits(
            tuple(tags),
            np.array([-greatest if tag.low is None else tag.low for tag in tags], dtype=np.float64),
            np.array([greatest if tag.high is None else tag.high for tag in tags], dtype=np.float64),
        )


@dataclass(frozen=True, slots=True)
class Validated:
    """What became of a batch: each of its rows is in exactly one of the two."""

    accepted: ReadingBatch
    rejections: tuple[Rejection, ...]


def validate(
    batch: ReadingBatch, limits: TagLimits, *, now_ns: int, future_tolerance_s: float = FUTURE_TOLERANCE_S
) -> Validated:
    """Accept what can be believed, in the order it came; reject the rest with a reason each.

    Late readings are accepted, uncertain ones stay uncertain. A missing stamp becomes the receive time, with quality
    uncertain. A row with several faults gets the first reason of: bad_quality, not_a_number, future_clock,
    out_of_range. The first of these explains the others: a bad value is often out of range as well. Raises IndexError
    for a tag index that is not in `limits`.
    """
    if not len(batch):
        return Validated(batch, ())
    latest_ns = now_ns + round(future_tolerance_s * NS)
    if batch.times_ns.min() <= NO_STAMP_UNTIL_NS:
        batch = _stamped(batch)
    low, high = limits.low[batch.tags], limits.high[batch.tags]
    inside = (batch.values >= low) & (batch.values <= high)
    # Nearly every batch is good whole, so the usual case copies nothing.
    if inside.all() and batch.times_ns.max() <= latest_ns and batch.quality.min() > Quality.BAD:
        return Validated(batch, ())
    good = inside & (batch.times_ns <= latest_ns) & (batch.quality > Quality.BAD)
    rejections = tuple(_rejection(batch, int(row), limits, now_ns, latest_ns) for row in np.flatnonzero(~good))
    return Validated(batch.take(good), rejections)


def _stamped(batch: ReadingBatch) -> ReadingBatch:
    missing = batch.times_ns <= NO_STAMP_UNTIL_NS
    return replace(
        batch,
        times_ns=np.where(missing, np.int64(batch.received_ns), batch.times_ns),
        quality=np.where(missing, np.minimum(batch.quality, np.uint8(Quality.UNCERTAIN)), batch.quality),
    )


def _rejection(batch: ReadingBatch, row: int, limits: TagLimits, now_ns: int, latest_ns: int) -> Rejection:
    tag = limits.tags[batch.tags[row]]
    value, time_ns, said = float(batch.values[row]), int(batch.times_ns[row]), written(batch.number(row))
    if batch.quality[row] == Quality.BAD:
        reason, why = Reason.BAD_QUALITY, batch.remarks.get(row)
        detail = "the source says that the value is bad" + (f": {why}" if why else "")
    elif not np.isfinite(value):
        reason, detail = Reason.NOT_A_NUMBER, f"{value!r} is not a number"
    elif time_ns > latest_ns:
        ahead_s = (time_ns - now_ns) / NS
        reason, detail = Reason.FUTURE_CLOCK, f"stamped {ahead_s:.3f} s ahead of this host: compare the two clocks"
    else:
        reason = Reason.OUT_OF_RANGE
        side = f"below low {tag.low!r}" if tag.low is not None and value < tag.low else f"above high {tag.high!r}"
        detail = f"{said} is {side} {tag.unit_of_measure}"
    return Rejection(batch.source, tag.name, said, time_ns, Quality(batch.quality[row]), reason, detail)
