"""Where the API's figures come from: the wiring reads them from the ledger, by the code of pages and reports."""

from collections.abc import Sequence
from typing import Protocol

from dashboards.report.document import ReportRow
from models.stated.plan import PlanEntry
from models.stated.signature import JudgedScope
from models.tables.asked_figures import AskedFigures
from models.works.span import WorksSpan
from models.works.table import Row


class ApiSource(Protocol):
    """Blocks; safe to call from any thread. Raises ReadRefused where the ledger says why it cannot be read."""

    def figures(self, asked: AskedFigures) -> Sequence[Row]:
        """The rows of the asked grain, by time."""
        ...

    def report_rows(self, span: WorksSpan, known_ns: int | None) -> Sequence[ReportRow]:
        """The rows of the report of a span, as known at `known_ns` (UTC ns; None: now)."""
        ...

    def signed(self, first: int, end: int) -> Sequence[tuple[int, JudgedScope]]:
        """Of each production date within [first, end) (ordinals) that has figures, its shops and then the works: who
        signed, and whether that holds."""
        ...

    def plans(self) -> Sequence[PlanEntry]:
        """The newest word on each plan, by month."""
        ...
