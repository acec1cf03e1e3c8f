"""A file of the data folder in use: one thread that writes, any number of short reads, and what is synced when.

What is on the disk, and when:
- A new file is built under `<name>.new`, synced, renamed, and the folder is synced: it exists whole or not at all.
- A commit appends its pages to `<name>-wal` and syncs that (`journal_mode=WAL, synchronous=FULL`) before COMMIT
  returns; only then are the callers told. The first sync of a new log syncs the folder too. After a power cut SQLite
  plays the log up to the last whole commit: each page there carries a checksum, so a torn tail is dropped.
- Every 1,000 pages SQLite copies the log into the file (a checkpoint, in the writing thread): log synced, pages
  written, file synced, and only then is the log used from its start again.
- Closing does a last checkpoint and removes the log.
- Damage that shows in use is noted in `<name>.damaged`: the next start rebuilds it, or sets the file aside and saves
  its rows.
- Beside it stand the checksums of its pages (`page_sums`) and how many commits were acknowledged (`commit_mark`).
"""

import contextlib
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import apsw

from collector.errors import StorageDamaged, StorageFull
from collector.storage.file.commit_mark import Acknowledged, Commits, acknowledged
from collector.storage.file.file_kind import FileKind
from collector.storage.file.making import BUSY_MS
from collector.storage.file.opening import cannot_open, check_readable, failure_in_use, open_file
from collector.storage.file.page_repair import broken_pages
from collector.storage.file.page_sums import PageSums
from collector.storage.file.pages_trusted import pages_text
from collector.storage.file.salvage_note import forget_salvage
from collector.storage.file.sql import FILE_ERRORS, close, roll_back
from collector.storage.file.summed_disk import connect
from collector.storage.file.writer_thread import WriterThread

if TYPE_CHECKING:
    import asyncio

    from collector.storage.file.salvage import Salvaged

Result = TypeVar("Result")

READERS_END_WITHIN_S = 5.0
"""A read takes milliseconds, one over ten years of figures a second; a stop has ten seconds in all."""


