"""What a certificate of completeness is made of: rows of the ledger in a span, and when the collector ran. SQL.

The minutes in which it ran stand in `observed`, beside those of the units, under a name that no unit has.
"""

from collections.abc import Iterator

import apsw

from collector.storage.file.sql import rows
from models.counting.increment import IncrementFlag
from models.tables.certificate import ReadingRow
from models.works.calendar import NS

THE_COLLECTOR = ""
HOUR_S, MINUTE_S = 3600, 60
MINUTES = HOUR_S // MINUTE_S


def note_run(connection: apsw.Connection, start_s: int, end_s: int) -> None:
    """The collector ran from `start_s` to `end_s` (UTC seconds, taken to whole minutes)."""
    first_s, end_s = start_s // MINUTE_S * MINUTE_S, end_s // MINUTE_S * MINUTE_S
    for hour_s in range(first_s // HOUR_S * HOUR_S, end_s, HOUR_S):
        known = bytearray(_hour(connection, hour_s) or bytes(MINUTES))
        low, high = max(first_s - hour_s, 0) // MINUTE_S, min(end_s - hour_s, HOUR_S) // MINUTE_S
        known[low:high] = b"\x01" * (high - low)
        connection.execute(
            "INSERT OR REPLACE INTO observed (start_s, unit, minutes) VALUES (?, ?, ?)",
            (hour_s, THE_COLLECTOR, bytes(known)),
        )


def ran(connection: apsw.Connection, start_s: int, end_s: int) -> frozenset[int] | None:
    """The minutes (UTC seconds of their begin) of [start_s, end_s) in which it ran; None if that was not noted then."""
    first_s = first_noted_s(connection)
    if first_s is None or first_s > start_s:
        return None
    return frozenset(
        hour_s + MINUTE_S * minute
        for hour_s, blob in rows(
            connection,
            "SELECT start_s, minutes FROM observed WHERE unit = ? AND start_s > ? AND start_s < ?",
            (THE_COLLECTOR, start_s - HOUR_S, end_s),
        )
        for minute, runs in enumerate(blob)
        if runs
    )


def first_noted_s(connection: apsw.Connection) -> int | None:
    """The first hour (UTC seconds) of which it was noted when the collector ran."""
    sql = "SELECT min(start_s) FROM observed WHERE unit = ?"
    (found,) = rows(connection, sql, (THE_COLLECTOR,))
    return None if found[0] is None else int(found[0])


def reading_rows(connection: apsw.Connection, start_s: int, end_s: int) -> dict[str, list[ReadingRow]]:
    """By tag, what lies within [start_s, end_s)."""
    found: dict[str, list[ReadingRow]] = {}
    for tag, start, end, recorded_s, readings, flags in rows(
        connection,
        "SELECT tag, start_s, end_s, recorded_s, readings, flags FROM increment JOIN counter ON counter.id = counter "
        "WHERE start_s >= ? AND start_s < ? AND end_s <= ? AND readings > 0",
        (start_s, end_s, end_s),
    ):
        found.setdefault(tag, []).append(ReadingRow(start, end, recorded_s, readings, IncrementFlag(flags)))
    return found


def covered_rows(
    connection: apsw.Connection, units: frozenset[str], start_s: int, end_s: int
) -> Iterator[tuple[object, ...]]:
    """Every row of the ledger on these units that shares time with [start_s, end_s): increments, events and gaps."""
    for row in rows(
        connection,
        "SELECT unit, tag, product, start_s, end_s, recorded_s, grams, flags, readings "
        "FROM increment JOIN counter ON counter.id = counter WHERE start_s >= ? AND start_s < ? AND end_s <= ?",
        (start_s, end_s, end_s),
    ):
        if row[0] in units:
            yield ("increment", *row)
    tags = {tag for tag, unit in rows(connection, "SELECT tag, unit FROM counter") if unit in units}
    for row in rows(
        connection,
        "SELECT unit, tag, product, production_year, key, grams, end_ns, sequence, revision FROM event "
        "WHERE end_ns >= ? AND end_ns < ?",
        (start_s * NS, end_s * NS),
    ):
        if row[0] in units:
            yield ("event", *row)
    for row in rows(
        connection,
        "SELECT tag, start_ns, end_ns, cause FROM gap WHERE start_ns < ? AND end_ns > ?",
        (end_s * NS, start_s * NS),
    ):
        if row[0] in tags:
            yield ("gap", *row)


def _hour(connection: apsw.Connection, hour_s: int) -> bytes | None:
    found = rows(connection, "SELECT minutes FROM observed WHERE start_s = ? AND unit = ?", (hour_s, THE_COLLECTOR))
    return next((bytes(row[0]) for row in found), None)
