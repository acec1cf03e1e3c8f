"""Before a file is opened for writing: its pages are as they were written, or rebuilt, or it is damaged."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw
import structlog

from collector.storage.file.file_kind import FileKind
from collector.storage.file.known_backups import known_backups
from collector.storage.file.page_repair import Rebuilt, broken_pages, has_turned, rebuild
from collector.storage.file.page_sums import PageSums, heal, move_sums, sum_up, sums_paths

log = structlog.get_logger(__name__)

_NAMED = 20
"""Page numbers that a sentence names at most."""


LOOKED_THROUGH = 128 * 2**20
"""Bytes of a file that a start looks through, for its first poll waits: 0.1 s of CPU, and a second of a slow disk. The
rest is proved as it is read, and by the service within a day."""


@dataclass(frozen=True, slots=True)
class Trust:
    """`proved`: no page that was looked at is other than its checksum says. `whole`: every page was looked at.

    `told`: what was mended, in one sentence; "" if nothing was.
    """

    proved: bool = False
    told: str = ""
    whole: bool = True


def trust_pages(path: Path, kind: FileKind, now_ns: int, *, whole: bool) -> Trust:
    """See to the checksums of a file that is there. `whole`: look at every page, however large it is.

    Raises apsw.CorruptError if pages are broken that nothing tells the content of.
    """
    if kind.summed_since is None:
        return Trust()
    finish_move(path)
    had_sums, version = heal(path), _version(path)
    if not had_sums:
        sum_up(path)
        if version < kind.summed_since:
            return Trust()
        told = "its checksums were missing: it is taken as it is, and what turned before is not found by them"
        log.warning("checksums_missing", file=str(path), next="see `tundish status` for what else was found")
        return Trust(told=told)
    sums = PageSums.open(path)
    if sums is None:
        raise apsw.CorruptError("its checksums cannot be read")
    try:
        shares = 1 if whole else -(-path.stat().st_size // LOOKED_THROUGH)
        with path.open("rb") as file:
            # The end of a file has what was written last.
            broken = broken_pages(path, file, sums, shares - 1, shares)
            if not broken and shares > 1 and version >= kind.summed_since:
                return Trust(proved=True, whole=False)
            broken = broken_pages(path, file, sums) if shares > 1 else broken
        if version < kind.summed_since and broken[:1] == [1] and len(broken) > 1 and not has_turned(path, 1, sums):
            # A file of an older version, put back by a person: the sums are those of the file that stood here before.
            sum_up(path)
            return Trust()
        return Trust(proved=True, told=_mended(path, sums, broken, now_ns) if broken else "")
    finally:
        sums.close()


def finish_move(path: Path) -> None:
    """A file was put in place, and the machine stopped before its checksums followed."""
    new = path.with_name(f"{path.name}.new")
    if path.exists() and not new.exists() and any(file.exists() for file in sums_paths(new)):
        move_sums(new, path)


def pages_text(pages: list[int]) -> str:
    """Page numbers in words."""
    shown = ", ".join(str(page) for page in pages[:_NAMED])
    rest = f" and {len(pages) - _NAMED} more" if len(pages) > _NAMED else ""
    return f"{'page' if len(pages) == 1 else 'pages'} {shown}{rest}"


def _mended(path: Path, sums: PageSums, broken: list[int], now_ns: int) -> str:
    stamp = datetime.fromtimestamp(now_ns // 1_000_000_000, UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.name}.broken-pages-{stamp}")
    found = rebuild(path, sums, broken, known_backups(path), aside)
    if found.pages:
        log.warning(
            "pages_rebuilt",
            file=str(path),
            pages={origin: pages_text(pages) for origin, pages in found.pages.items()},
            set_aside=str(aside),
        )
    if found.left:
        raise apsw.CorruptError(f"{pages_text(found.left)} not as written")
    return _told(found)


def _told(found: Rebuilt) -> str:
    origins = "; ".join(f"{pages_text(pages)} from {origin}" for origin, pages in found.pages.items())
    kept = "" if found.aside is None else f"; the broken ones are kept in {found.aside.name}"
    return f"rebuilt bit for bit: {origins}{kept}"


def _version(path: Path) -> int:
    with path.open("rb") as file:
        return int.from_bytes(file.read(64)[60:], "big")
