"""Who signed the figures of a day. Append-only: a newer signature stands beside the older ones. SQL, no threads."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import date

import apsw

from collector.storage.file.sql import rows, value
from collector.storage.ledger import outbox
from collector.storage.ledger.changes import recording_time
from models.stated.signature import (
    WORKS,
    DaySignature,
    JudgedScope,
    ScopeFigures,
    judged,
    lines_of,
    lines_text,
    shops_of,
    shops_text,
    signature_digest,
    signed_lines,
)
from models.tables.row_fields import DAY_TABLE
from models.works.calendar import NS, date_bounds, day_bounds
from models.works.plant import Plant
from models.works.table import Row

SCHEMA = """
CREATE TABLE signature (
    id INTEGER PRIMARY KEY AUTOINCREMENT, day INTEGER NOT NULL, scope TEXT NOT NULL, user TEXT NOT NULL,
    full_name TEXT NOT NULL, note TEXT NOT NULL, figures TEXT NOT NULL, shops TEXT NOT NULL, digest TEXT NOT NULL,
    recorded_ns INTEGER NOT NULL
);
CREATE INDEX signature_by_day ON signature (day, scope)
"""
TABLES = ("signature",)

_COLUMNS = "id, day, scope, user, full_name, note, figures, shops, digest, recorded_ns"
_UNREADABLE = "unreadable"


def add(connection: apsw.Connection, given: DaySignature, clock_ns: int) -> DaySignature:
    """Record it in the transaction that is under way; the same with its number, time and digest."""
    timed = replace(given, recorded_ns=recording_time(connection, clock_ns))
    signed = replace(timed, digest=signature_digest(timed))
    connection.execute(
        "INSERT INTO signature (day, scope, user, full_name, note, figures, shops, digest, recorded_ns) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(signed.day, signed.scope, signed.user, signed.full_name, signed.note, lines_text(signed.lines)),
            *(shops_text(signed.shops), signed.digest, signed.recorded_ns),
        ),
    )
    return replace(signed, id=int(connection.last_insert_rowid()))


def of_day(connection: apsw.Connection, day: int) -> list[DaySignature]:
    """All that was signed of a production date (ordinal), the oldest first."""
    sql = f"SELECT {_COLUMNS} FROM signature WHERE day = ? ORDER BY id"  # noqa: S608
    return [_signature(row) for row in rows(connection, sql, (day,))]


def signed_days(connection: apsw.Connection) -> Iterator[int]:
    """The production dates of which anything was signed, by date."""
    yield from (int(day) for (day,) in list(rows(connection, "SELECT DISTINCT day FROM signature ORDER BY day")))


def judged_day(connection: apsw.Connection, plant: Plant, day: int) -> tuple[JudgedScope, ...]:
    """The shops that have figures of a production date (ordinal) in the plant's order, then the works: each with its
    newest signature and whether that holds. Empty: nothing is published of the day."""
    published = outbox.published(connection, DAY_TABLE, *date_bounds(plant.zone, date.fromordinal(day)))
    counting = frozenset(
        code
        for code, shop in plant.shops.items()
        if _waits(connection, *(edge // NS for edge in day_bounds(shop.calendar, date.fromordinal(day))))
    )
    return judged_rows(connection, plant, day, published, counting)


def judged_rows(
    connection: apsw.Connection,
    plant: Plant,
    day: int,
    image: Sequence[Row],
    counting: Container[str] = frozenset(),
) -> tuple[JudgedScope, ...]:
    """The same by the rows of the day that are given. `counting`: the shops of which a change is not in them yet."""
    newest = {signature.scope: signature for signature in of_day(connection, day)}
    found = []
    for code in plant.shops:
        lines = signed_lines(image, plant.shops, code)
        if lines or code in newest:
            found.append(ScopeFigures(code, lines, code in counting))
    if found:
        lines = signed_lines(image, plant.shops, WORKS)
        found.append(ScopeFigures(WORKS, lines, any(scope.counting for scope in found)))
    return judged(found, newest)


def _waits(connection: apsw.Connection, start_s: int, end_s: int) -> bool:
    """Whether a change within [start_s, end_s) is not in the published rows yet. Of any unit: a total has many."""
    sql = "SELECT EXISTS (SELECT 1 FROM dirty WHERE start_s < ? AND end_s > ?)"
    return bool(value(connection, sql, (end_s, start_s)))


def _signature(row: tuple[int, int, str, str, str, str, str, str, str, int]) -> DaySignature:
    number, day, scope, user, full_name, note, figures, shops, digest, recorded_ns = row
    try:
        lines = lines_of(figures)
        rests = shops_of(shops)
    except (ValueError, TypeError):
        lines, rests, digest = (), (), _UNREADABLE  # so that it is shown as broken, and never as one that holds
    return DaySignature(
        id=number,
        day=day,
        scope=scope,
        user=user,
        full_name=full_name,
        note=note,
        recorded_ns=recorded_ns,
        lines=lines,
        shops=rests,
        digest=digest,
    )
