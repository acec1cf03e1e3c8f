"""From a delivery to what the journal keeps of it: judged by clocks and limits, encoded, compressed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from collector.influx.line_protocol import TelemetryEncoder
from collector.influx.packing import gzip_member
from collector.service.journal_facts import CounterReading, JournalFacts, encode_facts
from collector.service.source_stamps import SourceStamps, Stamped, Stamping
from collector.sources.base import Delivery
from collector.storage.journal.journal import JournalEntry
from models.counting.derived import NOTHING_HELD, Derivation, DerivedState, DerivedTags
from models.counting.event import judge_event
from models.counting.reading import EventReading, ReadingBatch, Rejection
from models.counting.status_word import StatusWords
from models.counting.validation import TagLimits, Validated, validate
from models.works.codes import Quality, TagKind
from models.works.exact_number import Number
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class Prepared:
    """`entry`: what goes into the journal, together with `rejections`; None if there is nothing of either.

    `accepted`: how many readings and events were believed, and `readings` the former; `units_read`: the units of which
    something was believed, or whose ring was looked at. `stamped`: the delivery by its clocks (None: a person vouches
    for its times). `derived`: what is known of the source's values once the entry is durable;
    `coverage`: the delivery's, and that of tags that are made of others.
    """

    entry: JournalEntry | None
    rejections: tuple[Rejection, ...]
    accepted: int
    units_read: frozenset[str]
    readings: ReadingBatch | None = None
    stamped: Stamped | None = None
    derived: DerivedState = NOTHING_HELD
    coverage: Mapping[str, int] = field(default_factory=dict)


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
        self._derived = DerivedTags.of(plant.tags)
        self._by_name = plant.tag_index()
        self._names = [tag.name for tag in plant.tags]
        self._is_counter = np.array([tag.is_metered for tag in plant.tags], dtype=np.bool_)
        self._is_measured = np.array([tag.name in plant.measured for tag in plant.tags], dtype=np.bool_)
        self._is_rate = np.array([tag.kind is TagKind.RATE for tag in plant.tags], dtype=np.bool_)
        units = sorted(plant.units)
        self._units = np.array(units, dtype=object)
        self._unit_of_tag = np.array([units.index(tag.unit) for tag in plant.tags], dtype=np.int32)
        self._encoder = TelemetryEncoder(plant.tags, plant.site) if telemetry else None

    def prepare(self, delivery: Delivery, known: SourceStamps | None, held: DerivedState = NOTHING_HELD) -> Prepared:
        """Judge the delivery against the host's clock at its receipt, so that offering it again changes nothing.

        `known`: what is known of the clocks of its source; None if they are not to be judged. `held`: of its values.
        """
        stamped = None if known is None else self.stamping.stamp(delivery, known)
        if stamped is not None:
            delivery = replace(
                delivery,
                readings=stamped.readings,
                events=stamped.events,
                gaps=stamped.gaps,
                rejections=(*delivery.rejections, *stamped.rejections),
                alarms=stamped.alarms,
            )
        # What a history says of single tags says nothing of those that are made of several.
        made = {} if delivery.backfilled else self._derived.covered(delivery.source, delivery.coverage)
        delivery = replace(delivery, coverage={**delivery.coverage, **made}) if made else delivery
        readings, refused, derived = self._readings(delivery, held if known is not None else None)
        events, refused_events = self._events(delivery)
        rejections = (*delivery.rejections, *refused, *refused_events)
        lines, line_count = self._lines(readings)
        facts = encode_facts(
            JournalFacts(
                self._counters(derived, readings),
                events,
                self._counted_looks(delivery.coverage),
                delivery.gaps,
                self._idle(derived),
                self._resets(derived),
                self._addresses(delivery),
                delivery.backfilled,
                delivery.alarms,
                delivery.standing_alarms,
                self._measured(readings),
            )
        )
        entry = None
        if lines is not None or facts or rejections:
            oldest_ns, newest_ns = _span(readings, events, delivery.received_ns)
            entry = JournalEntry(delivery.source, delivery.received_ns, lines, line_count, facts, oldest_ns, newest_ns)
        accepted = len(events) + (0 if readings is None else len(readings))
        state = held if derived is None else derived.state
        return Prepared(
            entry,
            rejections,
            accepted,
            self._units_read(readings, delivery),
            readings,
            stamped,
            state,
            delivery.coverage,
        )

    def _readings(
        self, delivery: Delivery, held: DerivedState | None
    ) -> tuple[ReadingBatch | None, tuple[Rejection, ...], Derivation | None]:
        """What is believed, what is not, and what becomes of counters with a gate (None: a person vouches for all)."""
        if delivery.readings is None:
            return None, (), None
        judged = self._judged(self._words.read(delivery.readings), delivery)
        if held is None:
            return judged.accepted, judged.rejections, None
        if delivery.backfilled:
            return judged.accepted, judged.rejections, self._derived.not_now(judged.accepted, held)
        told = {rejection.tag for rejection in (*delivery.rejections, *judged.rejections)}
        batch, state = self._derived.compute(judged.accepted, held, told, delivery.coverage)
        refused = judged.rejections
        if batch is not judged.accepted:
            judged = self._judged(batch, delivery)
            batch, refused = judged.accepted, (*refused, *judged.rejections)
        derived = self._derived.gate(batch, state)
        resets, state = self._derived.resets(derived.readings, derived.state)
        derived = replace(derived, resets=resets, state=state)
        return derived.readings, (*refused, *derived.rejections), derived

    def _judged(self, readings: ReadingBatch, delivery: Delivery) -> Validated:
        return validate(readings, self._limits, now_ns=delivery.received_ns, future_tolerance_s=self._tolerance_s)

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

    def _counters(self, derived: Derivation | None, readings: ReadingBatch | None) -> list[CounterReading]:
        """What is counted. A rate that does not count now is 0: so two that take turns share the time between them."""
        if readings is None:
            return []
        rows = np.flatnonzero(self._is_counter[readings.tags])
        if derived is not None and (derived.idle or derived.waiting):
            values = readings.values.copy()
            values[sorted(derived.idle)] = 0.0
            residues = {row: lacking for row, lacking in readings.residues.items() if row not in derived.idle}
            readings = replace(readings, values=values, residues=residues)
            left_out = {row for row in derived.idle if not self._is_rate[readings.tags[row]]} | derived.waiting
            rows = np.array([row for row in rows.tolist() if row not in left_out], dtype=np.intp)
        columns = zip(
            readings.tags[rows].tolist(),
            readings.times_ns[rows].tolist(),
            readings.numbers(rows),
            readings.quality[rows].tolist(),
            strict=True,
        )
        return [(self._names[tag], time_ns, value, Quality(quality)) for tag, time_ns, value, quality in columns]

    def _measured(self, readings: ReadingBatch | None) -> list[tuple[str, int, float]]:
        if readings is None:
            return []
        rows = np.flatnonzero(self._is_measured[readings.tags] & (readings.quality != Quality.BAD))
        columns = zip(
            readings.tags[rows].tolist(), readings.times_ns[rows].tolist(), readings.values[rows].tolist(), strict=True
        )
        return [(self._names[tag], time_ns, value) for tag, time_ns, value in columns]

    def _idle(self, derived: Derivation | None) -> list[tuple[str, int, Number]]:
        if derived is None:
            return []
        readings = derived.readings
        return [
            (self._names[readings.tags[row]], int(readings.times_ns[row]), readings.number(row))
            for row in sorted(derived.idle)
            if not self._is_rate[readings.tags[row]]
        ]

    def _resets(self, derived: Derivation | None) -> list[tuple[str, int]]:
        if derived is None:
            return []
        readings = derived.readings
        return [(self._names[readings.tags[row]], int(readings.times_ns[row])) for row in sorted(derived.resets)]

    def _counted_looks(self, coverage: Mapping[str, int]) -> dict[str, int]:
        return {name: looks for name, looks in coverage.items() if looks and self._is_kept(self._by_name[name])}

    def _is_kept(self, tag: int) -> bool:
        """Whether the ledger keeps something of it: what it counts, or its hours."""
        return self.plant.tags[tag].is_summed or bool(self._is_measured[tag])

    def _addresses(self, delivery: Delivery) -> dict[str, str]:
        """Of what counts alone: nothing is remembered of a gauge."""
        made = self._derived.addresses(delivery.source) if delivery.addresses else {}
        return {
            name: address
            for name, address in {**delivery.addresses, **made}.items()
            if self.plant.tags[self._by_name[name]].is_summed
        }

    def _units_read(self, readings: ReadingBatch | None, delivery: Delivery) -> frozenset[str]:
        units = {self.plant.tags[self._by_name[name]].unit for name, looks in delivery.coverage.items() if looks}
        if readings is not None:
            good = readings.tags[readings.quality == Quality.GOOD]
            units.update(self._units[np.unique(self._unit_of_tag[good])])
        return frozenset(units)


def _span(readings: ReadingBatch | None, events: Sequence[EventReading], received_ns: int) -> tuple[int, int]:
    times = [event.end_ns for event in events if event.end_ns > 0]
    if readings is not None and len(readings):
        times += [int(readings.times_ns.min()), int(readings.times_ns.max())]
    return min(times, default=received_ns), max(times, default=received_ns)
