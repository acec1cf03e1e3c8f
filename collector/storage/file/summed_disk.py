"""SQLite's disk, with a checksum for every page: written with the page, checked whenever a page is read.

Every connection of ours goes through it (`connect`), so one place checks whatever a report, the page, the roll-up or a
salvage reads. A file that has no sums beside it is left as it is.

- A page of the file is checked against `page_sums`. A page is written there only by checkpoints, while the log has it
  too; the sums are synced before SQLite may use the log anew. So after a crash each page is as its sum says, or the
  log has it.
- A page out of the log is checked against its frame, but for what the transaction that runs here has written itself:
  SQLite sums that anew when it writes a page twice.
"""

import contextlib
import errno
import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import apsw

from collector.storage.file.log_frames import (
    FRAME_BYTES,
    FRAME_HEADER_BYTES,
    HEADER_BYTES,
    frame_sum,
    is_big_endian,
)
from collector.storage.file.page_sums import PAGE, PageSums, sums_paths

_LARGEST_PEEK = 100
"""SQLite looks at a file's first bytes before it knows its page size, and reads whole pages from then on."""

_LOG_END = "-wal"
_names = itertools.count(1)
_disks: dict[str | None, "SummedDisk"] = {}


def connect(path: Path, flags: int, vfs: str | None = None) -> apsw.Connection:
    """A connection that checks what it reads. `vfs`: the disk below, by SQLite's name for it (None: the system's)."""
    if not _has_sums(path):
        return apsw.Connection(str(path), flags=flags, vfs=vfs)
    disk = _disks.get(vfs)
    if disk is None or vfs is not None:  # a named one may have been made anew under its name
        disk = _disks[vfs] = SummedDisk(f"tundish-{next(_names)}", vfs or apsw.vfs_names()[0])
    return apsw.Connection(str(path), flags=flags, vfs=disk.name)


class SummedDisk(apsw.VFS):
    """Files with sums beside them, over the disk of the name `base`."""

    def __init__(self, name: str, base: str) -> None:
        self.name, self._base = name, base
        super().__init__(name, base)

    def xOpen(self, name: "str | apsw.URIFilename | None", flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - apsw's name
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path and flags[0] & apsw.SQLITE_OPEN_MAIN_DB:
            try:
                sums = PageSums.open(Path(path))
            except OSError as error:
                raise apsw.CantOpenError(f"the checksums of {path} cannot be read: {error}") from error
            if sums is not None:
                return _SummedFile(self._base, name, flags, sums)
        if path and flags[0] & apsw.SQLITE_OPEN_WAL and _has_sums(Path(path.removesuffix(_LOG_END))):
            return _SummedLog(self._base, name, flags)
        return super().xOpen(name, flags)

    def xSleep(self, microseconds: int) -> int:  # noqa: N802
        # The library's own sleeps with the interpreter's lock held: while one thread waited for a file that another
        # program had locked, every other thread stood still.
        time.sleep(microseconds / 1e6)
        return microseconds


class _SummedFile(apsw.VFSFile):
    def __init__(self, base: str, name: "str | apsw.URIFilename | None", flags: list[int], sums: PageSums) -> None:
        self._sums = sums
        self._read_only = bool(flags[0] & apsw.SQLITE_OPEN_READONLY)
        try:
            super().__init__(base, name, flags)
        except BaseException:
            sums.close()
            raise

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        if amount <= _LARGEST_PEEK and offset < _LARGEST_PEEK:
            return super().xRead(amount, offset)
        if offset % PAGE or amount > PAGE:
            raise apsw.CorruptError("the page size is not as it was written")
        # A long text is read by the piece; what proves it is its whole page.
        page = super().xRead(PAGE, offset)
        if not self._sums.agree(offset // PAGE + 1, page):
            raise apsw.CorruptError(f"page {offset // PAGE + 1} is not as it was written")
        return page if amount == PAGE else page[:amount]

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        with _as_sqlite_says_it():
            self._sums.put(offset // PAGE + 1, data)

    def xLock(self, level: int) -> None:  # noqa: N802
        try:
            super().xLock(level)
        except apsw.IOError as error:
            if not self._read_only:
                raise
            # SQLite tries for the last checkpoint at each close, and goes without it where it may not write.
            raise apsw.BusyError("opened for reading only") from error

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        super().xTruncate(newsize)
        with _as_sqlite_says_it():
            self._sums.cut(newsize // PAGE)

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        with _as_sqlite_says_it():
            self._sums.sync()

    def xClose(self) -> None:  # noqa: N802
        super().xClose()
        self._sums.close()


class _SummedLog(apsw.VFSFile):
    def __init__(self, base: str, name: "str | apsw.URIFilename | None", flags: list[int]) -> None:
        self._big_endian: bool | None = None  # by the machine that made the log, which is this one or never changes
        self._own_from: int | None = None  # where the transaction that runs on this connection began to write
        super().__init__(base, name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        data = super().xRead(amount, offset)
        if amount == PAGE:
            start = offset - FRAME_HEADER_BYTES
            head = super().xRead(FRAME_HEADER_BYTES, start)
            # The log's own header ends in a checksum as the header of each frame does.
            before = super().xRead(8, HEADER_BYTES - 8 if start == HEADER_BYTES else start - FRAME_BYTES + 16)
            if self._big_endian is None:
                self._big_endian = is_big_endian(super().xRead(4, 0))
            if not self._is_own(start) and (
                len(data) < PAGE or head[16:24] != frame_sum(before, head, data, big_endian=self._big_endian)
            ):
                page = int.from_bytes(head[:4], "big")
                raise apsw.CorruptError(f"page {page} in the log is not as it was written")
        return data

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._own_from = offset if self._own_from is None else min(self._own_from, offset)
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._own_from = None  # the log is synced when a commit is whole, its sums written anew

    def _is_own(self, start: int) -> bool:
        """Whether the frame is of the transaction that runs here: it may not be summed yet, and nobody else sees it."""
        return self._own_from is not None and start >= self._own_from


def _has_sums(path: Path) -> bool:
    return any(file.exists() for file in sums_paths(path))


@contextlib.contextmanager
def _as_sqlite_says_it() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise apsw.FullError("database or disk is full") from error
        raise apsw.IOError(f"the checksums cannot be written: {error}") from error
