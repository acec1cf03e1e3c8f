"""Reads an XLSX file into sheets: the values that it shows, and not those that are hidden."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from collector.files.refusal import RefusalCode
from collector.files.refused import unreadable
from collector.files.sheet import Cell, MergedCell, NoStoredValue, Sheet
from collector.files.sheet_marks import MOST_CELLS, SheetMarks, cell_name, read_marks
from collector.files.zip_bounds import Deadline, PartReader

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_ROWS = 200_000
"""A year of hourly figures of twenty units is 175,000 rows; the rows of a workbook stay in memory."""


def read_xlsx(path: Path) -> list[Sheet]:
    """The sheets of a workbook. Blocks. Raises UnreadableFile if it is damaged, has a password or is over a bound."""
    from collector.errors import CollectorError

    reader = PartReader(path, "XLSX", Deadline.of(path.name))
    # Before the library sees any of it.
    parts = reader.check(lambda part: "/worksheets/" in part and not part.endswith(".rels"))
    marks: dict[str, SheetMarks] = {}
    for part in parts:
        marks[part] = read_marks(reader, part, MOST_CELLS - sum(found.cells for found in marks.values()))
    try:
        with warnings.catch_warnings():
            # Of what it leaves out (charts, validations) the library warns in words for programmers.
            warnings.simplefilter("ignore")
            # Without links: their files are nobody's figures.
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                return [_sheet(reader, sheet, marks) for sheet in book.worksheets]
            finally:
                book.close()
    except (CollectorError, OSError, MemoryError):
        raise
    # A damaged file fails in the library in any way: every one means the same to the person who has it.
    except Exception as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise unreadable(RefusalCode.NOT_A_WORKBOOK, file=path.name, kind="XLSX", reason=reason) from error


def _sheet(reader: PartReader, sheet: "ReadOnlyWorksheet", by_part: Mapping[str, SheetMarks]) -> Sheet:
    if sheet.sheet_state != "visible":
        return Sheet(sheet.title, (), hidden=True)
    # Its part in the file is nowhere public, and its marks are in no other part.
    part: str = sheet._worksheet_path  # type: ignore[attr-defined]
    marks = by_part[part] if part in by_part else read_marks(reader, part)
    # Some programs write a dimension that leaves rows out.
    sheet.reset_dimensions()
    values: Iterator[list[Cell]] = (list(row) for row in sheet.iter_rows(values_only=True))  # type: ignore[misc]
    rows: list[tuple[int, Sequence[Cell]]] = []
    hidden: list[int] = []
    for number, cells in _marked(values, marks):
        if number in marks.hidden_rows:
            hidden.append(number)
            continue
        if len(rows) >= MOST_ROWS:
            raise unreadable(RefusalCode.OVER_BOUND, file=reader.path.name, most=MOST_ROWS, what="rows in a sheet")
        if len(rows) % 1000 == 0:
            reader.deadline.check()
        rows.append((number, cells))
    return Sheet(sheet.title, rows, hidden_rows=hidden, hidden_columns=marks.hidden())


def _marked(values: Iterator[list[Cell]], marks: SheetMarks) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows with content; merged cells show the value of their first, and formulas without a value are marked."""
    shown: dict[str, Cell] = {}
    for number, cells in enumerate(values, start=1):
        if marks.not_computed:
            cells = [
                NoStoredValue(cell_name(number, column)) if (number, column) in marks.not_computed else cell
                for column, cell in enumerate(cells)
            ]
        filled = any(cell is not None and str(cell).strip() for cell in cells)
        for merged in marks.merged.get(number, ()):
            cells.extend([None] * (merged.last_column + 1 - len(cells)) if merged.last_column < 1000 else [])
            if number == merged.first_row and merged.first_column < len(cells):
                shown[merged.cells] = cells[merged.first_column]
            cell = MergedCell(shown.get(merged.cells), merged.cells, merged.last_row)
            for column in range(merged.first_column, min(merged.last_column + 1, len(cells))):
                # Cells beside each other are one amount of one row: it stands in the first.
                first = number == merged.first_row == merged.last_row and column == merged.first_column
                cells[column] = cells[column] if first else cell
        if filled:
            yield number, cells
