"""The file of users and tokens: short reads, and transactions that are synced, from the desk and commands at once."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw

from collector.access.schema import ACCESS
from collector.errors import CannotStart, StorageDamaged
from collector.host import alone_in
from collector.storage.file.making import make
from collector.storage.file.sql import FILE_ERRORS, in_our_words, pragma, roll_back
from collector.storage.file.sqlite_file import open_beside, open_reader


def end_sessions(file: Path) -> None:
    """Sign everybody out, in a file that nobody else has open."""
    with contextlib.closing(apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE)) as connection:
        connection.execute("DELETE FROM session")


class AccessStore:
    """A file that does not exist yet has nothing in it; the first transaction makes it."""

    def __init__(self, folder: Path, clock_ns: Callable[[], int]) -> None:
        self._path = folder / ACCESS.name
        self.clock_ns = clock_ns

    @contextlib.contextmanager
    def reading(self) -> Iterator[apsw.Connection | None]:
        """A connection that cannot write; None: there is no file."""
        if not self._path.exists():
            yield None
            return
        with self._opened(lambda: open_reader(self._path)) as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """One transaction, synced at its end."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone_in(self._path.parent), self._opened(self._made) as connection, connection:
            yield connection

    def note(
        self, connection: apsw.Connection, author: str, done: tuple[str, str], *, before: str = "", after: str = ""
    ) -> None:
        """Record who changed what. `done`: what was done, and the name of the user or token."""
        connection.execute(
            "INSERT INTO change (time_ns, author, what, user, before, after) VALUES (?, ?, ?, ?, ?, ?)",
            (self.clock_ns(), author, *done, before, after),
        )

    def _made(self) -> apsw.Connection:
        if not self._path.exists():
            make(self._path, ACCESS, None)
        connection = open_beside(self._path, ACCESS)
        try:
            if pragma(connection, "user_version") < ACCESS.version:
                _upgrade(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextlib.contextmanager
    def _opened(self, connect: Callable[[], apsw.Connection]) -> Iterator[apsw.Connection]:
        try:
            connection = connect()
            try:
                yield connection
            finally:
                connection.close()
        except FILE_ERRORS as error:
            failure = in_our_words(self._path, error)
            if isinstance(failure, StorageDamaged):
                raise CannotStart(
                    f"{self._path} is damaged: bring it back from a backup, or remove it and add the users anew; "
                    "until then nobody can sign in"
                ) from error
            raise failure from error


def _upgrade(connection: apsw.Connection) -> None:
    """Bring an older file up to this version. Each step only adds a table, so nothing can be lost by it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked once more: another program may have done it while this one waited for its turn.
        for step in range(pragma(connection, "user_version"), ACCESS.version):
            connection.execute(ACCESS.migrations[step])
        connection.execute(f"PRAGMA user_version = {ACCESS.version}")
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise
