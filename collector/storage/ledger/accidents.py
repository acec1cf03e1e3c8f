"""What people said of accidents. Append-only: a newer word stands beside the older ones. SQL."""

from collections.abc import Iterable

import apsw

from collector.storage.file.sql import rows
from collector.storage.ledger import measures
from collector.storage.ledger.changes import recording_time
from models.stated.accident import AccidentWord, standing_accidents
from models.stated.measure import OF_PEOPLE, newest
from models.tables.accident_rates import StatedSafety

SCHEMA = """
CREATE TABLE accident (
    id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL, at_ns INTEGER NOT NULL, shop TEXT NOT NULL,
    unit TEXT NOT NULL, kind TEXT NOT NULL, cause TEXT NOT NULL, victims INTEGER NOT NULL, fatal INTEGER NOT NULL,
    days_lost INTEGER, note TEXT NOT NULL, author TEXT NOT NULL, withdrawn INTEGER NOT NULL,
    recorded_ns INTEGER NOT NULL
)
"""
TABLES = ("accident",)
COLUMNS = (
    *("number", "at_ns", "shop", "unit", "kind", "cause", "victims", "fatal", "days_lost", "note", "author"),
    *("withdrawn", "recorded_ns"),
)
_COLUMNS = ", ".join(COLUMNS)


def add(connection: apsw.Connection, words: Iterable[AccidentWord], clock_ns: int) -> None:
    """Record them in the transaction that is under way."""
    recorded_ns = recording_time(connection, clock_ns)
    connection.executemany(
        f"INSERT INTO accident ({_COLUMNS}) VALUES ({', '.join('?' * len(COLUMNS))})",  # noqa: S608 - our own names
        [(*(getattr(word, name) for name in COLUMNS[:-1]), recorded_ns) for word in words],
    )


def read(connection: apsw.Connection) -> list[AccidentWord]:
    """All that was ever said, in the order of recording."""
    found = rows(connection, f"SELECT {_COLUMNS} FROM accident ORDER BY id")  # noqa: S608 - our own names
    return [_word(row) for row in found]


def read_safety(connection: apsw.Connection, known_ns: int | None = None) -> StatedSafety:
    """Accidents with the people and hours of months, as known then (UTC ns); None: now."""
    people = [each for each in newest(measures.read(connection, {}), known_ns) if each.kind in OF_PEOPLE]
    return StatedSafety(standing_accidents(read(connection), known_ns), people)


def _word(row: Iterable[object]) -> AccidentWord:
    said = dict(zip(COLUMNS, row, strict=True))
    said["withdrawn"] = bool(said["withdrawn"])
    return AccidentWord(**said)  # type: ignore[arg-type]  # as `add` wrote it
