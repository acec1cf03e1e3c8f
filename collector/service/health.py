"""What the service says of itself: rows of source_health through the journal, and the moment's status for the desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from collector.influx.health_rows import source_health_row
from collector.influx.line_protocol import encode_rows, gzip_member
from collector.service.intake import Intake, IntakeCounts
from collector.service.ledger_consumer import LedgerConsumer
from collector.service.loop_lag import LoopLag
from collector.sources.base import Source, SourceHealth
from collector.storage.journal.journal import Journal, JournalEntry, QueueDepth
from collector.storage.ledger.ledger import Ledger
from models.tables.desk_data import SourceStatus, UnitActivity
from models.works.calendar import NS
from models.works.table import Row

_NO_COUNTS = IntakeCounts()


@dataclass(frozen=True, slots=True)
class HealthReport:
    """Tells the state of every source. `sources` is the live mapping, for a source may be built anew."""

    collector: str
    sources: Mapping[str, Source]
    intake: Intake
    consumer: LedgerConsumer
    journal: Journal
    ledger: Ledger
    loop_lag: LoopLag

    async def show(self, now_ns: int) -> None:
        """Tell the desk the status at `now_ns` (UTC ns). Raises StorageFull: the next one will tell."""
        statuses = [self._status(name, source.health, now_ns) for name, source in self.sources.items()]
        await self.ledger.put_health(statuses, self._activity())

    async def record(self, now_ns: int) -> None:
        """Write the rows of `now_ns` (UTC ns) for the database. Raises StorageFull: these are lost."""
        depth = self.journal.depth()
        encoded = encode_rows([self._row(name, source.health, depth, now_ns) for name, source in self.sources.items()])
        if encoded.line_count:
            lines = gzip_member(encoded.data)
            await self.journal.append(
                JournalEntry(self.collector, now_ns, lines, encoded.line_count, b"", now_ns, now_ns)
            )

    def _status(self, name: str, health: SourceHealth, now_ns: int) -> SourceStatus:
        counts = self.intake.counts.get(name, _NO_COUNTS)
        error = health.last_error or next((f"{tag}: {why}" for tag, why in health.bad_nodes.items()), "")
        return SourceStatus(
            source=name,
            time_ns=now_ns,
            up=health.up,
            age_s=age_s(health, now_ns),
            readings=counts.accepted,
            rejected=counts.rejected,
            last_error=error or self.intake.storage_full,
        )

    def _row(self, name: str, health: SourceHealth, depth: QueueDepth, now_ns: int) -> Row:
        counts = self.intake.counts.get(name, _NO_COUNTS)
        return source_health_row(
            name,
            self.collector,
            now_ns,
            up=health.up,
            poll_s=health.poll_s,
            readings=counts.accepted,
            rejected=counts.rejected,
            queue_rows=depth.rows,
            queue_bytes=depth.bytes,
            queue_age_s=depth.oldest_unsent_age_s,
            loop_lag_ms=self.loop_lag.worst_ms,
            age_s=age_s(health, now_ns),
            clock_offset_s=health.clock_offset_s,
            cert_days_left=health.cert_days_left,
        )

    def _activity(self) -> list[UnitActivity]:
        read, output = self.intake.last_read_ns, self.consumer.last_output_ns
        return [UnitActivity(unit, read.get(unit), output.get(unit)) for unit in sorted({*read, *output})]


def age_s(health: SourceHealth, now_ns: int) -> float | None:
    """Seconds since the source last answered with Good status; None: it never did. Source stamps do not matter."""
    return max(0.0, (now_ns - health.last_success_ns) / NS) if health.last_success_ns else None
