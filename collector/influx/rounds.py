"""Sending round by round: the loop that both senders share."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable

from collector.errors import SinkUnavailable, StorageFull
from collector.influx.retry import Retry

Wait = Callable[[], Awaitable[None]]


class Rounds(ABC):
    """A queue that is sent in rounds, one after the other, whoever asks for them: nothing is in flight twice."""

    def __init__(self, retry: Retry) -> None:
        self.retry = retry
        self._under_way: asyncio.Task[bool] | None = None

    async def run(self) -> None:
        """Send until cancelled; an unreachable database or a full disk only makes it wait."""
        while True:
            # Before the round: what is queued after this look ends the wait, so nothing lies unseen.
            wait = self._look()
            try:
                sent = await self._one_round()
            except (SinkUnavailable, StorageFull) as error:
                await self.retry.failed(error)
                continue
            if not sent:
                await wait()

    async def drain(self) -> None:
        """Send until the queue is empty. Raises SinkUnavailable or StorageFull; the caller limits the time."""
        while await self._one_round():
            pass

    async def close(self) -> None:
        """Give up the round that is still under way: what it did not settle stays queued."""
        if self._under_way is not None:
            self._under_way.cancel()
            await asyncio.wait([self._under_way])

    async def _one_round(self) -> bool:
        # A round that was begun is ended, whoever is cancelled, and `drain` joins it. A delete that was cut off may
        # still be under way in the database; sent again beside itself, it could take away the row written after it.
        if self._under_way is None or self._under_way.done():
            self._under_way = asyncio.create_task(self._round())
            self._under_way.add_done_callback(_note_end)
        return await asyncio.shield(self._under_way)

    @abstractmethod
    async def _round(self) -> bool:
        """Send what one round carries. False: nothing was queued."""

    @abstractmethod
    def _look(self) -> Wait:
        """A call that returns when something was queued after this moment."""


def _note_end(round_: "asyncio.Task[bool]") -> None:
    """Look at the error of a round that nobody waits for any more, so that asyncio does not log it as overlooked."""
    if not round_.cancelled():
        round_.exception()
