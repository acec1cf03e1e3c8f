"""Reads heat supply for the desk's page, as briefing and reports have it."""

from collector.config.settings import Settings
from collector.entries.entry_file import EntryFile
from collector.storage.ledger.heat import read_heat
from models.heat.report import HeatReport
from models.works.calendar import local_date
from models.works.month import month_of

DAYS = 7


class DeskHeat:
    """Fulfils `dashboards.web.heat_hours.HeatHours`, with a connection of its own for each report."""

    def __init__(self, settings: Settings) -> None:
        self._entries = EntryFile(settings)

    def is_declared(self) -> bool:
        """Whether the works has a heat network."""
        return bool(self._entries.settings.heat.networks)

    def report(self, *, month: bool) -> HeatReport:
        """The running month, or the last seven days."""
        plant, now_ns = self._entries.plant, self._entries.clock_ns()
        today = local_date(plant.zone, now_ns).toordinal()
        days = (month_of(today) if month else today - DAYS + 1, today + 1)
        supply = self._entries.settings.heat
        return self._entries.read(lambda connection: read_heat(connection, plant, supply, days, now_ns))
