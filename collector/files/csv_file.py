"""Reads a CSV file row by row: finds its encoding and its separator, and loses no row to a stray quote."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from collector.files.headers import headings_known
from collector.files.refusal import RefusalCode
from collector.files.refused import unreadable
from collector.files.sheet import Cell, Sheet, SheetFile
from collector.files.words import Word, known_word

DELIMITERS = ";\t,"
# The first one that fits is taken: Windows' page of Cyrillic fits almost anything.
ENCODINGS = ("utf-8-sig", "cp1251")
CHUNK_BYTES = 1 << 20
LONGEST_CELL = 32_767
"""The most characters that a cell of a spreadsheet program can hold; a longer one has swallowed rows."""
MOST_ROWS = 2_000_000
"""Ten years of hourly figures of twenty units are 1,750,000 rows. Their entries stay in memory, some 300 bytes each."""
LOOKED_AT = 50  # lines in which the header is looked for; title rows above it are few

ENCODING_NAMES = {
    "utf-8-sig": "UTF-8",
    "cp1251": "Windows-1251",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}


@dataclass(frozen=True, slots=True)
class CsvRows:
    """The rows of a CSV file, read from the file anew whenever they are gone through.

    `errors`: what becomes of bytes that the encoding does not know, as `open` names it.
    """

    path: Path
    encoding: str
    delimiter: str
    errors: str = "strict"

    def __iter__(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Each row with the line on which it begins. Raises UnreadableFile at a quote that cannot be understood."""
        name = self.path.name
        with self.path.open(encoding=self.encoding, errors=self.errors, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            line = 1
            try:
                for count, cells in enumerate(reader):
                    if count >= MOST_ROWS:
                        raise unreadable(RefusalCode.OVER_BOUND, file=name, most=MOST_ROWS, what=Word("rows"))
                    if any(cell and not cell.isspace() for cell in cells):
                        yield line, cells
                    line = reader.line_num + 1
            except csv.Error as error:
                raise self._refused(str(error), line) from error
            except UnicodeError as error:
                raise _wrong_encoding(name, self.encoding, error) from error

    def _refused(self, error: str, line: int) -> Exception:
        name, place = self.path.name, str(line)
        if "end of data" in error:
            return unreadable(RefusalCode.OPEN_QUOTE, file=name, line=place)
        if "field limit" in error or "field larger" in error:
            return unreadable(RefusalCode.CELL_TOO_LONG, file=name, line=place, most=LONGEST_CELL)
        return unreadable(RefusalCode.BAD_QUOTE, file=name, line=place)


def read_csv(path: Path) -> SheetFile:
    """The one sheet of a CSV file. Blocks. Raises UnreadableFile."""
    csv.field_size_limit(LONGEST_CELL)
    encoding = _encoding(path)
    delimiter = _delimiter(path, encoding)
    sheet = Sheet("", CsvRows(path, encoding, delimiter), counted=True)
    return SheetFile([sheet], "CSV", ENCODING_NAMES.get(encoding, encoding), delimiter)


def _encoding(path: Path) -> str:
    """What the bytes of the whole file fit, read in pieces."""
    fits = _possible(path)
    for encoding in fits:
        try:
            for _ in _decoded(path, encoding):
                pass
            return encoding
        except UnicodeError as error:
            failed = error
    raise _wrong_encoding(path.name, fits[-1], failed)


def _possible(path: Path) -> tuple[str, ...]:
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\0" in start:
        # No text has a zero byte, but half the bytes of UTF-16 have: the higher ones, in Latin letters and digits.
        return ("utf-16-le",) if start[1::2].count(0) >= start[0::2].count(0) else ("utf-16-be",)
    return ENCODINGS


def encodings_of(path: Path) -> tuple[str, ...]:
    """The encodings that a file may be in, the likeliest first, though some of its bytes fit none.

    A file that is UTF-8 throughout is that. Else the lines decide: those that are UTF-8 with letters beyond ASCII, or
    those that are none. Blocks.
    """
    fits = _possible(path)
    if fits != ENCODINGS:
        return fits
    try:
        for _ in _decoded(path, ENCODINGS[0]):
            pass
        return ENCODINGS[:1]
    except UnicodeError:
        pass
    right = wrong = 0
    with path.open("rb") as file:
        while line := file.readline(LONGEST_CELL):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                right += 1
            except UnicodeError:
                wrong += 1
    return ENCODINGS if right >= wrong else ENCODINGS[::-1]


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _wrong_encoding(name: str, encoding: str, error: UnicodeError) -> Exception:
    reason = known_word(getattr(error, "reason", str(error)))
    named = ENCODING_NAMES.get(encoding, encoding)
    return unreadable(RefusalCode.WRONG_ENCODING, file=name, encoding=named, reason=reason)


def _delimiter(path: Path, encoding: str) -> str:
    """The separator by which a line near the top becomes the header; if none does, the most frequent one."""
    with path.open(encoding=encoding, newline="") as file:
        # A line is read up to a limit, for a file without any line break would come whole.
        lines = list(islice(iter(lambda: file.readline(LONGEST_CELL), ""), LOOKED_AT))

    def rank(mark: str) -> tuple[int, int]:
        known = max((headings_known(cells) for cells in _loosely(lines, mark)), default=0)
        return known, max((line.count(mark) for line in lines), default=0)

    return max(DELIMITERS, key=rank)


def _loosely(lines: Sequence[str], mark: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=mark)
    except csv.Error:
        return
