"""Looks through the ledger for what turned on the disk: a share an hour, all of it in a day.

A broken page ends the service, for only a new start can rebuild it. A group of rows that is not as it was sealed is put
right at once, from a backup or as a gap.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice

import structlog

from collector.storage.file.known_backups import known_backups
from collector.storage.ledger import seals
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.mending import mend
from collector.storage.ledger.seal_heads import keep_head
from models.works.calendar import HOUR_NS

SEALED_AT_ONCE = 100
"""New seals of a run: a day each of a large works is read in 30 ms. A ledger of ten years is sealed within two days."""

log = structlog.get_logger(__name__)

SHARES = 24
"""All of the ledger is looked at once in so many hours."""


@dataclass(slots=True)
class Scrub:
    """`run` is a job: which share it looks at follows from the hour, so that restarts leave none out. It comes many
    times an hour and looks once, so that a service which is restarted every half hour looks too."""

    ledger: Ledger
    clock_ns: Callable[[], int]
    _looked: int | None = None

    async def run(self) -> None:
        """Look at the share of this hour, then seal what can change no more. Raises StorageDamaged."""
        hour = self.clock_ns() // HOUR_NS
        if hour != self._looked:
            await self._look(hour % SHARES)
            self._looked = hour

    async def _look(self, share: int) -> None:
        ledger = self.ledger
        await asyncio.to_thread(ledger.check_pages, share, SHARES)
        for number, seal in await asyncio.to_thread(ledger.read, partial(seals.of_share, share=share, shares=SHARES)):
            # A transaction for each: one over all of them would keep the log from being taken into the file.
            if not await asyncio.to_thread(ledger.read, partial(seals.is_sound, seal=seal)):
                await self._mend(number, seal)
        for seal in await asyncio.to_thread(
            ledger.read, lambda connection: list(islice(seals.unsealed(connection, share, SHARES), SEALED_AT_ONCE))
        ):
            await ledger.write(partial(seals.add, seals=[seal]))
        head = await asyncio.to_thread(ledger.read, seals.head)
        if head is not None:
            await asyncio.to_thread(keep_head, ledger.path, self.clock_ns(), head)

    async def _mend(self, number: int, seal: seals.Seal) -> None:
        backups = await asyncio.to_thread(known_backups, self.ledger.path)
        told = await self.ledger.write(lambda connection: mend(connection, number, seal, backups, self.clock_ns()))
        log.warning("rows_not_as_sealed", what=told.what, lost=told.lost)
