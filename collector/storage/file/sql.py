"""Small typed doors to apsw: rows, one row, one value; and SQLite's errors in our own words."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw

from collector.errors import CollectorError, StorageDamaged, StorageFull
from collector.storage.file.file_texts import file_text


def rows(connection: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, as they are read."""
    return iter(connection.execute(sql, tuple(values)))


def one(connection: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    """The first row of a query."""
    return next(rows(connection, sql, values), None)


def value(connection: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401 - as SQLite has it
    """The first column of the first row; None if there is no row."""
    row = one(connection, sql, values)
    return None if row is None else row[0]


def pragma(connection: apsw.Connection, name: str) -> int:
    """An integer PRAGMA."""
    return int(value(connection, f"PRAGMA {name}"))


def roll_back(connection: apsw.Connection) -> None:
    """End a transaction that failed; SQLite may have ended it already. Never hides the error that it failed by."""
    with contextlib.suppress(apsw.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def close(connection: apsw.Connection) -> None:
    """Close it. Closing takes the log into the file where it can; what fails then stays in the log, and is no news."""
    with contextlib.suppress(apsw.Error):
        connection.close()


FILE_ERRORS = (apsw.Error, UnicodeDecodeError)
"""What reading and writing may raise; text that is no text is damage that SQLite itself does not look for."""


def in_our_words(path: Path, error: apsw.Error | UnicodeDecodeError) -> CollectorError:
    """What a failure of SQLite means for the caller."""
    if isinstance(error, apsw.CorruptError | apsw.NotADBError | UnicodeDecodeError):
        return StorageDamaged(file_text("damaged", file=path, error=str(error)))
    if isinstance(error, apsw.FullError):
        return StorageFull(file_text("disk_full", file=path, error=str(error)))
    if isinstance(error, apsw.BusyError):
        return StorageFull(file_text("held_by_other", file=path, error=str(error)))
    return StorageFull(file_text("not_written", file=path, error=str(error)))
