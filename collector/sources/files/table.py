"""Opens a file as tables: finds the header that has the columns of the tags, whatever encoding and separator it has."""

import fnmatch
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from collector.errors import UnreadableFile
from collector.files.csv_file import DELIMITERS, ENCODING_NAMES, LOOKED_AT, CsvRows, encodings_of
from collector.files.refusal import RefusalCode
from collector.files.refused import unreadable
from collector.files.sheet import TEXT_SUFFIXES, Cell, check_size, column_letters, read_sheets
from collector.sources.rows import RowTag

_WEB_PAGE = (b"<!doctype html", b"<html", b"<head", b"<script", b"<table")
_HEAD_BYTES = 512
Row = tuple[int, Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A sheet under its header. `columns`: by heading of a tag, the position of its cells. `lacking`: by tag, the
    columns that are not there. `width`: the cells that each row has to have (0: any number). `encoding`: that of a file
    in which bytes may stand that it does not know."""

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    lacking: Mapping[str, tuple[str, ...]]
    rows: Iterable[Row]
    width: int = 0
    encoding: str = ""

    def under_header(self) -> Iterator[Row]:
        """The rows below the header. Raises UnreadableFile where the file cannot be read on."""
        return (row for row in self.rows if row[0] > self.header_row)


def fits(name: str, patterns: Iterable[str]) -> bool:
    """Whether a file of that name is meant by the patterns; capitals do not matter."""
    return any(fnmatch.fnmatchcase(name.casefold(), pattern.casefold()) for pattern in patterns)


def tables_of(path: Path, tags: Sequence[RowTag], sheet: str | None) -> list[FoundTable]:
    """The tables of a file that have columns of the tags. Blocks.

    Raises UnreadableFile if it cannot be read, or no header has all columns of any tag.
    """
    check_size(path)
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_WEB_PAGE):
        raise unreadable(RefusalCode.IS_WEB_PAGE, file=path.name)
    if path.suffix.lower() in TEXT_SUFFIXES:
        return [_of_text(path, tags)]
    sheets = [one for one in read_sheets(path).sheets if not one.hidden and sheet in (None, one.name)]
    found = [table for one in sheets if (table := _found(one.rows, tags, one.name)) is not None]
    if not found:
        raise _no_header([one.rows for one in sheets], tags)
    return found


def _of_text(path: Path, tags: Sequence[RowTag]) -> FoundTable:
    tried: list[Iterable[Row]] = []
    for encoding in encodings_of(path):
        # Of UTF-16 every byte is half a letter: one that is wrong leaves none behind it right.
        errors = "strict" if encoding.startswith("utf-16") else "surrogateescape"
        for delimiter in DELIMITERS:
            rows = CsvRows(path, encoding, delimiter, errors)
            top = _top(rows)
            tried.append(top)
            if (table := _found(top, tags, "")) is not None:
                width = len(next(cells for number, cells in top if number == table.header_row))
                return replace(table, rows=rows, width=width, encoding=ENCODING_NAMES.get(encoding, encoding))
    raise _no_header(tried, tags)


def _top(rows: Iterable[Row]) -> list[Row]:
    """The first rows, up to one that cannot be read with this separator."""
    top: list[Row] = []
    try:
        for row in islice(iter(rows), LOOKED_AT):
            top.append(row)  # noqa: PERF402 - those before an error are kept
    except UnreadableFile:
        pass
    return top


def heading_text(cell: Cell) -> str:
    """A heading as it is compared: without capitals, line breaks and space around it."""
    return " ".join(str("" if cell is None else cell).split()).casefold()


def _found(rows: Iterable[Row], tags: Sequence[RowTag], sheet: str) -> FoundTable | None:
    """The table under the first row that names all columns of the most tags. Raises UnreadableFile."""
    best: FoundTable | None = None
    for number, cells in islice(iter(rows), LOOKED_AT):
        positions: dict[str, list[int]] = {}
        for position, cell in enumerate(cells):
            positions.setdefault(heading_text(cell), []).append(position)
        lacking = {
            each.tag.name: gone
            for each in tags
            if (gone := tuple(column for column in each.address.columns if heading_text(column) not in positions))
        }
        if len(lacking) < len(tags if best is None else best.lacking):
            wanted = {column for each in tags if each.tag.name not in lacking for column in each.address.columns}
            for column in wanted:
                if len(same := positions[heading_text(column)]) > 1:
                    letters = tuple(map(column_letters, same))
                    raise unreadable(RefusalCode.TWO_COLUMNS, columns=letters, field=column)
            best = FoundTable(
                sheet, number, {column: positions[heading_text(column)][0] for column in wanted}, lacking, rows
            )
    return best


def _no_header(tried: Iterable[Iterable[Row]], tags: Sequence[RowTag]) -> Exception:
    """Names what the row lacks that has the most of the columns."""
    wanted = list(dict.fromkeys(column for each in tags for column in each.address.columns))
    lacking = wanted
    for rows in tried:
        for _, cells in islice(iter(rows), LOOKED_AT):
            there = {heading_text(cell) for cell in cells}
            gone = [column for column in wanted if heading_text(column) not in there]
            lacking = gone if len(gone) < len(lacking) else lacking
    return unreadable(RefusalCode.NO_HEADER, columns=tuple(lacking))
