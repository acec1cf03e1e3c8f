"""What values do not tell of an ODS sheet: what is hidden or merged, formulas without a value, and what is percent."""

from collections.abc import Mapping

from collector.files.refusal import FileRefusal, RefusalCode
from collector.files.sheet_marks import LAST_COLUMN, LAST_ROW, MOST_CELLS, Merged, SheetMarks, cell_name
from collector.files.words import Word
from collector.files.zip_bounds import PartReader

_CELLS = ("table-cell", "covered-table-cell")
_HIDDEN = ("collapse", "filter")


def read_ods_marks(reader: PartReader, part: str) -> dict[str, SheetMarks]:
    """The marks of each sheet by its name. Blocks. Raises UnreadableFile if it is damaged or over a bound."""
    walker = _Walker(reader)
    reader.walk(part, walker.start, None)
    return walker.finished()


class _Walker:
    """Repeated cells and rows are written once with their number; the empty rest of a sheet is written so too."""

    def __init__(self, reader: PartReader) -> None:
        self._reader = reader
        self._sheets: dict[str, SheetMarks] = {}
        self._marks = SheetMarks()
        self._row, self._rows, self._column, self._columns = 0, 1, 0, 0
        self._merged = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "table":
            self._marks = self._sheets.setdefault(plain.get("name", ""), SheetMarks())
            self._row, self._rows, self._column, self._columns = 0, 1, 0, 0
        elif name == "table-column":
            count = self._number(plain, "number-columns-repeated", LAST_COLUMN)
            if plain.get("visibility") in _HIDDEN:
                self._marks.hidden_columns.append((self._columns, self._columns + count - 1))
            self._columns += count
        elif name == "table-row":
            self._row += self._rows if self._row else 1
            self._rows, self._column = self._number(plain, "number-rows-repeated", LAST_ROW), 0
            self._hidden = plain.get("visibility") in _HIDDEN
        elif name in _CELLS:
            self._cell(plain)

    def finished(self) -> dict[str, SheetMarks]:
        return self._sheets

    def _cell(self, plain: Mapping[str, str]) -> None:
        count = self._number(plain, "number-columns-repeated", LAST_COLUMN)
        first, self._column = self._column, self._column + count
        if not {"value-type", "formula"} & plain.keys():
            return
        marks = self._marks
        marks.last_row = max(marks.last_row, self._row + self._rows - 1)
        marks.last_column = max(marks.last_column, self._column - 1)
        # The library keeps a sheet as one block, from its first cell to its last.
        if sum(found.last_row * (found.last_column + 1) for found in self._sheets.values()) > MOST_CELLS:
            raise self._reader.over(MOST_CELLS, Word("cells"))
        if self._hidden:
            marks.hidden_rows.update(range(self._row, self._row + self._rows))
        if "formula" in plain and "value-type" not in plain:
            marks.not_computed.update((self._row, column) for column in range(first, self._column))
        if plain.get("value-type") == "percentage":
            for row in range(self._row, self._row + self._rows):
                marks.percent.setdefault(row, []).append((first, self._column - 1))
        if {"number-rows-spanned", "number-columns-spanned"} & plain.keys():
            self._merge(plain, first)

    def _merge(self, plain: Mapping[str, str], first: int) -> None:
        bottom = self._row + self._number(plain, "number-rows-spanned", LAST_ROW) - 1
        right = first + self._number(plain, "number-columns-spanned", LAST_COLUMN) - 1
        if (bottom, right) == (self._row, first):
            return
        self._merged += bottom - self._row + 1
        if self._merged > MOST_CELLS:
            raise self._reader.over(MOST_CELLS, Word("merged cells"))
        merged = Merged(f"{cell_name(self._row, first)}:{cell_name(bottom, right)}", self._row, bottom, first, right)
        for row in range(self._row, bottom + 1):
            self._marks.merged.setdefault(row, []).append(merged)

    def _number(self, plain: Mapping[str, str], name: str, most: int) -> int:
        text = plain.get(name, "1")
        if not text.isdecimal() or not 1 <= int(text) <= most:
            raise self._reader.damaged(FileRefusal(RefusalCode.DAMAGED_ATTRIBUTE, {"name": name, "value": text[:20]}))
        return int(text)
