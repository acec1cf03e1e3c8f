"""What the service says of itself: rows of source_health through the journal, and the moment's status for the desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import apsw

from collector.influx.health_rows import SourceHealthRow
from collector.influx.line_protocol import encode_rows
from collector.influx.packing import gzip_member
from collector.service.intake import IntakeCounts
from collector.service.parts import Parts
from collector.sources.base import SourceHealth
from collector.storage.journal.journal import JournalEntry, QueueDepth
from collector.storage.ledger import moment as ledger_moment
from collector.storage.ledger.run_notes import MINUTE_S, note_minute
from models.tables.desk_data import SourceStatus, UnitActivity
from models.tables.loss_cause import Answer
from models.tables.source_error import SourceError
from models.works.calendar import HOUR_NS, NS
from models.works.plant import Plant
from models.works.table import Row

_NO_COUNTS = IntakeCounts()


@dataclass(slots=True)
class HealthReport:
    """Reports the state of every source. `collector` is the name of this service in source_health. `answers`: what each
    source does where all is well; of others, that it gives values."""

    plant: Plant
    collector: str
    parts: Parts
    answers: Mapping[str, Answer] = field(default_factory=dict)
    _noted: dict[str, tuple[int, int]] = field(default_factory=dict)
    _counting: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._counting = frozenset(tag.name for tag in self.plant.tags if tag.product is not None)

    async def show(self, now_ns: int) -> None:
        """Store the status for the page at `now_ns` (UTC ns). Raises StorageFull: the next run stores a newer one."""
        statuses = [self._status(name, source.health, now_ns) for name, source in self.parts.sources.items()]
        minute_s = now_ns // NS // MINUTE_S * MINUTE_S
        answers, unread = self._news(minute_s)
        activity = self._activity()

        def put(connection: apsw.Connection) -> None:
            ledger_moment.put(connection, sources=statuses, activity=activity)
            note_minute(connection, minute_s, answers, unread)

        await self.parts.ledger.write(put)
        self._noted.update({name: (minute_s, int(code)) for name, code in answers.items()})
        self._noted.update(dict.fromkeys(unread, (minute_s, 0)))

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

    def _news(self, minute_s: int) -> tuple[dict[str, Answer], list[str]]:
        """What was not noted yet of the minute from `minute_s`: what sources did, and tags that cannot be read."""
        answers: dict[str, Answer] = {}
        unread: list[str] = []
        for name, source in self.parts.sources.items():
            health = source.health
            answer = self.answers.get(name, Answer.VALUES) if health.up else Answer.AWAY
            if self._noted.get(name) not in ((minute_s, answer), (minute_s, Answer.AWAY)):
                answers[name] = answer
            if health.up:
                known = (minute_s, 0)
                unread += [tag for tag in health.bad_nodes if tag in self._counting and self._noted.get(tag) != known]
        return answers, unread

    def _status(self, name: str, health: SourceHealth, now_ns: int) -> SourceStatus:
        counts = self.parts.intake.counts.get(name, _NO_COUNTS)
        bad = next((f"{tag}: {why}" for tag, why in health.bad_nodes.items()), "")
        error, kind = (health.last_error, health.error_kind) if health.last_error else (bad, SourceError.SIGNALS)
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
            error_kind=kind if error else SourceError.NOT_STORED,
            clock_offset_s=health.clock_offset_s,
            cert_expires_ns=health.cert_expires_ns,
        )

    def _row(self, name: str, health: SourceHealth, depth: QueueDepth, now_ns: int) -> Row:
        counts = self.parts.intake.counts.get(name, _NO_COUNTS)
        return SourceHealthRow(
            site=self.plant.site,
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
