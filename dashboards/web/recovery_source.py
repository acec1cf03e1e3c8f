"""Where the page that says how a month can still be made has its figures from: the wiring reads them, as `tundish
recover` does."""

from collections.abc import Sequence
from typing import Protocol

from dashboards.report.recovery.document import RecoveryReport
from models.recovery.what_if import Supposed
from models.works.localize import Language


class MonthWays(Protocol):
    """The books of a month as they were when the page was loaded: what is supposed changes none of them. Safe to call
    from any thread; each call takes some tenths of a second."""

    def report(self, products: Sequence[str], supposed: Supposed, language: Language) -> RecoveryReport:
        """The ways of `products` (codes). Raises ReportRefused for what cannot be supposed."""
        ...


class RecoverySource(Protocol):
    """Raises ReportRefused where there are none; its text is in the reader's language."""

    def read(self, month: int | None, language: Language) -> MonthWays:
        """The month that begins on this production date (an ordinal); None: the one that runs. Reads the ledger, which
        may take seconds; safe to call from any thread."""
        ...
