"""Makes the reports of the desk's page, as the command makes them."""

from collector.cli.report_making import Wanted, document_of, read_wanted
from collector.cli.report_periods import AskedDays, asked_days, usual_period
from collector.config.settings import Settings
from collector.entries.entry_file import EntryFile
from collector.errors import CollectorError
from dashboards.report.document import ReportDocument
from dashboards.web.errors import ReportRefused
from models.works.localize import Language
from models.works.span import WorksSpan


class DeskReports:
    """Fulfils `dashboards.web.report_source.ReportSource`, with a connection of its own for each report."""

    def __init__(self, settings: Settings) -> None:
        self._entries = EntryFile(settings)

    def span(self, kind: str, period: str, language: Language) -> WorksSpan:
        """The span that is named. Raises ReportRefused if it is none, or has not begun."""
        plant, now_ns = self._entries.plant, self._entries.clock_ns()
        # Of several months the page shows the first: it has one span.
        asked = (period or usual_period(plant, kind, now_ns)).partition("..")[0]
        try:
            span = asked_days(plant, kind, asked, now_ns).span
        except CollectorError as error:
            raise ReportRefused(error.told(language)) from error
        assert span is not None  # noqa: S101 - only several months have none
        return span

    def document(self, span: WorksSpan, language: Language) -> ReportDocument:
        """Its report. Raises ReportRefused if the ledger says why it cannot be read."""
        days = AskedDays(span.first, span.end, span.text, span)
        wanted = Wanted(
            kind=span.kind.value,
            days=days,
            lang=language,
            now_ns=self._entries.clock_ns(),
            stop_reasons=self._entries.settings.stop_reasons,
        )
        try:
            return document_of(wanted, read_wanted(self._entries, wanted))
        except CollectorError as error:
            raise ReportRefused(error.told(language)) from error
