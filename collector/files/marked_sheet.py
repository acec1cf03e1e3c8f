"""The values of a sheet with its marks: as a person sees it, without what is hidden. Pure."""

from collections.abc import Iterator, Sequence

from collector.files.refusal import RefusalCode
from collector.files.refused import unreadable
from collector.files.sheet import Cell, MergedCell, NoStoredValue, PercentCell, Sheet
from collector.files.sheet_marks import SheetMarks, cell_name
from collector.files.words import Word
from collector.files.zip_bounds import Deadline

MOST_ROWS = 200_000
"""A year of hourly figures of twenty units is 175,000 rows; the rows of a workbook stay in memory."""


def marked_sheet(name: str, values: Iterator[list[Cell]], marks: SheetMarks, deadline: Deadline) -> Sheet:
    """The visible rows with content of a sheet, which is given from its first row on. Raises UnreadableFile."""
    rows: list[tuple[int, Sequence[Cell]]] = []
    hidden: list[int] = []
    for number, cells in _marked(values, marks):
        if number in marks.hidden_rows:
            hidden.append(number)
            continue
        if len(rows) >= MOST_ROWS:
            raise unreadable(RefusalCode.OVER_BOUND, file=deadline.file, most=MOST_ROWS, what=Word("rows in a sheet"))
        if len(rows) % 1000 == 0:
            deadline.check()
        rows.append((number, cells))
    return Sheet(name, rows, hidden_rows=hidden, hidden_columns=marks.hidden())


def _marked(values: Iterator[list[Cell]], marks: SheetMarks) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows with content; merged cells show the value of their first, and formulas without a value are marked."""
    shown: dict[str, Cell] = {}
    for number, row in enumerate(values, start=1):
        cells = row
        if marks.not_computed:
            cells = [
                NoStoredValue(cell_name(number, column)) if (number, column) in marks.not_computed else cell
                for column, cell in enumerate(row)
            ]
        for first_column, last_column in marks.percent.get(number, ()):
            for column in range(first_column, min(last_column + 1, len(cells))):
                cells[column] = _percent(cells[column])
        filled = any(cell is not None and str(cell).strip() for cell in cells)
        for merged in marks.merged.get(number, ()):
            # Up to the last column that has cells: a title may be merged over all that a sheet can have.
            width = min(merged.last_column, marks.last_column) + 1
            cells.extend([None] * (width - len(cells)))
            if number == merged.first_row and merged.first_column < width:
                shown[merged.cells] = cells[merged.first_column]
            cell = MergedCell(shown.get(merged.cells), merged.cells, merged.last_row)
            for column in range(merged.first_column, width):
                # Cells beside each other are one amount of one row: it stands in the first.
                first = number == merged.first_row == merged.last_row and column == merged.first_column
                cells[column] = cells[column] if first else cell
        if filled:
            yield number, cells


def _percent(cell: Cell) -> Cell:
    return PercentCell(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else cell
