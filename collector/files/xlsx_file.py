"""Reads an XLSX file into sheets: the values that it shows, and not those that are hidden."""

import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

from collector.files.marked_sheet import marked_sheet
from collector.files.refusal import RefusalCode
from collector.files.refused import unreadable
from collector.files.sheet import Cell, PercentCell, Sheet, is_percent
from collector.files.sheet_marks import MOST_CELLS, SheetMarks, read_marks
from collector.files.words import known_word
from collector.files.zip_bounds import Deadline, PartReader

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet


def read_xlsx(path: Path, deadline: Deadline) -> list[Sheet]:
    """The sheets of a workbook. Blocks. Raises UnreadableFile if it is damaged, has a password or is over a bound."""
    from collector.errors import CollectorError

    reader = PartReader(path, "XLSX", deadline)
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
                percent = _percent_styles(book)
                return [_sheet(reader, sheet, marks, percent) for sheet in book.worksheets]
            finally:
                book.close()
    except (CollectorError, OSError, MemoryError):
        raise
    # A damaged file fails in the library in any way: every one means the same to the person who has it.
    except Exception as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise unreadable(RefusalCode.NOT_A_WORKBOOK, file=path.name, kind="XLSX", reason=known_word(reason)) from error


def _percent_styles(book: "Workbook") -> frozenset[int]:
    """The styles of cells that are shown as percent, by their numbers in the file."""
    own = dict(enumerate(book._number_formats, BUILTIN_FORMATS_MAX_SIZE))  # type: ignore[attr-defined]
    return frozenset(
        number
        for number, style in enumerate(book._cell_styles)  # type: ignore[attr-defined]
        if is_percent(BUILTIN_FORMATS.get(style.numFmtId) or own.get(style.numFmtId) or "")
    )


def _sheet(
    reader: PartReader, sheet: "ReadOnlyWorksheet", by_part: Mapping[str, SheetMarks], percent: frozenset[int]
) -> Sheet:
    if sheet.sheet_state != "visible":
        return Sheet(sheet.title, (), hidden=True)
    # Its part in the file is nowhere public, and its marks are in no other part.
    part: str = sheet._worksheet_path  # type: ignore[attr-defined]
    marks = by_part[part] if part in by_part else read_marks(reader, part)
    # Some programs write a dimension that leaves rows out.
    sheet.reset_dimensions()
    values: Iterator[list[Cell]]
    if percent:
        values = ([_value(cell, percent) for cell in row] for row in sheet.iter_rows())  # type: ignore[misc]
    else:  # cells without their styles are read faster, and few workbooks have percent
        values = (list(row) for row in sheet.iter_rows(values_only=True))  # type: ignore[misc]
    return marked_sheet(sheet.title, values, marks, reader.deadline)


def _value(cell: Any, percent: frozenset[int]) -> Cell:  # noqa: ANN401 - of the library, or its empty one
    value: Cell = cell.value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return PercentCell(value) if number and getattr(cell, "_style_id", 0) in percent else value  # type: ignore[arg-type]
