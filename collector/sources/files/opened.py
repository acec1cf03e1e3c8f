"""One file that is being read: its rows come some thousand at a time, then what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from collector.errors import UnreadableFile
from collector.files.refusal import RefusalCode
from collector.files.refused import unreadable
from collector.files.watch_texts import watch_text
from collector.files.words import Word
from collector.sentence import Sentence
from collector.sources.files.cells import CellReader
from collector.sources.files.report import FileOutcome
from collector.sources.files.table import FoundTable, tables_of
from collector.sources.files.tag_rows import TagRows, in_pieces
from collector.sources.rows import RowsRead, RowTag

MOST_ROWS = 5_000
"""Rows of one delivery: a few megabytes."""
MOST_TURNED = 200_000
"""Rows of a file whose newest stand first: they stay in memory to its end. As many as a sheet can have."""


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A whole file, the tags that it is of, and how it is written."""

    path: Path
    source: str
    tags: Sequence[RowTag]
    cells: CellReader
    sheet: str | None


@dataclass(slots=True)
class OpenedFile:
    """`pieces` gives what its rows say and fills `outcome`."""

    file: FileToRead
    received_ns: int
    outcome: FileOutcome = field(default_factory=FileOutcome)
    _tables: Sequence[FoundTable] = ()

    @classmethod
    def open(cls, file: FileToRead, received_ns: int) -> "OpenedFile":
        """Find its tables. Blocks. Raises UnreadableFile and OSError."""
        opened = cls(file, received_ns)
        opened._tables = tables_of(file.path, file.tags, file.sheet)
        found = {each.tag.name for each in file.tags for table in opened._tables if each.tag.name not in table.lacking}
        opened.outcome.lacking = {
            name: columns for name, columns in opened._tables[0].lacking.items() if name not in found
        }
        return opened

    def pieces(self) -> Iterator[RowsRead]:
        """What its rows say, in order; each piece is small. Blocks. Raises OSError."""
        try:
            for table in self._tables:
                yield from self._of_table(table)
        except UnreadableFile as error:
            self.outcome.unread = error.refusal
        except OSError:
            raise
        # A table can be damaged in any way, and other files wait behind it.
        except Exception as error:
            self.outcome.unread = not_understood(self.file.path, error)

    def _of_table(self, table: FoundTable) -> Iterator[RowsRead]:
        rows = TagRows(
            table, self.file.tags, self.file.cells, (self.file.source, self.file.path.name), self.outcome.tally
        )
        pieces = (rows.read(piece, self.received_ns) for piece in in_pieces(table.under_header(), MOST_ROWS))
        first = next(pieces, None)
        if first is None:
            return
        if not _descends(first):
            yield first
            yield from pieces
            return
        # A program that shows the newest first writes it first, too. What counts by readings needs them in order.
        turned = first
        for piece in pieces:
            turned.readings += piece.readings
            turned.events += piece.events
            turned.rejections += piece.rejections
            if len(turned.readings) > MOST_TURNED:
                raise unreadable(RefusalCode.OVER_BOUND, file=self.file.path.name, most=MOST_TURNED, what=Word("rows"))
        turned.readings.sort(key=lambda row: (row[2], row[0]))
        for start in range(0, max(len(turned.readings), len(turned.events), len(turned.rejections)), MOST_ROWS):
            end = start + MOST_ROWS
            yield RowsRead(turned.readings[start:end], turned.events[start:end], turned.rejections[start:end])


def not_understood(path: Path, error: Exception) -> Sentence:
    """What is said of a file in which something is wrong that nobody foresaw."""
    reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return watch_text("not_understood", file=path.name, reason=reason)


def _descends(read: RowsRead) -> bool:
    return bool(read.readings) and read.readings[0][2] > read.readings[-1][2]
