"""What detection needs and tells, in the ledger: minutes that were observed, units as they are now, drops. SQL.

`observed` keeps a year of hours; the hour that runs is written anew each minute. Minutes are what live detection starts
again from and what rehearsals replay. `unit_now` is of the moment. `output_drop` has one row for each drop, which is
ended once.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import apsw

from collector.storage import outbox
from collector.storage.minutes_codec import decode_minutes, encode_minutes
from collector.storage.sql import rows
from models.codes import UnitState
from models.detection.finding import FindingKind
from models.detection.observed import UnitMinutes
from models.detection.standstill import OutputDrop
from models.detection.state_row import UnitNow
from models.table import Row

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
KEPT_S = 400 * 24 * HOUR_S


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionChanges:
    """What a step of detection tells. `rows`: of unit_state, for the database. `hours`: by start, minutes by unit.

    `begun`: drops that began or changed; `ended`: by unit, when its open drop ended (UTC seconds).
    """

    now: Sequence[UnitNow] = ()
    rows: Sequence[Row] = ()
    hours: Mapping[int, Mapping[str, UnitMinutes]] = field(default_factory=dict)
    begun: Sequence[OutputDrop] = ()
    ended: Mapping[str, int] = field(default_factory=dict)


def apply(connection: apsw.Connection, changes: DetectionChanges, *, to_outbox: bool) -> None:
    """Write `changes` in the transaction that is under way; rows only where there is a database."""
    put_now(connection, changes.now)
    put_drops(connection, changes.begun, changes.ended)
    for start_s, units in changes.hours.items():
        put_hour(connection, start_s, units)
    if to_outbox:
        outbox.queue_only(connection, changes.rows)


def put_hour(connection: apsw.Connection, start_s: int, units: Mapping[str, UnitMinutes]) -> None:
    """Store the minutes of the hour from `start_s`, without events; drop what is older than KEPT_S."""
    connection.executemany(
        "INSERT OR REPLACE INTO observed (start_s, unit, minutes) VALUES (?, ?, ?)",
        [(start_s, unit, encode_minutes(minutes)) for unit, minutes in units.items()],
    )
    connection.execute("DELETE FROM observed WHERE start_s < ?", (start_s - KEPT_S,))


def hours(connection: apsw.Connection, start_s: int, end_s: int) -> list[tuple[int, str, UnitMinutes]]:
    """(start of the hour, unit, its minutes) of hours that begin in [start_s, end_s), without damaged ones."""
    found = []
    for start, unit, blob in rows(
        connection,
        "SELECT start_s, unit, minutes FROM observed WHERE start_s >= ? AND start_s < ? ORDER BY start_s, unit",
        (start_s, end_s),
    ):
        minutes = decode_minutes(blob)
        if minutes is not None:
            found.append((int(start), str(unit), minutes))
    return found


def first_hour(connection: apsw.Connection) -> int | None:
    """The start of the oldest hour that is kept."""
    return next(
        (int(row[0]) for row in rows(connection, "SELECT min(start_s) FROM observed") if row[0] is not None), None
    )


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


def put_drops(connection: apsw.Connection, begun: Iterable[OutputDrop], ended: Mapping[str, int]) -> None:
    """Begin drops, or bring the open ones of these units up to date; end those of units in `ended` (UTC seconds)."""
    for drop in begun:
        fields = (drop.kind.value, drop.severity, drop.cause_unit, json.dumps(dict(drop.evidence), ensure_ascii=False))
        connection.execute(
            "UPDATE output_drop SET kind = ?, severity = ?, cause_unit = ?, evidence = ? "
            "WHERE unit = ? AND end_s IS NULL",
            (*fields, drop.unit),
        )
        if not connection.changes():
            connection.execute(
                "INSERT INTO output_drop (kind, severity, cause_unit, evidence, unit, product, start_s, end_s) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
                (*fields, drop.unit, drop.product, drop.start_s),
            )
    for unit, end_s in ended.items():
        connection.execute(
            "UPDATE output_drop SET end_s = max(start_s, ?) WHERE unit = ? AND end_s IS NULL", (end_s, unit)
        )


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
            "WHERE start_s < ? AND ifnull(end_s, 9223372036854775807) > ? ORDER BY start_s, id",
            (end_s, start_s),
        )
    ]


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
