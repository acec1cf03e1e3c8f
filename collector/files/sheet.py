"""Reads a CSV or XLSX file into sheets of rows. Other files here decide what the cells mean."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from collector.errors import UnreadableFile

# A workbook is unpacked in memory; no form or year of figures comes near it.
LARGEST_BYTES = 50_000_000
# A year of hourly figures of twenty units is 175,000 rows.
MOST_ROWS = 200_000
DELIMITERS = ";\t,"
Cell = object


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows as (number in the file, cells); rows without any content are left out. CSV has one sheet without a name."""

    name: str
    rows: Sequence[tuple[int, Sequence[Cell]]]


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a file. Blocks.

    Raises UnreadableFile for a file that is missing, too large, of another kind or damaged.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise UnreadableFile(f"{path.name} has {size:,} bytes, more than {LARGEST_BYTES:,}: split it")
        if path.suffix.lower() == ".xlsx":
            return _xlsx(path)
        if path.suffix.lower() in (".csv", ".txt", ".tsv"):
            return [Sheet("", _rows(path, _csv_rows(path.read_bytes())))]
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}; check its name and permissions") from error
    raise UnreadableFile(f"{path.name} is neither CSV nor XLSX: save it as one of these")


def _xlsx(path: Path) -> list[Sheet]:
    # openpyxl takes a while to import, and CSV needs none of it.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            return [
                Sheet(sheet.title, _rows(path, enumerate(map(list, sheet.iter_rows(values_only=True)), start=1)))
                for sheet in book.worksheets
                if sheet.sheet_state == "visible"
            ]
        finally:
            book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise UnreadableFile(
            f"{path.name} is not a valid XLSX file ({error}): open it in a spreadsheet program and save it again, "
            "without a password"
        ) from error


def _csv_rows(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    """Each row with the line on which it ends; UTF-8 with or without its mark, else Windows' page of Cyrillic."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1251", errors="replace")
    # Title lines have few delimiters; the header and the rows have the most.
    counts = {mark: max((line.count(mark) for line in text.splitlines()[:50]), default=0) for mark in DELIMITERS}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(counts, key=lambda mark: counts[mark]))
    for cells in reader:
        yield reader.line_num, list(cells)


def _rows(path: Path, rows: Iterable[tuple[int, list[Cell]]]) -> list[tuple[int, Sequence[Cell]]]:
    found: list[tuple[int, Sequence[Cell]]] = []
    for number, cells in rows:
        if number > MOST_ROWS:
            raise UnreadableFile(f"{path.name} has more than {MOST_ROWS:,} rows: split it")
        if any(cell is not None and str(cell).strip() for cell in cells):
            found.append((number, cells))
    return found
