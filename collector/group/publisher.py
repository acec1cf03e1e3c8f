"""Sends what a site published to its group, and keeps it until the group says that it has it.

One round: hear what the group says, form what waits, send what the group was not sent yet. The group is heard first,
for it may know that this ledger is older than what was sent of it. While the cluster is away nothing is formed: a key
that changes a hundred times meanwhile is told once.
"""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

import structlog

from collector.errors import SinkUnavailable, StorageDamaged, StorageFull
from collector.group.catalogue import site_catalogue
from collector.group.message import GroupAnswer
from collector.group.sent_mark import SentMark, read_mark, write_mark
from collector.influx.retry import Retry
from collector.storage.ledger import group_queue
from collector.storage.ledger.group_queue import GroupStream, GroupWaiting
from collector.storage.ledger.ledger import Ledger
from models.works.plant import Plant

log = structlog.get_logger(__name__)

_AT_ONCE = 8
"""Messages of one send: some megabytes. The note of what was sent is synced once for each."""
RESEND_S = 10.0
"""A group that misses a message asks at each one behind it: what is on its way answers all of these."""
AGAIN_S = 600.0
"""What was sent and not taken for so long is sent again: the cluster may have lost what it confirmed."""

SIGN_OF_LIFE_S = 60.0
"""A works that has nothing to say says so once a minute: the group calls one late that is silent for a few of them."""


class AnsweringLine(Protocol):
    """What the publisher needs of its line; see `GroupLine`."""

    async def send(self, bodies: Sequence[bytes]) -> None: ...
    async def answer(self) -> GroupAnswer | None: ...
    async def close(self) -> None: ...


class GroupPublisher:
    """`waiting`: as of the last round; None before the first. `monotonic_s` is of this process."""

    def __init__(
        self,
        plant: Plant,
        ledger: Ledger,
        line: AnsweringLine,
        clock_ns: Callable[[], int],
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.retry = Retry("group")
        self.waiting: GroupWaiting | None = None
        self._ledger, self._line = ledger, line
        self._clock_ns, self._monotonic_s = clock_ns, monotonic_s
        self._catalogue = site_catalogue(plant)
        self._mark: SentMark | None = None
        self._sent = 0
        self._resend = False
        self._sent_anew_s = self._moved_s = self._formed_s = monotonic_s()

    async def run(self) -> None:
        """Send until cancelled; a cluster that is away or a full disk only makes it wait."""
        while True:
            try:
                await self.round()
            except StorageDamaged:
                raise
            except (SinkUnavailable, StorageFull) as error:
                await self.retry.failed(error)
            else:
                self.retry.succeeded()

    async def round(self) -> None:
        """Hear, form, send. Raises SinkUnavailable or StorageFull: then all of it is done again."""
        stream = await self._stream()
        said = await self._line.answer()
        if said is not None:
            stream = await self._hear(stream, said)
        while await self._form(sign_of_life=self._monotonic_s() - self._formed_s >= SIGN_OF_LIFE_S):
            self._formed_s = self._monotonic_s()
        await self._send(stream)
        await self._look()

    async def close(self) -> None:
        """End the connections. What was not sent waits in the ledger."""
        await self._line.close()

    async def _form(self, *, sign_of_life: bool) -> bool:
        form = partial(group_queue.form, catalogue=self._catalogue, now_ns=self._clock_ns(), sign_of_life=sign_of_life)
        return await self._ledger.write(form)

    async def _look(self) -> None:
        self.waiting = await asyncio.to_thread(self._ledger.read, group_queue.waiting)

    async def _stream(self) -> GroupStream:
        """The stream that goes on, which is a new one where this ledger is not the one of which the last was sent."""
        await self._look()
        stream = self.waiting.stream if self.waiting is not None else None
        if self._mark is None:
            self._mark = await asyncio.to_thread(read_mark, self._ledger.path.parent)
        if stream is None:
            return await self._begin("the works has no stream yet")
        if self._mark is None or not self._mark.fits(stream.id, stream.number):
            return await self._begin("the ledger is not the one of which the last stream was sent")
        return stream

    async def _begin(self, why: str) -> GroupStream:
        stream = await self._ledger.write(partial(group_queue.begin_stream, new_id=secrets.token_hex(16)))
        await self._note(SentMark(stream.id, 0))
        self._sent, self._resend = 0, False
        log.info("group_stream_begun", stream=stream.id, why=why)
        return stream

    async def _hear(self, stream: GroupStream, said: GroupAnswer) -> GroupStream:
        if not await self._ledger.write(partial(group_queue.taken, answer=said)):
            return await self._begin(f"the group has {said.taken} messages of {stream.number}, and asks for others")
        if said.stream == stream.id:
            self._resend = self._resend or said.resend
            if said.taken > stream.taken:
                self._moved_s = self._monotonic_s()
        return stream

    async def _send(self, stream: GroupStream) -> None:
        now_s = self._monotonic_s()
        since_s = now_s - self._sent_anew_s
        if (self._resend and since_s >= RESEND_S) or min(since_s, now_s - self._moved_s) >= AGAIN_S:
            self._sent, self._resend, self._sent_anew_s = 0, False, now_s
        while found := await self._unsent():
            await self._note(SentMark(stream.id, found[-1][0]))
            await self._line.send([body for _, body in found])
            self._sent = found[-1][0]

    async def _unsent(self) -> list[tuple[int, bytes]]:
        above = partial(group_queue.messages_above, number=self._sent, limit=_AT_ONCE)
        return await asyncio.to_thread(self._ledger.read, above)

    async def _note(self, mark: SentMark) -> None:
        """Before it is sent. Raises StorageFull: then it may not be sent."""
        known = self._mark
        if known is not None and known.stream == mark.stream and known.number >= mark.number:
            return
        folder = self._ledger.path.parent
        try:
            await asyncio.to_thread(write_mark, folder, mark)
        except OSError as error:
            raise StorageFull(f"{folder}: what goes to the group cannot be noted: {error.strerror}") from error
        self._mark = mark


async def without_group(ledger: Ledger) -> None:
    """The works has no group, or none any more: nothing is queued for one from now on."""
    if await asyncio.to_thread(ledger.read, group_queue.stream) is not None:
        await ledger.write(group_queue.end_stream)
        log.info("group_stream_ended", why="plant.yaml has no section group")
