"""What the ledger holds that a person should hear of, read now and then: used numbers that wait, gaps of a day, and a
record that is ahead of the clock."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import apsw
import structlog

from collector.host_clock import record_ahead
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.changes import number
from collector.storage.ledger.ledger import Ledger
from collector.storage.quarantine import records as quarantine
from models.detection.finding import Finding
from models.detection.gap_findings import TOLD_FOR_NS, RecordedGap, gap_findings
from models.detection.key_findings import ReusedKey, key_findings
from models.works.codes import Reason
from models.works.plant import Plant

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class LedgerFindings:
    """`run` is a job; `findings` is what it found. `record_ahead`: what is wrong with the clock by the last record."""

    plant: Plant
    ledger: Ledger
    clock_ns: Callable[[], int]
    _keys: Sequence[ReusedKey] = field(default=())
    _gaps: Sequence[RecordedGap] = field(default=())
    record_ahead: str = ""

    async def run(self) -> None:
        """Read the ledger."""
        self._keys, self._gaps, ahead = await asyncio.to_thread(self.ledger.read, self._read)
        if ahead and not self.record_ahead:
            log.warning("record_ahead_of_clock", why=ahead)
        self.record_ahead = ahead

    def findings(self) -> list[Finding]:
        """A finding for each tag of which events wait, and for each of which a gap was recorded within a day."""
        return [*key_findings(self.plant, self._keys), *gap_findings(self.plant, self._gaps)]

    def _read(self, connection: apsw.Connection) -> tuple[list[ReusedKey], list[RecordedGap], str]:
        records = quarantine.open_of(connection, reason=Reason.KEY_REUSED)
        keys = [
            ReusedKey(record.rejection.tag, record.rejection.event_key or "", record.recorded_ns) for record in records
        ]
        now_ns = self.clock_ns()
        gaps = ledger_reads.gaps_recorded_since(connection, now_ns - TOLD_FOR_NS, now_ns)
        ahead = record_ahead(number(connection, "recorded_ns"), now_ns)
        return keys, [RecordedGap(gap, recorded_ns) for gap, recorded_ns in gaps], ahead
