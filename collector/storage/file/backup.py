"""Copies of journal, ledger and users while the service runs, and bringing them back.

The journal is copied first. The ledger may then know of entries that the copied journal lacks, and the journal takes
up its numbers after them when it is opened; the other way round, rows that both readers passed in between would be
in neither file.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import apsw

from collector.access.access_store import end_sessions
from collector.access.schema import ACCESS
from collector.errors import BackupFailed
from collector.group import sent_mark
from collector.storage.file.commit_mark import mark_path
from collector.storage.file.known_backups import remember
from collector.storage.file.page_sums import PageSums, remove_sums, sums_paths
from collector.storage.file.sql import FILE_ERRORS
from collector.storage.file.summed_disk import connect
from collector.storage.journal.schema import JOURNAL
from collector.storage.ledger.schema import LEDGER

FILES = (JOURNAL.name, LEDGER.name, ACCESS.name)
MANIFEST = "backup.json"
PAGES_A_STEP = 2000
"""8 MB: the writer of the service waits for no longer than it takes to read that."""

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """One file of a backup."""

    name: str
    size: int


def back_up(data: Path, to: Path, progress: Progress = lambda _name, _share: None) -> list[Copied]:
    """Copy the files of a data folder into a new folder, each checked; `progress` gets name and share copied.

    Raises:
        BackupFailed: the target exists with something in it, or a file cannot be read, written or is damaged.
    """
    if to.exists() and any(to.iterdir()):
        raise BackupFailed(f"{to} is not empty; name a folder that is not there yet")
    to.mkdir(parents=True, exist_ok=True)
    to.chmod(0o700)
    there = [name for name in FILES if (data / name).is_file()]
    if not there:
        raise BackupFailed(f"{data} holds none of {', '.join(FILES)}; check data_dir")
    copied = []
    for name in there:
        _copy(data / name, to / name, partial(progress, name))
        copied.append(Copied(name, (to / name).stat().st_size))
    manifest = {"made": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "files": {file.name: file.size for file in copied}}
    remember(data, to)
    (to / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return copied


def restore(backup: Path, data: Path) -> list[Copied]:
    """Bring a backup into a data folder that holds no files yet. Sessions of the desk are not brought back.

    Raises:
        BackupFailed: the backup is not whole or damaged, or the data folder holds files.
    """
    try:
        files = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupFailed(f"{backup} is no whole backup: {MANIFEST} cannot be read; take another one") from error
    taken = [name for name in FILES if (data / name).exists() or (data / f"{name}-wal").exists()]
    if taken:
        raise BackupFailed(f"{data} holds {' and '.join(taken)}; end the service and move them away first")
    data.mkdir(parents=True, exist_ok=True)
    # What the group has of a ledger that stood here before says nothing of this one: it gets the whole image anew.
    (data / sent_mark.FILE).unlink(missing_ok=True)
    for name in (name for name in FILES if name in files):
        _checked(backup / name)
    restored = []
    for name in (name for name in FILES if name in files):
        # Those of a file that stood here before say nothing of this one.
        mark_path(data / name).unlink(missing_ok=True)
        remove_sums(data / name)
        for file, brought in zip(sums_paths(backup / name), sums_paths(data / name), strict=True):
            if file.exists():
                shutil.copyfile(file, brought)
        part = data / f"{name}.restored"
        shutil.copyfile(backup / name, part)
        if name == ACCESS.name:
            # Whoever was signed in then may have been signed out since, or be somebody who left.
            end_sessions(part)
        part.replace(data / name)
        restored.append(Copied(name, (data / name).stat().st_size))
    return restored


def _copy(source: Path, target: Path, progress: Callable[[float], None]) -> None:
    try:
        reader = connect(source, apsw.SQLITE_OPEN_READONLY)
        if any(map(Path.exists, sums_paths(source))):
            PageSums.make(target).close()
        writer = connect(target, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
        try:
            reader.set_busy_timeout(10_000)
            # One snapshot: without it, every commit of the service would start the copy anew.
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_master").fetchall()
            with writer.backup("main", reader, "main") as copy:
                while not copy.done:
                    copy.step(PAGES_A_STEP)
                    total = copy.page_count or 1
                    progress(1 - copy.remaining / total)
            reader.execute("COMMIT")
            # The copy is one file, without a log beside it.
            writer.execute("PRAGMA journal_mode=DELETE").fetchall()
        finally:
            writer.close()
            reader.close()
    except FILE_ERRORS as error:
        target.unlink(missing_ok=True)
        remove_sums(target)
        raise BackupFailed(f"{source} could not be copied to {target}: {error}; check both disks") from error
    _checked(target)


def _checked(file: Path) -> None:
    try:
        connection = connect(file, apsw.SQLITE_OPEN_READONLY)
        try:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(1)")]
        finally:
            connection.close()
    except FILE_ERRORS as error:
        raise BackupFailed(f"{file} cannot be read: {error}; take another backup") from error
    if found != ["ok"]:
        raise BackupFailed(f"{file} is damaged ({found[0]}); take another backup")
