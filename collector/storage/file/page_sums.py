"""A checksum for every page of a file, kept beside it: in `ledger.db-sums` and a copy of that.

SQLite has none of its own in its file, so a bit that turned would change tonnes without a word. A page's sum stands
apart from the page. So a page that turned, was cut off, was put in another's place or came back in an older form is
found, whatever it holds: rows of facts, indexes, the schema. Who writes and checks sums is `summed_disk`.

The file: a head of one page, a spare copy of the first page (without which nothing of
a file can be read), then eight bytes a page. A CRC-32 finds damage; an Adler-32 beside it makes one content of the
right sum out of many candidates when a page is rebuilt. All zero: never written. Where sums themselves turned, the copy
has them.
"""

import errno
import os
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

PAGE = 4096
"""The page size of every file of ours (`opening`)."""

ENTRY_BYTES = 8
_COPIES = 2
_MAGIC = b"TDSUMS1\n"
_SPARE_AT, _SUMS_AT = PAGE, 2 * PAGE
_ENTRY = struct.Struct("<II")
_SPAN = 2048
"""Pages that a look over a whole file reads at once: 8 MB."""

Sums = tuple[int, int]
_NEVER: Sums = (0, 0)


def sums_paths(path: Path) -> tuple[Path, Path]:
    """The file of sums beside a file, and its copy."""
    return path.with_name(f"{path.name}-sums"), path.with_name(f"{path.name}-sums.copy")


def sums_of(page: bytes | memoryview) -> Sums:
    """What is kept of a page's content."""
    return zlib.crc32(page), zlib.adler32(page)


