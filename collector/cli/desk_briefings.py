"""Makes the briefings of the desk's page, as the command makes them."""

from datetime import date

from collector.cli.briefing_making import AskedBriefing, read_briefing
from collector.cli.report_periods import briefing_months
from collector.config.settings import Settings
from collector.entries.entry_file import EntryFile
from collector.errors import CollectorError
from collector.storage.ledger.projects import read_projects
from dashboards.web.errors import ReportRefused
from models.briefing.document import Briefing
from models.stated.project_progress import ProjectsAsKnown
from models.tables.growth_span import Days
from models.works.calendar import date_bounds, local_date
from models.works.localize import Language


class DeskBriefings:
    """Fulfils `dashboards.web.report_source.BriefingSource`, with a connection of its own for each briefing."""

    def __init__(self, settings: Settings) -> None:
        self._entries = EntryFile(settings)

    def months(self, period: str, language: Language) -> Days:
        """The months that are named. Raises ReportRefused if they are none, of two years, or have not begun."""
        try:
            return briefing_months(self._entries.plant, period or None, self._entries.clock_ns())
        except CollectorError as error:
            raise ReportRefused(error.told(language)) from error

    def briefing(self, months: Days, language: Language) -> Briefing:
        """Their briefing. Raises ReportRefused if the ledger says why it cannot be read."""
        asked = AskedBriefing(months=months, language=language, now_ns=self._entries.clock_ns())
        try:
            return read_briefing(self._entries, asked)
        except CollectorError as error:
            raise ReportRefused(error.told(language)) from error

    def projects(self, known: date | None, language: Language) -> ProjectsAsKnown:
        """Projects and indicators. Raises ReportRefused if the ledger says why it cannot be read."""
        entries, zone = self._entries, self._entries.plant.zone
        known_ns = None if known is None else date_bounds(zone, known)[1] - 1
        try:
            stated = entries.read(lambda connection: read_projects(connection, entries.settings.renamed, known_ns))
        except CollectorError as error:
            raise ReportRefused(error.told(language)) from error
        day = known or local_date(zone, entries.clock_ns())
        return ProjectsAsKnown(entries.settings.projects, entries.settings.indicators, stated, day.toordinal())
