"""The one thread that writes to a file: takes everything that waits, commits it as one, then tells those who wait."""

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import apsw

from collector.storage.file.commit_mark import Commits
from collector.storage.file.opening import failure_in_use
from collector.storage.file.sql import FILE_ERRORS, close, roll_back

Result = TypeVar("Result")
MAX_GROUP = 256
"""Jobs of one commit. More than the sources of a works can offer while one sync lasts, and a bound for the wait of the
first one in it."""

# These leave the whole transaction in doubt, not one job's part of it.
_WHOLE_GROUP = (
    apsw.FullError,
    apsw.IOError,
    apsw.CorruptError,
    apsw.NotADBError,
    apsw.BusyError,
    apsw.ReadOnlyError,
    UnicodeDecodeError,
)


@dataclass(frozen=True, slots=True)
class _Job:
    call: Callable[[apsw.Connection], Any]
    then: Callable[[Any], None] | None
    future: "asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop


_Outcome = tuple[_Job, Any, Exception | None]


class WriterThread:
    """Group commit. A job runs in a savepoint of its own, so one that raises fails alone and changes nothing.

    A future is resolved only after COMMIT returned, which with `synchronous=FULL` is after the sync. If the disk is
    full or fails, every job of the group gets StorageFull (StorageDamaged for a broken file), nothing of the group is
    in the file, and the thread goes on with the next group.
    """

    def __init__(self, path: Path, connection: apsw.Connection, commits: Commits) -> None:
        self._path = path
        self._commits = commits
        self._connection = connection
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=f"write-{path.name}", daemon=True)
        self._thread.start()

    def submit(
        self, call: Callable[[apsw.Connection], Result], then: Callable[[Result], None] | None = None
    ) -> "asyncio.Future[Result]":
        """Run `call` in the next group. Call in a running event loop.

        `then` runs in that loop just before the future is resolved, and also if nobody waits for it any more.
        """
        if self._closed:
            raise RuntimeError(f"{self._path} is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._jobs.put(_Job(call, then, future, loop))
        return future

    def close(self) -> None:
        """Commit what waits, then close the connection. Blocks until done."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        ended = False
        while not ended:
            group, ended = self._take()
            if group:
                self._notify(self._commit(group))
        close(self._connection)

    def _take(self) -> tuple[list[_Job], bool]:
        group: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            group.append(job)
            if len(group) == MAX_GROUP:
                return group, False
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return group, False
        return group, True

    def _commit(self, group: list[_Job]) -> list[_Outcome]:
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            outcomes = [self._one(job) for job in group]
            number = self._commits.number(connection)
            connection.execute("COMMIT")
            self._commits.acknowledged(number)
        except Exception as error:
            roll_back(connection)
            failure = failure_in_use(self._path, error) if isinstance(error, FILE_ERRORS) else error
            return [(job, None, failure) for job in group]
        return outcomes

    def _one(self, job: _Job) -> _Outcome:
        connection = self._connection
        connection.execute("SAVEPOINT job")
        try:
            result = job.call(connection)
        except Exception as error:
            if isinstance(error, _WHOLE_GROUP) or not connection.in_transaction:
                raise
            connection.execute("ROLLBACK TO job")
            connection.execute("RELEASE job")
            return job, None, error
        connection.execute("RELEASE job")
        return job, result, None

    @staticmethod
    def _notify(outcomes: list[_Outcome]) -> None:
        by_loop: dict[asyncio.AbstractEventLoop, list[_Outcome]] = {}
        for outcome in outcomes:
            by_loop.setdefault(outcome[0].loop, []).append(outcome)
        for loop, of_loop in by_loop.items():
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits there any more
                loop.call_soon_threadsafe(_resolve, of_loop)


def _resolve(outcomes: list[_Outcome]) -> None:
    for job, result, error in outcomes:
        if error is None and job.then is not None:
            job.then(result)
        if job.future.done():
            continue
        if error is None:
            job.future.set_result(result)
        else:
            job.future.set_exception(error)
