"""Why units stood, as people stated it. Append-only: the newest statement about a stop holds. SQL, no threads."""

import json
from collections.abc import Sequence

import apsw

from collector.storage.file.sql import rows
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger.changes import recording_time
from collector.storage.ledger.statements import EVER
from models.detection.output_drop import OutputDrop
from models.stated.joined_stop import LONGEST_JOINED_S, StopKey, counted_with
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
    parts = [[part.from_s, part.reason, part.comment] for part in statement.parts]
    # Of a stop of its own there is the list alone, as ledgers had it before stops could be joined.
    said = {"parts": parts, "joined": statement.joined} if statement.joined else parts
    connection.execute(
        "INSERT INTO stop_statement (unit, start_s, parts, author, recorded_ns) VALUES (?, ?, ?, ?, ?)",
        (
            statement.unit,
            statement.start_s,
            json.dumps(said, ensure_ascii=False),
            statement.author,
            recording_time(connection, clock_ns),
        ),
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
    """The stops, each with what holds of it; `known_ns`: held then. Of stops that are joined all are there in one, also
    those that were not asked for."""
    if not stops:
        return []
    begins = [stop.start_s for stop in stops]
    stated = standing(connection, min(begins) - LONGEST_JOINED_S, max(begins) + 1, known_ns)
    joined = counted_with(stated)
    found: dict[StopKey, ReasonedStop] = {}
    for stop in stops:
        own = stop.unit, stop.start_s
        first = joined.get(own, own)
        statement = stated.get(first)
        if statement is not None and statement.joined and first not in found:
            found |= _as_one(connection, first, statement)
        if first not in found:  # its own stop, or one whose first is no stop any more
            found[own] = ReasonedStop(stop, stated.get(own))
    return list(found.values())


def _as_one(connection: apsw.Connection, first: StopKey, statement: StopStatement) -> dict[StopKey, ReasonedStop]:
    """The joined stop; nothing if its first one is no stop any more."""
    unit, start_s = first
    begins = {start_s, *statement.joined}
    drops = [
        drop
        for drop in ledger_detection.drops(connection, start_s, max(begins) + 1)
        if drop.stands and drop.unit == unit and drop.start_s in begins
    ]
    if not drops or drops[0].start_s != start_s:
        return {}
    return {first: ReasonedStop(drops[0], statement, tuple(drops[1:]))}


def history(connection: apsw.Connection, unit: str, start_s: int) -> list[StopStatement]:
    """All that was said of one stop, the oldest first."""
    sql = f"SELECT {_COLUMNS} FROM stop_statement WHERE start_s = ? AND unit = ? ORDER BY id"  # noqa: S608
    return [_statement(row) for row in rows(connection, sql, (start_s, unit))]


def read_said(said: str) -> tuple[tuple[StopPart, ...], tuple[int, ...]]:
    """The parts of a statement and the begins of what is joined, as `parts` keeps them."""
    read = json.loads(said)
    parts, joined = (read["parts"], read["joined"]) if isinstance(read, dict) else (read, ())
    return (
        tuple(StopPart(int(from_s), str(reason), str(comment)) for from_s, reason, comment in parts),
        tuple(int(begin_s) for begin_s in joined),
    )


def _statement(row: tuple[int, str, int, str, str, int]) -> StopStatement:
    number, unit, start_s, said, author, recorded_ns = row
    parts, joined = read_said(said)
    return StopStatement(number, unit, start_s, parts, author, recorded_ns, joined)
