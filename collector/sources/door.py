"""How a source hands on what it has read: one delivery after the other, held while the disk is full."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import structlog

from collector.errors import StorageFull
from collector.sources.base import Accept, Delivery, SourceHealth

log = structlog.get_logger(__name__)

HELD_RETRY_S = 1.0
"""A full disk is freed by a person, so a second more does not matter, and offering again costs nothing."""


@dataclass(slots=True)
class Door:
    """Of one source. `untold`: where tags are read, by name, which the next delivery says.

    One delivery at a time: what comes beside a held one would only fill the log with the same words.
    """

    source: str
    health: SourceHealth
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    untold: dict[str, str] = field(default_factory=dict)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def deliver(self, delivery: Delivery, accept: Accept) -> None:
        """Hand a delivery on; while the disk is full, hold it and offer it again. Returns once it is synced."""
        held = False
        async with self._lock:
            delivery = replace(delivery, addresses=self.untold)
            while True:
                try:
                    await accept(delivery)
                except StorageFull as error:
                    if not held:
                        log.warning("intake_held", source=self.source, error=str(error), retry_in_s=HELD_RETRY_S)
                    held = True
                    await self.sleep(HELD_RETRY_S)
                else:
                    break
            self.untold = {}
            if held:
                log.info("intake_released", source=self.source)
        self.health.readings += len(delivery.readings) if delivery.readings is not None else 0
