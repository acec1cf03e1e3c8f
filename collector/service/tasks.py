"""The tasks of a service that must not end: what breaks is started again, and a broken file ends the service."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field

import structlog

from collector.errors import CollectorError, StorageDamaged

log = structlog.get_logger(__name__)

LONGEST_RESTART_WAIT_S = 60.0
"""A task that broke is started again, after 1 s doubling to this: what breaks for good logs once a minute."""


@dataclass(slots=True)
class Tasks:
    """`failure`: why going on is impossible (None: it is not)."""

    failure: CollectorError | None = None
    _failed: asyncio.Event = field(default_factory=asyncio.Event)
    _running: list[asyncio.Task[None]] = field(default_factory=list)

    def fail(self, error: CollectorError) -> None:
        """Going on is impossible: end the service with this error."""
        self.failure = self.failure or error
        self._failed.set()

    async def failed(self) -> None:
        """Return when going on is impossible."""
        await self._failed.wait()

    def watch(self, name: str, run: Callable[[], Coroutine[None, None, None]]) -> None:
        """Start a task that is to run to the end of the service."""
        self._running.append(asyncio.create_task(self._guarded(name, run), name=name))

    async def cancel(self, limit_s: float) -> None:
        """Cancel all of them, and wait until they ended, for so long at the most."""
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running, timeout=limit_s)

    async def or_fail(self, run: Callable[[], Awaitable[None]]) -> None:
        """Run a job or a task; a file that broke in use ends the service, for only a new start can put it right."""
        try:
            await run()
        except StorageDamaged as error:
            self.fail(error)
            raise

    async def _guarded(self, name: str, run: Callable[[], Coroutine[None, None, None]]) -> None:
        """Run a task that must not end, and start it again when it breaks: one part never stops the others."""
        wait_s = 1.0
        while True:
            began_s = time.monotonic()
            try:
                await self.or_fail(run)
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
