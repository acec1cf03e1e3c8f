"""What runs before all else: both files, the intake, the ledger's step, and the sources.

Start: lock, ledger, journal, the ledger catches up with the journal, sources. So a source resumes from what is durable,
and its first poll waits for nothing that collecting does not need.
"""

import asyncio
import contextlib
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial

from collector import host
from collector.config.settings import Settings
from collector.errors import StorageFull
from collector.host import FileLock
from collector.host_clock import check_host_clock
from collector.service.freshness import TagFreshness
from collector.service.intake import Intake
from collector.service.ledger_consumer import LedgerConsumer
from collector.service.ledger_step import Posting
from collector.service.observer import Observer
from collector.service.preparation import Preparation
from collector.service.set_aside import set_aside_since
from collector.service.source_context import source_context
from collector.service.source_stamps import Stamping, stamp_rule
from collector.service.start_remarks import log_changes
from collector.service.tasks import Tasks
from collector.service.trusted_clock import TrustedClock
from collector.sources.base import Delivery, Source
from collector.sources.set_aside import SetAside
from collector.storage.file.data_folder import LOCK_NAME
from collector.storage.journal.journal import Journal, LedgerMark
from collector.storage.journal.rows import LEDGER, SINK
from collector.storage.ledger import configurations
from collector.storage.ledger.ledger import Ledger
from models.counting.reading import ReadingBatch
from models.detection.watched import watched_units
from models.works.calendar import NS

COUNTED_WITHIN_S = 30.0
"""What came just now is counted within a second. After an outage a file does not wait for the whole backlog."""


class Collecting:
    """`open`, then `start`. `sources` is the live mapping, for a source may be built anew.

    `mark`: how far the ledger was when it was opened.
    """

    lock: FileLock
    ledger: Ledger
    journal: Journal
    mark: LedgerMark
    observer: Observer
    intake: Intake
    freshness: TagFreshness
    consumer: LedgerConsumer

    def __init__(self, settings: Settings, clock_ns: Callable[[], int], tasks: Tasks) -> None:
        self.settings = settings
        self.clock_ns = TrustedClock.over(clock_ns)
        self.tasks = tasks
        self.sources: dict[str, Source] = {}

    async def open(self, stack: AsyncExitStack) -> None:
        """Lock the data folder and open both files. Raises CannotStart, AlreadyRunning or QueueFileTooNew."""
        settings, plant, clock_ns = self.settings, self.settings.plant, self.clock_ns
        check_host_clock(clock_ns())
        self.lock = lock = await asyncio.to_thread(host.lock_file, settings.data_dir / LOCK_NAME)
        stack.callback(lock.release)
        self.ledger = ledger = await asyncio.to_thread(
            lambda: Ledger.open(settings.data_dir, clock_ns=clock_ns, demo=plant.simulated)
        )
        # The stack closes in the reverse order: senders, journal, ledger, and the lock last, so that no second process
        # opens files that are still being closed.
        stack.push_async_callback(ledger.close)
        recorded_before = (await asyncio.to_thread(ledger.mark)).recorded_ns
        await asyncio.to_thread(log_changes, ledger, plant)
        with contextlib.suppress(StorageFull):  # a full disk must not keep a service down; the next start keeps it
            await ledger.write(lambda connection: configurations.keep(connection, plant, clock_ns()))
        self.mark = mark = await asyncio.to_thread(ledger.mark)
        clock_ns.recorded_ns = recorded_before
        consumers = frozenset({LEDGER, SINK} if settings.sends else {LEDGER})
        self.journal = journal = await asyncio.to_thread(
            lambda: Journal.open(
                settings.data_dir, settings.journal, consumers=consumers, clock_ns=clock_ns, ledger=mark
            )
        )
        stack.push_async_callback(journal.close)
        posting = Posting(plant, ledger, longest_gap_s=settings.longest_gap_s)
        self.observer = Observer(plant, watched_units(plant, plant.detection))
        self.freshness = TagFreshness(plant, clock_ns())
        self.intake = Intake(journal, self._preparation(), self.tasks.fail, self._taken, clock_ns, heard=self._hear)
        self.consumer = await asyncio.to_thread(LedgerConsumer, journal, ledger, posting, self.observer.posted)

    def files(self) -> tuple[Ledger | Journal, ...]:
        """What was opened."""
        return tuple(getattr(self, name) for name in ("ledger", "journal") if hasattr(self, name))

    async def start(self) -> None:
        """Bring the ledger up to date, then let the sources collect."""
        with contextlib.suppress(StorageFull):  # its task goes on trying, and says so
            await self.consumer.catch_up()
        for name in self.settings.sources:
            await self._build(name)
        self.tasks.watch("ledger", self.consumer.run)
        for name in self.settings.sources:
            self.tasks.watch(f"source {name}", partial(self._run_source, name))

    def _taken(self, delivery: Delivery, accepted: ReadingBatch | None) -> None:
        if delivery.backfilled:
            self.observer.past.taken(delivery, accepted)
            return
        self.observer.taken(delivery, accepted)
        self.freshness.taken(delivery, accepted)

    def _hear(self, delivery: Delivery) -> int:
        """What a delivery says of this host's clock: see `TrustedClock.hear`."""
        batch, rule, offset_s = delivery.readings, self._rules.get(delivery.source), None
        own = rule is not None and not rule.from_receipt and not delivery.backfilled
        if own:
            offset_s = self._server_offset_s(delivery.source)
        return self.clock_ns.hear(
            delivery.source,
            delivery.received_ns,
            int(batch.times_ns.max()) if own and batch is not None and len(batch) else None,
            None if offset_s is None else round(offset_s * NS),
        )

    def _preparation(self) -> Preparation:
        settings, limit_s = self.settings, self.settings.future_tolerance_s
        self._rules = {name: stamp_rule(source.config, limit_s) for name, source in settings.sources.items()}
        stamping = Stamping(settings.plant, self._rules, self._server_offset_s)
        return Preparation(settings.plant, stamping, telemetry=settings.sends, future_tolerance_s=limit_s)

    def _server_offset_s(self, name: str) -> float | None:
        source = self.sources.get(name)
        return None if source is None else source.health.clock_offset_s

    async def _build(self, name: str) -> None:
        configured = self.settings.sources[name]
        context = await asyncio.to_thread(source_context, self.settings, name, self.ledger, self.clock_ns)
        context = replace(context, set_aside_since=self._set_aside_since)
        self.sources[name] = configured.type.build(configured.config, context)

    async def _set_aside_since(self, source: str, since_ns: int) -> list[SetAside] | None:
        try:
            async with asyncio.timeout(COUNTED_WITHIN_S):
                await self.consumer.catch_up()
        except (StorageFull, TimeoutError):
            return None
        folder, plant = self.settings.data_dir, self.settings.plant
        return await asyncio.to_thread(set_aside_since, folder, plant, self.ledger, source, since_ns)

    async def _run_source(self, name: str) -> None:
        try:
            await self.sources[name].run(self.intake.accept(name))
        except Exception:
            # A source that broke is built anew: what it remembers of its connection may be what is broken.
            await self._build(name)
            raise
