"""The way in: every delivery is judged and synced in the journal before its source is told that it is taken."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from collector.errors import StorageDamaged, StorageFull
from collector.influx.line_protocol import TelemetryEncoder, gzip_member
from collector.service.journal_facts import JournalFacts, encode_facts
from collector.sources.base import Accept, Delivery
from collector.storage.journal.journal import Journal, JournalEntry
from models.counting.event import judge_event
from models.counting.reading import EventReading, ReadingBatch, Rejection
from models.counting.validation import TagLimits, validate
from models.works.codes import Quality, TagKind
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class Prepared:
    """`entry`: what goes into the journal, together with `rejections`; None if there is nothing of either.

    `accepted`: how many readings and events were believed, and `readings` the former; `units_read`: the units of which
    something was believed, or whose ring was looked at.
    """

    entry: JournalEntry | None
    rejections: tuple[Rejection, ...]
    accepted: int
    units_read: frozenset[str]
    readings: ReadingBatch | None = None


class Preparation:
    """From a delivery to what the journal keeps of it: judged, encoded, compressed. Pure; runs in a thread.

    Knows the plant's limits and prefixes. `telemetry`: whether there is a database that wants lines.
    """

    def __init__(self, plant: Plant, *, telemetry: bool, future_tolerance_s: float) -> None:
        """Raises ConfigurationError if a tag cannot be written as line protocol."""
        self._plant = plant
        self._tolerance_s = future_tolerance_s
        self._limits = TagLimits.of(plant.tags)
        self._by_name = plant.tag_index()
        self._names = [tag.name for tag in plant.tags]
        self._is_counter = np.array([tag.kind is TagKind.TOTALIZER for tag in plant.tags], dtype=np.bool_)
        units = sorted(plant.units)
        self._units = np.array(units, dtype=object)
        self._unit_of_tag = np.array([units.index(tag.unit) for tag in plant.tags], dtype=np.int32)
        self._encoder = TelemetryEncoder(plant.tags, plant.site) if telemetry else None

    def prepare(self, delivery: Delivery) -> Prepared:
        """Judge the delivery against the host's clock at its receipt, so that offering it again changes nothing."""
        readings, refused = self._readings(delivery)
        events, refused_events = self._events(delivery)
        rejections = (*delivery.rejections, *refused, *refused_events)
        lines, line_count = self._lines(readings)
        facts = encode_facts(
            JournalFacts(self._counters(readings), events, self._counted_looks(delivery.coverage), delivery.gaps)
        )
        entry = None
        if lines is not None or facts or rejections:
            oldest_ns, newest_ns = _span(readings, events, delivery.received_ns)
            entry = JournalEntry(delivery.source, delivery.received_ns, lines, line_count, facts, oldest_ns, newest_ns)
        accepted = len(events) + (0 if readings is None else len(readings))
        return Prepared(entry, rejections, accepted, self._units_read(readings, delivery), readings)

    def _readings(self, delivery: Delivery) -> tuple[ReadingBatch | None, tuple[Rejection, ...]]:
        if delivery.readings is None:
            return None, ()
        judged = validate(
            delivery.readings, self._limits, now_ns=delivery.received_ns, future_tolerance_s=self._tolerance_s
        )
        return judged.accepted, judged.rejections

    def _events(self, delivery: Delivery) -> tuple[list[EventReading], list[Rejection]]:
        believed: list[EventReading] = []
        refused: list[Rejection] = []
        for event in delivery.events:
            tag = self._plant.tags[self._by_name[event.tag]]
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
            if looks and self._plant.tags[self._by_name[name]].product is not None
        }

    def _units_read(self, readings: ReadingBatch | None, delivery: Delivery) -> frozenset[str]:
        units = {self._plant.tags[self._by_name[name]].unit for name, looks in delivery.coverage.items() if looks}
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

    `taken` is called with every delivery that is in, and its readings that were believed. `last_read_ns`: by unit, the
    host's clock at the last good reading.
    """

    journal: Journal
    preparation: Preparation
    damaged: Callable[[StorageDamaged], None]
    taken: Callable[[Delivery, ReadingBatch | None], None]
    counts: dict[str, IntakeCounts] = field(default_factory=dict)
    last_read_ns: dict[str, int] = field(default_factory=dict)
    storage_full: str = ""

    def accept(self, source: str) -> Accept:
        """The door of one source."""
        counts = self.counts.setdefault(source, IntakeCounts())

        async def take(delivery: Delivery) -> None:
            prepared = await self._take(delivery, counts)
            self.taken(delivery, prepared.readings)
            for unit in prepared.units_read:
                self.last_read_ns[unit] = max(delivery.received_ns, self.last_read_ns.get(unit, 0))

        return take

    async def replay(self, delivery: Delivery, replayed: Sequence[int]) -> None:
        """Take in again what a person released from the journal's quarantine; one transaction with noting it."""
        await self._take(delivery, self.counts.setdefault(delivery.source, IntakeCounts()), replayed)

    async def _take(self, delivery: Delivery, counts: IntakeCounts, replayed: Sequence[int] = ()) -> Prepared:
        prepared = await asyncio.to_thread(self.preparation.prepare, delivery)
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


def _span(readings: ReadingBatch | None, events: Sequence[EventReading], received_ns: int) -> tuple[int, int]:
    times = [event.end_ns for event in events if event.end_ns > 0]
    if readings is not None and len(readings):
        times += [int(readings.times_ns.min()), int(readings.times_ns.max())]
    return min(times, default=received_ns), max(times, default=received_ns)
