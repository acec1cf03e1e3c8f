"""The way in: every delivery is judged and synced in the journal before its source is told that it is taken."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import structlog

from collector.errors import ClockImpossible, StorageDamaged, StorageFull
from collector.host_clock import EARLIEST_NS, clock_fault
from collector.service.preparation import Preparation, Prepared
from collector.service.source_stamps import SourceStamps
from collector.sources.base import Accept, Delivery
from collector.storage.journal.journal import Journal
from models.counting.derived import NOTHING_HELD, DerivedState
from models.counting.reading import ReadingBatch
from models.counting.stamp_rule import StampFault
from models.detection.clock_findings import LASTS_S, clock_findings
from models.detection.finding import Finding
from models.works.calendar import NS

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class IntakeCounts:
    """Of one source since the start of the service: records believed and rejected, deliveries that the disk refused."""

    accepted: int = 0
    rejected: int = 0
    held: int = 0


@dataclass(slots=True)
class Intake:
    """Takes deliveries of all sources. `damaged` is called when the journal breaks while in use: it is time to stop.

    While the clock says a time before `earliest_ns` (UTC ns), nothing is taken: a source holds what it has, and offers
    it again. `heard` is called with every delivery before it is taken, and `taken` with every one that is in, and its
    readings that were believed. `last_read_ns`: by
    unit, the host's clock at the last good reading. `clock_faults`: by source, what is wrong with its clocks.
    """

    journal: Journal
    preparation: Preparation
    damaged: Callable[[StorageDamaged], None]
    taken: Callable[[Delivery, ReadingBatch | None], None]
    clock_ns: Callable[[], int] = time.time_ns
    counts: dict[str, IntakeCounts] = field(default_factory=dict)
    last_read_ns: dict[str, int] = field(default_factory=dict)
    clock_faults: dict[str, tuple[StampFault, ...]] = field(default_factory=dict)
    storage_full: str = ""
    heard: Callable[[Delivery], int] = lambda _: 0
    earliest_ns: int = EARLIEST_NS
    _clocks_set: int = 0
    _stamps: dict[str, SourceStamps] = field(default_factory=dict)
    _derived: dict[str, DerivedState] = field(default_factory=dict)

    def accept(self, source: str) -> Accept:
        """The door of one source."""
        counts = self.counts.setdefault(source, IntakeCounts())

        async def take(delivery: Delivery) -> None:
            delivery = self._dated(self._hear(delivery, counts), counts)
            if delivery.backfilled:
                # Of the past: it says nothing of the source's clock, nor of what is read now.
                prepared = await self._take(self._of_right_clocks(delivery), counts, None)
                self.taken(delivery, prepared.readings)
                return
            known = self._stamps.get(source) or self.preparation.stamping.unknown()
            prepared = await self._take(delivery, counts, known)
            self.taken(replace(delivery, coverage=prepared.coverage), prepared.readings)
            for unit in prepared.units_read:
                self.last_read_ns[unit] = max(delivery.received_ns, self.last_read_ns.get(unit, 0))

        return take

    def _of_right_clocks(self, delivery: Delivery) -> Delivery:
        """A history without the tags whose clock is off: its stamps cannot be laid beside those that were corrected."""
        off = {fault.tag for fault in self.clock_faults.get(delivery.source, ())}
        if not off or delivery.readings is None:
            return delivery
        by_name = self.preparation.plant.tag_index()
        readings = delivery.readings.take(~np.isin(delivery.readings.tags, [by_name[tag] for tag in off]))
        log.warning("history_not_taken", source=delivery.source, tags=len(off), reason="their clock is off; set it")
        return replace(delivery, readings=readings)

    async def replay(self, delivery: Delivery, replayed: Sequence[int]) -> None:
        """Take in again what a person released from the journal's quarantine; one transaction with noting it."""
        await self._take(delivery, self.counts.setdefault(delivery.source, IntakeCounts()), None, replayed)

    async def _take(
        self, delivery: Delivery, counts: IntakeCounts, known: SourceStamps | None, replayed: Sequence[int] = ()
    ) -> Prepared:
        clocks_set = self._clocks_set
        prepared = await asyncio.to_thread(
            self.preparation.prepare, delivery, known, self._derived.get(delivery.source, NOTHING_HELD)
        )
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
        if prepared.stamped is not None and clocks_set == self._clocks_set:
            # Only now: a delivery that the disk refused is offered again, and judged by what was known before it.
            self._stamps[delivery.source] = prepared.stamped.stamps
            self._note_faults(delivery.source, prepared.stamped.faults)
        if known is not None:
            self._derived[delivery.source] = prepared.derived
        counts.accepted += prepared.accepted
        counts.rejected += len(prepared.rejections)
        return prepared

    def clock_was_set(self, now_ns: int) -> None:
        """This host's clock was set, and shows `now_ns` (UTC ns): what it told of the sources' clocks is void."""
        self._clocks_set += 1
        self.clock_faults.clear()
        unknown = self.preparation.stamping.unknown()
        self._stamps = {
            source: replace(unknown, waiting=[replace(item, received_ns=now_ns) for item in known.waiting])
            for source, known in self._stamps.items()
        }

    def _hear(self, delivery: Delivery, counts: IntakeCounts) -> Delivery:
        """The delivery, with its time by a clock that it proves to be right. Raises ClockImpossible while nobody knows
        whether this host's clock is."""
        try:
            later_ns = self.heard(delivery)
            return _received(delivery, delivery.received_ns + later_ns) if later_ns else delivery
        except ClockImpossible as error:
            counts.held += 1
            self.storage_full = str(error)
            raise

    def _dated(self, delivery: Delivery, counts: IntakeCounts) -> Delivery:
        """The delivery, received now if a clock that was impossible dated it. Raises ClockImpossible while it is."""
        if delivery.received_ns >= self.earliest_ns:
            return delivery
        now_ns = self.clock_ns()
        if fault := clock_fault(now_ns):
            counts.held += 1
            self.storage_full = fault
            raise ClockImpossible(fault)
        return _received(delivery, now_ns)

    def clock_findings(self, now_s: int) -> list[Finding]:
        """What is wrong with the clocks of the sources (`now_s`: UTC seconds)."""
        faults = [fault for of_source in self.clock_faults.values() for fault in of_source]
        return clock_findings(self.preparation.plant, faults, now_s) if faults else []

    def clock_troubles(self, now_ns: int) -> list[str]:
        """A sentence for each source of which readings are refused for their times, and have been for a minute."""
        return [
            f"source {source}: {len(refused)} tags are refused for their times, {refused[0].tag} is "
            f"{refused[0].offset_s:.0f} s off; see `tundish quarantine list`"
            for source, faults in self.clock_faults.items()
            if (refused := [fault for fault in faults if fault.refused and now_ns - fault.since_ns > LASTS_S * NS])
        ]

    def _note_faults(self, source: str, faults: tuple[StampFault, ...]) -> None:
        """Log which clocks begin to be wrong, and that all of a source are right again."""
        before = {(fault.tag, fault.state) for fault in self.clock_faults.get(source, ())}
        self.clock_faults[source] = faults
        new = [fault for fault in faults if (fault.tag, fault.state) not in before]
        if new:
            states = sorted({fault.state.name.lower() for fault in new})
            offset_s = round(new[0].offset_s, 1)
            log.warning("source_clock_wrong", source=source, tags=[fault.tag for fault in new][:5], now=states,
                        offset_s=offset_s)  # fmt: skip
        elif before and not faults:
            log.info("source_clock_right", source=source)


def _received(delivery: Delivery, at_ns: int) -> Delivery:
    """The same, received at that time."""
    readings = delivery.readings
    return replace(
        delivery,
        received_ns=at_ns,
        readings=None if readings is None else replace(readings, received_ns=at_ns),
        events=tuple(replace(event, received_ns=at_ns) for event in delivery.events),
    )
