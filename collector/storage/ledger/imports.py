"""Imports of files, each with a number: what it recorded, and how things stood before. SQL, no threads."""

from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from collector.storage.file.sql import one, rows
from collector.storage.ledger.changes import recording_time

SCHEMA = """
CREATE TABLE import_run (
    id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL, file TEXT NOT NULL, author TEXT NOT NULL,
    entries INTEGER NOT NULL, recorded_ns INTEGER NOT NULL, undone_by TEXT, undone_ns INTEGER
)
"""
TABLES = ("import_run",)
FIGURES, PLANS = "figures", "plans"


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import of `what` (figures or plans): how many entries it recorded, from which file, by whom, and when.

    `undone_by`, `undone_ns`: who took it back, and when; None if it stands.
    """

    number: int
    what: str
    file: str
    author: str
    entries: int
    recorded_ns: int
    undone_by: str | None
    undone_ns: int | None


def begin(connection: apsw.Connection, what: str, file: str, author: str, entries: int, clock_ns: int) -> int:
    """Give an import its number, in the transaction in which its entries are recorded."""
    connection.execute(
        "INSERT INTO import_run (what, file, author, entries, recorded_ns) VALUES (?, ?, ?, ?, ?)",
        (what, file, author, entries, recording_time(connection, clock_ns)),
    )
    return connection.last_insert_rowid()


def end_undone(connection: apsw.Connection, number: int, author: str, clock_ns: int) -> None:
    """Note that an import was taken back."""
    connection.execute(
        "UPDATE import_run SET undone_by = ?, undone_ns = ? WHERE id = ?",
        (author, recording_time(connection, clock_ns), number),
    )


def listed(connection: apsw.Connection, limit: int) -> list[ImportRun]:
    """The newest `limit` imports, the newest first."""
    return [ImportRun(*row) for row in rows(connection, "SELECT * FROM import_run ORDER BY id DESC LIMIT ?", (limit,))]


def found(connection: apsw.Connection, number: int) -> ImportRun | None:
    """The import of a number."""
    row = one(connection, "SELECT * FROM import_run WHERE id = ?", (number,))
    return None if row is None else ImportRun(*row)


def entry_ids(connection: apsw.Connection, table: str, number: int) -> Sequence[int]:
    """The rows of `table` (figure, plan) that an import recorded, in their order."""
    sql = f"SELECT id FROM {table} WHERE import_id = ? ORDER BY id"  # noqa: S608 - our own names
    return [int(row[0]) for row in rows(connection, sql, (number,))]


def shops(connection: apsw.Connection, table: str, number: int) -> Sequence[str]:
    """The shops of which an import recorded rows of `table`; "all" for what was stated of the site."""
    sql = f"SELECT DISTINCT shop FROM {table} WHERE import_id = ?"  # noqa: S608 - our own names
    return [str(row[0]) for row in rows(connection, sql, (number,))]
