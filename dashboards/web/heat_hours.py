"""Where the page of heat supply has its hours from: the wiring reads them from the ledger."""

from typing import Protocol

from models.heat.report import HeatReport


class HeatHours(Protocol):
    """What is known of heat networks."""

    def is_declared(self) -> bool:
        """Whether the works has a heat network."""
        ...

    def report(self, days: tuple[int, int]) -> HeatReport:
        """The dates [first, end) (ordinals), as far as they are over. Reads the ledger; from any thread."""
        ...