class PageSums:
    """The open sums of one file. Raises OSError where the disk does."""

    def __init__(self, copies: Sequence[int]) -> None:
        """Use `open` or `make`."""
        self._copies = tuple(copies)
        self._first = copies[0]
        self._unsynced = False

    @staticmethod
    def open(path: Path) -> "PageSums | None":
        """The sums beside the file at `path`; None if there are none, or what is there are no sums."""
        found = [_opened(file) for file in sums_paths(path)]
        copies = [descriptor for descriptor in found if descriptor is not None]
        return PageSums(copies) if copies else None

    @staticmethod
    def make(path: Path) -> "PageSums":
        """Empty sums beside `path`, in the place of any."""
        copies = []
        for file in sums_paths(path):
            file.unlink(missing_ok=True)
            copies.append(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
            os.pwrite(copies[-1], _MAGIC.ljust(_SUMS_AT, b"\0"), 0)
        return PageSums(copies)

    @property
    def whole(self) -> bool:
        """Whether both files are there."""
        return len(self._copies) == _COPIES

    def agree(self, number: int, page: bytes) -> bool:
        """Whether page `number` (from 1) is as it was written."""
        crc = zlib.crc32(page)
        found = os.pread(self._first, 4, _SUMS_AT + (number - 1) * ENTRY_BYTES)
        if crc == int.from_bytes(found, "little") and crc:
            return True
        return self._agree(number, sums_of(page), empty=not any(page))

    def expected(self, number: int) -> list[Sums]:
        """What the copies say of page `number`, each thing once; none if it was never written."""
        found = [_entry(copy, number) for copy in self._copies]
        return [sums for sums in dict.fromkeys(found) if sums != _NEVER]

    def put(self, number: int, page: bytes) -> None:
        """Keep the sums of a page that was just written."""
        self._write(_ENTRY.pack(*sums_of(page)), _SUMS_AT + (number - 1) * ENTRY_BYTES)
        if number == 1:
            self._write(page, _SPARE_AT)

    def cut(self, pages: int) -> None:
        """The file has only so many pages now."""
        for copy in self._copies:
            os.ftruncate(copy, _SUMS_AT + pages * ENTRY_BYTES)
        self._unsynced = True

    def count(self) -> int:
        """How many pages have sums."""
        return max(0, *(os.fstat(copy).st_size - _SUMS_AT for copy in self._copies)) // ENTRY_BYTES

    def spares(self) -> list[bytes]:
        """The first page as it was written last, as each copy has it."""
        return [os.pread(copy, PAGE, _SPARE_AT) for copy in self._copies]

    def sync(self) -> None:
        """Return when what was put is on the disk."""
        if self._unsynced:
            for copy in self._copies:
                os.fdatasync(copy)
            self._unsynced = False

    def close(self) -> None:
        """Let go of the files."""
        for copy in self._copies:
            os.close(copy)

    def broken(self, pages: BinaryIO, share: int = 0, shares: int = 1) -> list[int]:
        """The pages of a share of the open file that are not as they were written.

        Reads it in one go, beside SQLite. Pages of which a newer form stands in the log may be among them.
        """
        found: list[int] = []
        last = max(self.count(), -(-os.fstat(pages.fileno()).st_size // PAGE))
        end = last * (share + 1) // shares + 1
        for start in range(last * share // shares + 1, end, _SPAN):
            upto = min(start + _SPAN, end)
            pages.seek((start - 1) * PAGE)
            content = memoryview(pages.read((upto - start) * PAGE))
            size, place = (upto - start) * ENTRY_BYTES, _SUMS_AT + (start - 1) * ENTRY_BYTES
            sums = os.pread(self._first, size, place).ljust(size, b"\0")
            for index, (crc, _) in enumerate(_ENTRY.iter_unpack(sums)):
                page = content[index * PAGE : (index + 1) * PAGE]
                as_first_says = crc and len(page) == PAGE and zlib.crc32(page) == crc
                if not as_first_says and not self._agree(start + index, sums_of(page), empty=not any(page)):
                    found.append(start + index)
        return found

    def _agree(self, number: int, sums: Sums, *, empty: bool) -> bool:
        expected = self.expected(number)
        return sums in expected if expected else empty

    def _write(self, content: bytes, place: int) -> None:
        for copy in self._copies:
            if os.pwrite(copy, content, place) != len(content):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._unsynced = True


def sum_up(path: Path) -> None:
    """Make the sums of a file as it is, synced, in the place of any. Nobody may write to it meanwhile."""
    draft = path.with_name(f"{path.name}.summing")
    sums = PageSums.make(draft)
    try:
        with path.open("rb") as pages:
            number = 0
            while content := pages.read(_SPAN * PAGE):
                for start in range(0, len(content), PAGE):
                    number += 1
                    page = content[start : start + PAGE]
                    if len(page) == PAGE and any(page):
                        sums.put(number, page)
        sums.sync()
    finally:
        sums.close()
    move_sums(draft, path)


def heal(path: Path) -> bool:
    """Make both files of sums alike where one of them is missing or was cut; False if there are no sums."""
    sums = PageSums.open(path)
    if sums is None:
        return False
    whole = sums.whole
    sums.close()
    if not whole:
        files = sums_paths(path)
        good, lost = files if _opens(files[0]) else files[::-1]
        draft = lost.with_name(f"{lost.name}.new")
        draft.write_bytes(good.read_bytes())
        draft.chmod(0o600)
        draft.replace(lost)
    return True


def move_sums(path: Path, to: Path) -> None:
    """Put the sums of one file in the place of another's."""
    for file, target in zip(sums_paths(path), sums_paths(to), strict=True):
        if file.exists():
            file.replace(target)
        else:
            target.unlink(missing_ok=True)


def remove_sums(path: Path) -> None:
    """Remove the sums of a file."""
    for file in sums_paths(path):
        file.unlink(missing_ok=True)


def _entry(copy: int, number: int) -> Sums:
    found = os.pread(copy, ENTRY_BYTES, _SUMS_AT + (number - 1) * ENTRY_BYTES)
    crc, adler = _ENTRY.unpack(found.ljust(ENTRY_BYTES, b"\0"))
    return crc, adler


def _opens(file: Path) -> bool:
    descriptor = _opened(file)
    if descriptor is not None:
        os.close(descriptor)
    return descriptor is not None


def _opened(file: Path) -> int | None:
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError:  # of another user, who lets us read
        descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    if os.pread(descriptor, len(_MAGIC), 0) != _MAGIC:
        os.close(descriptor)
        return None
    return descriptor
