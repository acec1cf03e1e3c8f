"""The outbox as its one sender works through it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from collector.storage.ledger import outbox
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.outbox import OutboxItem


@dataclass(frozen=True, slots=True)
class OutboxQueue:
    """One sender only, which takes, sends and settles in turn: see the invariants of `outbox`."""

    ledger: Ledger

    async def take(self, limit: int) -> list[OutboxItem]:
        """The oldest items; they stay until they are done or set aside."""
        # Until what is taken is whole: an item that cannot be read would hold all that wait behind it.
        while True:
            items, damaged = await asyncio.to_thread(self.ledger.read, partial(outbox.take, limit=limit))
            if not damaged:
                return items
            await self.ledger.write(partial(outbox.repair, damaged=damaged))

    async def done(self, items: Sequence[OutboxItem]) -> None:
        """The database has these. One that was replaced meanwhile stays, in its newer form."""
        await self.ledger.write(partial(outbox.done, items=items))

    async def set_aside(self, item: OutboxItem, reason: str) -> None:
        """The database refused this one for good; `reason` is its sentence."""
        await self.ledger.write(lambda connection: outbox.set_aside(connection, item, reason, self.ledger.clock_ns()))
