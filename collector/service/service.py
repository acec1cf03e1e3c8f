"""One running collector: opens its files, watches its tasks, and stops in an order that loses nothing.

Start: lock, ledger, journal, the ledger catches up with the journal, the database is asked whether it is the right
one, then sources. So a source resumes from what is durable. Stop: sources first, then the ledger catches up, a last
roll-up, one try to send, files closed.
"""

import asyncio
import contextlib
import gc
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial

import structlog

from collector import host
from collector.config.settings import Settings
from collector.errors import CollectorError, StorageDamaged, StorageFull
from collector.host_clock import check_host_clock, clock_fault
from collector.service.alerting import Alerting
from collector.service.clock_watch import ClockWatch
from collector.service.detection import Detection
from collector.service.freshness import TagFreshness, readiness
from collector.service.health import HealthReport
from collector.service.http import HttpServer, Readiness
from collector.service.intake import Intake, Preparation
from collector.service.jobs import Job, Jobs, within
from collector.service.ledger_consumer import LedgerConsumer
from collector.service.ledger_findings import LedgerFindings
from collector.service.ledger_step import Posting
from collector.service.loop_lag import LoopLag
from collector.service.metrics.output_families import read_figures
from collector.service.metrics.service_metrics import ServiceMetrics
from collector.service.observer import Observer
from collector.service.parts import Parts
from collector.service.publishing import Publishing
from collector.service.replays import Replays
from collector.service.roll_up import RollUp
from collector.service.scrub import Scrub
from collector.service.sending import Sending
from collector.service.source_context import source_context
from collector.service.source_stamps import Stamping, stamp_rule
from collector.service.start_remarks import log_changes, log_remarks
from collector.sources.base import Delivery, Source
from collector.storage.file.data_folder import LOCK_NAME
from collector.storage.journal.journal import Journal
from collector.storage.journal.rows import LEDGER, SINK
from collector.storage.ledger import configurations
from collector.storage.ledger.ledger import Ledger
from models.counting.output_plan import OutputPlan
from models.counting.reading import ReadingBatch
from models.detection.finding import Finding
from models.detection.watched import watched_units

log = structlog.get_logger(__name__)

LONGEST_RESTART_WAIT_S = 60.0
"""A task that broke is started again, after 1 s doubling to this: what breaks for good logs once a minute."""

# Together 8 s: a stop ends within 10 s (docs/operations.md), which is also what `docker stop` grants. What is not done
# in its share is done at the next start; nothing is lost by it.
STOP_SOURCES_S, STOP_LEDGER_S, STOP_ROLL_UP_S, STOP_SENDING_S = 2.0, 3.0, 1.5, 1.5


