"""From an intake to what the journal keeps of it: judged, encoded, compressed. Pure; runs in a thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from collector.influx.line_protocol import TelemetryEncoder, gzip_member
from collector.service.journal_facts import Facts, encode_facts
from collector.sources.base import Intake
from collector.storage.journal.journal import JournalEntry
from models.counting.event import judge_event
from models.counting.reading import EventReading, ReadingBatch, Rejection
from models.counting.validation import TagLimits, validate
from models.works.codes import Quality, TagKind
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class Prepared:
    """`entry`: what goes into the journal, together with `rejections`; None where there is nothing of either.

    `accepted`: how many readings and events were believed, and `readings` the former; `units_read`: the units of which
    something was believed, or whose ring was looked at.
    """

    entry: JournalEntry | None
    rejections: tuple[Rejection, ...]
    accepted: int
    units_read: frozenset[str]
    readings: ReadingBatch | None = None


class Preparation:
    """Knows the plant's limits and prefixes. `telemetry`: whether there is a database that wants lines."""

    def __init__(self, plant: Plant, *, telemetry: bool, future_tolerance_s: float) -> None:
        """Raises ConfigurationError where a tag cannot be written as line protocol."""
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

    def prepare(self, intake: Intake) -> Prepared:
        """Judge the intake against the host's clock at its receipt, so that offering it again changes nothing."""
        readings, refused = self._readings(intake)
        events, refused_events = self._events(intake)
        rejections = (*intake.rejections, *refused, *refused_events)
        lines, line_count = self._lines(readings)
        facts = encode_facts(Facts(self._counters(readings), events, self._counted_looks(intake.coverage), intake.gaps))
        entry = None
        if lines is not None or facts or rejections:
            oldest_ns, newest_ns = _span(readings, events, intake.received_ns)
            entry = JournalEntry(intake.source, intake.received_ns, lines, line_count, facts, oldest_ns, newest_ns)
        accepted = len(events) + (0 if readings is None else len(readings))
        return Prepared(entry, rejections, accepted, self._units_read(readings, intake), readings)

    def _readings(self, intake: Intake) -> tuple[ReadingBatch | None, tuple[Rejection, ...]]:
        if intake.readings is None:
            return None, ()
        judged = validate(
            intake.readings, self._limits, now_ns=intake.received_ns, future_tolerance_s=self._tolerance_s
        )
        return judged.accepted, judged.rejections

    def _events(self, intake: Intake) -> tuple[list[EventReading], list[Rejection]]:
        believed: list[EventReading] = []
        refused: list[Rejection] = []
        for event in intake.events:
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

    def _units_read(self, readings: ReadingBatch | None, intake: Intake) -> frozenset[str]:
        units = {self._plant.tags[self._by_name[name]].unit for name, looks in intake.coverage.items() if looks}
        if readings is not None:
            good = readings.tags[readings.quality == Quality.GOOD]
            units.update(self._units[np.unique(self._unit_of_tag[good])])
        return frozenset(units)


def _span(readings: ReadingBatch | None, events: Sequence[EventReading], received_ns: int) -> tuple[int, int]:
    times = [event.end_ns for event in events if event.end_ns > 0]
    if readings is not None and len(readings):
        times += [int(readings.times_ns.min()), int(readings.times_ns.max())]
    return min(times, default=received_ns), max(times, default=received_ns)
