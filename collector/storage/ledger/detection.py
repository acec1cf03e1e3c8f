"""What detection needs and tells, in the ledger: minutes that were observed, units as they are now, drops. SQL.

`observed` keeps a year of hours; the hour that runs is written anew each minute. Minutes are what live detection starts
again from and what rehearsals replay. `unit_now` is of the moment. `output_drop` has one row for each drop, which is
ended once.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import apsw

from collector.storage.file.sql import rows
from collector.storage.ledger import outbox
from collector.storage.ledger.changes import mark_dirty
from collector.storage.ledger.minutes_codec import decode_minutes, encode_minutes
from collector.storage.ledger.run_notes import FIRST_UNIT, note_run
from models.detection.finding import FindingKind
from models.detection.minutes.observed import UnitMinutes
from models.detection.output_drop import STANDING, OutputDrop
from models.detection.state_row import UnitNow
from models.detection.stops import Stops
from models.works.calendar import NS
from models.works.codes import UnitState
from models.works.table import Row

SCHEMA = """
CREATE TABLE observed (
    start_s INTEGER NOT NULL, unit TEXT NOT NULL, minutes BLOB NOT NULL, PRIMARY KEY (start_s, unit)
) WITHOUT ROWID;
CREATE TABLE unit_now (unit TEXT PRIMARY KEY, status TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE output_drop (
    id INTEGER PRIMARY KEY AUTOINCREMENT, unit TEXT NOT NULL, product TEXT NOT NULL, kind TEXT NOT NULL,
    severity INTEGER NOT NULL, start_s INTEGER NOT NULL, end_s INTEGER, cause_unit TEXT NOT NULL,
    evidence TEXT NOT NULL
);
CREATE UNIQUE INDEX output_drop_open ON output_drop (unit) WHERE end_s IS NULL;
CREATE INDEX output_drop_by_start ON output_drop (start_s)
"""
TABLES = ("observed", "unit_now", "output_drop")

HOUR_S = 3600
DAY_S = 24 * HOUR_S
KEPT_S = 400 * DAY_S
"""A year, with a month to spare: a rehearsal of the same month of last year still finds all its minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionChanges:
    """What a step of detection tells at `at_s`. `rows`: of unit_state, for the database. `hours`: by start, minutes by
    unit.

    `ran`: a span in which the collector ran (UTC seconds); `ended`: by unit, when its open drop ended; `begun`: drops
    that began or changed, after that.
    """

    at_s: int

    now: Sequence[UnitNow] = ()
    rows: Sequence[Row] = ()
    hours: Mapping[int, Mapping[str, UnitMinutes]] = field(default_factory=dict)
    begun: Sequence[OutputDrop] = ()
    ended: Mapping[str, int] = field(default_factory=dict)
    ran: tuple[int, int] = (0, 0)


def apply(connection: apsw.Connection, changes: DetectionChanges, *, to_outbox: bool) -> None:
    """Write `changes` in the transaction that is under way; rows only if there is a database."""
    put_now(connection, changes.now)
    put_drops(connection, changes.begun, changes.ended, changes.at_s)
    for start_s, units in changes.hours.items():
        put_hour(connection, start_s, units)
    note_run(connection, *changes.ran)
    if to_outbox:
        outbox.queue_only(connection, changes.rows)


def put_hour(connection: apsw.Connection, start_s: int, units: Mapping[str, UnitMinutes]) -> None:
    """Store the minutes of the hour from `start_s`, without events; drop what is older than KEPT_S.

    Nothing is dropped where no minute of a day earlier is kept: a clock that has just jumped ahead erases no history.
    """
    connection.executemany(
        "INSERT OR REPLACE INTO observed (start_s, unit, minutes) VALUES (?, ?, ?)",
        [(start_s, unit, encode_minutes(minutes)) for unit, minutes in units.items()],
    )
    connection.execute(
        "DELETE FROM observed WHERE start_s < ? AND EXISTS (SELECT 1 FROM observed WHERE start_s = ?)",
        (start_s - KEPT_S, start_s - DAY_S),
    )


def put_watched(connection: apsw.Connection, start_s: int, units: Iterable[str]) -> None:
    """Note that `units` were watched in the hour from `start_s`, of which no minutes are kept."""
    connection.executemany(
        "INSERT OR IGNORE INTO observed (start_s, unit, minutes) VALUES (?, ?, x'')",
        [(start_s, unit) for unit in units],
    )


def hours(
    connection: apsw.Connection, start_s: int, end_s: int, only: str | None = None
) -> list[tuple[int, str, UnitMinutes]]:
    """(start of the hour, unit, its minutes) of hours that begin in [start_s, end_s), without damaged ones; of the unit
    `only`, or of all."""
    found = []
    for start, unit, blob in rows(
        connection,
        "SELECT start_s, unit, minutes FROM observed WHERE start_s >= ? AND start_s < ? AND unit >= ? "
        "AND minutes <> x'' ORDER BY start_s, unit",
        (start_s, end_s, FIRST_UNIT),
    ):
        minutes = decode_minutes(blob) if only in (None, unit) else None
        if minutes is not None:
            found.append((int(start), str(unit), minutes))
    return found


def first_hour(connection: apsw.Connection) -> int | None:
    """The start of the oldest hour whose minutes are kept."""
    sql = "SELECT min(start_s) FROM observed WHERE unit >= ? AND minutes <> x''"
    (found,) = rows(connection, sql, (FIRST_UNIT,))
    return None if found[0] is None else int(found[0])


def put_now(connection: apsw.Connection, units: Iterable[UnitNow]) -> None:
    """Store what units are doing now."""
    connection.executemany(
        "INSERT OR REPLACE INTO unit_now (unit, status) VALUES (?, ?)",
        [(unit.unit, json.dumps(_now_fields(unit), ensure_ascii=False)) for unit in units],
    )


def now(connection: apsw.Connection) -> list[UnitNow]:
    """What units do, by code."""
    found = []
    for _, text in rows(connection, "SELECT unit, status FROM unit_now ORDER BY unit"):
        fields = json.loads(text)
        found.append(UnitNow(**{**fields, "state": UnitState(fields["state"])}))
    return found


def put_drops(connection: apsw.Connection, begun: Iterable[OutputDrop], ended: Mapping[str, int], at_s: int) -> None:
    """End the open drops of units in `ended` (UTC seconds); then begin drops at `at_s`, or bring open ones up to date.

    The hours that a unit stood in, or no longer did, are to be rolled up again.
    """
    _forget_ahead(connection, at_s)
    for unit, end_s in ended.items():
        known = _open_drop(connection, unit)
        if known is not None:
            last_s = max(known[0], end_s)
            connection.execute("UPDATE output_drop SET end_s = ? WHERE unit = ? AND end_s IS NULL", (last_s, unit))
            if known[1] in STANDING:
                _mark_hours(connection, unit, known[0], last_s)
    for drop in begun:
        known = _open_drop(connection, drop.unit)
        fields = (drop.kind.value, drop.severity, drop.cause_unit, json.dumps(dict(drop.evidence), ensure_ascii=False))
        if known is not None:
            connection.execute(
                "UPDATE output_drop SET kind = ?, severity = ?, cause_unit = ?, evidence = ? "
                "WHERE unit = ? AND end_s IS NULL",
                (*fields, drop.unit),
            )
        else:
            connection.execute(
                "INSERT INTO output_drop (kind, severity, cause_unit, evidence, unit, product, start_s, end_s) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
                (*fields, drop.unit, drop.product, drop.start_s),
            )
        if drop.stands != (known is not None and known[1] in STANDING):
            _mark_hours(connection, drop.unit, drop.start_s if known is None else known[0], at_s)


def enter_past(connection: apsw.Connection, found: Iterable[OutputDrop]) -> None:
    """Enter drops that are over and that nobody saw. One that was seen to begin is known; its end may be another.

    The hours that a unit stood in, or no longer did, are to be rolled up again.
    """
    for drop in found:
        assert drop.end_s is not None  # noqa: S101 - it is over
        known = next(
            rows(
                connection,
                "SELECT id, ifnull(end_s, 9223372036854775807) FROM output_drop WHERE unit = ? AND start_s < ? "
                "AND ifnull(end_s, 9223372036854775807) > ? ORDER BY start_s LIMIT 1",
                (drop.unit, drop.end_s, drop.start_s),
            ),
            None,
        )
        if known is None:
            fields = (drop.unit, drop.product, drop.kind.value, drop.severity, drop.start_s, drop.end_s)
            connection.execute(
                "INSERT INTO output_drop (unit, product, kind, severity, start_s, end_s, cause_unit, evidence) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*fields, drop.cause_unit, json.dumps(dict(drop.evidence), ensure_ascii=False)),
            )
        elif known[1] > drop.end_s:
            connection.execute("UPDATE output_drop SET end_s = ? WHERE id = ?", (drop.end_s, known[0]))
        if drop.stands:
            _mark_hours(connection, drop.unit, drop.start_s, drop.end_s)


def drops(connection: apsw.Connection, start_s: int = 0, end_s: int = 2**62) -> list[OutputDrop]:
    """The drops that share an instant with [start_s, end_s), by begin."""
    return [
        OutputDrop(
            unit=unit,
            product=product,
            kind=FindingKind(kind),
            severity=severity,
            start_s=start,
            end_s=end,
            cause_unit=cause,
            evidence=json.loads(evidence),
        )
        for unit, product, kind, severity, start, end, cause, evidence in rows(
            connection,
            "SELECT unit, product, kind, severity, start_s, end_s, cause_unit, evidence FROM output_drop "
            "WHERE start_s < ? AND ifnull(end_s, 9223372036854775807) > max(?, start_s) ORDER BY start_s, id",
            (end_s, start_s),
        )
    ]


def drops_version(connection: apsw.Connection) -> tuple[int, ...]:
    """Changes with every drop that begins, changes or ends; ends with how many last."""
    newest, ended = next(rows(connection, "SELECT ifnull(max(id), 0), count(end_s) FROM output_drop"))
    lasting = list(rows(connection, "SELECT id, kind, evidence FROM output_drop WHERE end_s IS NULL ORDER BY id"))
    return int(newest), int(ended), crc32(repr(lasting).encode()), len(lasting)


def stops(connection: apsw.Connection, start_ns: int, end_ns: int, now_ns: int) -> Stops:
    """How long units stood in [start_ns, end_ns), as far as it is over at `now_ns` and they were watched."""
    start_s, end_s = start_ns // NS, -(-end_ns // NS)
    watched: dict[str, set[int]] = {}
    for hour_s, unit in rows(
        connection,
        "SELECT start_s, unit FROM observed WHERE start_s >= ? AND start_s < ? AND unit >= ?",
        (start_s - 2 * HOUR_S, end_s, FIRST_UNIT),
    ):
        watched.setdefault(unit, set()).add(hour_s)
    return Stops.of(drops(connection, start_s, end_s), watched, now_ns)


AHEAD_S, LONGEST_S = 60, 31 * DAY_S
"""A clock that is disciplined steps by seconds. A drop hardly lasts over a month, and to look through ten years of them
every ten seconds would cost more than detection itself."""


def _forget_ahead(connection: apsw.Connection, at_s: int) -> None:
    """What is later than now, a clock that was ahead has found: a drop that begins then never was, and of one that ends
    then it is known up to now alone."""
    least_s = at_s + AHEAD_S
    sql = (
        "SELECT unit, kind, start_s, ifnull(end_s, start_s) AS last_s FROM output_drop "
        "WHERE start_s > ? AND max(start_s, last_s) > ?"
    )
    ahead = list(rows(connection, sql, (at_s - LONGEST_S, least_s)))
    if not ahead:
        return
    connection.execute("DELETE FROM output_drop WHERE start_s > ?", (least_s,))
    connection.execute(
        "UPDATE output_drop SET end_s = max(start_s, ?) WHERE start_s > ? AND end_s > ?",
        (at_s, at_s - LONGEST_S, least_s),
    )
    for unit, kind, start_s, last_s in ahead:
        if FindingKind(kind) in STANDING:
            _mark_hours(connection, unit, start_s, last_s)


def _open_drop(connection: apsw.Connection, unit: str) -> tuple[int, FindingKind] | None:
    found = rows(connection, "SELECT start_s, kind FROM output_drop WHERE unit = ? AND end_s IS NULL", (unit,))
    return next(((int(start_s), FindingKind(kind)) for start_s, kind in found), None)


def _mark_hours(connection: apsw.Connection, unit: str, start_s: int, end_s: int) -> None:
    """Mark [start_s, end_s) dirty hour by hour: one long span would be taken for an amount over several days."""
    for hour_s in range(start_s // HOUR_S * HOUR_S, end_s, HOUR_S):
        mark_dirty(connection, unit, "", max(hour_s, start_s), min(hour_s + HOUR_S, end_s))


def _now_fields(unit: UnitNow) -> dict[str, object]:
    return {
        "unit": unit.unit,
        "shop": unit.shop,
        "product": unit.product,
        "at_s": unit.at_s,
        "since_s": unit.since_s,
        "state": int(unit.state),
        "severity": unit.severity,
        "expected_t_per_h": unit.expected_t_per_h,
        "actual_t_per_h": unit.actual_t_per_h,
        "drop_pct": unit.drop_pct,
        "cause_unit": unit.cause_unit,
        "evidence": dict(unit.evidence),
    }
