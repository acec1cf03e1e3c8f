"""The way in: every delivery is judged and synced in the journal before its source is told that it is taken."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import structlog

from collector.errors import ClockImpossible, StorageDamaged, StorageFull
from collector.host_clock import EARLIEST_NS, clock_fault
from collector.influx.line_protocol import TelemetryEncoder
from collector.influx.packing import gzip_member
from collector.service.journal_facts import JournalFacts, encode_facts
from collector.service.source_stamps import SourceStamps, Stamped, Stamping
from collector.sources.base import Accept, Delivery
from collector.storage.journal.journal import Journal, JournalEntry
from models.counting.event import judge_event
from models.counting.reading import EventReading, ReadingBatch, Rejection
from models.counting.stamp_rule import StampFault
from models.counting.status_word import StatusWords
from models.counting.validation import TagLimits, validate
from models.detection.clock_findings import LASTS_S, clock_findings
from models.detection.finding import Finding
from models.works.calendar import NS
from models.works.codes import Quality
from models.works.plant import Plant

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """`entry`: what goes into the journal, together with `rejections`; None if there is nothing of either.

    `accepted`: how many readings and events were believed, and `readings` the former; `units_read`: the units of which
    something was believed, or whose ring was looked at. `stamped`: the delivery by its clocks (None: a person vouches
    for its times).
    """

    entry: JournalEntry | None
    rejections: tuple[Rejection, ...]
    accepted: int
    units_read: frozenset[str]
    readings: ReadingBatch | None = None
    stamped: Stamped | None = None


class Preparation:
    """From a delivery to what the journal keeps of it: judged, encoded, compressed. Pure; runs in a thread.

    Knows the plant's limits and prefixes. `telemetry`: whether there is a database that wants lines; `stamping`: how
    the clocks of the sources are judged.
    """

    def __init__(self, plant: Plant, stamping: Stamping, *, telemetry: bool, future_tolerance_s: float) -> None:
        """Raises ConfigurationError if a tag cannot be written as line protocol."""
        self.stamping = stamping
        self.plant = plant
        self._tolerance_s = future_tolerance_s
        self._limits = TagLimits.of(plant.tags)
        self._words = StatusWords.of(plant.tags)
        self._by_name = plant.tag_index()
        self._names = [tag.name for tag in plant.tags]
        self._is_counter = np.array([tag.is_metered for tag in plant.tags], dtype=np.bool_)
        units = sorted(plant.units)
        self._units = np.array(units, dtype=object)
        self._unit_of_tag = np.array([units.index(tag.unit) for tag in plant.tags], dtype=np.int32)
        self._encoder = TelemetryEncoder(plant.tags, plant.site) if telemetry else None

    def prepare(self, delivery: Delivery, known: SourceStamps | None) -> Prepared:
        """Judge the delivery against the host's clock at its receipt, so that offering it again changes nothing.

        `known`: what is known of the clocks of its source; None if its times are not to be judged.
        """
        stamped = None if known is None else self.stamping.stamp(delivery, known)
        if stamped is not None:
            delivery = replace(
                delivery,
                readings=stamped.readings,
                events=stamped.events,
                gaps=stamped.gaps,
                rejections=(*delivery.rejections, *stamped.rejections),
            )
        readings, refused = self._readings(delivery)
        events, refused_events = self._events(delivery)
        rejections = (*delivery.rejections, *refused, *refused_events)
        lines, line_count = self._lines(readings)
        facts = encode_facts(
            JournalFacts(
                self._counters(readings),
                events,
                self._counted_looks(delivery.coverage),
                delivery.gaps,
                self._addresses(delivery.addresses),
            )
        )
        entry = None
        if lines is not None or facts or rejections:
            oldest_ns, newest_ns = _span(readings, events, delivery.received_ns)
            entry = JournalEntry(delivery.source, delivery.received_ns, lines, line_count, facts, oldest_ns, newest_ns)
        accepted = len(events) + (0 if readings is None else len(readings))
        return Prepared(entry, rejections, accepted, self._units_read(readings, delivery), readings, stamped)

    def _readings(self, delivery: Delivery) -> tuple[ReadingBatch | None, tuple[Rejection, ...]]:
        if delivery.readings is None:
            return None, ()
        judged = validate(
            self._words.read(delivery.readings),
            self._limits,
            now_ns=delivery.received_ns,
            future_tolerance_s=self._tolerance_s,
        )
        return judged.accepted, judged.rejections

    def _events(self, delivery: Delivery) -> tuple[list[EventReading], list[Rejection]]:
        believed: list[EventReading] = []
        refused: list[Rejection] = []
        for event in delivery.events:
            tag = self.plant.tags[self._by_name[event.tag]]
            rejection = judge_event(tag, event, future_tolerance_s=self._tolerance_s)
            if rejection is None:
                believed.append(event)
            else:
                refused.append(rejection)
        return believed, refused

    def _lines(self, readings: ReadingBatch | None) -> tuple[bytes | None, int]:
        if self._encoder is None or readings is None or not len(readings):
            return None, 0
        encoded = self._encoder.encode(readings)
        return gzip_member(encoded.data), encoded.line_count

    def _counters(self, readings: ReadingBatch | None) -> list[tuple[str, int, float, Quality]]:
        if readings is None:
            return []
        counters = readings.take(self._is_counter[readings.tags])
        columns = zip(
            counters.tags.tolist(),
            counters.times_ns.tolist(),
            counters.values.tolist(),
            counters.quality.tolist(),
            strict=True,
        )
        return [(self._names[tag], time_ns, value, Quality(quality)) for tag, time_ns, value, quality in columns]

    def _counted_looks(self, coverage: Mapping[str, int]) -> dict[str, int]:
        return {
            name: looks
            for name, looks in coverage.items()
            if looks and self.plant.tags[self._by_name[name]].product is not None
        }

    def _addresses(self, addresses: Mapping[str, str]) -> dict[str, str]:
        """Of what counts alone: nothing is remembered of a gauge."""
        return {
            name: address
            for name, address in addresses.items()
            if self.plant.tags[self._by_name[name]].product is not None
        }

    def _units_read(self, readings: ReadingBatch | None, delivery: Delivery) -> frozenset[str]:
        units = {self.plant.tags[self._by_name[name]].unit for name, looks in delivery.coverage.items() if looks}
        if readings is not None:
            good = readings.tags[readings.quality == Quality.GOOD]
            units.update(self._units[np.unique(self._unit_of_tag[good])])
        return frozenset(units)


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
    it again. `taken` is called with every delivery that is in, and its readings that were believed. `last_read_ns`: by
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
    earliest_ns: int = EARLIEST_NS
    _clocks_set: int = 0
    _stamps: dict[str, SourceStamps] = field(default_factory=dict)

    def accept(self, source: str) -> Accept:
        """The door of one source."""
        counts = self.counts.setdefault(source, IntakeCounts())

        async def take(delivery: Delivery) -> None:
            delivery = self._dated(delivery, counts)
            known = self._stamps.get(source) or self.preparation.stamping.unknown()
            prepared = await self._take(delivery, counts, known)
            self.taken(delivery, prepared.readings)
            for unit in prepared.units_read:
                self.last_read_ns[unit] = max(delivery.received_ns, self.last_read_ns.get(unit, 0))

        return take

    async def replay(self, delivery: Delivery, replayed: Sequence[int]) -> None:
        """Take in again what a person released from the journal's quarantine; one transaction with noting it."""
        await self._take(delivery, self.counts.setdefault(delivery.source, IntakeCounts()), None, replayed)

    async def _take(
        self, delivery: Delivery, counts: IntakeCounts, known: SourceStamps | None, replayed: Sequence[int] = ()
    ) -> Prepared:
        clocks_set = self._clocks_set
        prepared = await asyncio.to_thread(self.preparation.prepare, delivery, known)
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

    def _dated(self, delivery: Delivery, counts: IntakeCounts) -> Delivery:
        """The delivery, received now if a clock that was impossible dated it. Raises ClockImpossible while it is."""
        if delivery.received_ns >= self.earliest_ns:
            return delivery
        now_ns = self.clock_ns()
        if fault := clock_fault(now_ns):
            counts.held += 1
            self.storage_full = fault
            raise ClockImpossible(fault)
        readings = delivery.readings
        return replace(
            delivery,
            received_ns=now_ns,
            readings=None if readings is None else replace(readings, received_ns=now_ns),
            events=tuple(replace(event, received_ns=now_ns) for event in delivery.events),
        )

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


def _span(readings: ReadingBatch | None, events: Sequence[EventReading], received_ns: int) -> tuple[int, int]:
    times = [event.end_ns for event in events if event.end_ns > 0]
    if readings is not None and len(readings):
        times += [int(readings.times_ns.min()), int(readings.times_ns.max())]
    return min(times, default=received_ns), max(times, default=received_ns)
