"""Sending round by round: the loop that both senders share."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable

from collector.errors import SinkUnavailable, StorageFull
from collector.influx.retry import Retry

Wait = Callable[[], Awaitable[None]]


class Rounds(ABC):
    """A queue that is sent in rounds. One of `run` and `drain` at a time, so that nothing is in flight twice."""

    def __init__(self, retry: Retry) -> None:
        self.retry = retry

    async def run(self) -> None:
        """Send until cancelled; an unreachable database or a full disk only makes it wait."""
        while True:
            # Before the round: what is queued after this look ends the wait, so nothing lies unseen.
            wait = self._look()
            try:
                sent = await self._round()
            except (SinkUnavailable, StorageFull) as error:
                await self.retry.failed(error)
                continue
            if not sent:
                await wait()

    async def drain(self) -> None:
        """Send until the queue is empty. Raises SinkUnavailable or StorageFull; the caller limits the time."""
        while await self._round():
            pass

    @abstractmethod
    async def _round(self) -> bool:
        """Send what one round carries. False: nothing was queued."""

    @abstractmethod
    def _look(self) -> Wait:
        """A call that returns when something was queued after this moment."""
