"""The small tables of what people stated and gauges measured, as a configuration has them."""

from datetime import date

import apsw

from collector.config.settings import Settings
from collector.service.stated_tables import StatedTable
from collector.storage.ledger.fuel import read_fuel
from collector.storage.ledger.heat import heat_version, read_network
from collector.storage.ledger.projects import projects_version, read_projects
from collector.storage.ledger.why import growth_since_ns, growth_version, read_growth
from collector.storage.ledger.workings import read_workings
from models.heat.fuel_rows import FUEL_TABLE, fuel_rows
from models.heat.heat_rows import HEAT_TABLE, heat_row
from models.tables.indicator_rows import INDICATOR_TABLE, indicator_rows
from models.tables.project_rows import PROJECT_TABLE, project_rows
from models.tables.safety_rows import SAFETY_TABLE
from models.why.growth_rows import GROWTH_TABLE
from models.works.calendar import HOUR_NS, NS, hour_bounds, local_date, stamp_ns
from models.works.month import month_of
from models.works.table import Row

HEAT_DAYS = 40
"""So far back hours of heat are made anew: what comes later than that, by a history or a backfill, is an exception. A
thousand hours of a network take some hundredths of a second."""
MADE_ANEW_NS = 7 * 24 * HOUR_NS
"""What a source tells of its past changes hours of this long ago at most; older rows stay as they are published."""
PUBLISHED_EVERY_NS = 60 * NS
"""The running hour changes with every reading."""


def stated_tables(settings: Settings) -> tuple[StatedTable, ...]:
    """All of them."""
    plant = settings.plant

    def today(now_ns: int) -> int:
        return local_date(plant.zone, now_ns).toordinal()

    def projects(connection: apsw.Connection, now_ns: int) -> list[Row]:
        return project_rows(plant, settings.projects, read_projects(connection, settings.renamed), today(now_ns))

    def indicators(connection: apsw.Connection, _now_ns: int) -> list[Row]:
        return indicator_rows(plant, settings.indicators, read_projects(connection, settings.renamed).numbers)

    def heat_since_ns(now_ns: int) -> int:
        return stamp_ns(plant.zone, date.fromordinal(today(now_ns) - HEAT_DAYS))

    def heat(connection: apsw.Connection, now_ns: int) -> list[Row]:
        days = (today(now_ns) - HEAT_DAYS, today(now_ns) + 1)
        found = [read_network(connection, plant, network, days, now_ns) for network in settings.heat.networks]
        return [heat_row(plant.site, hour) for network in found for hour in network.hours if hour.is_known]

    def fuel_days(now_ns: int) -> tuple[int, int]:
        """From the first of a month, for a day's row has the month to date."""
        return month_of(today(now_ns) - HEAT_DAYS), today(now_ns) + 1

    def fuel_since_ns(now_ns: int) -> int:
        return stamp_ns(plant.zone, date.fromordinal(fuel_days(now_ns)[0]))

    def fuel(connection: apsw.Connection, now_ns: int) -> list[Row]:
        if not settings.fuel.fuels:
            return []
        return fuel_rows(plant, read_fuel(connection, plant, settings.fuel, fuel_days(now_ns), now_ns))

    def recent(now_ns: int) -> int:
        return hour_bounds(plant.zone, now_ns - MADE_ANEW_NS)[0]

    def safety(connection: apsw.Connection, now_ns: int) -> list[Row]:
        return read_workings(connection, plant, settings.workings, (recent(now_ns), now_ns))

    def growth(connection: apsw.Connection, now_ns: int) -> list[Row]:
        return read_growth(connection, plant, settings.stop_reasons, now_ns)

    return (
        StatedTable(GROWTH_TABLE, growth_version, growth, lambda ns: growth_since_ns(plant, ns)),
        # A milestone is late by the day on which it is looked at.
        StatedTable(PROJECT_TABLE, lambda connection, ns: (*projects_version(connection), today(ns)), projects),
        StatedTable(SAFETY_TABLE, lambda _connection, ns: (ns // PUBLISHED_EVERY_NS,), safety, recent),
        StatedTable(INDICATOR_TABLE, lambda connection, _ns: projects_version(connection), indicators),
        StatedTable(
            HEAT_TABLE, lambda connection, ns: heat_version(connection, heat_since_ns(ns), ns), heat, heat_since_ns
        ),
        # What is stated later of the output of a day gets into its GJ/t with the next hour.
        StatedTable(
            FUEL_TABLE,
            lambda connection, ns: heat_version(connection, fuel_since_ns(ns), ns) if settings.fuel.fuels else (),
            fuel,
            fuel_since_ns,
        ),
    )
