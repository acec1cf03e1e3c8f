"""What the rows of a table say of tags, and which rows were refused, with their line and column. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from collector.files.refusal import FileRefusal, RefusalCode
from collector.files.refused import Refused
from collector.files.result import RowRejection
from collector.files.sheet import Cell, column_letters
from collector.sources.files.cells import CellReader, is_empty, plain
from collector.sources.files.table import FoundTable, Row, heading_text
from collector.sources.rows import AHEAD_NS, LONGEST_KEY, SHOWN, RowsRead, RowTag, key_text, same_value
from models.counting.reading import Rejection
from models.works.calendar import NS
from models.works.codes import Quality, Reason, TagKind

MOST_TOLD = 1000
"""Refused rows of one file that are told one by one. More are a wrong file, and would fill report and quarantine."""
MOST_PLACED = 50_000
"""Events of one file of which the row is known when they are told of later: a year of heats, in 10 MB."""


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A row that was refused, and the heading of the cell that is the reason; "" where it is the whole row."""

    row: RowRejection
    heading: str


@dataclass(slots=True)
class FileTally:
    """What came of a file up to now. `places`: by tag and key of an event, the sheet and the row of its last word."""

    rows: int = 0
    rows_taken: int = 0
    refused: int = 0
    told: list[RefusedCell] = field(default_factory=list)
    places: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    def refuse(self, cell: RefusedCell) -> bool:
        """Count it; whether it is one of those that are told."""
        self.refused += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(cell)
            return True
        return False


@dataclass(frozen=True, slots=True)
class _Columns:
    """Of one tag, the positions of its columns. `third`: of the tonnes of an event, or the value of a reading."""

    each: RowTag
    when: tuple[tuple[int, object], ...]
    time: int
    value: int
    key: int | None

    @classmethod
    def of(cls, each: RowTag, table: FoundTable) -> "_Columns":
        address, at = each.address, table.columns
        when = tuple((at[column], wanted) for column, wanted in address.when.items())
        if each.tag.kind is TagKind.EVENT:
            return cls(each, when, at[address.end or ""], at[address.tonnes or ""], at[address.key or ""])
        return cls(each, when, at[address.time or ""], at[address.value or ""], None)


