"""What sources give: batches of readings as columns, single events, and what was not believed of either."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from models.works.codes import Quality, Reason
from models.works.exact_number import Number, exact, residue


class Backfill(IntEnum):
    """Whether readings came in time, or were asked for afterwards; by how their history was kept."""

    NONE = 0
    SAMPLES = 1  # between two of them nothing is known
    CHANGES = 2  # each change is there, so that a value stands until the next


@dataclass(frozen=True, slots=True)
class ReadingBatch:
    """Readings of one source as columns of one length, in the order they came.

    tags: int32, index into `Plant.tags`; values: float64 in the tag's unit of measure; times_ns: int64 UTC
    nanoseconds (the time that the source's `time_from` chose); quality: uint8, codes of `Quality`.
    `received_ns` is the host's UTC clock when the answer arrived, one for the batch. `remarks`: by row, what the source
    said of a value that is not good, in its own words. `residues`: by row, what `values` lack of numbers that a float
    does not hold; nearly always none (`models.works.exact_number`).
    """

    source: str
    received_ns: int
    tags: NDArray[np.int32]
    values: NDArray[np.float64]
    times_ns: NDArray[np.int64]
    quality: NDArray[np.uint8]
    remarks: Mapping[int, str] = field(default_factory=dict)
    residues: Mapping[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lengths = {len(self.tags), len(self.values), len(self.times_ns), len(self.quality)}
        if len(lengths) != 1:
            raise ValueError(f"columns of a batch from {self.source} differ in length: {sorted(lengths)}")

    def __len__(self) -> int:
        return len(self.tags)

    def number(self, row: int) -> Number:
        """The value of a row, exactly."""
        return exact(float(self.values[row]), self.residues.get(row))

    def numbers(self, rows: NDArray[np.intp]) -> Sequence[Number]:
        """The values of these rows, exactly."""
        if not self.residues:
            values: list[float] = self.values[rows].tolist()
            return values
        return [self.number(row) for row in rows.tolist()]

    def take(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> "ReadingBatch":
        """The chosen rows, as a new batch."""
        remarks: dict[int, str] = {}
        residues: dict[int, float] = {}
        if self.remarks or self.residues:
            kept = np.arange(len(self))[rows].tolist()
            remarks = {place: self.remarks[row] for place, row in enumerate(kept) if row in self.remarks}
            residues = {place: self.residues[row] for place, row in enumerate(kept) if row in self.residues}
        columns = (self.tags[rows], self.values[rows], self.times_ns[rows], self.quality[rows])
        return ReadingBatch(self.source, self.received_ns, *columns, remarks, residues)

    @staticmethod
    def of(
        source: str,
        received_ns: int,
        rows: Sequence[tuple[int, Number, int, Quality]],
        remarks: Mapping[int, str] | None = None,
    ) -> "ReadingBatch":
        """A batch from (tag index, value, time_ns, quality) rows."""
        return ReadingBatch(
            source,
            received_ns,
            np.array([row[0] for row in rows], dtype=np.int32),
            np.array([row[1] for row in rows], dtype=np.float64),
            np.array([row[2] for row in rows], dtype=np.int64),
            np.array([row[3] for row in rows], dtype=np.uint8),
            remarks or {},
            residues_of([row[1] for row in rows]),
        )


def residues_of(numbers: Sequence[Number], first: int = 0) -> dict[int, float]:
    """By row from `first` on, what the nearest floats lack of those numbers that are exact."""
    return {
        row: lacking
        for row, number in enumerate(numbers, first)
        if not isinstance(number, float) and (lacking := residue(number)) is not None
    }


def joined(*batches: ReadingBatch) -> ReadingBatch:
    """Batches of one source and receipt as one, in their order. At least one."""
    remarks: dict[int, str] = {}
    residues: dict[int, float] = {}
    before = 0
    for batch in batches:
        remarks.update({before + row: said for row, said in batch.remarks.items()})
        residues.update({before + row: lacking for row, lacking in batch.residues.items()})
        before += len(batch)
    return ReadingBatch(
        batches[0].source,
        batches[0].received_ns,
        np.concatenate([batch.tags for batch in batches]),
        np.concatenate([batch.values for batch in batches]),
        np.concatenate([batch.times_ns for batch in batches]),
        np.concatenate([batch.quality for batch in batches]),
        remarks,
        residues,
    )


@dataclass(frozen=True, slots=True)
class EventReading:
    """One heat, tap, coil or push as its source told it.

    `key` is the works' own number (numbers start anew each production year); `sequence` is the source ring's running
    number, used only to resume reading; `end_ns` is the end instant, to which the whole event belongs.
    """

    tag: str
    key: str
    sequence: int
    tonnes: float
    end_ns: int
    received_ns: int
    quality: Quality


@dataclass(frozen=True, slots=True)
class Rejection:
    """One record that was not believed, with everything needed to show, correct and replay it."""

    source: str
    tag: str
    value: str
    time_ns: int
    quality: Quality
    reason: Reason
    detail: str
    event_key: str | None = None
