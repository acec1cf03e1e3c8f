"""SQLite's disk with a memory: what was written and synced in which order, slow or held syncs, writes that fail."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import apsw


class FaultyDisk(apsw.VFS):
    """`events`: ("write" | "sync", end of the file's name) in order. `gate`: syncs wait until it is open.

    `sync_s`: how long a sync takes; `full`: writes fail as on a full disk; `broken`: syncs fail.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.events: list[tuple[str, str]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.sync_s = 0.0
        self.full = False
        self.broken = False
        self.real = apsw.vfs_names()[0]  # by name, for this one may become the default
        super().__init__(name, self.real)

    @property
    def syncs(self) -> int:
        """Syncs that were done."""
        return sum(kind == "sync" for kind, _ in self.events)

    def xOpen(self, name: "str | apsw.URIFilename | None", flags: list[int]) -> "_File":  # noqa: N802 - apsw's name
        return _File(self, name, flags)


class _File(apsw.VFSFile):
    def __init__(self, disk: FaultyDisk, name: "str | apsw.URIFilename | None", flags: list[int]) -> None:
        self._disk = disk
        text = name.filename() if isinstance(name, apsw.URIFilename) else name or ""
        self._end = text.rsplit("/", 1)[-1]
        super().__init__(disk.real, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        if self._disk.full:
            raise apsw.FullError("database or disk is full")
        super().xWrite(data, offset)
        self._disk.events.append(("write", self._end))

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.gate.wait()
        time.sleep(self._disk.sync_s)
        if self._disk.broken:
            raise apsw.IOError("the disk did not take it")
        super().xSync(flags)
        self._disk.events.append(("sync", self._end))


@contextmanager
def faulty_disk(name: str) -> Iterator[FaultyDisk]:
    """A disk under that VFS name, over the system's own."""
    disk = FaultyDisk(name)
    try:
        yield disk
    finally:
        disk.gate.set()
        disk.unregister()