class TagRows:
    """Reads the rows of one table. `read` is called with some thousand of them at a time."""

    def __init__(
        self, table: FoundTable, tags: Sequence[RowTag], cells: CellReader, place: tuple[str, str], tally: FileTally
    ) -> None:
        """`place`: the name of the source, and of the file."""
        self._table = table
        self._cells = cells
        self._source, self._file = place
        self._tally = tally
        self._columns = [_Columns.of(each, table) for each in tags if each.tag.name not in table.lacking]
        self._headings = {position: column for column, position in table.columns.items()}
        self._width = max(self._headings) + 1
        self._first = self._columns[0].value
        self._before_ns = dict.fromkeys((one.each.index for one in self._columns), 0)

    def read(self, rows: Sequence[Row], received_ns: int) -> RowsRead:
        """What they say. Rows are in the order of the file."""
        read = RowsRead()
        for number, cells in rows:
            self._tally.rows += 1
            fault = self._fault_of_row(cells)
            if fault is not None:
                self._refuse(read, number, None, fault, received_ns)
                continue
            if len(cells) < self._width:
                cells = [*cells, *[None] * (self._width - len(cells))]
            if self._is_header(cells):
                continue
            said = len(read.readings) + len(read.events)
            for one in self._columns:
                self._take(read, one, number, cells, received_ns)
            self._tally.rows_taken += len(read.readings) + len(read.events) > said
        return read

    def _fault_of_row(self, cells: Sequence[Cell]) -> FileRefusal | None:
        table = self._table
        if table.encoding and not _is_text(cells):
            return FileRefusal(RefusalCode.WRONG_BYTES, {"encoding": table.encoding})
        if not table.width or len(cells) == table.width:
            return None
        if not all(is_empty(cell) for cell in cells[table.width :]):
            return FileRefusal(RefusalCode.MORE_CELLS, {"cells": len(cells), "columns": table.width})
        if len(cells) < self._width:
            return FileRefusal(RefusalCode.FEWER_CELLS, {"cells": len(cells), "columns": table.width})
        return None

    def _is_header(self, cells: Sequence[Cell]) -> bool:
        """A printed table repeats its header on each page."""
        cell = cells[self._first]
        # A number begins with a digit, and a million rows have one.
        if not isinstance(cell, str) or cell[:1].isdecimal():
            return False
        return heading_text(cell) == heading_text(self._headings[self._first])

    def _take(self, read: RowsRead, one: _Columns, number: int, cells: Sequence[Cell], received_ns: int) -> None:
        for position, wanted in one.when:
            if not same_value(cells[position], wanted):
                return
        at, value, key = cells[one.time], cells[one.value], ""
        if is_empty(value) or is_empty(at) or (one.key is not None and is_empty(cells[one.key])):
            self._take_empty(read, one, number, cells, received_ns)
            return
        position, time_ns = one.time, 0
        try:
            time_ns = self._instant(at, one, received_ns)
            position = one.value
            found = self._cells.number(value)
            if one.key is not None:
                position, key = one.key, key_text(plain(cells[one.key]))
                if not 0 < len(key) <= LONGEST_KEY:
                    raise Refused(RefusalCode.KEY_TOO_LONG, value=str(cells[one.key])[:SHOWN], most=LONGEST_KEY)
        except Refused as error:
            fault = _Fault(one.each.tag.name, position, cells[position], time_ns, _key_at(cells, one.key))
            self._refuse(read, number, fault, error.refusal, received_ns)
            return
        read.take(one.each, found, time_ns, key, received_ns)
        if key and len(self._tally.places) < MOST_PLACED:
            self._tally.places[one.each.tag.name, key] = self._table.sheet, number

    def _take_empty(self, read: RowsRead, one: _Columns, number: int, cells: Sequence[Cell], received_ns: int) -> None:
        """A column a tag: where nothing was read nothing stands. A weighing without its weight is half a weighing."""
        said = [one.time, one.value, *(() if one.key is None else (one.key,))]
        empty = [position for position in said if is_empty(cells[position])]
        if len(empty) == len(said) or (one.key is None and one.value in empty):
            return
        refusal = FileRefusal(RefusalCode.CELL_EMPTY, {"field": self._headings[empty[0]]})
        fault = _Fault(one.each.tag.name, empty[0], None, 0, _key_at(cells, one.key))
        self._refuse(read, number, fault, refusal, received_ns)

    def _instant(self, cell: Cell, one: _Columns, received_ns: int) -> int:
        time_ns = self._cells.instant(cell, self._before_ns[one.each.index])
        if time_ns - received_ns > AHEAD_NS:
            at, now = (
                datetime.fromtimestamp(ns // NS, UTC).astimezone(self._cells.zone) for ns in (time_ns, received_ns)
            )
            raise Refused(RefusalCode.AHEAD_OF_CLOCK, time=at, now=now)
        self._before_ns[one.each.index] = time_ns
        return time_ns

    def _refuse(
        self,
        read: RowsRead,
        number: int,
        at: "_Fault | None",
        refusal: FileRefusal,
        received_ns: int,
    ) -> None:
        heading = "" if at is None else self._headings[at.position]
        name = "" if at is None else f"{column_letters(at.position)}{number}"
        row = RowRejection(self._file, self._table.sheet, number, refusal, name)
        if not self._tally.refuse(RefusedCell(row, heading)):
            return
        at = at or _Fault("", 0, "", 0, None)
        ahead = refusal.code is RefusalCode.AHEAD_OF_CLOCK
        reason = Reason.FUTURE_CLOCK if ahead else Reason.WRONG_TYPE
        value = str("" if at.cell is None else at.cell)[:SHOWN]
        when_ns = at.time_ns or received_ns
        read.rejections.append(
            Rejection(self._source, at.tag, value, when_ns, Quality.BAD, reason, row.told("en"), at.key)
        )


@dataclass(frozen=True, slots=True)
class _Fault:
    """The cell for which a row was refused. `time_ns`: of the row, 0 if it is not known; `key`: of an event."""

    tag: str
    position: int
    cell: Cell
    time_ns: int
    key: str | None


def _key_at(cells: Sequence[Cell], position: int | None) -> str | None:
    if position is None:
        return None
    key = key_text(cells[position])
    return key if 0 < len(key) <= LONGEST_KEY else ""


def _is_text(cells: Sequence[Cell]) -> bool:
    """Whether all bytes of a row were letters: those that were none are kept as halves of surrogates."""
    joined = "".join(cells)  # type: ignore[arg-type] # cells of a text file are texts
    if joined.isascii():
        return True
    try:
        joined.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def in_pieces(rows: Iterator[Row], most: int) -> Iterator[list[Row]]:
    """Rows, so many at a time. What is raised between them comes after those before it."""
    piece: list[Row] = []
    try:
        for row in rows:
            piece.append(row)
            if len(piece) >= most:
                yield piece
                piece = []
    except Exception:
        if piece:
            yield piece
        raise
    if piece:
        yield piece
