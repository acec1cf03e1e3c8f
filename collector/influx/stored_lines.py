"""Telemetry lines as the journal keeps them: unpacking, looking at their times, and reading one back. Pure."""

import gzip
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from collector.influx.packing import gzip_member
from models.counting.reading import Rejection
from models.works.codes import Quality, Reason

_LINE = re.compile(r"(?P<key>.+) quality=(?P<quality>\d+)i,value=(?P<value>[^ ]+) (?P<time>-?\d+)")
_BETWEEN_TAGS = re.compile(r"(?<!\\),")
_ESCAPED = re.compile(r"\\([,= ])")


class Entry(Protocol):
    """What the sink uses of a journal entry. `lines` is one gzip member of `line_count` lines; times in UTC ns."""

    @property
    def source(self) -> str: ...
    @property
    def lines(self) -> bytes | None: ...
    @property
    def line_count(self) -> int: ...
    @property
    def oldest_ns(self) -> int: ...
    @property
    def newest_ns(self) -> int: ...


class QueuedEntry(Protocol):
    """A journal entry with its sequence number."""

    @property
    def seq(self) -> int: ...
    @property
    def entry(self) -> Entry: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """What is to be sent of one stored entry: all of it, or what is left when rows beyond the retention are out."""

    seq: int
    source: str
    lines: bytes
    line_count: int


class Damaged(ValueError):
    """The stored bytes are no longer the lines that were stored."""


def unpack(packed: bytes) -> list[bytes]:
    """The lines of a stored entry, without line feeds. Raises Damaged."""
    try:
        return gzip.decompress(packed).removesuffix(b"\n").split(b"\n")
    except (OSError, EOFError, zlib.error) as error:
        raise Damaged(f"the stored lines cannot be unpacked: {error}") from error


def pack(lines: Sequence[bytes]) -> bytes:
    """Lines as one gzip member."""
    return gzip_member(b"\n".join(lines) + b"\n")


def piece_within(stored: QueuedEntry, oldest_ns: int | None) -> Piece:
    """The part of an entry that is not older than `oldest_ns` (None: no limit); its line_count may be 0.

    An entry that is damaged is handed on whole: whoever sends it finds out, and sets it aside.
    """
    entry = stored.entry
    packed = entry.lines or b""
    if not packed or (oldest_ns is not None and entry.newest_ns < oldest_ns):
        return Piece(stored.seq, entry.source, b"", 0)
    if oldest_ns is not None and entry.oldest_ns < oldest_ns:
        try:
            kept = [line for line in unpack(packed) if int(line.rpartition(b" ")[2]) >= oldest_ns]
        except ValueError:
            return Piece(stored.seq, entry.source, packed, entry.line_count)
        return Piece(stored.seq, entry.source, pack(kept) if kept else b"", len(kept))
    return Piece(stored.seq, entry.source, packed, entry.line_count)


def refused_line(source: str, line: bytes, sentence: str) -> Rejection:
    """The rejection of one line that the database refused, with tag, value, time and quality read from the line."""
    text = line.decode(errors="replace")
    found = _LINE.fullmatch(text)
    if found is None:
        return Rejection(source, "", text, 0, Quality.BAD, Reason.DATABASE_REFUSED, sentence)
    tags = dict(part.split("=", 1) for part in _BETWEEN_TAGS.split(found["key"])[1:])
    name = _ESCAPED.sub(r"\1", f"{tags.get('unit', '')}.{tags.get('signal', '')}")
    quality = Quality(int(found["quality"]))
    return Rejection(source, name, found["value"], int(found["time"]), quality, Reason.DATABASE_REFUSED, sentence)


def damaged_piece(piece: Piece, error: Damaged) -> Rejection:
    """The rejection of a whole entry that cannot be read any more."""
    value = f"{piece.line_count} lines"
    return Rejection(piece.source, "", value, 0, Quality.BAD, Reason.DATABASE_REFUSED, str(error))
