"""What the ledger holds that a person should hear of, read now and then: used numbers that wait, gaps of a day."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import apsw

from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from collector.storage.quarantine import records as quarantine
from models.detection.finding import Finding
from models.detection.gap_findings import TOLD_FOR_NS, RecordedGap, gap_findings
from models.detection.key_findings import ReusedKey, key_findings
from models.works.codes import Reason
from models.works.plant import Plant


@dataclass(slots=True)
class LedgerFindings:
    """`run` is a job; `findings` is what it found."""

    plant: Plant
    ledger: Ledger
    clock_ns: Callable[[], int]
    _keys: Sequence[ReusedKey] = field(default=())
    _gaps: Sequence[RecordedGap] = field(default=())

    async def run(self) -> None:
        """Read the ledger."""
        self._keys, self._gaps = await asyncio.to_thread(self.ledger.read, self._read)

    def findings(self) -> list[Finding]:
        """A finding for each tag of which events wait, and for each of which a gap was recorded within a day."""
        return [*key_findings(self.plant, self._keys), *gap_findings(self.plant, self._gaps)]

    def _read(self, connection: apsw.Connection) -> tuple[list[ReusedKey], list[RecordedGap]]:
        records = quarantine.open_of(connection, reason=Reason.KEY_REUSED)
        keys = [
            ReusedKey(record.rejection.tag, record.rejection.event_key or "", record.recorded_ns) for record in records
        ]
        gaps = ledger_reads.gaps_recorded_since(connection, self.clock_ns() - TOLD_FOR_NS)
        return keys, [RecordedGap(gap, recorded_ns) for gap, recorded_ns in gaps]
