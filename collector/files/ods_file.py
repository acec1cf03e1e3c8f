"""Reads an ODS file, of LibreOffice and others, into sheets."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from collector.files.marked_sheet import marked_sheet
from collector.files.ods_marks import read_ods_marks
from collector.files.refusal import RefusalCode
from collector.files.refused import unreadable
from collector.files.sheet import Cell, Sheet
from collector.files.words import known_word
from collector.files.zip_bounds import Deadline, PartReader

CONTENT = "content.xml"


def read_ods(path: Path, deadline: Deadline) -> list[Sheet]:
    """The sheets of a workbook. Blocks. Raises UnreadableFile if it is damaged, has a password or is over a bound."""
    from collector.errors import CollectorError

    reader = PartReader(path, "ODS", deadline)
    reader.check(lambda part: part == CONTENT)
    marks = read_ods_marks(reader, CONTENT)
    try:
        sheets = []
        with CalamineWorkbook.from_path(path) as book:
            for known in book.sheets_metadata:
                if known.visible is not SheetVisibleEnum.Visible:
                    sheets.append(Sheet(known.name, (), hidden=True))
                    continue
                values = _values(book.get_sheet_by_name(known.name))
                sheets.append(marked_sheet(known.name, values, marks[known.name], reader.deadline))
        return sheets
    except (CollectorError, OSError, MemoryError):
        raise
    # A damaged file fails in the library in any way: every one means the same to the person who has it.
    except Exception as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise unreadable(RefusalCode.NOT_A_WORKBOOK, file=path.name, kind="ODS", reason=known_word(reason)) from error


def _values(sheet: CalamineSheet) -> Iterator[list[Cell]]:
    """Every row from the first: the library leaves out the empty ones before the first with content."""
    rows: Sequence[Sequence[object]] = sheet.to_python(skip_empty_area=False)
    for row in rows:
        yield [None if cell == "" else cell for cell in row]
