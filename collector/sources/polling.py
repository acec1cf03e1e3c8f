"""A source that is asked at a steady interval: its peer is connected, read and left here and only here."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from collector.errors import CollectorError, SourceUnavailable
from collector.sources.base import Accept, Delivery, SourceHealth
from collector.sources.cancellation import heed_cancellation
from collector.sources.door import Door
from collector.sources.peer import PeerStanding

Said = TypeVar("Said")


class Reader(Protocol):
    """One connection to a peer."""

    @property
    def more(self) -> bool:
        """Whether something waits that can be read at once."""

    async def read(self) -> Delivery | None:
        """What there is now; None if there is nothing new. Raises SourceUnavailable or SourceRefused."""

    async def taken(self) -> None:
        """What was read last, if anything, is synced on our disk: only now may it be acknowledged, or left behind."""

    async def close(self) -> None:
        """End the connection. Raises nothing that matters."""


@dataclass(slots=True)
class PollingSource:
    """Asks the reader that `connect` makes each `poll_s` seconds, until cancelled.

    `addresses`: where tags are read, by name. `say`: what an error of a library means, in a sentence of ours.
    """

    name: str
    poll_s: float
    connect: Callable[[SourceHealth], Reader]
    say: Callable[[Exception], SourceUnavailable]
    clock_ns: Callable[[], int]
    addresses: Mapping[str, str]
    health: SourceHealth = field(default_factory=SourceHealth)

    async def run(self, accept: Accept) -> None:
        """Hand on deliveries until cancelled. Never ends because the peer is away."""
        standing = PeerStanding(self.name, self.health)
        door = Door(self.name, self.health, untold=dict(self.addresses))
        while True:
            reader = self.connect(self.health)
            try:
                await self._poll(reader, standing, door, accept)
            except SourceUnavailable as error:
                await asyncio.sleep(standing.failed(error))
            finally:
                with suppress(Exception):
                    await reader.close()

    async def _poll(self, reader: Reader, standing: PeerStanding, door: Door, accept: Accept) -> None:
        due_s = time.monotonic()
        while True:
            began_s = time.monotonic()
            delivery = await self._talk(reader.read())
            self.health.poll_s = time.monotonic() - began_s
            standing.answered(self.clock_ns())
            if delivery is not None:
                await door.deliver(delivery, accept)
            await self._talk(reader.taken())
            if reader.more:
                continue
            # On a fixed grid, but never faster to catch up: a slow peer is not asked in bursts.
            due_s = max(due_s + self.poll_s, time.monotonic())
            await asyncio.sleep(due_s - time.monotonic())

    async def _talk(self, words: Awaitable[Said]) -> Said:
        """Whatever a library raises while we talk to its peer ends the connection alone."""
        try:
            return await words
        except CollectorError:
            raise
        except Exception as error:
            raise self.say(error) from error
        finally:
            heed_cancellation()
