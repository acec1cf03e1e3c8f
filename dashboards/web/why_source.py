"""Where the page that says why output changed has its split from: the wiring makes it, as `tundish report why` does."""

from typing import Protocol

from dashboards.report.why.document import WhyReport
from models.tables.growth_span import Days
from models.works.localize import Language


class WhySource(Protocol):
    """Raises ReportRefused where two spans cannot be compared; its text is in the reader's language."""

    def usual(self) -> tuple[Days, Days]:
        """The last complete month, and the same month of the year before. At once: nothing is read."""
        ...

    def report(self, spans: tuple[Days, Days], product: str, language: Language) -> WhyReport:
        """The split of one product between a span and its base (production dates [first, end)). Reads the ledger, which
        may take seconds; safe to call from any thread."""
        ...
