"""Opening a file: made whole or not at all, checked, upgraded after a backup, and set aside if it is damaged."""

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw
import structlog

from collector.errors import CannotStart, CollectorError, QueueFileTooNew, StorageDamaged
from collector.host import sync_file, sync_folder
from collector.storage.file.file_kind import FileKind
from collector.storage.file.file_texts import file_text
from collector.storage.file.salvage import Salvaged, salvage
from collector.storage.file.sql import in_our_words, pragma, roll_back, rows, value

log = structlog.get_logger(__name__)

BUSY_MS = 30_000
"""How long a transaction waits for another program (`tundish quarantine`) to end its own."""

_PAGE_BYTES = 4096
"""The block of the common file systems: a page is written whole or not at all, as far as the disk promises that."""

_WAL_LIMIT_BYTES = 16 * 1024 * 1024
"""A log that a long reader let grow is cut back to this. A checkpoint every 1,000 pages keeps it at 4 MB otherwise."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection that may write. `salvaged` says what was lost if the file had to be replaced."""

    connection: apsw.Connection
    created: bool
    salvaged: Salvaged | None


def open_file(path: Path, kind: FileKind, clock_ns: Callable[[], int], vfs: str | None) -> Opened:
    """Open `path` for writing, making it if it is missing.

    Raises:
        QueueFileTooNew: a newer version of Tundish wrote it; the file is untouched.
        CannotStart: it is another program's file, or it cannot be made or read.
    """
    try:
        if not path.parent.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(path.parent.parent)
        if not path.exists():
            _make(path, kind, vfs)
            return Opened(_connect(path, vfs), created=True, salvaged=None)
        try:
            connection = _checked(path, kind, vfs)
        except (apsw.CorruptError, apsw.NotADBError, UnicodeDecodeError) as error:
            return Opened(*_replace(path, kind, clock_ns, vfs, str(error)))
        return Opened(connection, created=False, salvaged=None)
    except (apsw.Error, OSError) as error:
        raise cannot_open(path, error) from error


def cannot_open(path: Path, error: Exception) -> CannotStart:
    """The disk or the system is in the way."""
    return CannotStart(file_text("cannot_open", file=path, error=str(error)))


def _make(path: Path, kind: FileKind, vfs: str | None) -> None:
    """Made under another name and renamed when synced, so a half-made file never stands under the real one."""
    fresh = _fresh(path, kind, vfs)
    fresh.close()
    _put_in_place(path)


def _fresh(path: Path, kind: FileKind, vfs: str | None) -> apsw.Connection:
    new = _new_name(path)
    _remove(new)
    connection = apsw.Connection(str(new), vfs=vfs)
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}; PRAGMA auto_vacuum = INCREMENTAL")
    _configure(connection)
    connection.execute(
        f"BEGIN; {kind.schema}; PRAGMA application_id = {kind.application_id}; "
        f"PRAGMA user_version = {kind.version}; COMMIT"
    )
    return connection


def _put_in_place(path: Path) -> None:
    # A log of the old file must be gone before, for SQLite would play it into the new one.
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    sync_folder(path.parent)
    _new_name(path).replace(path)
    _note_name(path).unlink(missing_ok=True)
    sync_folder(path.parent)


def failure_in_use(path: Path, error: apsw.Error | UnicodeDecodeError) -> CollectorError:
    """What a failure means for the caller. Damage is noted beside the file, so that the next start sets it aside.

    For not all damage that shows in use is found by the check at the start.
    """
    failure = in_our_words(path, error)
    if isinstance(failure, StorageDamaged):
        with contextlib.suppress(OSError):
            _note_name(path).write_text(str(error), encoding="utf-8")
    return failure


def _noted_damage(path: Path) -> str:
    note = _note_name(path)
    return note.read_text(encoding="utf-8", errors="replace") or "damaged" if note.exists() else ""


def _note_name(path: Path) -> Path:
    return path.with_name(f"{path.name}.damaged")


def _new_name(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _connect(path: Path, vfs: str | None) -> apsw.Connection:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=vfs)
    _configure(connection)
    return connection


