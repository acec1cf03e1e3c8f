"""What was found broken in the ledger, and what became of it. Append-only. SQL, no threads."""

from dataclasses import dataclass

import apsw

from collector.storage.file.instant import utc_text
from collector.storage.file.sql import rows, value

SCHEMA = """
CREATE TABLE damage (
    id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL, lost INTEGER NOT NULL, recorded_ns INTEGER NOT NULL
)
"""
TABLES = ("damage",)


@dataclass(frozen=True, slots=True)
class Damage:
    """`lost`: something could not be brought back; `what` says whether a gap stands for it."""

    what: str
    lost: bool
    recorded_ns: int

    def __str__(self) -> str:
        return f"{utc_text(self.recorded_ns)} {'LOST' if self.lost else 'put right'}: {self.what}"


def note(connection: apsw.Connection, found: Damage) -> None:
    """Keep it."""
    connection.execute(
        "INSERT INTO damage (what, lost, recorded_ns) VALUES (?, ?, ?)", (found.what, found.lost, found.recorded_ns)
    )


def listed(connection: apsw.Connection, limit: int) -> list[Damage]:
    """The newest `limit`, the newest first."""
    sql = "SELECT what, lost, recorded_ns FROM damage ORDER BY id DESC LIMIT ?"
    return [Damage(what, bool(lost), recorded_ns) for what, lost, recorded_ns in rows(connection, sql, (limit,))]


def count(connection: apsw.Connection) -> int:
    """How often something was found broken."""
    return int(value(connection, "SELECT count(*) FROM damage"))
