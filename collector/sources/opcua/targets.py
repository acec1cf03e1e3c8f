"""The nodes of a source, and what their values become: readings in the units of their tags."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collector.sources.base import TimeFrom
from collector.sources.opcua.decode import DecodedColumns
from collector.sources.opcua.short_text import LONGEST
from collector.sources.opcua.status_quality import status_name
from models.counting.reading import ReadingBatch, Rejection
from models.counting.status_text import number_of, unknown_text
from models.works.codes import Quality, Reason
from models.works.exact_number import SCALED_FROM, residue
from models.works.plant import Tag


@dataclass(frozen=True, slots=True)
class Target:
    """One node to read: of a gauge or totalizer (`index` into Plant.tags), or the head of an event ring (None)."""

    tag: Tag
    index: int | None
    node: str


@dataclass(frozen=True, slots=True)
class TagColumns:
    """Gauges and totalizers by row: index into Plant.tags, int32, and the conversion of their values."""

    tags: NDArray[np.object_]
    indexes: NDArray[np.int32]
    factors: NDArray[np.float64]
    offsets: NDArray[np.float64]
    converts: bool

    @staticmethod
    def of(targets: Sequence[Target]) -> "TagColumns":
        """Of targets that all have an index, in their order."""
        tags = np.empty(len(targets), dtype=object)
        tags[:] = [target.tag for target in targets]
        factors = np.array([target.tag.conversion.factor for target in targets], dtype=np.float64)
        offsets = np.array([target.tag.conversion.offset for target in targets], dtype=np.float64)
        return TagColumns(
            tags,
            np.array([target.index for target in targets], dtype=np.int32),
            factors,
            offsets,
            bool((factors != 1.0).any() or offsets.any()),
        )

    def __len__(self) -> int:
        return len(self.tags)

    def take(self, rows: NDArray[np.intp]) -> "TagColumns":
        """These rows, in this order; one may come more than once."""
        return TagColumns(self.tags[rows], self.indexes[rows], self.factors[rows], self.offsets[rows], self.converts)


def name_texts(tags: NDArray[np.object_], columns: DecodedColumns) -> None:
    """Put the numbers that texts stand for in their place. A text that stands for none stays what is wrong."""
    for row, text in columns.texts.items():
        tag = tags[row] if row < len(tags) else None
        if tag is None or not tag.texts:
            continue
        number = number_of(tag, text)
        if number is None:
            columns.wrong[row] = unknown_text(tag, text)
            continue
        columns.values[row] = number
        columns.wrong.pop(row, None)


def to_batch(
    source: str,
    tags: TagColumns,
    columns: DecodedColumns,
    quality: NDArray[np.uint8],
    received_ns: int,
    time_from: TimeFrom,
) -> tuple[ReadingBatch, tuple[Rejection, ...]]:
    """The first rows of the columns, which are those of `tags`, as a batch in stored units; what is not Bad and yet not
    a number is rejected."""
    rows = len(tags)
    values, residues = columns.values[:rows], dict[int, float]()
    if tags.converts:
        values = values * tags.factors + tags.offsets
    if tags.converts or columns.exact:
        values, residues = _exactly(tags, columns, values)
    times_ns = np.full(rows, received_ns, dtype=np.int64) if time_from == "receive" else columns.times_ns[:rows]
    remarks = {int(row): status_name(int(columns.status[row])) for row in np.flatnonzero(quality[:rows] == Quality.BAD)}
    batch = ReadingBatch(source, received_ns, tags.indexes, values, times_ns, quality[:rows], remarks, residues)
    wrong = {row: text for row, text in columns.wrong.items() if row < rows and quality[row] != Quality.BAD}
    if not wrong:
        return batch, ()
    rejections = tuple(
        wrong_type(
            source,
            tags.tags[row],
            text,
            int(times_ns[row]),
            Quality(int(quality[row])),
            columns.texts.get(row) if tags.tags[row].texts else None,
        )
        for row, text in sorted(wrong.items())
    )
    kept = np.ones(rows, dtype=np.bool_)
    kept[list(wrong)] = False
    return batch.take(kept), rejections


def _exactly(
    tags: TagColumns, columns: DecodedColumns, values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], dict[int, float]]:
    """The values, and by row what they lack of large numbers, which the scale of their tags is applied to exactly."""
    large: dict[int, float] = {row: number for row, number in columns.exact.items() if row < len(tags)}
    if tags.converts:
        raw = columns.values[: len(tags)]
        large = {row: float(raw[row]) for row in np.flatnonzero(np.abs(raw) >= SCALED_FROM).tolist()} | large
    if not large:
        return values, {}
    values, residues = values.copy(), dict[int, float]()
    for row, number in large.items():
        value = tags.tags[row].conversion.applied(number)
        values[row] = float(value)
        if (lacking := residue(value)) is not None:
            residues[row] = lacking
    return values, residues


def wrong_type(source: str, tag: Tag, text: str, time_ns: int, quality: Quality, said: str | None = None) -> Rejection:
    """The rejection of a value that is not a number; of one that is `said` and none of the texts of its tag."""
    return Rejection(
        source=source,
        tag=tag.name,
        value=text if said is None else said[:LONGEST],
        time_ns=time_ns,
        quality=quality,
        reason=Reason.WRONG_TYPE,
        detail=f"a number is needed, the server gives {text}; correct the node of {tag.name}" if said is None else text,
    )
