"""How many commits of a file were acknowledged, noted beside it: `ledger.db-mark` of `ledger.db`.

A log that was damaged, cut or lost takes whole commits along, and what is left looks sound. So each commit has a number
that stands in the file (`FileKind.commit_number`), and after its sync here too. The note itself is synced only on
request: after a power cut it may lag behind, but it is never ahead. A file below its mark has lost commits.
"""

import contextlib
import os
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import apsw

from collector.storage.file.file_kind import FileKind
from collector.storage.file.sql import value

_MARK = struct.Struct("<QqI")
_PLACES = (0, 512)
"""Taken in turn, in sectors of their own: a torn write costs the newer of two."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The number of the last commit that was acknowledged, and when that was (UTC ns)."""

    number: int = 0
    time_ns: int = 0


class CommitMark:
    """The open mark of one file. Where it cannot be written, nothing is noted: the commit itself is safe."""

    def __init__(self, path: Path) -> None:
        """Open the mark beside `path`, making it if it is missing."""
        self._descriptor: int | None = None
        with contextlib.suppress(OSError):
            self._descriptor = os.open(mark_path(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def put(self, mark: Acknowledged) -> None:
        """Note a commit that is synced."""
        if self._descriptor is not None:
            content = _MARK.pack(mark.number, mark.time_ns, 0)[:-4]
            whole = content + zlib.crc32(content).to_bytes(4, "little")
            with contextlib.suppress(OSError):
                os.pwrite(self._descriptor, whole, _PLACES[mark.number % len(_PLACES)])

    def sync(self) -> None:
        """Return when what was noted is on the disk."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.fdatasync(self._descriptor)

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class Commits:
    """Numbers the commits of a file while it is in use."""

    def __init__(self, path: Path, kind: FileKind, clock_ns: Callable[[], int]) -> None:
        self.mark = CommitMark(path)
        self._sql, self._clock_ns = kind.commit_number, clock_ns
        self._noted = 0

    def number(self, connection: apsw.Connection) -> int:
        """That of the commit of the transaction that is under way: ask once, just before it."""
        return int(value(connection, self._sql) or 0)

    def acknowledged(self, number: int) -> None:
        """The commit of that number is synced."""
        if number != self._noted:
            self._noted = number
            self.mark.put(Acknowledged(number, self._clock_ns()))


def acknowledged(path: Path) -> Acknowledged:
    """The newest mark beside the file at `path` that can be read."""
    found = [Acknowledged()]
    with contextlib.suppress(OSError):
        content = mark_path(path).read_bytes()
        for place in _PLACES:
            entry = content[place : place + _MARK.size]
            if len(entry) == _MARK.size and _MARK.unpack(entry)[2] == zlib.crc32(entry[:-4]):
                found.append(Acknowledged(*_MARK.unpack(entry)[:2]))
    return max(found, key=lambda mark: mark.number)


def mark_path(path: Path) -> Path:
    """The file of the mark beside a file."""
    return path.with_name(f"{path.name}-mark")
