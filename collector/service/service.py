"""One running collector: opens its files, watches its tasks, and stops in an order that loses nothing.

Start: collecting first (`collecting`); then, while the sources connect, everything that works on what was collected
(`duties`). Stop: sources first, then the ledger catches up, a last roll-up, one try to send, files closed.
"""

import asyncio
import gc
import importlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

import structlog

from collector.config.settings import Settings
from collector.errors import CannotStart, ConfigurationError
from collector.service.collecting import Collecting
from collector.service.tasks import Tasks
from collector.service.within import within

if TYPE_CHECKING:
    from collector.service.duties import Duties
    from collector.service.http import Readiness

log = structlog.get_logger(__name__)

# With those of `duties` 8 s: a stop ends within 10 s (docs/operations.md), which is also what `docker stop` grants.
STOP_SOURCES_S, STOP_LEDGER_S = 2.0, 3.0


class Service:
    """Use `serve`. `remark`: what whoever asked for another configuration is to know."""

    def __init__(self, settings: Settings, clock_ns: Callable[[], int], remark: str = "") -> None:
        self._tasks = Tasks()
        self._goes_on = False
        self._remark = remark
        self.collecting = Collecting(settings, clock_ns, self._tasks)
        self._duties: Duties | None = None

    async def open(self, stack: AsyncExitStack) -> None:
        """Lock the data folder and open both files. Raises CannotStart, AlreadyRunning or QueueFileTooNew."""
        await self.collecting.open(stack)

    async def start(self, stack: AsyncExitStack) -> None:
        """Bring the ledger up to date, then start everything. Raises CannotStart."""
        collecting = self.collecting
        await collecting.start()
        # Loading the rest takes as long again as all until now: the first poll does not wait for it.
        loaded = await asyncio.to_thread(importlib.import_module, "collector.service.duties")
        self._duties = duties = loaded.Duties(collecting)
        port = await duties.start(stack)
        site = collecting.settings.plant.site
        collecting.lock.note(collecting.clock_ns(), self._remark)
        log.info("collector_started", site=site, sources=len(collecting.sources), metrics=port)

    async def wait(self, *ends: asyncio.Event) -> None:
        """Return when one of `ends` is set. Raises what made going on impossible."""
        waits: list[asyncio.Task[object]] = [asyncio.create_task(event.wait()) for event in ends]
        waits.append(asyncio.create_task(self._tasks.failed()))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if self._tasks.failure is not None:
            raise self._tasks.failure

    def remark(self, text: str) -> None:
        """Say beside the running service why it stays as it is."""
        self.collecting.lock.note(self.collecting.clock_ns(), text)

    @property
    def left_open(self) -> bool:
        """Whether a file could not be closed, so that this process must not open it again."""
        return any(file.left_open for file in self.collecting.files())

    def goes_on(self) -> None:
        """The next one starts at once: what it will do by itself is not done at the end of this one."""
        self._goes_on = True

    async def finish(self) -> None:
        """End the tasks and settle what is in the journal, each part within its share of the time."""
        began_s = time.monotonic()
        # Sources first: what comes in after the last step of the ledger would wait for the next start.
        await self._tasks.cancel(STOP_SOURCES_S)
        if self._tasks.failure is None:
            await within(STOP_LEDGER_S, "ledger", self.collecting.consumer.catch_up())
            if self._duties is not None and not self._goes_on:
                await self._duties.settle()
        if self._duties is not None:
            await self._duties.close()
        log.info("collector_stopped", after_s=round(time.monotonic() - began_s, 1))

    def readiness(self) -> "Readiness":
        """See `Duties.readiness`."""
        if self._duties is None:
            raise RuntimeError("the service is not started")
        return self._duties.readiness()


@asynccontextmanager
async def opened(settings: Settings, clock_ns: Callable[[], int] = time.time_ns) -> AsyncIterator[Service]:
    """A service with its files open and everything started; leaving it stops it in order.

    Raises CannotStart (AlreadyRunning, QueueFileTooNew) and ConfigurationError.
    """
    service = Service(settings, clock_ns)
    async with running(service):
        yield service


@asynccontextmanager
async def running(service: Service) -> AsyncIterator[None]:
    """Open and start a service; leaving it stops it in order. Raises as `opened`."""
    async with AsyncExitStack() as stack:
        await service.open(stack)
        stack.push_async_callback(service.finish)
        await service.start(stack)
        yield


class Reload:
    """A changed configuration that is sound, and waits to be taken. `running`: the one that is in use;
    `answer`: says to whoever asked why nothing changes."""

    def __init__(self, running: Settings) -> None:
        self.due = asyncio.Event()
        self.running = running
        self.answer: Callable[[str], None] = lambda _: None
        self._settings: Settings | None = None

    def ask(self, settings: Settings) -> None:
        """Go on with these. The newest counts."""
        self._settings = settings
        self.due.set()

    def take(self) -> Settings | None:
        """What was asked for, once."""
        self.due.clear()
        settings, self._settings = self._settings, None
        return settings


async def serve(stop: asyncio.Event, reload: Reload) -> None:
    """Run a collector until `stop` is set, and by another configuration from each `reload` on.

    One by which it cannot start changes nothing: the one before is taken again, and the log and the lock file say why.
    Raises what makes it impossible to start at first, or to go on.
    """
    before: Settings | None = None
    remark = ""
    while True:
        began, service = False, Service(reload.running, time.time_ns, remark)
        try:
            async with running(service):
                began = True
                before, remark = None, ""
                reload.answer = service.remark
                # What is there now stays. Unless it is left out, a full collection holds the loop for 80 ms.
                gc.freeze()
                gc.enable()
                await service.wait(stop, reload.due)
                if not stop.is_set():
                    service.goes_on()
        except (CannotStart, ConfigurationError) as error:
            if began or before is None or service.left_open:
                raise
            log.error("configuration_not_taken", error=str(error), next_step="the service runs on as it was; mend it")
            reload.running, before, remark = before, None, str(error)
            continue
        if stop.is_set():
            return
        if service.left_open:
            raise CannotStart("a file of the data folder was still being read; only a new process may open it again")
        gc.unfreeze()
        changed = reload.take()
        if changed is not None:
            reload.running, before = changed, reload.running
            log.info("configuration_taken", site=changed.plant.site)
