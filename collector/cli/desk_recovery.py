"""Makes the ways to make a month that the desk's page shows, as the command makes them."""

from collections.abc import Sequence
from dataclasses import dataclass

from collector.cli.recover_making import MonthLeft, read_month_left, recovery_month
from collector.config.settings import Settings
from collector.entries.entry_file import EntryFile
from collector.errors import CollectorError
from dashboards.report.recovery.document import RecoveryReport
from dashboards.web.errors import ReportRefused
from models.recovery.what_if import Supposed
from models.works.localize import Language


@dataclass(frozen=True, slots=True)
class DeskMonthLeft:
    """Fulfils `dashboards.web.recovery_source.MonthWays`."""

    left: MonthLeft

    def report(self, products: Sequence[str], supposed: Supposed, language: Language) -> RecoveryReport:
        """The ways of `products`. Raises ReportRefused for what cannot be supposed."""
        try:
            return self.left.report(products, supposed, language)
        except CollectorError as error:
            raise ReportRefused(error.told(language)) from error


class DeskRecovery:
    """Fulfils `dashboards.web.recovery_source.RecoverySource`, with a connection of its own for each month."""

    def __init__(self, settings: Settings) -> None:
        self._entries = EntryFile(settings)

    def read(self, month: int | None, language: Language) -> DeskMonthLeft:
        """The books of a month. Raises ReportRefused if it is over, or the ledger cannot be read."""
        entries = self._entries
        try:
            asked = recovery_month(entries.plant, month, entries.clock_ns())
            return DeskMonthLeft(read_month_left(entries, asked))
        except CollectorError as error:
            raise ReportRefused(error.told(language)) from error
