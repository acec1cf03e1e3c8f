"""Making a file whole, and connections to one that may write."""

from pathlib import Path

import apsw

from collector.host import sync_folder
from collector.storage.file.file_kind import FileKind
from collector.storage.file.page_sums import PageSums, move_sums, remove_sums
from collector.storage.file.summed_disk import connect

BUSY_MS = 30_000
"""How long a transaction waits for another program (`tundish quarantine`) to end its own."""

_PAGE_BYTES = 4096
"""The block of the common file systems: a page is written whole or not at all, as far as the disk promises that."""

_WAL_LIMIT_BYTES = 16 * 1024 * 1024
"""A log that a long reader let grow is cut back to this. A checkpoint every 1,000 pages keeps it at 4 MB otherwise."""


def make(path: Path, kind: FileKind, vfs: str | None) -> None:
    """Made under another name and renamed when synced, so a half-made file never stands under the real one."""
    fresh(path, kind, vfs).close()
    put_in_place(path)


def fresh(path: Path, kind: FileKind, vfs: str | None) -> apsw.Connection:
    """An empty file under the name of a new one; `put_in_place` gives it its own."""
    new = new_name(path)
    remove_file(new)
    if kind.summed_since is not None:
        PageSums.make(new).close()
    connection = connect(new, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE, vfs)
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}; PRAGMA auto_vacuum = INCREMENTAL")
    new.chmod(0o600)  # before there is anything in it; the log beside it takes the same
    configure(connection)
    connection.execute(
        f"BEGIN; {kind.schema}; PRAGMA application_id = {kind.application_id}; "
        f"PRAGMA user_version = {kind.version}; COMMIT"
    )
    return connection


def put_in_place(path: Path) -> None:
    """Give a new file its name, in the place of the old one."""
    # A log of the old file must be gone before, for SQLite would play it into the new one.
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    sync_folder(path.parent)
    new_name(path).replace(path)
    move_sums(new_name(path), path)  # if the machine stops in between, the next start does it
    note_name(path).unlink(missing_ok=True)
    sync_folder(path.parent)


def new_name(path: Path) -> Path:
    """What a file is called while it is made."""
    return path.with_name(f"{path.name}.new")


def remove_file(path: Path) -> None:
    """A file with all that stands beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    remove_sums(path)


def open_to_write(path: Path, vfs: str | None) -> apsw.Connection:
    """A connection that may write, set up."""
    connection = connect(path, apsw.SQLITE_OPEN_READWRITE, vfs)
    configure(connection)
    return connection


def configure(connection: apsw.Connection) -> None:
    """How a writer goes about the log and its syncs."""
    connection.set_busy_timeout(BUSY_MS)
    for setting in (
        "journal_mode = WAL",
        # Not NORMAL, which in WAL mode syncs at checkpoints only: what was acknowledged since could be lost.
        "synchronous = FULL",
        f"journal_size_limit = {_WAL_LIMIT_BYTES}",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def note_name(path: Path) -> Path:
    """Where damage that showed in use is noted."""
    return path.with_name(f"{path.name}.damaged")
