"""What the ledger has of one unit, for its page. SQL and rows; what is shown of it is `dashboards.web.unit_view`."""

from collections.abc import Sequence

import apsw

from collector.storage.file.sql import rows
from collector.storage.ledger import detection, outbox, reads, statements, stop_reasons
from collector.storage.ledger.minutes_codec import decode_minutes
from collector.storage.ledger.run_notes import first_run_s, ran
from models.detection.minutes.observed import MINUTE_S, UnitMinutes
from models.detection.watched import watched_units
from models.tables.desk_data import OutputPoint
from models.tables.row_fields import DAY_TABLE, HOUR_TABLE
from models.tables.unit_record import LOOKED_BACK_DAYS, WATCHED_S, UnitRecord, WatchedDay, watched_span_s
from models.works.calendar import NS
from models.works.plant import Plant

_DAY_NS = 86_400 * NS
_HOUR_S = 3600


def read_unit_record(connection: apsw.Connection, plant: Plant, unit: str, now_ns: int) -> UnitRecord:
    """All of it, in the transaction of the connection. Raises KeyError for a unit that the plant does not have."""
    back_ns = now_ns - LOOKED_BACK_DAYS * _DAY_NS
    stated = statements.read(connection, span_ns=None)
    first_day = back_ns // _DAY_NS
    drops = [drop for drop in detection.drops(connection, back_ns // NS, now_ns // NS + _HOUR_S) if drop.unit == unit]
    return UnitRecord(
        unit=unit,
        read_ns=now_ns,
        hours=_output(connection, HOUR_TABLE, unit, (now_ns - 2 * _DAY_NS, now_ns + _DAY_NS)),
        days=_output(connection, DAY_TABLE, unit, (back_ns, now_ns + _DAY_NS)),
        watched=_watched(connection, plant, unit, now_ns),
        drops=drops,
        stops=stop_reasons.reasoned(connection, [drop for drop in drops if drop.stands]),
        repairs=[
            repair
            for repair in sorted(stated.repairs, key=lambda repair: repair.start_ns)
            if repair.unit == unit and repair.end_ns > back_ns
        ],
        events=[
            event for event in reads.events(connection, now_ns - WATCHED_S * NS, now_ns + _DAY_NS) if event.unit == unit
        ],
        corrections=sorted(
            (item for item in stated.adjustments if item.unit == unit and item.recorded_ns // _DAY_NS >= first_day),
            key=lambda item: item.recorded_ns,
        ),
    )


def _output(connection: apsw.Connection, table: str, unit: str, span_ns: tuple[int, int]) -> list[OutputPoint]:
    found = (OutputPoint.of(row) for row in outbox.published(connection, table, *span_ns))
    return [point for point in found if point.level == "unit" and point.unit == unit]


def _watched(connection: apsw.Connection, plant: Plant, unit: str, now_ns: int) -> list[WatchedDay]:
    watched = watched_units(plant, plant.detection)
    own = watched.get(unit)
    if own is None:
        return []
    siblings = [
        other for other in watched.values() if (other.kind, other.shop) == (own.kind, own.shop) and other.code != unit
    ]
    start_s, end_s = watched_span_s(now_ns)
    away = _not_run(connection, start_s, end_s)
    found = []
    for each in (own, *siblings):
        signal = "" if each.activity is None else each.activity.signal
        found.append(
            WatchedDay.of(each.code, signal, (start_s, end_s), _hours(connection, each.code, start_s, end_s)).without(
                away
            )
        )
    return found


def _not_run(connection: apsw.Connection, start_s: int, end_s: int) -> list[int]:
    """The minutes, counted from start_s, in which no collector ran: an hour that it began late is kept whole."""
    noted_s = first_run_s(connection)
    if noted_s is None:
        return []
    first_s = max(noted_s // _HOUR_S * _HOUR_S, start_s)
    minutes = ran(connection, first_s, end_s)
    return [(at_s - start_s) // MINUTE_S for at_s in range(first_s, end_s, MINUTE_S) if at_s not in minutes]


def _hours(connection: apsw.Connection, unit: str, start_s: int, end_s: int) -> Sequence[tuple[int, UnitMinutes]]:
    found = []
    for begin_s, blob in rows(
        connection,
        "SELECT start_s, minutes FROM observed WHERE start_s > ? AND start_s < ? AND unit = ? ORDER BY start_s",
        (start_s - _HOUR_S, end_s, unit),
    ):
        minutes = decode_minutes(blob)
        if minutes is not None:
            found.append((int(begin_s), minutes))
    return found
