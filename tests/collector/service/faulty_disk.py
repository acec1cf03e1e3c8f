"""A disk that is slow to sync, or full, as SQLite sees it; everything else is the real one."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import apsw


class FaultyDisk(apsw.VFS):
    """`sync_s`: how long each sync takes; `full`: whether writes fail. Both may change at any time."""

    def __init__(self, name: str) -> None:
        self.sync_s = 0.0
        self.full = False
        self.syncs = 0
        self.real = apsw.vfs_names()[0]
        super().__init__(name, self.real)

    def xOpen(self, name: "str | apsw.URIFilename | None", flags: list[int]) -> "_File":  # noqa: N802 - apsw's name
        return _File(self, name, flags)


class _File(apsw.VFSFile):
    def __init__(self, disk: FaultyDisk, name: "str | apsw.URIFilename | None", flags: list[int]) -> None:
        self._disk = disk
        super().__init__(disk.real, name, flags)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.syncs += 1
        time.sleep(self._disk.sync_s)
        super().xSync(flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        if self._disk.full:
            raise apsw.FullError("database or disk is full")
        super().xWrite(data, offset)


@contextmanager
def faulty_disk(name: str) -> Iterator[FaultyDisk]:
    disk = FaultyDisk(name)
    try:
        yield disk
    finally:
        disk.unregister()
