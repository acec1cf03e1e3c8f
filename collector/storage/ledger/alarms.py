"""Alarms of the sources: a row for each time that one was active, which ends once, and for each event. SQL, no threads.

`change_no` rises with every change, so that who draws them finds what is new.
"""

from collections.abc import Iterable, Sequence

import apsw

from collector.storage.file.sql import one, rows, value
from models.detection.alarm import PlantAlarm
from models.works.calendar import NS

SCHEMA = """
CREATE TABLE alarm (
    source TEXT NOT NULL, key TEXT NOT NULL, start_ns INTEGER NOT NULL, end_ns INTEGER, unit TEXT NOT NULL,
    origin TEXT NOT NULL, name TEXT NOT NULL, message TEXT NOT NULL, severity INTEGER NOT NULL,
    is_event INTEGER NOT NULL, acked INTEGER, ended_unseen INTEGER NOT NULL, told_ns INTEGER NOT NULL,
    heard TEXT NOT NULL, change_no INTEGER NOT NULL, PRIMARY KEY (source, key, start_ns)
) WITHOUT ROWID;
CREATE INDEX alarm_by_end ON alarm (unit, end_ns) WHERE is_event = 0;
CREATE INDEX alarm_open ON alarm (source) WHERE end_ns IS NULL;
CREATE UNIQUE INDEX alarm_by_change ON alarm (change_no)
"""
TABLES = ("alarm",)

KEPT = 200_000
"""Alarms and events: at the pace that an operator can follow (144 a day; EEMUA 191) nearly four years of them, and some
80 MB. The oldest that are over go first."""
_COLUMNS = ", ".join(
    (
        *("source", "key", "unit", "origin", "name", "message", "severity"),
        *("start_ns", "end_ns", "is_event", "acked", "ended_unseen", "told_ns", "heard"),
    )
)
_FOREVER = 2**63 - 1


def put(connection: apsw.Connection, alarms: Iterable[PlantAlarm]) -> None:
    """Keep what began, changed or ended."""
    number = last_change(connection)
    for alarm in alarms:
        number += 1
        connection.execute(
            f"INSERT OR REPLACE INTO alarm ({_COLUMNS}, change_no) VALUES (?{', ?' * 14})",  # noqa: S608
            (
                *(alarm.source, alarm.key, alarm.unit, alarm.origin, alarm.name, alarm.message, alarm.severity),
                *(alarm.start_ns, alarm.end_ns, alarm.is_event, alarm.acked, alarm.ended_unseen, alarm.told_ns),
                *(" ".join(alarm.heard), number),
            ),
        )
    # By their changes: what changed last is what began or ended last. What still is active stays.
    connection.execute("DELETE FROM alarm WHERE change_no <= ? AND end_ns IS NOT NULL", (number - KEPT,))


def last_change(connection: apsw.Connection) -> int:
    """The number of the newest change."""
    return int(value(connection, "SELECT ifnull(max(change_no), 0) FROM alarm"))


def newest(connection: apsw.Connection, source: str, key: str) -> PlantAlarm | None:
    """The newest time that an alarm was active."""
    sql = f"SELECT {_COLUMNS} FROM alarm WHERE source = ? AND key = ? ORDER BY start_ns DESC LIMIT 1"  # noqa: S608
    found = one(connection, sql, (source, key))
    return None if found is None else _alarm(found)


def open_now(connection: apsw.Connection, source: str) -> list[PlantAlarm]:
    """The alarms of a source that are active, as far as is known."""
    sql = f"SELECT {_COLUMNS} FROM alarm WHERE source = ? AND end_ns IS NULL ORDER BY key, start_ns"  # noqa: S608
    return [_alarm(row) for row in rows(connection, sql, (source,))]


def active_at(connection: apsw.Connection, unit: str, first_s: int, last_s: int) -> list[PlantAlarm]:
    """The alarms of a unit that were active at some instant of [first_s, last_s] (UTC seconds)."""
    sql = (
        f"SELECT {_COLUMNS} FROM alarm WHERE unit = ? AND is_event = 0 AND (end_ns IS NULL OR end_ns >= ?) "  # noqa: S608
        "AND start_ns <= ? ORDER BY severity DESC, start_ns, key LIMIT 100"
    )
    return [_alarm(row) for row in rows(connection, sql, (unit, first_s * NS, last_s * NS))]


def changed_since(connection: apsw.Connection, number: int, since_ns: int, limit: int) -> tuple[list[PlantAlarm], int]:
    """Alarms that changed behind `number` and were active at `since_ns` (UTC ns) or later, and the newest number looked
    at: at most `limit` at once."""
    sql = f"SELECT change_no, {_COLUMNS} FROM alarm WHERE change_no > ? ORDER BY change_no LIMIT ?"  # noqa: S608
    found = list(rows(connection, sql, (number, limit)))
    alarms = [_alarm(row[1:]) for row in found]
    kept = [alarm for alarm in alarms if (_FOREVER if alarm.end_ns is None else alarm.end_ns) >= since_ns]
    return kept, int(found[-1][0]) if found else number


def lasting(connection: apsw.Connection, limit: int) -> list[PlantAlarm]:
    """The alarms that are active, the newest first."""
    sql = f"SELECT {_COLUMNS} FROM alarm WHERE end_ns IS NULL ORDER BY start_ns DESC LIMIT ?"  # noqa: S608
    return [_alarm(row) for row in rows(connection, sql, (limit,))]


def _alarm(row: Sequence[object]) -> PlantAlarm:
    source, key, unit, origin, name, message, severity, start_ns, end_ns, is_event, acked, unseen, told, heard = row
    return PlantAlarm(
        source=str(source),
        key=str(key),
        unit=str(unit),
        origin=str(origin),
        name=str(name),
        message=str(message),
        severity=int(str(severity)),
        start_ns=int(str(start_ns)),
        end_ns=None if end_ns is None else int(str(end_ns)),
        is_event=bool(is_event),
        acked=None if acked is None else bool(acked),
        ended_unseen=bool(unseen),
        told_ns=int(str(told)),
        heard=tuple(str(heard).split(" ")) if heard else (),
    )
