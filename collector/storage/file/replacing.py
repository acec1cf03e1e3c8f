"""A damaged file is set aside, and replaced by a new one with what can be read of it."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import apsw
import structlog

from collector.host import sync_file, sync_folder
from collector.storage.file.file_kind import FileKind
from collector.storage.file.making import fresh, new_name, open_to_write, put_in_place, remove_file
from collector.storage.file.page_sums import sums_paths
from collector.storage.file.salvage import ALL_LOST, Part, Salvaged, salvage
from collector.storage.file.salvage_note import note_salvage, noted_salvage

log = structlog.get_logger(__name__)


def replace(path: Path, kind: FileKind, now_ns: int, vfs: str | None, finding: str) -> tuple[apsw.Connection, Salvaged]:
    """The new file, and what came of each table of the old one. Where that fails, the old one stands as it was."""
    aside = _copy_aside(path, now_ns)
    try:
        new = fresh(path, kind, vfs)
        try:
            found = Salvaged(finding, aside, now_ns, {table: Part(holes=[ALL_LOST]) for table in kind.tables})
            salvage(found, new, vfs)
        finally:
            new.close()
        before = noted_salvage(path)
        for name, part in before.parts.items() if before is not None else ():
            found.parts[name].holes[:0] = part.holes  # damaged again before the file itself said so
        note_salvage(path, found)
    except BaseException:
        # The damaged file still stands under its own name: a copy at each try would fill the disk.
        remove_file(aside)
        remove_file(new_name(path))
        raise
    put_in_place(path)
    log.warning(
        "file_damaged",
        file=str(path),
        error=finding,
        set_aside=str(aside),
        rows_saved=sum(part.rows for part in found.parts.values()),
        tables_with_losses=sorted(name for name, part in found.parts.items() if part.damaged),
    )
    return open_to_write(path, vfs), found


def _copy_aside(path: Path, now_ns: int) -> Path:
    """The damaged file under a dated name, with its log. It also stays where it is, until the new one replaces it."""
    stamp = datetime.fromtimestamp(now_ns // 1_000_000_000, UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.name}.corrupt-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.corrupt-{stamp}-{number}")
    log_file = Path(f"{path}-wal")
    if log_file.exists():
        shutil.copyfile(log_file, f"{aside}-wal")
        sync_file(Path(f"{aside}-wal"))
    for file, kept in zip(sums_paths(path), sums_paths(aside), strict=True):
        if file.exists():
            shutil.copyfile(file, kept)
    try:
        os.link(path, aside)
    except OSError:  # not every file system has links
        shutil.copyfile(path, aside)
        sync_file(aside)
    sync_folder(path.parent)
    return aside
