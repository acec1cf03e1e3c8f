"""Makes the split and the losses that the desk's pages show, as the commands make them."""

from collector.cli.why_making import read_loss_report, read_why_report
from collector.cli.why_periods import ComparedDays, checked, compared_days, days_over
from collector.config.settings import Settings
from collector.entries.entry_file import EntryFile
from collector.errors import CollectorError
from dashboards.report.why.document import WhyReport
from dashboards.report.why.losses_document import LossReport
from dashboards.web.errors import ReportRefused
from models.tables.growth_span import Days
from models.works.localize import Language


class DeskWhy:
    """Fulfils `dashboards.web.why_source.WhySource`, with a connection of its own for each report."""

    def __init__(self, settings: Settings) -> None:
        self._entries = EntryFile(settings)

    def usual(self) -> tuple[Days, Days]:
        """The last complete month, and the same month of the year before."""
        found = compared_days(self._entries.plant, None, None, self._entries.clock_ns())
        return found.days, found.base

    def report(self, spans: tuple[Days, Days], product: str, language: Language) -> WhyReport:
        """The split. Raises ReportRefused if the spans cannot be compared, or the ledger cannot be read."""
        entries, now_ns = self._entries, self._entries.clock_ns()
        try:
            compared = checked(entries.plant, ComparedDays(*spans), now_ns)
            return read_why_report(entries, compared, [product], now_ns, language)
        except CollectorError as error:
            raise ReportRefused(error.told(language)) from error

    def losses(self, days: Days, product: str, language: Language) -> LossReport:
        """The losses. Raises ReportRefused if no day of the span is over, or the ledger cannot be read."""
        entries, now_ns = self._entries, self._entries.clock_ns()
        try:
            return read_loss_report(entries, days_over(entries.plant, days, now_ns), [product], now_ns, language)
        except CollectorError as error:
            raise ReportRefused(error.told(language)) from error
