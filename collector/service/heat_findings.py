"""Whether towns get the heat that is due, read now and then from the hours in the ledger."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import apsw

from collector.storage.ledger.heat import read_network
from collector.storage.ledger.ledger import Ledger
from models.detection.finding import Finding
from models.heat.heat_findings import heat_findings
from models.heat.network import HeatSupply
from models.works.calendar import local_date
from models.works.plant import Plant

LOOKS_BACK = 3
"""Days in which the beginning of an under-heating is looked for. A judgement: one that is older began then."""


@dataclass(slots=True)
class HeatFindings:
    """`run` is a job; `found` is what it found last."""

    plant: Plant
    ledger: Ledger
    supply: HeatSupply
    clock_ns: Callable[[], int]
    found: Sequence[Finding] = field(default=())

    async def run(self) -> None:
        """Read the ledger."""
        if self.supply.networks:
            self.found = await asyncio.to_thread(self.ledger.read, self._read)

    def _read(self, connection: apsw.Connection) -> list[Finding]:
        now_ns = self.clock_ns()
        today = local_date(self.plant.zone, now_ns).toordinal()
        days = (today - LOOKS_BACK, today + 1)
        reports = [read_network(connection, self.plant, each, days, now_ns) for each in self.supply.networks]
        return heat_findings(self.plant, reports)
