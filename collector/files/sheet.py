"""A file as sheets of rows, as a person sees them; `read_sheets` opens it. Other files decide what the cells mean."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from collector.files.refusal import RefusalCode
from collector.files.refused import unreadable
from collector.files.words import Word, known_word

if TYPE_CHECKING:
    from collector.files.zip_bounds import Deadline

Cell = object
PLACE_OF_CELL = "cell of the file"
"""The heading of the last of the columns that a layout adds to a sheet: it says where an amount stood."""
ADDED_COLUMNS = 4
TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
SUFFIXES = (*TEXT_SUFFIXES, ".xlsx", ".xlsm", ".xls", ".ods")
# A workbook is unpacked in memory; no form or year of figures comes near it.
LARGEST_WORKBOOK_BYTES = 50_000_000
# A million rows of figures take about 70 MB as text; they are read row by row.
LARGEST_TEXT_BYTES = 500_000_000


class Misfit(list[Cell]):
    """A row that has more or fewer cells than its header, to which a layout has added nothing."""


@dataclass(frozen=True, slots=True)
class NoStoredValue:
    """A formula whose value the file does not hold: the program that wrote it did not compute it."""

    cell: str

    def __str__(self) -> str:
        return self.cell


class PercentCell(float):
    """A number whose cell is formatted as percent: the file holds 0.07 where people see 7 %."""

    __slots__ = ()

    @property
    def percent(self) -> Decimal:
        """What people see."""
        return (Decimal(repr(float(self))) * 100).normalize()


def is_percent(number_format: str) -> bool:
    """Whether a format of a spreadsheet shows a hundred times the number: 0.0 %. In quotes or behind a backslash the
    sign is a word beside the number."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", number_format)


@dataclass(frozen=True, slots=True)
class MergedCell:
    """A cell that is merged with others: they show one value, which stands in the first of them."""

    value: Cell
    cells: str
    last_row: int

    def __str__(self) -> str:
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows as (number in the file, cells); rows without any content and hidden ones are left out.

    Rows can be gone through more than once. A CSV file has one sheet without a name, whose rows are `counted`: each has
    to have as many cells as the header. `hidden_rows` have content and were left out, `hidden_columns` (from 0) are
    empty in `rows`. A hidden sheet has no rows here.
    """

    name: str
    rows: Iterable[tuple[int, Sequence[Cell]]]
    counted: bool = False
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class SheetFile:
    """The sheets of a file, and how it was read: its kind, and of a CSV file encoding and separator."""

    sheets: Sequence[Sheet]
    kind: str
    encoding: str = ""
    delimiter: str = ""


def column_letters(column: int) -> str:
    """The name of a column (from 0) in a spreadsheet: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_sheets(path: Path, deadline: "Deadline | None" = None) -> SheetFile:
    """The sheets of a file. Blocks; a workbook is given up at the deadline, the usual one if none is given.

    Raises UnreadableFile for a file that is missing, too large, of another kind or damaged.
    """
    suffix = path.suffix.lower()
    try:
        check_size(path)
        if suffix in SUFFIXES:
            return _read(path, suffix, deadline)
    except OSError as error:
        raise unreadable(
            RefusalCode.CANNOT_BE_READ, file=str(path), reason=known_word(error.strerror or str(error))
        ) from error
    raise unreadable(RefusalCode.UNKNOWN_KIND, file=path.name, kinds=Word("XLSX, XLS or ODS"))


def check_size(path: Path) -> None:
    """Raises UnreadableFile for a file that is too large for its kind, and OSError."""
    most = LARGEST_TEXT_BYTES if path.suffix.lower() in TEXT_SUFFIXES else LARGEST_WORKBOOK_BYTES
    if (size := path.stat().st_size) > most:
        raise unreadable(RefusalCode.FILE_TOO_LARGE, file=path.name, bytes=size, most=most)


def _read(path: Path, suffix: str, given: "Deadline | None") -> SheetFile:
    # Each library takes a while to import, and CSV needs none of them.
    if suffix in TEXT_SUFFIXES:
        from collector.files.csv_file import read_csv

        return read_csv(path)
    from collector.files.zip_bounds import Deadline

    deadline = given or Deadline.of(path.name)
    if suffix == ".ods":
        from collector.files.ods_file import read_ods

        return SheetFile(read_ods(path, deadline), "ODS")
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    # Programs write the newer kind under the older name.
    if suffix == ".xls" and not zipped:
        from collector.files.xls_file import read_xls

        return SheetFile(read_xls(path, deadline), "XLS")
    from collector.files.xlsx_file import read_xlsx

    return SheetFile(read_xlsx(path, deadline), "XLSX")
