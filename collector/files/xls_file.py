"""Reads an XLS file, the binary kind of before 2007, into sheets."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlrd
from xlrd.xldate import xldate_as_datetime

from collector.files.marked_sheet import marked_sheet
from collector.files.refusal import RefusalCode
from collector.files.refused import unreadable
from collector.files.sheet import Cell, PercentCell, Sheet, is_percent
from collector.files.sheet_marks import Merged, SheetMarks, cell_name
from collector.files.words import known_word
from collector.files.zip_bounds import Deadline

LARGEST_BYTES = 20_000_000
"""It is not compressed, and a sheet of it has at most 65,536 rows of 256 columns: in memory some 300 MB."""


def read_xls(path: Path, deadline: Deadline) -> list[Sheet]:
    """The sheets of a workbook. Blocks. Raises UnreadableFile if it is damaged or has a password."""
    from collector.errors import CollectorError

    if path.stat().st_size > LARGEST_BYTES:
        raise unreadable(RefusalCode.FILE_TOO_LARGE, file=path.name, bytes=path.stat().st_size, most=LARGEST_BYTES)
    try:
        # Merged cells and hidden rows are in what the library calls formatting; a sheet is loaded when it is its turn.
        options = {"formatting_info": True, "on_demand": True, "ragged_rows": True, "logfile": io.StringIO()}
        with xlrd.open_workbook(str(path), **options) as book:
            return [_sheet(book, index, deadline) for index in range(book.nsheets)]
    except (CollectorError, OSError, MemoryError):
        raise
    # A damaged file fails in the library in any way: every one means the same to the person who has it.
    except Exception as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise unreadable(RefusalCode.NOT_A_WORKBOOK, file=path.name, kind="XLS", reason=known_word(reason)) from error


def _sheet(book: Any, index: int, deadline: Deadline) -> Sheet:  # noqa: ANN401 - the library has no types
    deadline.check()
    sheet = book.sheet_by_index(index)
    try:
        if sheet.visibility:
            return Sheet(sheet.name, (), hidden=True)
        marks = SheetMarks(last_row=sheet.nrows, last_column=sheet.ncols - 1)
        marks.hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
        marks.hidden_columns = [(column, column) for column, info in sheet.colinfo_map.items() if info.hidden]
        for top, bottom, left, right in sheet.merged_cells:
            merged = Merged(
                f"{cell_name(top + 1, left)}:{cell_name(bottom, right - 1)}", top + 1, bottom, left, right - 1
            )
            for row in range(top + 1, min(bottom, sheet.nrows) + 1):
                marks.merged.setdefault(row, []).append(merged)
        return marked_sheet(sheet.name, _values(book, sheet), marks, deadline)
    finally:
        book.unload_sheet(index)


def _values(book: Any, sheet: Any) -> Iterator[list[Cell]]:  # noqa: ANN401 - the library has no types
    for row in range(sheet.nrows):
        yield [_value(book, cell) for cell in sheet.row(row)]


def _value(book: Any, cell: Any) -> Cell:  # noqa: ANN401 - the library has no types
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xldate_as_datetime(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#VALUE!")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_NUMBER and is_percent(
        book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    ):
        return PercentCell(cell.value)
    return cell.value
