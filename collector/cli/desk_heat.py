"""Reads heat supply for the desk's page, as briefing and reports have it."""

from collector.config.settings import Settings
from collector.entries.entry_file import EntryFile
from collector.storage.ledger.heat import read_heat
from models.heat.report import HeatReport


class DeskHeat:
    """Fulfils `dashboards.web.heat_hours.HeatHours`, with a connection of its own for each report."""

    def __init__(self, settings: Settings) -> None:
        self._entries = EntryFile(settings)

    def is_declared(self) -> bool:
        """Whether the works has a heat network."""
        return bool(self._entries.settings.heat.networks)

    def report(self, days: tuple[int, int]) -> HeatReport:
        """See `HeatHours`."""
        plant, now_ns = self._entries.plant, self._entries.clock_ns()
        supply = self._entries.settings.heat
        return self._entries.read(lambda connection: read_heat(connection, plant, supply, days, now_ns))
