"""Opening a file: made whole or not at all, its pages proved, upgraded after a backup, and set aside if damaged."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import apsw
import structlog

from collector.errors import CannotStart, CollectorError, QueueFileTooNew, StorageDamaged
from collector.host import alone_in, sync_folder
from collector.storage.file.commit_mark import acknowledged
from collector.storage.file.file_kind import FileKind
from collector.storage.file.file_texts import file_text
from collector.storage.file.making import BUSY_MS, configure, make, new_name, note_name, open_to_write, remove_file
from collector.storage.file.page_sums import sums_paths
from collector.storage.file.pages_trusted import LOOKED_THROUGH, trust_pages
from collector.storage.file.replacing import replace
from collector.storage.file.salvage import Salvaged
from collector.storage.file.salvage_note import noted_salvage
from collector.storage.file.sql import close, in_our_words, pragma, roll_back, rows, value
from collector.storage.file.summed_disk import connect

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection that may write. `salvaged` says what was lost if the file had to be replaced, now or when a start
    was broken off before that was recorded; `mended` what was put right without a loss, in one sentence."""

    connection: apsw.Connection
    created: bool
    salvaged: Salvaged | None
    mended: str = ""


def open_file(path: Path, kind: FileKind, clock_ns: Callable[[], int], vfs: str | None) -> Opened:
    """Open `path` for writing, making it if it is missing.

    Raises:
        QueueFileTooNew: a newer version of Tundish wrote it; the file is untouched.
        CannotStart: it is another program's file, or it cannot be made or read.
    """
    try:
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(path.parent.parent)
        with alone_in(path.parent):
            return _opened(path, kind, clock_ns, vfs)
    except (apsw.Error, OSError) as error:
        raise cannot_open(path, error) from error


def _opened(path: Path, kind: FileKind, clock_ns: Callable[[], int], vfs: str | None) -> Opened:
    if not path.exists():
        make(path, kind, vfs)
        return Opened(open_to_write(path, vfs), created=True, salvaged=None)
    try:
        if path.stat().st_size == 0:
            # SQLite would take it for a new file, and throw the log beside it away.
            raise apsw.NotADBError("the file is empty")
        trust = trust_pages(path, kind, clock_ns(), whole=note_name(path).exists())
        if trust.proved and trust.told:
            note_name(path).unlink(missing_ok=True)
        try:
            connection = _checked(path, kind, vfs, proved=trust.proved)
        except (apsw.CorruptError, UnicodeDecodeError):
            if trust.whole:
                raise
            trust = trust_pages(path, kind, clock_ns(), whole=True)
            connection = _checked(path, kind, vfs, proved=trust.proved)
    except (apsw.CorruptError, apsw.NotADBError, UnicodeDecodeError) as error:
        connection, salvaged = replace(path, kind, clock_ns(), vfs, str(error))
        return Opened(connection, created=False, salvaged=salvaged)
    return Opened(connection, created=False, salvaged=noted_salvage(path), mended=trust.told)


def cannot_open(path: Path, error: Exception) -> CannotStart:
    """The disk or the system is in the way."""
    return CannotStart(file_text("cannot_open", file=path, error=str(error)))


def failure_in_use(path: Path, error: apsw.Error | UnicodeDecodeError) -> CollectorError:
    """What a failure means for the caller. Damage is noted beside the file, so that the next start sets it aside.

    For not all damage that shows in use is found by the check at the start.
    """
    failure = in_our_words(path, error)
    if isinstance(failure, StorageDamaged):
        with contextlib.suppress(OSError):
            note_name(path).write_text(str(error), encoding="utf-8")
    return failure


def _noted_damage(path: Path) -> str:
    note = note_name(path)
    return note.read_text(encoding="utf-8", errors="replace") or "damaged" if note.exists() else ""