def _configure(connection: apsw.Connection) -> None:
    connection.set_busy_timeout(BUSY_MS)
    for setting in (
        "journal_mode = WAL",
        # Not NORMAL, which in WAL mode syncs at checkpoints only: what was acknowledged since could be lost.
        "synchronous = FULL",
        f"journal_size_limit = {_WAL_LIMIT_BYTES}",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def _checked(path: Path, kind: FileKind, vfs: str | None) -> apsw.Connection:
    """Raises apsw.CorruptError or apsw.NotADBError if the file cannot be trusted."""
    if path.stat().st_size == 0:
        # SQLite would take it for a new file, and throw the log beside it away.
        raise apsw.NotADBError("the file is empty")
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=vfs)
    try:
        connection.set_busy_timeout(BUSY_MS)
        # A damaged file is evidence: closing it must not play its log into it.
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        check_mark(connection, path, kind)
        finding = _noted_damage(path) or str(value(connection, "PRAGMA quick_check(1)"))
        if finding != "ok":
            raise apsw.CorruptError(finding)
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)
        _configure(connection)
        _migrate(connection, path, kind, vfs)
        _check_tables(connection, kind)
    except BaseException:
        connection.close()
        raise
    return connection


def check_mark(connection: apsw.Connection, path: Path, kind: FileKind) -> None:
    """Raises CannotStart for another program's file, QueueFileTooNew for a newer version's."""
    found, version = pragma(connection, "application_id"), pragma(connection, "user_version")
    if found != kind.application_id:
        raise CannotStart(f"{path} is not {kind.what} of Tundish: move it away, or set another data_dir")
    if version > kind.version:
        raise QueueFileTooNew(file_text("newer_version", file=path, version=version, known=kind.version))


def _check_tables(connection: apsw.Connection, kind: FileKind) -> None:
    """Raises apsw.CorruptError if a table is not what it should be: `quick_check` does not look at names."""
    sound = apsw.Connection(":memory:")
    sound.execute(kind.schema)
    for table in kind.tables:
        should, have = (
            {str(row[1]) for row in rows(where, f"PRAGMA table_info({table})")} for where in (sound, connection)
        )
        if should != have:
            raise apsw.CorruptError(f"the columns of table {table} are not what they should be")
    sound.close()


def _migrate(connection: apsw.Connection, path: Path, kind: FileKind, vfs: str | None) -> None:
    version = pragma(connection, "user_version")
    if version == kind.version:
        return
    backup = _back_up(connection, path, version, vfs)
    steps = "; ".join(kind.migrations[step] for step in range(version, kind.version))
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"{steps}; PRAGMA user_version = {kind.version}")
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise
    log.info("file_upgraded", file=str(path), from_version=version, to_version=kind.version, backup=str(backup))


def _back_up(connection: apsw.Connection, path: Path, version: int, vfs: str | None) -> Path:
    backup = path.with_name(f"{path.name}.v{version}.bak")
    draft = _new_name(backup)
    _remove(draft)
    copy = apsw.Connection(str(draft), vfs=vfs)
    copy.execute("PRAGMA synchronous = FULL")
    with copy.backup("main", connection, "main") as step:
        step.step()
    # The copy took over the mark of WAL; a backup is to be one file.
    copy.execute("PRAGMA journal_mode = DELETE")
    copy.close()
    draft.replace(backup)
    sync_folder(path.parent)
    return backup


def _replace(
    path: Path, kind: FileKind, clock_ns: Callable[[], int], vfs: str | None, finding: str
) -> tuple[apsw.Connection, bool, Salvaged]:
    aside = _copy_aside(path, clock_ns())
    try:
        fresh = _fresh(path, kind, vfs)
        try:
            found = salvage(aside, fresh, kind.tables, finding, vfs)
        finally:
            fresh.close()
    except BaseException:
        # The damaged file still stands under its own name: a copy at each try would fill the disk.
        _remove(aside)
        _remove(_new_name(path))
        raise
    _put_in_place(path)
    log.warning(
        "file_damaged",
        file=str(path),
        error=finding,
        set_aside=str(aside),
        rows_saved=sum(part.rows for part in found.parts.values()),
        tables_with_losses=sorted(name for name, part in found.parts.items() if part.damaged),
    )
    return _connect(path, vfs), False, found


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
    try:
        os.link(path, aside)
    except OSError:  # not every file system has links
        shutil.copyfile(path, aside)
        sync_file(aside)
    sync_folder(path.parent)
    return aside
