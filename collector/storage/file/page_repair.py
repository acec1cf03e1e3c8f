"""Rebuilds broken pages of a closed file, bit for bit: only a content whose sums are those that were written counts.

What a page may have been, in turn: a spare copy of the first page; what stands in another broken page's place; itself,
but for one bit; the same page of a backup. So no figure is guessed: what has no such content stays broken.
"""

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from collector.host import sync_file
from collector.storage.file.log_frames import committed
from collector.storage.file.page_sums import PAGE, PageSums, Sums, sums_of

_LOOKS = 3
"""A page that a command beside us writes just now looks broken for an instant: three looks in turn are damage."""

_BITS = 8
_MOST_TURNED = 250
"""Pages in which a turned bit is looked for: 40 ms each, and the start waits. More of them are no single bits."""

_AT_ONCE = 2000
"""Pages that are held in memory."""


@dataclass(slots=True)
class Rebuilt:
    """`pages`: by what they were rebuilt from, their numbers. `left`: those that could not be.

    `aside`: where the broken contents are kept, each behind its page number (8 bytes, the lowest first).
    """

    pages: dict[str, list[int]] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)
    aside: Path | None = None


def broken_pages(path: Path, file: BinaryIO, sums: PageSums, share: int = 0, shares: int = 1) -> list[int]:
    """The pages of a share that are not as they were written, and of which the log has no newer form.

    `file`: the one at `path`, open. Who closes a file gives up all locks that this process has on it: so do that only
    when SQLite has it no more.
    """
    found: set[int] | None = None
    for _ in range(_LOOKS):
        now = set(sums.broken(file, share, shares)) - _logged(path)
        found = now if found is None else found & now
        if not found:
            break
    return sorted(found or ())


def rebuild(path: Path, sums: PageSums, broken: Sequence[int], backups: Sequence[Path], aside: Path) -> Rebuilt:
    """Put what can be rebuilt of these pages back in its place, synced; keep what stood there in the file `aside`."""
    result = Rebuilt(aside=aside)
    for start in range(0, len(broken), _AT_ONCE):
        contents = {number: _read(path, number) for number in broken[start : start + _AT_ONCE]}
        with aside.open("ab") as kept:
            kept.writelines(number.to_bytes(8, "little") + content for number, content in contents.items())
        sync_file(aside)
        here = {sums_of(content): content for content in contents.values()}
        good: dict[int, bytes] = {}
        for number, content in contents.items():
            expected = sums.expected(number)
            candidates = chain(
                (("its spare copy", spare) for spare in sums.spares() if number == 1),
                (("another place", here[known]) for known in expected if known in here),
                _turned(content, expected) if len(broken) <= _MOST_TURNED else (),
                _of_backups(number, backups),
            )
            found = next((item for item in candidates if len(item[1]) == PAGE and sums_of(item[1]) in expected), None)
            if found is None:
                result.left.append(number)
            else:
                good[number] = found[1]
                result.pages.setdefault(found[0], []).append(number)
        _write(path, good)
        for number, content in good.items():
            sums.put(number, content)
    sums.sync()
    return result


def has_turned(path: Path, number: int, sums: PageSums) -> bool:
    """Whether one bit of a page turned, and nothing else."""
    expected = sums.expected(number)
    return any(sums_of(content) in expected for _, content in _turned(_read(path, number), expected))


def _turned(content: bytes, expected: Sequence[Sums]) -> Iterator[tuple[str, bytes]]:
    """The page with one bit turned back, if that gives an expected CRC."""
    if len(content) < PAGE:
        return
    crcs = {crc for crc, _ in expected}
    page = bytearray(content)
    for place in range(PAGE):
        for bit in range(_BITS):
            page[place] ^= 1 << bit
            if zlib.crc32(page) in crcs:
                yield "the turned bit", bytes(page)
            page[place] ^= 1 << bit


def _of_backups(number: int, backups: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for backup in backups:
        try:
            yield f"the backup {backup}", _read(backup, number)
        except OSError:
            continue


def _read(path: Path, number: int) -> bytes:
    with path.open("rb") as file:
        file.seek((number - 1) * PAGE)
        return file.read(PAGE)


def _write(path: Path, pages: Mapping[int, bytes]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        for number, content in pages.items():
            os.pwrite(descriptor, content, (number - 1) * PAGE)
    finally:
        os.close(descriptor)
    sync_file(path)


def _logged(path: Path) -> set[int]:
    log = path.with_name(f"{path.name}-wal")
    return {frame.page for frame in committed(log.read_bytes())} if log.exists() else set()
