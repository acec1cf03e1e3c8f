"""Hours of gauges, and where each of them stands. SQL, no threads.

A row is written anew while its hour lasts, so it is not sealed; the checksum of its page guards it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import apsw

from collector.storage.file.sql import rows
from models.counting.measured_hour import MeasuredHour
from models.counting.measuring import MeasuredState

SCHEMA = """
CREATE TABLE measured_hour (
    start_s INTEGER NOT NULL, tag TEXT NOT NULL, known_s REAL NOT NULL, mean REAL NOT NULL, least REAL NOT NULL,
    greatest REAL NOT NULL, above_s TEXT NOT NULL, times_above TEXT NOT NULL, still_s REAL NOT NULL,
    limits TEXT NOT NULL, step INTEGER NOT NULL, PRIMARY KEY (start_s, tag)
) WITHOUT ROWID;
CREATE INDEX measured_hour_by_step ON measured_hour (step);
CREATE TABLE measured_state (
    tag TEXT PRIMARY KEY, time_ns INTEGER NOT NULL, value REAL NOT NULL, upto_ns INTEGER NOT NULL,
    moved_ns INTEGER NOT NULL
) WITHOUT ROWID
"""
FROM_13 = "ALTER TABLE measured_hour ADD COLUMN above_minutes TEXT NOT NULL DEFAULT '[]'"
"""A new ledger takes this step, too, so that it has the shape of one that was upgraded."""
TABLES = ("measured_hour", "measured_state")
_HOUR = "tag, start_s, known_s, mean, least, greatest, above_s, times_above, still_s, limits, above_minutes"


def put(
    connection: apsw.Connection, hours: Iterable[MeasuredHour], states: Mapping[str, MeasuredState], step: int
) -> None:
    """Write hours and states anew, in the transaction that is under way. `step`: the entry of the journal."""
    connection.executemany(
        f"INSERT OR REPLACE INTO measured_hour ({_HOUR}, step) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        [
            (
                *(hour.tag, hour.start_s, hour.known_s, hour.mean, hour.least, hour.greatest),
                *(_text(hour.above_s), _text(hour.times_above), hour.still_s, _text(hour.limits)),
                *(_text(hour.above_minutes), step),
            )
            for hour in hours
        ],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO measured_state (tag, time_ns, value, upto_ns, moved_ns) VALUES (?, ?, ?, ?, ?)",
        [(tag, each.time_ns, each.value, each.upto_ns, each.moved_ns) for tag, each in states.items()],
    )


def _text(numbers: Sequence[float]) -> str:
    return json.dumps(numbers) if numbers else "[]"  # most gauges have no limit


def states(connection: apsw.Connection, tags: Sequence[str]) -> dict[str, MeasuredState]:
    """The newest reading of each of the tags of which one is known."""
    found = rows(
        connection,
        "SELECT tag, time_ns, value, upto_ns, moved_ns FROM measured_state "
        "WHERE tag IN (SELECT value FROM json_each(?))",
        (json.dumps(tags),),
    )
    return {tag: MeasuredState(*state) for tag, *state in found}


def hours(
    connection: apsw.Connection, tags: Sequence[str], start_s: int, end_s: int
) -> dict[str, tuple[MeasuredHour, ...]]:
    """Of each tag the hours that begin in [start_s, end_s) and of which something is known, in their order."""
    found: dict[str, list[MeasuredHour]] = {tag: [] for tag in tags}
    for row in rows(
        connection,
        f"SELECT {_HOUR} FROM measured_hour WHERE start_s >= ? AND start_s < ? "  # noqa: S608 - our own names
        "AND tag IN (SELECT value FROM json_each(?)) ORDER BY start_s",
        (start_s, end_s, json.dumps(tags)),
    ):
        found[row[0]].append(_hour(row))
    return {tag: tuple(each) for tag, each in found.items()}


def changed_after(connection: apsw.Connection, step: int) -> tuple[list[tuple[str, int]], int]:
    """The hours (tag, start in UTC seconds) that were written after `step`, and the newest step."""
    found = list(rows(connection, "SELECT tag, start_s, step FROM measured_hour WHERE step > ?", (step,)))
    return [(tag, start_s) for tag, start_s, _ in found], max((newest for *_, newest in found), default=step)


def _hour(row: Sequence[Any]) -> MeasuredHour:
    tag, start_s, known_s, mean, least, greatest, above_s, times_above, still_s, limits, minutes = row
    above, times = _numbers(above_s), _numbers(times_above)
    seen = (known_s, mean, least, greatest)
    return MeasuredHour(tag, start_s, *seen, above, times, still_s, _numbers(limits), _numbers(minutes))


def _numbers(text: str) -> tuple[Any, ...]:
    return () if text == "[]" else tuple(json.loads(text))
