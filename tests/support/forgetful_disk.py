"""A disk that fails at any call and forgets in a power cut what was not synced: SQLite's, and that of the checksums.

It writes through to real files and remembers of each what is sure to be there: its content at the last sync, and every
write since. `power_cut` copies a folder as it may be found afterwards. A file that is removed or renamed is so at once.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import apsw

from collector.storage.file import page_sums

Write = tuple[int, bytes | None]
"""(offset, content); content None: cut off there."""
_SECTOR = 512


@dataclass(slots=True)
class _Kept:
    """`sure`: the content that was synced; None: the file was not there. `since`: writes that were not."""

    sure: bytes | None
    since: list[Write] = field(default_factory=list)


class ForgetfulDisk(apsw.VFS):
    """`calls`: how many there were. A call whose number is in `failing` fails, as a full or a broken disk does.

    `lies`: it says of every sync that it is done, and does nothing.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.calls = 0
        self.failing: range = range(0)
        self.full = False
        self.lies = False
        self._files: dict[str, _Kept] = {}
        self.real = apsw.vfs_names()[0]
        super().__init__(name, self.real)

    def count(self, error: Callable[[bool], Exception]) -> None:
        """One call. Raises `error(full)` if it is to fail."""
        self.calls += 1
        if self.calls in self.failing:
            raise error(self.full)

    def look(self, path: str) -> _Kept:
        """What is known of a file; what is there at the first look is sure."""
        if path not in self._files:
            self._files[path] = _Kept(Path(path).read_bytes() if Path(path).exists() else None)
        return self._files[path]

    def written(self, path: str, offset: int, content: bytes | None) -> None:
        self.look(path).since.append((offset, content))

    def synced(self, path: str) -> None:
        if not self.lies:
            self._files[path] = _Kept(Path(path).read_bytes())

    def power_cut(self, folder: Path, to: Path, random: Random) -> None:
        """Copy `folder` to `to` as it may be after the power came back."""
        to.mkdir()
        for file in folder.iterdir():
            if file.name.endswith("-shm") or file.is_dir():
                continue
            kept = self._files.get(str(file))
            if kept is None:
                shutil.copyfile(file, to / file.name)
            elif kept.sure is not None or kept.since:
                (to / file.name).write_bytes(_found(kept, random))

    def xOpen(self, name: "str | apsw.URIFilename | None", flags: list[int]) -> "_File":  # noqa: N802 - apsw's name
        self.count(_sqlites)
        return _File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self.count(_sqlites)
        super().xDelete(filename, syncdir)
        self._files.pop(filename, None)


class _File(apsw.VFSFile):
    def __init__(self, disk: ForgetfulDisk, name: "str | apsw.URIFilename | None", flags: list[int]) -> None:
        self._disk = disk
        self._path = (name.filename() if isinstance(name, apsw.URIFilename) else name) or ""
        if self._path:
            disk.look(self._path)
        super().__init__(disk.real, name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        self._disk.count(lambda _full: apsw.IOError("the disk does not give it"))
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.count(_sqlites)
        super().xWrite(data, offset)
        self._disk.written(self._path, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._disk.count(_sqlites)
        super().xTruncate(newsize)
        self._disk.written(self._path, newsize, None)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.count(_sqlites)
        super().xSync(flags)
        self._disk.synced(self._path)


class _SumsDisk:
    """Stands for `os` where checksums are written."""

    def __init__(self, disk: ForgetfulDisk) -> None:
        self._disk = disk

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as it is
        return getattr(os, name)

    def pwrite(self, descriptor: int, content: bytes, place: int) -> int:
        self._disk.count(_systems)
        path = self._path(descriptor)
        self._disk.look(path)
        written = os.pwrite(descriptor, content, place)
        self._disk.written(path, place, bytes(content))
        return written

    def ftruncate(self, descriptor: int, size: int) -> None:
        self._disk.count(_systems)
        path = self._path(descriptor)
        self._disk.look(path)
        os.ftruncate(descriptor, size)
        self._disk.written(path, size, None)

    def fdatasync(self, descriptor: int) -> None:
        self._disk.count(_systems)
        os.fdatasync(descriptor)
        self._disk.synced(self._path(descriptor))

    @staticmethod
    def _path(descriptor: int) -> str:
        return str(Path(f"/proc/self/fd/{descriptor}").readlink())


def _sqlites(full: bool) -> Exception:
    return apsw.FullError("database or disk is full") if full else apsw.IOError("the disk did not take it")


def _systems(full: bool) -> Exception:
    return OSError(errno.ENOSPC if full else errno.EIO, "the disk did not take it")


def _found(kept: _Kept, random: Random) -> bytes:
    """What is sure, and of the writes since none, the first few, or any, some of them torn."""
    content = bytearray(kept.sure or b"")
    match random.choice(("none", "first", "any", "all")):
        case "none":
            writes: list[Write] = []
        case "first":
            writes = kept.since[: random.randrange(len(kept.since) + 1)]
        case "any":
            writes = [write for write in kept.since if random.random() < 0.5]
        case _:
            writes = kept.since
    for offset, data in writes:
        if data is None:
            del content[offset:]
            continue
        if len(data) > _SECTOR and random.random() < 0.1:
            data = data[: random.randrange(len(data) // _SECTOR) * _SECTOR]
        content.extend(bytes(max(0, offset + len(data) - len(content))))
        content[offset : offset + len(data)] = data
    return bytes(content)


@contextmanager
def forgetful_disk(name: str) -> Iterator[ForgetfulDisk]:
    """A disk under that VFS name."""
    disk = ForgetfulDisk(name)
    real = page_sums.os
    page_sums.os = _SumsDisk(disk)  # type: ignore[assignment]
    try:
        yield disk
    finally:
        page_sums.os = real
        disk.failing = range(0)
        disk.unregister()
