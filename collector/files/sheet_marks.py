"""What values do not tell of an XLSX sheet: hidden rows and columns, merged cells, formulas that were not computed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from collector.files.refusal import FileRefusal, RefusalCode
from collector.files.refused import unreadable
from collector.files.sheet import column_letters
from collector.files.words import Word
from collector.files.zip_bounds import PartReader

MOST_CELLS = 2_500_000
"""Of a workbook, empty ones within a row too. A year of hourly figures of twenty units has 1,400,000."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of the format
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Merged:
    """A range of merged cells; rows from 1, columns from 0."""

    cells: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(slots=True)
class SheetMarks:
    """Rows from 1, columns from 0. `hidden_columns` are spans [first, last], and so are the columns that are `percent`
    by row, where the values do not tell it."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: dict[int, list[Merged]] = field(default_factory=dict)
    not_computed: set[tuple[int, int]] = field(default_factory=set)
    percent: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    cells: int = 0
    last_row: int = 0
    last_column: int = -1

    def hidden(self) -> tuple[int, ...]:
        """The hidden columns among those that have cells."""
        marks = bytearray(self.last_column + 1)
        for first, last in self.hidden_columns:
            end = min(last, self.last_column) + 1
            marks[first:end] = b"\1" * (end - first)
        return tuple(column for column, hidden in enumerate(marks) if hidden)


def read_marks(reader: PartReader, part: str, room: int = MOST_CELLS) -> SheetMarks:
    """The marks of one sheet of at most `room` cells. Blocks. Raises UnreadableFile: it is damaged, or over a bound."""
    walker = _Walker(reader.path.name, reader.kind, room)
    reader.walk(part, walker.start, walker.text)
    walker.end_cell()
    return walker.finished()


class _Walker:
    def __init__(self, file: str, kind: str, room: int) -> None:
        self._file, self._kind, self._room = file, kind, room
        self._marks = SheetMarks()
        self._ranges: list[Merged] = []
        self._row, self._column, self._cells, self._width = 0, -1, 0, 0
        self._in_cell = self._formula = self._text_type = self._value = self._in_value = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "v":
            self._in_value = self._in_cell
        elif name == "f":
            self._formula = self._in_cell
        else:
            self.end_cell()
            self._in_cell = name == "c"
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "col" and _true(attributes.get("hidden")):
            first, last = (self._number(attributes.get(name), LAST_COLUMN) - 1 for name in ("min", "max"))
            self._marks.hidden_columns.append((first, last))
            if len(self._marks.hidden_columns) > LAST_COLUMN:
                raise self._damaged(RefusalCode.TOO_MANY_COLUMNS)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        if self._formula and self._in_value and text.strip():
            self._value = True

    def end_cell(self) -> None:
        """A formula whose text is computed to nothing has a value too: the empty text."""
        if self._formula and not self._value and not (self._text_type and self._in_value):
            self._marks.not_computed.add((self._row, self._column))
        self._formula = self._value = self._in_value = self._text_type = False

    def finished(self) -> SheetMarks:
        self._marks.cells = self._cells
        height = 0
        for merged in self._ranges:
            last = min(merged.last_row, self._marks.last_row)
            height += last - merged.first_row + 1
            if height > MOST_CELLS:
                raise self._over(Word("merged cells"))
            for row in range(merged.first_row, last + 1):
                self._marks.merged.setdefault(row, []).append(merged)
        return self._marks

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        row = self._number(attributes["r"], LAST_ROW) if "r" in attributes else self._row + 1
        if row <= self._row:
            raise self._damaged(RefusalCode.ROW_OUT_OF_ORDER, row=str(row), before=str(self._row))
        self._row, self._column, self._width = row, -1, 0
        self._marks.last_row = row
        if _true(attributes.get("hidden")):
            self._marks.hidden_rows.add(row)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("r")
        self._column = self._column + 1 if name is None else self._place(name)[1]
        self._text_type = attributes.get("t") == "str"
        if self._column >= self._width:
            self._cells += self._column + 1 - self._width
            self._width = self._column + 1
        if self._cells > self._room:
            raise self._over(Word("cells"))
        self._marks.last_column = max(self._marks.last_column, self._column)

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        (top, left), (bottom, right) = self._place(first), self._place(last or first)
        if bottom < top or right < left:
            raise self._damaged(RefusalCode.DAMAGED_MERGE, cells=ref)
        self._ranges.append(Merged(ref, top, bottom, left, right))

    def _place(self, name: str) -> tuple[int, int]:
        found = _REFERENCE.fullmatch(name)
        if found is None:
            raise self._damaged(RefusalCode.DAMAGED_CELL, cell=name[:20])
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        if column > LAST_COLUMN or not 1 <= int(found[2]) <= LAST_ROW:
            raise self._damaged(RefusalCode.DAMAGED_CELL, cell=name)
        return int(found[2]), column - 1

    def _number(self, text: str | None, most: int) -> int:
        if text is None or not text.isdecimal() or not 1 <= int(text) <= most:
            raise self._damaged(RefusalCode.DAMAGED_NUMBER, value=str(text)[:20])
        return int(text)

    def _damaged(self, code: RefusalCode, **parameters: object) -> Exception:
        reason = FileRefusal(code, parameters)
        return unreadable(RefusalCode.NOT_A_WORKBOOK, file=self._file, kind=self._kind, reason=reason)

    def _over(self, what: Word) -> Exception:
        return unreadable(RefusalCode.OVER_BOUND, file=self._file, most=MOST_CELLS, what=what)


def cell_name(row: int, column: int) -> str:
    """The name of a cell, like E5."""
    return f"{column_letters(column)}{row}"


def _true(text: str | None) -> bool:
    return text in ("1", "true")
