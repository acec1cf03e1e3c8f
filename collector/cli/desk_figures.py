"""Reads what the API of the desk gives, as reports are read."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import apsw

from collector.cli.report_making import Wanted, read_wanted
from collector.cli.report_periods import AskedDays
from collector.config.settings import Settings
from collector.entries.asked_figures import read_figures
from collector.entries.entry_file import EntryFile
from collector.errors import CollectorError
from collector.storage.ledger import signatures, statements
from dashboards.report.document import ReportRow
from dashboards.web.errors import ReadRefused
from models.stated.plan import PlanEntry
from models.stated.signature import JudgedScope
from models.tables.asked_figures import AskedFigures
from models.works.span import WorksSpan
from models.works.table import Row

Result = TypeVar("Result")


class DeskFigures:
    """Fulfils `dashboards.web.api.source.ApiSource`, with a connection of its own for each question."""

    def __init__(self, settings: Settings) -> None:
        self._entries = EntryFile(settings)

    def figures(self, asked: AskedFigures) -> Sequence[Row]:
        """See `ApiSource`."""
        now_ns, plan = self._entries.clock_ns(), self._entries.plan
        return self._read(lambda connection: read_figures(connection, plan, asked, now_ns))

    def report_rows(self, span: WorksSpan, known_ns: int | None) -> Sequence[ReportRow]:
        """See `ApiSource`."""
        wanted = Wanted(
            kind=span.kind.value,
            days=AskedDays(span.first, span.end, span.text, span),
            lang="en",
            known_ns=known_ns,
            now_ns=self._entries.clock_ns(),
        )
        return _asked(lambda: read_wanted(self._entries, wanted).rows)

    def signed(self, first: int, end: int) -> Sequence[tuple[int, JudgedScope]]:
        """See `ApiSource`."""
        plant = self._entries.plant
        return self._read(
            lambda connection: [
                (day, judged) for day in range(first, end) for judged in signatures.judged_day(connection, plant, day)
            ]
        )

    def plans(self) -> Sequence[PlanEntry]:
        """See `ApiSource`."""
        found = self._read(lambda connection: statements.read(connection, None, None).plans)
        return sorted(found, key=lambda plan: (plan.month, plan.product, plan.shop, plan.unit))

    def _read(self, call: Callable[[apsw.Connection], Result]) -> Result:
        return _asked(lambda: self._entries.read(call))


def _asked(call: Callable[[], Result]) -> Result:
    try:
        return call()
    except CollectorError as error:
        raise ReadRefused(error.told) from error
