"""The way out to the database: the demo mark first, then telemetry and calculated rows side by side."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from collector.errors import CannotStart, SinkUnavailable, StorageDamaged, StorageFull
from collector.influx.demo_mark import await_mark
from collector.influx.outbox_sender import OutboxSender
from collector.influx.retry import Retry
from collector.influx.settings import InfluxSettings
from collector.influx.sink import TelemetrySink
from collector.postgres.settings import PostgresSettings
from collector.service.databases import Databases
from collector.storage.journal.journal import Journal
from collector.storage.ledger import outbox
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.outbox import OutboxItem
from collector.storage.ledger.outbox_queue import OutboxQueue

log = structlog.get_logger(__name__)

ASK_FIRST_S = 3.0
"""A database that is there answers well within it; one that is not must not hold the start of collecting."""


@dataclass(slots=True)
class Sending:
    """Both senders and what they send to. `refused`: why nothing is sent although the database answers. `disk`: whether
    our own takes what is to be queued."""

    databases: Databases
    ledger: Ledger
    sink: TelemetrySink
    outbox: OutboxSender[OutboxItem]
    refused: str = ""
    disk: Retry = field(default_factory=lambda: Retry("outbox"))
    _marked: bool = field(default=False)

    @property
    def accepted(self) -> bool:
        """Whether the database has said that it takes figures of this works."""
        return self._marked and not self.refused

    @staticmethod
    def of(
        influx: InfluxSettings | None,
        journal: Journal,
        ledger: Ledger,
        *,
        site: str,
        simulated: bool,
        postgres: PostgresSettings | None = None,
    ) -> "Sending":
        """Call inside the running loop, with one database at least."""
        return Sending.to(Databases.of(influx, postgres, site=site, simulated=simulated), journal, ledger)

    @staticmethod
    def to(databases: Databases, journal: Journal, ledger: Ledger) -> "Sending":
        """Call inside the running loop."""
        return Sending(
            databases,
            ledger,
            TelemetrySink(journal, databases.raw, databases.raw_settings),
            OutboxSender(OutboxQueue(ledger), databases.tables),
        )

    async def check(self) -> None:
        """Ask a database that answers at once whether it is for this kind of site. Raises CannotStart if not."""
        try:
            async with asyncio.timeout(ASK_FIRST_S):
                await self.databases.check()
                self._marked = True
        except (SinkUnavailable, TimeoutError):
            pass  # it is away: `run` asks again, and says so

    async def run(self) -> None:
        """Send until cancelled. Collecting goes on if the database turns out to be the wrong one."""
        if not self._marked:
            try:
                await await_mark(self.databases.check)
            except CannotStart as error:
                self.refused = str(error)
                log.error("sending_refused", error=str(error))
                return
            self._marked = True
        await self._queued(self._fill)
        if self.databases.new:
            # It is new, or another one than before: what the ledger published goes there whole.
            await self._queued(lambda: self.ledger.write(outbox.queue_anew))
        # Side by side: a backlog of telemetry must not hold the figures that people wait for, nor the reverse.
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.sink.run(), name="sink")
            tasks.create_task(self.outbox.run(), name="outbox")
            for upkeep in self.databases.upkeep:
                tasks.create_task(upkeep(), name="upkeep")

    async def _fill(self) -> None:
        """Queue what was published before there was a database."""
        while await self.ledger.write(outbox.fill):
            pass

    async def _queued(self, put: Callable[[], Awaitable[None]]) -> None:
        """Queue rows. A full disk makes it wait; raises StorageDamaged."""
        while True:
            try:
                await put()
            except StorageDamaged:
                raise
            except StorageFull as error:
                await self.disk.failed(error)
            else:
                self.disk.succeeded()
                return

    async def drain(self) -> None:
        """Send what waits, once, for the end of the service. Raises SinkUnavailable or StorageFull."""
        if self._marked:
            await self.sink.drain()
            await self.outbox.drain()

    async def close(self) -> None:
        """End what is under way, then close the connections it uses."""
        await self.sink.close()
        await self.outbox.close()
        await self.databases.close()