class Service:
    """Use `serve`."""

    def __init__(self, settings: Settings, clock_ns: Callable[[], int]) -> None:
        self._settings = settings
        self._clock_ns = clock_ns
        self._failure: CollectorError | None = None
        self._failed = asyncio.Event()
        self._sources: dict[str, Source] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self, stack: AsyncExitStack) -> None:
        """Lock the data folder and open both files. Raises CannotStart, AlreadyRunning or QueueFileTooNew."""
        settings, plant, clock_ns = self._settings, self._settings.plant, self._clock_ns
        check_host_clock(clock_ns())
        lock = await asyncio.to_thread(host.lock_file, settings.data_dir / LOCK_NAME)
        stack.callback(lock.release)
        ledger = await asyncio.to_thread(
            lambda: Ledger.open(settings.data_dir, clock_ns=clock_ns, demo=plant.simulated)
        )
        # The stack closes in the reverse order: senders, journal, ledger, and the lock last, so that no second process
        # opens files that are still being closed.
        stack.push_async_callback(ledger.close)
        await asyncio.to_thread(log_changes, ledger, plant)
        with contextlib.suppress(StorageFull):  # a full disk must not keep a service down; the next start keeps it
            await ledger.write(lambda connection: configurations.keep(connection, plant, clock_ns()))
        await asyncio.to_thread(log_remarks, ledger, plant)
        mark = await asyncio.to_thread(ledger.mark)
        consumers = frozenset({LEDGER, SINK} if settings.sends else {LEDGER})
        journal = await asyncio.to_thread(
            lambda: Journal.open(
                settings.data_dir, settings.journal, consumers=consumers, clock_ns=clock_ns, ledger=mark
            )
        )
        stack.push_async_callback(journal.close)
        sending = self._make_sending(journal, ledger)
        if sending is not None:
            stack.push_async_callback(sending.close)
        posting = Posting(plant, ledger, longest_gap_s=settings.longest_gap_s)
        self._observer = observer = Observer(plant, watched_units(plant, plant.detection))
        self._ledger_findings = LedgerFindings(plant, ledger, clock_ns)
        self._parts = parts = Parts(
            clock_ns=clock_ns,
            sources=self._sources,
            journal=journal,
            ledger=ledger,
            intake=Intake(journal, self._preparation(), self.fail, self._taken, clock_ns),
            freshness=TagFreshness(plant, clock_ns()),
            consumer=await asyncio.to_thread(LedgerConsumer, journal, ledger, posting, observer.posted),
            alerting=Alerting(plant, settings.alerts, ledger, clock_ns, self._data_findings),
            sending=sending,
            loop_lag=LoopLag(),
        )
        publishing = Publishing() if sending is None else Publishing(to_outbox=True, wake=sending.outbox.wake)
        self._roll_up = RollUp(ledger, OutputPlan(plant), publishing, clock_ns, refreshed_ns=mark.recorded_ns)
        self._detection = Detection.of(plant, ledger, observer, parts.alerting, publishing, clock_ns)

    async def start(self, stack: AsyncExitStack) -> None:
        """Bring the ledger up to date, then start everything. Raises CannotStart."""
        parts = self._parts
        with contextlib.suppress(StorageFull):  # its task goes on trying, and says so
            await parts.consumer.catch_up()
        if parts.sending is not None:
            await parts.sending.check()
        self._jobs = jobs = Jobs(tuple(replace(job, run=partial(self._or_fail, job.run)) for job in self._timetable()))
        self._metrics = ServiceMetrics(parts, jobs)
        listener = self._settings.metrics
        http = HttpServer(listener.host, listener.port, self._metrics.text, self.readiness)
        await http.open()
        stack.push_async_callback(http.close)
        for name in self._settings.sources:
            await self._build(name)
        self._watch("loop_lag", parts.loop_lag.run)
        self._watch("ledger", parts.consumer.run)
        self._watch("detection_warm_up", self._detection.warm_up)
        if parts.sending is not None:
            self._watch("sending", parts.sending.run)
        for name in self._settings.sources:
            self._watch(f"source {name}", partial(self._run_source, name))
        jobs.start()
        stack.callback(jobs.stop)
        log.info("collector_started", site=self._settings.plant.site, sources=len(self._sources), metrics=http.port)

    async def wait(self, stop: asyncio.Event) -> None:
        """Return when `stop` is set. Raises what made going on impossible."""
        stopped = asyncio.create_task(stop.wait())
        failed = asyncio.create_task(self._failed.wait())
        try:
            await asyncio.wait({stopped, failed}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            failed.cancel()
        if self._failure is not None:
            raise self._failure

    async def finish(self) -> None:
        """End the tasks and settle what is in the journal, each part within its share of the time."""
        began_s = time.monotonic()
        # Sources first: what comes in after the last step of the ledger would wait for the next start.
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SOURCES_S)
        if self._failure is None:
            await within(STOP_LEDGER_S, "ledger", self._parts.consumer.catch_up())
            await within(STOP_ROLL_UP_S, "roll_up", self._roll_up.run())
            if self._parts.sending is not None:
                await within(STOP_SENDING_S, "sending", self._parts.sending.drain())
        log.info("collector_stopped", after_s=round(time.monotonic() - began_s, 1))

    def readiness(self) -> Readiness:
        """Ready: every source answers, and what it says can be kept. A database that is away does not count."""
        parts = self._parts
        now_ns, refused = self._clock_ns(), parts.sending.refused if parts.sending is not None else ""
        ours = (clock_fault(now_ns), parts.intake.storage_full, parts.consumer.failing, refused, *self._jobs.overdue())
        lacking, ahead = (*parts.intake.clock_troubles(now_ns), *ours), self._ledger_findings.record_ahead
        return readiness(self._sources.items(), parts.freshness, now_ns, lacking, (ahead,))

    def fail(self, error: CollectorError) -> None:
        """Going on is impossible: end the service with this error."""
        self._failure = self._failure or error
        self._failed.set()

    def _taken(self, delivery: Delivery, accepted: ReadingBatch | None) -> None:
        self._observer.taken(delivery, accepted)
        self._parts.freshness.taken(delivery)

    def _preparation(self) -> Preparation:
        settings, limit_s = self._settings, self._settings.future_tolerance_s
        rules = {name: stamp_rule(source.config, limit_s) for name, source in settings.sources.items()}
        stamping = Stamping(settings.plant, rules, self._server_offset_s)
        return Preparation(settings.plant, stamping, telemetry=settings.sends, future_tolerance_s=limit_s)

    def _data_findings(self, now_s: int) -> list[Finding]:
        return [*self._parts.intake.clock_findings(now_s), *self._ledger_findings.findings()]

    def _server_offset_s(self, name: str) -> float | None:
        return self._sources[name].health.clock_offset_s if name in self._sources else None

    def _make_sending(self, journal: Journal, ledger: Ledger) -> Sending | None:
        it, plant = self._settings, self._settings.plant
        if not it.sends:
            return None
        return Sending.of(it.influx, journal, ledger, site=plant.site, simulated=plant.simulated, postgres=it.postgres)

    def _timetable(self) -> tuple[Job, ...]:
        parts, clock_ns = self._parts, self._clock_ns
        report = HealthReport(self._settings.plant.site, self._settings.collector, parts)
        replays = Replays(self._settings.plant, parts.intake, parts.journal, parts.ledger)
        # The page shows the moment as it was two seconds ago at most; what a long roll-up left, the next one takes up.
        jobs = (
            Job("status", 2.0, 2.0, lambda: report.show(clock_ns())),
            Job("host_clock", 1.0, 1.0, ClockWatch(clock_ns, parts.intake.clock_was_set).run),
            Job("roll_up", 2.0, 60.0, self._roll_up.run),
            Job("refresh", 60.0, 30.0, self._roll_up.refresh),
            Job("replays", 5.0, 30.0, lambda: replays.run(clock_ns())),
            Job("ledger_findings", 30.0, 10.0, self._ledger_findings.run),
            Job("detection", 2.0, 10.0, self._detection.run),
            Job("alert_messages", 5.0, 60.0, parts.alerting.send),
            Job("metric_figures", 5.0, 5.0, self._read_figures),
            Job("scrub", 3600.0, 900.0, Scrub(parts.ledger, clock_ns).run),
        )
        if parts.sending is None:
            return jobs
        return (*jobs, Job("source_health", 10.0, 5.0, lambda: report.record(clock_ns())))

    async def _or_fail(self, run: Callable[[], Awaitable[None]]) -> None:
        """Run a job or a task; a file that broke in use ends the service, for only a new start can put it right."""
        try:
            await run()
        except StorageDamaged as error:
            self.fail(error)
            raise

    async def _read_figures(self) -> None:
        read = partial(read_figures, now_ns=self._clock_ns())
        self._metrics.figures = await asyncio.to_thread(self._parts.ledger.read, read)

    async def _build(self, name: str) -> None:
        configured = self._settings.sources[name]
        context = await asyncio.to_thread(source_context, self._settings, name, self._parts.ledger, self._clock_ns)
        self._sources[name] = configured.type.build(configured.config, context)

    async def _run_source(self, name: str) -> None:
        try:
            await self._sources[name].run(self._parts.intake.accept(name))
        except Exception:
            # A source that broke is built anew: what it remembers of its connection may be what is broken.
            await self._build(name)
            raise

    def _watch(self, name: str, run: Callable[[], Coroutine[None, None, None]]) -> None:
        self._tasks.append(asyncio.create_task(self._guarded(name, run), name=name))

    async def _guarded(self, name: str, run: Callable[[], Coroutine[None, None, None]]) -> None:
        """Run a task that must not end, and start it again when it breaks: one part never stops the others."""
        wait_s = 1.0
        while True:
            began_s = time.monotonic()
            try:
                await self._or_fail(run)
            except StorageDamaged:
                return
            except Exception:
                if time.monotonic() - began_s > LONGEST_RESTART_WAIT_S:
                    wait_s = 1.0  # it did its work: this is no repetition
                log.exception("task_broken", task=name, restart_in_s=wait_s)
                await asyncio.sleep(wait_s)
                wait_s = min(LONGEST_RESTART_WAIT_S, wait_s * 2)
            else:
                return


@asynccontextmanager
async def opened(settings: Settings, clock_ns: Callable[[], int] = time.time_ns) -> AsyncIterator[Service]:
    """A service with its files open and everything started; leaving it stops it in order.

    Raises CannotStart (AlreadyRunning, QueueFileTooNew) and ConfigurationError.
    """
    async with AsyncExitStack() as stack:
        service = Service(settings, clock_ns)
        await service.open(stack)
        stack.push_async_callback(service.finish)
        await service.start(stack)
        yield service


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Run a collector until `stop` is set. Raises what makes it impossible to start or to go on."""
    async with opened(settings) as service:
        # What is there now stays to the end. Unless it is left out, a full collection holds the loop for 80 ms.
        gc.freeze()
        await service.wait(stop)
