"""Reads gas and fuel for the desk's page, as briefing and reports have it."""

import apsw

from collector.config.settings import Settings
from collector.entries.entry_file import EntryFile
from collector.storage.ledger.fuel import read_fuel
from collector.storage.ledger.projects import read_projects
from dashboards.web.fuel_days import FuelOfMonth
from models.heat.gas_phases import gas_phases
from models.works.calendar import local_date
from models.works.month import shifted


class DeskFuel:
    """Fulfils `dashboards.web.fuel_days.FuelDays`, with a connection of its own for each month."""

    def __init__(self, settings: Settings) -> None:
        self._entries = EntryFile(settings)

    def is_declared(self) -> bool:
        """Whether the works says what it burns."""
        return bool(self._entries.settings.fuel.fuels)

    def month(self, first: int) -> FuelOfMonth:
        """See `FuelDays`."""
        settings, now_ns = self._entries.settings, self._entries.clock_ns()
        today = local_date(settings.plant.zone, now_ns).toordinal()
        days = (first, min(shifted(first, 1), today + 1))

        def read(connection: apsw.Connection) -> FuelOfMonth:
            report = read_fuel(connection, settings.plant, settings.fuel, days, now_ns)
            stated = read_projects(connection, settings.renamed)
            phases = gas_phases(settings.fuel.gasification, settings.projects, stated, today)
            return FuelOfMonth(report, phases, today)

        return self._entries.read(read)
