"""What a certificate of completeness is made of: rows of the ledger in a span. SQL."""

from collections.abc import Iterator

import apsw

from collector.storage.file.sql import rows
from models.counting.increment import IncrementFlag
from models.tables.certificate import ReadingRow
from models.works.calendar import NS


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
