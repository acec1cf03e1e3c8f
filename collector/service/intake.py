"""The way in: every intake is judged and synced in the journal before its source is told that it is taken."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from collector.errors import StorageDamaged, StorageFull
from collector.service.preparation import Preparation, Prepared
from collector.sources.base import Accept, Intake
from collector.storage.journal.journal import Journal
from models.counting.reading import ReadingBatch


@dataclass(slots=True)
class IntakeCounts:
    """Of one source since the start of the service: records believed and rejected, intakes that the disk refused."""

    accepted: int = 0
    rejected: int = 0
    held: int = 0


@dataclass(slots=True)
class IntakeDesk:
    """Takes intakes of all sources. `damaged` is called when the journal breaks while in use: it is time to stop.

    `taken` is told every intake that is in, with its readings that were believed. `last_read_ns`: by unit, the host's
    clock at the last good reading.
    """

    journal: Journal
    preparation: Preparation
    damaged: Callable[[StorageDamaged], None]
    taken: Callable[[Intake, ReadingBatch | None], None]
    counts: dict[str, IntakeCounts] = field(default_factory=dict)
    last_read_ns: dict[str, int] = field(default_factory=dict)
    storage_full: str = ""

    def accept(self, source: str) -> Accept:
        """The door of one source."""
        counts = self.counts.setdefault(source, IntakeCounts())

        async def take(intake: Intake) -> None:
            prepared = await self._take(intake, counts)
            self.taken(intake, prepared.readings)
            for unit in prepared.units_read:
                self.last_read_ns[unit] = max(intake.received_ns, self.last_read_ns.get(unit, 0))

        return take

    async def replay(self, intake: Intake, replayed: Sequence[int]) -> None:
        """Take in again what a person released from the journal's quarantine; one transaction with noting it."""
        await self._take(intake, self.counts.setdefault(intake.source, IntakeCounts()), replayed)

    async def _take(self, intake: Intake, counts: IntakeCounts, replayed: Sequence[int] = ()) -> Prepared:
        prepared = await asyncio.to_thread(self.preparation.prepare, intake)
        if prepared.entry is not None:
            try:
                await self.journal.append(prepared.entry, prepared.rejections, replayed=replayed)
            except StorageFull as error:
                counts.held += 1
                self.storage_full = str(error)
                if isinstance(error, StorageDamaged):
                    self.damaged(error)
                raise
            self.storage_full = ""
        counts.accepted += prepared.accepted
        counts.rejected += len(prepared.rejections)
        return prepared
