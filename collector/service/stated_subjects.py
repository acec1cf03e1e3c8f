"""The small tables of what people stated, as a configuration has them."""

import apsw

from collector.config.settings import Settings
from collector.service.stated_tables import StatedTable
from collector.storage.ledger.projects import projects_version, read_projects
from models.tables.indicator_rows import INDICATOR_TABLE, indicator_rows
from models.tables.project_rows import PROJECT_TABLE, project_rows
from models.works.calendar import local_date
from models.works.table import Row


def stated_tables(settings: Settings) -> tuple[StatedTable, ...]:
    """All of them."""
    plant = settings.plant

    def today(now_ns: int) -> int:
        return local_date(plant.zone, now_ns).toordinal()

    def projects(connection: apsw.Connection, now_ns: int) -> list[Row]:
        return project_rows(plant, settings.projects, read_projects(connection, settings.renamed), today(now_ns))

    def indicators(connection: apsw.Connection, _now_ns: int) -> list[Row]:
        return indicator_rows(plant, settings.indicators, read_projects(connection, settings.renamed).numbers)

    return (
        # A milestone is late by the day on which it is looked at.
        StatedTable(PROJECT_TABLE, lambda connection, ns: (*projects_version(connection), today(ns)), projects),
        StatedTable(INDICATOR_TABLE, lambda connection, _ns: projects_version(connection), indicators),
    )
