"""Looks through the parts of a zipped workbook before a library unpacks them: bounded, and without anything hidden."""

import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat

from collector.files.refusal import FileRefusal, RefusalCode
from collector.files.refused import unreadable
from collector.files.words import Word, known_word

MOST_PARTS = 5_000
MOST_UNPACKED_BYTES = 150_000_000
"""Of all parts that are read. A year of hourly figures of twenty units, 175,000 rows, has 60 MB."""
MOST_TEXTS = 2_000_000
"""Elements of the table of texts: two for each text. Some 200 MB in memory, if each is another."""
MOST_ELEMENTS = 300_000
"""Of all other parts together: styles, names. The library keeps 500 bytes of each; there can be 65,490 formats."""
TEXTS = "sharedStrings.xml"
MOST_SECONDS = 60.0
"""For looking through and reading one workbook. The largest that the other bounds allow takes about half of it."""
DEEPEST = 200  # elements within one another; a workbook has about ten
_CHUNK = 1 << 18
_KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
OLD_MARK = b"\xd0\xcf\x11\xe0"  # a compound file: an .xls, or any workbook with a password
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, expat.ExpatError, RuntimeError, ValueError)
Start = Callable[[str, dict[str, str]], None]
Text = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The time by which a workbook has to be read."""

    file: str
    at_s: float
    most_s: float

    @classmethod
    def of(cls, file: str, most_s: float | None = None) -> "Deadline":
        """The one of a file that is opened now: after `most_s`, or MOST_SECONDS."""
        given_s = MOST_SECONDS if most_s is None else most_s
        return cls(file, time.monotonic() + given_s, given_s)

    def check(self) -> None:
        """Raises UnreadableFile after it."""
        if time.monotonic() > self.at_s:
            raise unreadable(
                RefusalCode.OVER_BOUND, file=self.file, most=round(self.most_s), what=Word("seconds of reading")
            )


@dataclass(slots=True)
class _Counter:
    """Counts elements up to a bound."""

    reader: "PartReader"
    most: int
    what: Word
    found: int = 0

    def count(self, _name: str, _attributes: dict[str, str]) -> None:
        self.found += 1
        if self.found > self.most:
            raise self.reader.over(self.most, self.what)


@dataclass(frozen=True, slots=True)
class PartReader:
    """The parts of one zipped workbook, each read once from end to end in pieces."""

    path: Path
    kind: str
    deadline: Deadline

    def check(self, is_sheet: Callable[[str], bool]) -> list[str]:
        """The parts that are sheets, which are still to be walked through; all others are.

        Raises UnreadableFile for what no spreadsheet program writes, and for more than the bounds allow.
        """
        with self._opened() as archive:
            parts = [info for info in archive.infolist() if info.filename.endswith((".xml", ".rels"))]
            if len(archive.infolist()) > MOST_PARTS:
                raise self.over(MOST_PARTS, Word("parts"))
            # What is declared bounds what is unpacked: the library stops at it.
            if sum(info.file_size for info in parts) > MOST_UNPACKED_BYTES:
                raise self.over(MOST_UNPACKED_BYTES, Word("bytes when it is unpacked"))
            for info in parts:
                if info.flag_bits & 1:
                    raise unreadable(RefusalCode.WITH_PASSWORD, file=self.path.name, kind=self.kind)
                if info.compress_type not in _KNOWN:
                    raise self.damaged(
                        FileRefusal(RefusalCode.UNKNOWN_COMPRESSION, {"number": str(info.compress_type)})
                    )
            sheets = [info.filename for info in parts if is_sheet(info.filename)]
            texts = _Counter(self, MOST_TEXTS, Word("texts"))
            others = _Counter(self, MOST_ELEMENTS, Word("styles and names"))
            for info in parts:
                if info.filename not in sheets:
                    counter = texts if info.filename.endswith(TEXTS) else others
                    self._walk(archive, info.filename, counter.count, None)
            return sheets

    def walk(self, part: str, start: Start, text: Text | None) -> None:
        """Call `start` for each element of a part and `text` for what stands between. Raises UnreadableFile."""
        with self._opened() as archive:
            self._walk(archive, part, start, text)

    def _opened(self) -> zipfile.ZipFile:
        with self.path.open("rb") as file:
            if file.read(4) == OLD_MARK:
                raise unreadable(RefusalCode.WITH_PASSWORD, file=self.path.name, kind=self.kind)
        try:
            return zipfile.ZipFile(self.path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise self.damaged(known_word(str(error))) from error

    def _walk(self, archive: zipfile.ZipFile, part: str, start: Start | None, text: Text | None) -> None:
        parser, depth = expat.ParserCreate(), 0

        def begin(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > DEEPEST:
                raise self.over(DEEPEST, Word("elements within one another"))
            if start is not None:
                start(name.rpartition(":")[2], attributes)

        def end(_name: str) -> None:
            nonlocal depth
            depth -= 1

        def declared(*_parts: object) -> None:
            # An entity that holds others a thousand times fills memory; no spreadsheet program declares any.
            raise self.damaged(FileRefusal(RefusalCode.DECLARES_ENTITIES, {}))

        parser.StartElementHandler, parser.EndElementHandler = begin, end
        parser.StartDoctypeDeclHandler = declared
        if text is not None:
            parser.CharacterDataHandler = text
        try:
            with archive.open(part) as file:
                for piece in self._pieces(file):
                    parser.Parse(piece, False)
            parser.Parse(b"", True)
        except _DAMAGED as error:
            raise self.damaged(known_word(str(error))) from error

    def _pieces(self, file: IO[bytes]) -> Iterator[bytes]:
        while piece := file.read(_CHUNK):
            self.deadline.check()
            yield piece

    def damaged(self, reason: object) -> Exception:
        """The error of a workbook that no spreadsheet program wrote so."""
        return unreadable(RefusalCode.NOT_A_WORKBOOK, file=self.path.name, kind=self.kind, reason=reason)

    def over(self, most: int, what: Word) -> Exception:
        """The error of a workbook that is over a bound."""
        return unreadable(RefusalCode.OVER_BOUND, file=self.path.name, most=most, what=what)
