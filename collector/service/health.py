"""What the service says of itself: rows of source_health through the journal, and the moment's status for the desk."""

from dataclasses import dataclass
from functools import partial

from collector.influx.health_rows import SourceHealthRow
from collector.influx.line_protocol import encode_rows
from collector.influx.packing import gzip_member
from collector.service.intake import IntakeCounts
from collector.service.parts import Parts
from collector.sources.base import SourceHealth
from collector.storage.journal.journal import JournalEntry, QueueDepth
from collector.storage.ledger import moment as ledger_moment
from models.tables.desk_data import SourceStatus, UnitActivity
from models.works.calendar import HOUR_NS, NS
from models.works.table import Row

_NO_COUNTS = IntakeCounts()


@dataclass(frozen=True, slots=True)
class HealthReport:
    """Reports the state of every source. `site` is the code of the works, `collector` the name of this service in
    source_health.
    """

    site: str
    collector: str
    parts: Parts

    async def show(self, now_ns: int) -> None:
        """Store the status for the page at `now_ns` (UTC ns). Raises StorageFull: the next run stores a newer one."""
        statuses = [self._status(name, source.health, now_ns) for name, source in self.parts.sources.items()]
        await self.parts.ledger.write(partial(ledger_moment.put, sources=statuses, activity=self._activity()))

    async def record(self, now_ns: int) -> None:
        """Write the rows of `now_ns` (UTC ns) for the database. Raises StorageFull: these are lost."""
        depth = self.parts.journal.depth()
        encoded = encode_rows(
            [self._row(name, source.health, depth, now_ns) for name, source in self.parts.sources.items()]
        )
        if encoded.line_count:
            lines = gzip_member(encoded.data)
            await self.parts.journal.append(
                JournalEntry(self.collector, now_ns, lines, encoded.line_count, b"", now_ns, now_ns)
            )

    def _status(self, name: str, health: SourceHealth, now_ns: int) -> SourceStatus:
        counts = self.parts.intake.counts.get(name, _NO_COUNTS)
        error = health.last_error or next((f"{tag}: {why}" for tag, why in health.bad_nodes.items()), "")
        stale = None if error or not health.up else self.parts.freshness.stale(name, now_ns)
        return SourceStatus(
            source=name,
            time_ns=now_ns,
            up=health.up,
            age_s=age_s(health, now_ns),
            readings=counts.accepted,
            rejected=counts.rejected,
            last_error=self.parts.clock_ns.fault or error or self.parts.intake.storage_full,
            stale=() if stale is None else stale.tags,
        )

    def _row(self, name: str, health: SourceHealth, depth: QueueDepth, now_ns: int) -> Row:
        counts = self.parts.intake.counts.get(name, _NO_COUNTS)
        return SourceHealthRow(
            site=self.site,
            source=name,
            collector=self.collector,
            time_ns=now_ns,
            up=health.up,
            poll_s=health.poll_s,
            readings=counts.accepted,
            rejected=counts.rejected,
            queue_rows=depth.rows,
            queue_bytes=depth.bytes,
            queue_age_s=depth.oldest_unsent_age_s,
            loop_lag_ms=self.parts.loop_lag.worst_ms,
            age_s=age_s(health, now_ns),
            clock_offset_s=health.clock_offset_s,
            cert_days_left=_days_left(health, now_ns),
        ).row()

    def _activity(self) -> list[UnitActivity]:
        read, output = self.parts.intake.last_read_ns, self.parts.consumer.last_output_ns
        return [UnitActivity(unit, read.get(unit), output.get(unit)) for unit in sorted({*read, *output})]


def _days_left(health: SourceHealth, now_ns: int) -> float | None:
    """Days until our certificate expires; None: this source has none."""
    return None if health.cert_expires_ns is None else (health.cert_expires_ns - now_ns) / (24 * HOUR_NS)


def age_s(health: SourceHealth, now_ns: int) -> float | None:
    """Seconds since the source last answered with Good status; None: it never did. Source stamps do not matter."""
    return max(0.0, (now_ns - health.last_success_ns) / NS) if health.last_success_ns else None
