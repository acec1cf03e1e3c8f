"""Fuel as the ledger knows it: hours of gauges, and the published output of the products that GJ/t is told of. SQL."""

from datetime import date

import apsw

from collector.storage.ledger import measured as ledger_measured
from collector.storage.ledger import outbox
from models.heat.fuel import FuelUse
from models.heat.fuel_report import FuelReport, fuel_hours, fuel_report, fuel_seconds, fuel_whole
from models.heat.fuel_span import FuelSpan
from models.heat.specific_use import MadeInDay
from models.tables.row_fields import DAY_TABLE
from models.works.calendar import MS_NS, NS, date_bounds, local_date
from models.works.codes import FigureStatus
from models.works.limits import WATCHED_PCT
from models.works.plant import Plant
from models.works.table import Row


def read_fuel(
    connection: apsw.Connection, plant: Plant, use: FuelUse, days: tuple[int, int], now_ns: int
) -> FuelReport:
    """Of the dates [first, end) (ordinals), the first of which begins a month."""
    found = ledger_measured.hours(connection, use.tags, *fuel_seconds(plant.zone, days))
    hours = fuel_hours(use, found, now_ns // NS)
    return fuel_report(use, hours, _made(connection, plant, use, days), plant.zone, days, now_ns // NS)


def read_fuel_whole(
    connection: apsw.Connection, plant: Plant, use: FuelUse, days: tuple[int, int], now_ns: int
) -> FuelSpan:
    """Of these dates together."""
    found = ledger_measured.hours(connection, use.tags, *fuel_seconds(plant.zone, days))
    return fuel_whole(use, fuel_hours(use, found, now_ns // NS), plant.zone, days, now_ns // NS)


def _made(connection: apsw.Connection, plant: Plant, use: FuelUse, days: tuple[int, int]) -> list[MadeInDay]:
    start_ns, end_ns = (date_bounds(plant.zone, date.fromordinal(day))[0] for day in days)
    if not use.per_tonne_of:
        return []
    found = []
    for row in outbox.published(connection, DAY_TABLE, start_ns, end_ns):
        tags = dict(row.key.tags)
        if tags["level"] == "site" and tags["product"] in use.per_tonne_of:
            found.append(_made_in_day(plant, tags["product"], row))
    return found


def _made_in_day(plant: Plant, product: str, row: Row) -> MadeInDay:
    fields = row.fields
    # As attainment is judged: of a day that was hardly watched it would tell of the collector.
    vouched = int(fields["status"]) > FigureStatus.OPERATIONAL
    is_known = "actual_t" in fields and (vouched or float(fields["completeness_pct"]) >= WATCHED_PCT)
    return MadeInDay(
        product=product,
        day=local_date(plant.zone, row.key.time_ns).toordinal(),
        start_s=int(fields["start_ms"]) * MS_NS // NS,
        end_s=int(fields["end_ms"]) * MS_NS // NS,
        tonnes=float(fields["actual_t"]) if is_known else None,
    )
