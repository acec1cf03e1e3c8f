"""What is expected of the units now: worked out anew when people stated something."""

from dataclasses import dataclass, field

from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.ledger import Ledger
from models.detection.expected.planned import PlannedExpected, planned
from models.works.plant import Plant


@dataclass(slots=True)
class Expectation:
    """Call it in a thread, one at a time: it blocks on the ledger."""

    plant: Plant
    ledger: Ledger
    _version: tuple[int, ...] | None = None
    _known: PlannedExpected | None = field(default=None, repr=False)

    def __call__(self) -> PlannedExpected:
        """What holds by everything that was stated until now."""
        version = self.ledger.read(ledger_statements.version)
        if self._known is None or version != self._version:
            self._known = planned(self.plant, self.ledger.read(ledger_statements.read))
            self._version = version
        return self._known
