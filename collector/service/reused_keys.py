"""Which events wait in quarantine for a number that is known already, read from the ledger now and then."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from collector.storage.ledger.ledger import Ledger
from collector.storage.quarantine import records as quarantine
from models.detection.finding import Finding
from models.detection.key_findings import ReusedKey, key_findings
from models.works.codes import Reason
from models.works.plant import Plant


@dataclass(slots=True)
class ReusedKeys:
    """`run` is a job; `findings` is what it found."""

    plant: Plant
    ledger: Ledger
    _waiting: Sequence[ReusedKey] = field(default=())

    async def run(self) -> None:
        """Read what waits."""
        records = await asyncio.to_thread(self.ledger.read, partial(quarantine.open_of, reason=Reason.KEY_REUSED))
        self._waiting = [
            ReusedKey(record.rejection.tag, record.rejection.event_key or "", record.recorded_ns) for record in records
        ]

    def findings(self) -> list[Finding]:
        """A finding for each tag of which events wait."""
        return key_findings(self.plant, self._waiting) if self._waiting else []
