"""Why units stood, as people stated it. Append-only: the newest statement about a stop holds. SQL, no threads."""

import json
from collections.abc import Sequence

import apsw

from collector.storage.file.sql import rows
from collector.storage.ledger.changes import recording_time
from collector.storage.ledger.statements import EVER
from models.detection.output_drop import OutputDrop
from models.stated.stop_reason import StopPart, StopStatement
from models.tables.reasoned_stop import ReasonedStop

SCHEMA = """
CREATE TABLE stop_statement (
    id INTEGER PRIMARY KEY AUTOINCREMENT, unit TEXT NOT NULL, start_s INTEGER NOT NULL, parts TEXT NOT NULL,
    author TEXT NOT NULL, recorded_ns INTEGER NOT NULL
);
CREATE INDEX stop_statement_by_stop ON stop_statement (start_s, unit)
"""
TABLES = ("stop_statement",)

_COLUMNS = "id, unit, start_s, parts, author, recorded_ns"


def add(connection: apsw.Connection, statement: StopStatement, clock_ns: int) -> None:
    """Record it in the transaction that is under way."""
    parts = json.dumps([[part.from_s, part.reason, part.comment] for part in statement.parts], ensure_ascii=False)
    connection.execute(
        "INSERT INTO stop_statement (unit, start_s, parts, author, recorded_ns) VALUES (?, ?, ?, ?, ?)",
        (statement.unit, statement.start_s, parts, statement.author, recording_time(connection, clock_ns)),
    )


def standing(
    connection: apsw.Connection, start_s: int, end_s: int, known_ns: int | None = None
) -> dict[tuple[str, int], StopStatement]:
    """By unit and begin, the newest statements about stops that began in [start_s, end_s); `known_ns`: by then."""
    known = EVER if known_ns is None else known_ns
    sql = (
        f"SELECT {_COLUMNS} FROM stop_statement WHERE start_s >= ? AND start_s < ? AND recorded_ns <= ? "  # noqa: S608
        "ORDER BY id"
    )
    found = (_statement(row) for row in rows(connection, sql, (start_s, end_s, known)))
    return {(each.unit, each.start_s): each for each in found}


def reasoned(
    connection: apsw.Connection, stops: Sequence[OutputDrop], known_ns: int | None = None
) -> list[ReasonedStop]:
    """The stops, each with what holds of it; `known_ns`: held then."""
    if not stops:
        return []
    begins = [stop.start_s for stop in stops]
    stated = standing(connection, min(begins), max(begins) + 1, known_ns)
    return [ReasonedStop(stop, stated.get((stop.unit, stop.start_s))) for stop in stops]


def history(connection: apsw.Connection, unit: str, start_s: int) -> list[StopStatement]:
    """All that was said of one stop, the oldest first."""
    sql = f"SELECT {_COLUMNS} FROM stop_statement WHERE start_s = ? AND unit = ? ORDER BY id"  # noqa: S608
    return [_statement(row) for row in rows(connection, sql, (start_s, unit))]


def _statement(row: tuple[int, str, int, str, str, int]) -> StopStatement:
    number, unit, start_s, parts, author, recorded_ns = row
    read = tuple(StopPart(int(from_s), str(reason), str(comment)) for from_s, reason, comment in json.loads(parts))
    return StopStatement(number, unit, start_s, read, author, recorded_ns)
