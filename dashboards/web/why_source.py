"""Where the pages that say why output changed and what stops cost have that from: the wiring makes it, as
`tundish report why` and `tundish report losses` do."""

from typing import Protocol

from dashboards.report.why.document import WhyReport
from dashboards.report.why.losses_document import LossReport
from models.tables.growth_span import Days
from models.works.localize import Language


class WhySource(Protocol):
    """Raises ReportRefused where spans cannot be compared or looked at; its text is in the reader's language."""

    def usual(self) -> tuple[Days, Days]:
        """The last complete month, and the same month of the year before. At once: nothing is read."""
        ...

    def report(self, spans: tuple[Days, Days], product: str, language: Language) -> WhyReport:
        """The split of one product between a span and its base (production dates [first, end)). Reads the ledger, which
        may take seconds; safe to call from any thread."""
        ...

    def losses(self, days: Days, product: str, language: Language) -> LossReport:
        """What stops cost of one product on production dates [first, end), those that are over. As `report`."""
        ...
