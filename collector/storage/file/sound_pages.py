"""The pages of a damaged file that are as they were written, each by itself, without SQLite.

SQLite comes to a page only by way of those above it, and ends at the first that is broken. Here each page is proved by
its own checksum, and what it belongs to is told by the file's own map of pages (`auto_vacuum`), which names the page
above each. So what stands beyond a broken page is still found, and a page that was freed is never taken for one in use.
"""

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import BinaryIO

from collector.storage.file.log_frames import committed
from collector.storage.file.page_sums import PAGE, PageSums

_MAP_ENTRY_BYTES = 5
_MAPPED = PAGE // _MAP_ENTRY_BYTES
"""Pages that one page of the map tells of: those right behind it. The first page of the map is page 2."""

_LOCK_PAGE = 0x4000_0000 // PAGE + 1
"""SQLite's locks lie in the file at 1 GiB; the page there is never used."""


class PageUse(IntEnum):
    """What a page of the map says that a page is."""

    ROOT = 1
    FREE = 2
    FIRST_OVERFLOW = 3
    OVERFLOW = 4
    TREE = 5


@dataclass(frozen=True, slots=True)
class PagePlace:
    """What a page is used for, and the page above it (0: none)."""

    use: int
    above: int


class SoundPages:
    """Of one file that nobody writes to. Close it."""

    def __init__(self, path: Path, file: BinaryIO, sums: PageSums) -> None:
        """Use `open`."""
        self._file, self._sums = file, sums
        log = path.with_name(f"{path.name}-wal")
        self._logged: dict[int, bytes] = {}
        size = 0
        for frame in committed(log.read_bytes()) if log.exists() else ():
            self._logged[frame.page] = frame.content
            size = frame.size or size
        self.count = size or file.seek(0, 2) // PAGE
        self._below: dict[int, list[int]] | None = None

    @staticmethod
    def open(path: Path) -> "SoundPages | None":
        """None where the file has no checksums: nothing tells what is sound."""
        sums = PageSums.open(path)
        return None if sums is None else SoundPages(path, path.open("rb"), sums)

    def page(self, number: int) -> bytes | None:
        """The content of a page; None if it is not as it was written, or not in the file."""
        if not 1 <= number <= self.count:
            return None
        logged = self._logged.get(number)
        if logged is not None:
            return logged
        self._file.seek((number - 1) * PAGE)
        content = self._file.read(PAGE)
        if len(content) == PAGE and self._sums.agree(number, content):
            return content
        return next(iter(self._sums.spares()), None) if number == 1 else None

    def place(self, number: int) -> PagePlace | None:
        """What a page is used for; None if the map does not tell."""
        at = _map_page(number)
        page = self.page(at) if number > at else None
        if page is None:
            return None
        entry = page[_MAP_ENTRY_BYTES * (number - at - 1) :][:_MAP_ENTRY_BYTES]
        return PagePlace(entry[0], int.from_bytes(entry[1:], "big"))

    def below(self, number: int) -> list[int]:
        """The pages of trees of which the map says that this page is above them."""
        if self._below is None:
            self._below = {}
            for page in range(3, self.count + 1):
                place = self.place(page)
                if place is not None and place.use == PageUse.TREE:
                    self._below.setdefault(place.above, []).append(page)
        return self._below.get(number, [])

    def close(self) -> None:
        """Let go of the files."""
        self._file.close()
        self._sums.close()


def _map_page(number: int) -> int:
    found = 2 + (number - 2) // (_MAPPED + 1) * (_MAPPED + 1)
    return found + 1 if found == _LOCK_PAGE else found