def _checked(path: Path, kind: FileKind, vfs: str | None, *, proved: bool) -> apsw.Connection:
    """`proved`: every page is as it was written. Raises apsw.CorruptError or apsw.NotADBError if it is damaged."""
    connection = connect(path, apsw.SQLITE_OPEN_READWRITE, vfs)
    try:
        connection.set_busy_timeout(BUSY_MS)
        # A damaged file is evidence: closing it must not play its log into it.
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        check_mark(connection, path, kind)
        finding = _noted_damage(path) or ("ok" if proved else _looked_through(connection, path, kind))
        if finding != "ok":
            raise apsw.CorruptError(finding)
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)
        configure(connection)
        _migrate(connection, path, kind, vfs)
        odd = _odd_table(connection, kind)
        if odd is not None:
            raise apsw.CorruptError(f"the columns of table {odd} are not what they should be")
    except BaseException:
        close(connection)  # what was found counts, and not what closing adds to it
        raise
    return connection


def _looked_through(connection: apsw.Connection, path: Path, kind: FileKind) -> str:
    """What SQLite finds wrong in how the file is built; "ok": nothing. Of a large one, without what is read in turn."""
    parts = [""]
    if kind.read_in_turn and path.stat().st_size > LOOKED_THROUGH:
        parts = ["sqlite_schema", *(table for table in kind.tables if table not in kind.read_in_turn)]
    found = (str(value(connection, f"PRAGMA quick_check({part or 1})")) for part in parts)
    return next((finding for finding in found if finding != "ok"), "ok")


def check_mark(connection: apsw.Connection, path: Path, kind: FileKind) -> None:
    """Whether the file is of this kind, and of a version that this one can read.

    Raises CannotStart for another program's file, QueueFileTooNew for a newer version's, and apsw.CorruptError where a
    mark or version cannot be what was written: no two versions have the same tables.
    """
    found, version = pragma(connection, "application_id"), pragma(connection, "user_version")
    if (found, version) != (kind.application_id, kind.version):
        if _odd_table(connection, kind) is None:
            raise apsw.CorruptError(f"its tables are those of version {kind.version}, its mark is {found:x} {version}")
        if found != kind.application_id:
            raise CannotStart(f"{path} is not {kind.what} of Tundish: move it away, or set another data_dir")
        if version > kind.version:
            raise QueueFileTooNew(file_text("newer_version", file=path, version=version, known=kind.version))
    if kind.summed_since is not None and version >= kind.summed_since and not any(map(Path.exists, sums_paths(path))):
        raise apsw.CorruptError("its checksums are missing")


def check_readable(connection: apsw.Connection, path: Path, kind: FileKind) -> None:
    """As `check_mark`, for who reads beside a service or without one.

    Raises apsw.CorruptError also where commits that were acknowledged are not in the file.
    """
    # In this order: a commit that comes in between is no loss.
    mark = acknowledged(path)
    check_mark(connection, path, kind)
    if kind.summed_since is not None and pragma(connection, "user_version") >= kind.summed_since:
        have = int(value(connection, "SELECT number FROM meta WHERE key = 'commits'") or 0)
        if have < mark.number:
            raise apsw.CorruptError(f"its last {mark.number - have} changes are lost")


def _odd_table(connection: apsw.Connection, kind: FileKind) -> str | None:
    """A table that is not what it should be: `quick_check` does not look at names."""
    sound = apsw.Connection(":memory:")
    try:
        sound.execute(kind.schema)
        for table in kind.tables:
            should, have = (
                {str(row[1]) for row in rows(where, f"PRAGMA table_info({table})")} for where in (sound, connection)
            )
            if should != have:
                return table
        return None
    finally:
        sound.close()


def _migrate(connection: apsw.Connection, path: Path, kind: FileKind, vfs: str | None) -> None:
    version = pragma(connection, "user_version")
    if version == kind.version:
        return
    if version not in kind.migrations:
        raise apsw.CorruptError(f"its version number is {version}, which there never was")
    backup = _back_up(connection, path, version, vfs)
    steps = "; ".join(kind.migrations[step] for step in range(version, kind.version))
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"{steps}; PRAGMA user_version = {kind.version}")
        connection.execute("COMMIT")
    except apsw.SQLError as error:
        roll_back(connection)
        raise apsw.CorruptError(f"its tables are not those of its version {version}: {error}") from error
    except BaseException:
        roll_back(connection)
        raise
    log.info("file_upgraded", file=str(path), from_version=version, to_version=kind.version, backup=str(backup))


def _back_up(connection: apsw.Connection, path: Path, version: int, vfs: str | None) -> Path:
    backup = path.with_name(f"{path.name}.v{version}.bak")
    draft = new_name(backup)
    remove_file(draft)
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
