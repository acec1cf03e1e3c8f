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
    """Use `serve`."""

    def __init__(self, settings: Settings, clock_ns: Callable[[], int]) -> None:
        self._tasks = Tasks()
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
        log.info("collector_started", site=site, sources=len(collecting.sources), metrics=port)

    async def wait(self, stop: asyncio.Event) -> None:
        """Return when `stop` is set. Raises what made going on impossible."""
        stopped = asyncio.create_task(stop.wait())
        failed = asyncio.create_task(self._tasks.failed())
        try:
            await asyncio.wait({stopped, failed}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            failed.cancel()
        if self._tasks.failure is not None:
            raise self._tasks.failure

    async def finish(self) -> None:
        """End the tasks and settle what is in the journal, each part within its share of the time."""
        began_s = time.monotonic()
        # Sources first: what comes in after the last step of the ledger would wait for the next start.
        await self._tasks.cancel(STOP_SOURCES_S)
        if self._tasks.failure is None:
            await within(STOP_LEDGER_S, "ledger", self.collecting.consumer.catch_up())
            if self._duties is not None:
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
        gc.enable()
        await service.wait(stop)