class SqliteFile:
    """One file with its writer. Everything that touches SQLite runs in the writing thread or in a reader's own."""

    def __init__(self, path: Path, kind: FileKind, clock_ns: Callable[[], int], vfs: str | None = None) -> None:
        """Open or make the file; blocks. Raises CannotStart or QueueFileTooNew (see `open_file`)."""
        self.path = path
        self._vfs = vfs
        opened = open_file(path, kind, clock_ns, vfs)
        self.created: bool = opened.created
        self.salvaged: Salvaged | None = opened.salvaged
        self.mended: str = opened.mended
        self._commits = Commits(path, kind, clock_ns)
        self.acknowledged: Acknowledged = acknowledged(path)
        self._connection = opened.connection
        self._writer: WriterThread | None = None
        self._looked_at: BinaryIO | None = None
        self._readers: queue.SimpleQueue[apsw.Connection] = queue.SimpleQueue()
        self._reading = 0
        self._closing = False
        self.left_open = False
        self._changed = threading.Condition()

    def set_up(self, call: Callable[[apsw.Connection], Result]) -> Result:
        """One transaction before the writing thread starts. Blocks.

        Raises CannotStart if it cannot be stored, and StorageDamaged where the file turns out to be broken: opening it
        anew puts that right.
        """
        if self._writer is not None:
            raise RuntimeError(f"{self.path} is in use already")
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            result = call(connection)
            connection.execute("COMMIT")
        except FILE_ERRORS as error:
            roll_back(connection)
            failure = failure_in_use(self.path, error)
            raise failure if isinstance(failure, StorageDamaged) else cannot_open(self.path, error) from error
        except BaseException:
            roll_back(connection)
            raise
        return result

    def losses_recorded(self) -> None:
        """What `salvaged` says stands in the file itself, in a transaction that is synced."""
        forget_salvage(self.path)

    def start(self) -> None:
        """Hand the connection to the writing thread."""
        self._writer = WriterThread(self.path, self._connection, self._commits)

    def submit(
        self, call: Callable[[apsw.Connection], Result], then: Callable[[Result], None] | None = None
    ) -> "asyncio.Future[Result]":
        """Run `call` in the writing thread; resolved after the sync. See `WriterThread.submit`."""
        if self._writer is None:
            raise RuntimeError(f"{self.path} is not started")
        return self._writer.submit(call, then)

    def read(self, call: Callable[[apsw.Connection], Result]) -> Result:
        """One short read transaction on a connection that cannot write. Blocks: call in a thread.

        Raises StorageDamaged if the file turns out to be broken, and StorageFull where the system does not give it, or
        where the file is being closed.
        """
        connection: apsw.Connection | None = None
        with self._changed:
            if self._closing:
                raise StorageFull(f"{self.path} is being closed; ask again when the collector runs")
            self._reading += 1
        try:
            try:
                connection = self._readers.get_nowait()
            except queue.Empty:
                connection = open_reader(self.path, self._vfs)
            connection.execute("BEGIN")
            result = call(connection)
            connection.execute("COMMIT")
            return result
        except FILE_ERRORS as error:
            raise failure_in_use(self.path, error) from error
        finally:
            if connection is not None:
                roll_back(connection)
                # Kept for the next reader: opening one reads the schema, which costs more than most of our questions.
                self._readers.put(connection)
            with self._changed:
                self._reading -= 1
                self._changed.notify_all()

    def check_pages(self, share: int, shares: int) -> None:
        """Look at a share of the file's pages, as they are on the disk. Blocks: call in a thread, one at a time.

        Raises StorageDamaged if one is not as it was written.
        """
        sums = PageSums.open(self.path)
        if sums is None:
            raise failure_in_use(self.path, apsw.CorruptError("its checksums are missing"))
        try:
            if self._looked_at is None:
                self._looked_at = self.path.open("rb")
            found = broken_pages(self.path, self._looked_at, sums, share, shares)
        except OSError as error:
            raise failure_in_use(self.path, apsw.IOError(str(error))) from error
        finally:
            sums.close()
        if found:
            raise failure_in_use(self.path, apsw.CorruptError(f"{pages_text(found)} not as written"))

    def close(self) -> None:
        """Commit what waits, checkpoint, close. Blocks.

        If a reader does not end, `left_open` says so: its connection stays, and this process must not open the file
        again. POSIX gives up all locks of a process on a file when the process closes any descriptor of it; SQLite
        allows for that within its own connections, and takes the locks of the one that stayed for its own. With none,
        another program would remove the log under us.
        """
        with self._changed:
            self._closing = True
            self.left_open = not self._changed.wait_for(lambda: not self._reading, READERS_END_WITHIN_S)
        # Readers first: the last checkpoint removes the log only if nobody else has the file open.
        with contextlib.suppress(queue.Empty):
            while True:
                close(self._readers.get_nowait())
        if self._writer is None:
            close(self._connection)
        else:
            self._writer.close()
        self._commits.mark.close()
        if self._looked_at is not None:
            self._looked_at.close()


def open_reader(path: Path, vfs: str | None = None) -> apsw.Connection:
    """A connection that cannot write, from this or another process."""
    connection = connect(path, apsw.SQLITE_OPEN_READONLY, vfs)
    connection.set_busy_timeout(BUSY_MS)
    connection.execute("PRAGMA query_only = ON")
    return connection


def open_beside(path: Path, kind: FileKind) -> apsw.Connection:
    """A connection that may write beside a running service. Keep its transactions short.

    Raises CannotStart or QueueFileTooNew if the file is not of this version.
    """
    connection = connect(path, apsw.SQLITE_OPEN_READWRITE)
    try:
        connection.set_busy_timeout(BUSY_MS)
        check_readable(connection, path, kind)
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        close(connection)
        raise
    return connection
