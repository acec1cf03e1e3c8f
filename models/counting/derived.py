"""Readings that are made of others: tags with a formula, and counters that count only while another signal says so.

Works on what was believed of a delivery, with the last value of each signal kept in between, for a source that sends
changes sends one of them at a time. A signal that is not read, or not believed, any more says nothing, and neither does
what is made of it.

A mill that rolls three grades has one counter and a number of the grade. Each grade has a tag on that counter, with
`counts_when`; what the counter grew between two readings belongs to the grade that the later one was read with. So each
growth is counted by one tag, and the grades add up to the counter.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from models.counting.formula import Formula, formula
from models.counting.reading import ReadingBatch, Rejection, residues_of
from models.works.calendar import NS
from models.works.codes import Quality, Reason
from models.works.exact_number import Number, scaled, written
from models.works.plant import Tag

KEPT_CADENCES, KEPT_AT_LEAST_S = 3, 60.0
"""How long a value is used that is not confirmed: as long as a tag counts as fresh."""
_Row = tuple[int, Number, int, int]
"""(index of a tag, value, UTC ns, quality)."""


@dataclass(frozen=True, slots=True)
class _Computed:
    index: int
    tag: Tag
    formula: Formula
    operands: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Gated:
    """A counter, and the values of a signal while which it counts."""

    index: int
    values: frozenset[float]
    signal: int


@dataclass(frozen=True, slots=True)
class HeldValue:
    """`seen_ns`: when it came, or was confirmed last."""

    value: Number
    quality: int
    seen_ns: int


@dataclass(frozen=True, slots=True)
class DerivedState:
    """Of one source: by index of a tag its last value, the counters that wait for their gate to be known, by index of a
    gate what was told of it already, and the counters whose reset was announced at the look before."""

    held: Mapping[int, HeldValue] = field(default_factory=dict)
    waiting: frozenset[int] = frozenset()
    told: Mapping[int, Number] = field(default_factory=dict)
    reset: frozenset[int] = frozenset()


NOTHING_HELD = DerivedState()


@dataclass(frozen=True, slots=True)
class Derivation:
    """`idle`: rows of counters that do not count now; `waiting`: rows of counters whose gate is not known; `resets`:
    rows of counters with which the controller announces that they were set to 0.
    `rejections`: what gates said that no tag counts."""

    readings: ReadingBatch
    state: DerivedState
    idle: frozenset[int] = frozenset()
    waiting: frozenset[int] = frozenset()
    resets: frozenset[int] = frozenset()
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class DerivedTags:
    """Of all tags of the plant, in its order."""

    _computed: Mapping[str, Sequence[_Computed]]
    _gated: Mapping[str, Sequence[_Gated]]
    _announced: Mapping[str, Mapping[int, int]]
    _tags: Sequence[Tag]
    _wanted: Mapping[int, frozenset[float]]

    @staticmethod
    def of(tags: Sequence[Tag]) -> "DerivedTags":
        """Raises KeyError or FormulaError for a tag that cannot be made; the configuration's check excludes that."""
        index = {tag.name: place for place, tag in enumerate(tags)}
        computed: dict[str, list[_Computed]] = {}
        gated: dict[str, list[_Gated]] = {}
        announced: dict[str, dict[int, int]] = {}
        wanted: dict[int, frozenset[float]] = {}
        for place, tag in enumerate(tags):
            if tag.formula:
                made = formula(tag.formula)
                operands = {name: index[f"{tag.unit}.{name}"] for name in made.signals}
                computed.setdefault(tag.source, []).append(_Computed(place, tag, made, operands))
            if tag.gate is not None:
                signal = index[f"{tag.unit}.{tag.gate.signal}"]
                gated.setdefault(tag.source, []).append(_Gated(place, frozenset(tag.gate.values), signal))
                wanted[signal] = wanted.get(signal, frozenset()) | frozenset(tag.gate.values)
            if tag.reset_signal:
                announced.setdefault(tag.source, {})[place] = index[f"{tag.unit}.{tag.reset_signal}"]
        return DerivedTags(computed, gated, announced, tags, wanted)

    def addresses(self, source: str) -> dict[str, str]:
        """How each computed tag of a source is made, as its address: with another formula it is another counter."""
        return {each.tag.name: f"formula {each.tag.formula}" for each in self._computed.get(source, ())}

    def covered(self, source: str, coverage: Mapping[str, int]) -> dict[str, int]:
        """The looks at computed tags of a source, by those at what they are made of: all of it stands."""
        return {
            each.tag.name: min(coverage[self._tags[place].name] for place in each.operands.values())
            for each in self._computed.get(source, ())
            if all(self._tags[place].name in coverage for place in each.operands.values())
        }

    def compute(
        self, batch: ReadingBatch, state: DerivedState, refused: Collection[str], confirmed: Collection[str]
    ) -> tuple[ReadingBatch, DerivedState]:
        """A believed batch with what it makes behind it, to be judged in its turn. `refused`: names of tags of which
        something was not believed now; `confirmed`: those whose source says that they stand."""
        computed = self._computed.get(batch.source, ())
        if not computed and batch.source not in self._gated and batch.source not in self._announced:
            return batch, state
        held = {
            place: replace(one, seen_ns=batch.received_ns) if self._tags[place].name in confirmed else one
            for place, one in state.held.items()
            if self._tags[place].name not in refused
        }
        made = [row for each in computed for row in self._made(batch, each, held)]
        return (_with(batch, made) if made else batch), replace(state, held=held)

    def not_now(self, batch: ReadingBatch, state: DerivedState) -> Derivation:
        """Of what a history says of before, whose gates are not looked up: what such counters grew counts by the next
        reading that is of now, as uncertain."""
        gated = {each.index for each in self._gated.get(batch.source, ())}
        waiting = frozenset(row for row, place in enumerate(batch.tags.tolist()) if place in gated)
        waits = state.waiting | {int(batch.tags[row]) for row in waiting}
        return Derivation(batch, replace(state, waiting=waits), waiting=waiting)

    def resets(self, batch: ReadingBatch, state: DerivedState) -> tuple[frozenset[int], DerivedState]:
        """The rows of counters of which the controller says that they were set to 0, now or at the look before."""
        bits = self._announced.get(batch.source)
        if not bits:
            return frozenset(), state
        held = dict(state.held)
        for row, place in enumerate(batch.tags.tolist()):
            if place in bits.values():
                _keep(held, batch, row)
        on = frozenset(
            place
            for place, bit in bits.items()
            if (one := self._value(held, bit, batch.received_ns)) is not None and one.value
        )
        rows = frozenset(row for row, place in enumerate(batch.tags.tolist()) if place in on | state.reset)
        # A bit may be seen before the counter that it speaks of, where changes come one by one.
        seen = {int(batch.tags[row]) for row in rows}
        return rows, replace(state, held=held, reset=on | (state.reset - seen))

    def _made(self, batch: ReadingBatch, each: _Computed, held: dict[int, HeldValue]) -> Iterator[_Row]:
        """Rows (index, value, time_ns, quality) of a computed tag; what was read goes into `held`."""
        for moment in _moments(batch, set(each.operands.values())):
            for row in moment:
                _keep(held, batch, row)
            now = {name: self._value(held, place, batch.received_ns) for name, place in each.operands.items()}
            known = {name: one for name, one in now.items() if one is not None}
            if len(known) == len(now):
                value = each.formula.value({name: one.value for name, one in known.items()})
                time_ns = max(int(batch.times_ns[row]) for row in moment)
                quality = min(one.quality for one in known.values())
                yield each.index, scaled(value, each.tag.conversion.factor, 0.0), time_ns, quality

    def gate(self, batch: ReadingBatch, before: DerivedState) -> Derivation:
        """Which counters of a believed batch count now."""
        gated = self._gated.get(batch.source, ())
        if not gated:
            return Derivation(batch, before)
        held, waits, told = dict(before.held), set(before.waiting), dict(before.told)
        idle, waiting, uncertain = set[int](), set[int](), set[int]()
        rejections: list[Rejection] = []
        by_counter = {each.index: each for each in gated}
        for moment in _moments(batch, by_counter.keys() | {each.signal for each in gated}):
            for row in moment:
                if (place := int(batch.tags[row])) in self._wanted:
                    _keep(held, batch, row)
                    rejections += self._unknown(batch, row, place, told)
            for row in moment:
                each = by_counter.get(int(batch.tags[row]))
                if each is None:
                    continue
                gate = self._value(held, each.signal, batch.received_ns)
                if gate is None or gate.value not in self._wanted[each.signal]:
                    waiting.add(row)
                    waits.add(each.index)
                    continue
                if gate.value not in each.values:
                    idle.add(row)
                elif each.index in waits or self._value(held, each.index, batch.received_ns) is None:
                    uncertain.add(row)  # nobody knows what was made while it was not read
                waits.discard(each.index)
                _keep(held, batch, row)
        state = replace(before, held=held, waiting=frozenset(waits), told=told)
        return Derivation(
            _doubted(batch, sorted(uncertain)), state, frozenset(idle), frozenset(waiting), rejections=tuple(rejections)
        )

    def _unknown(self, batch: ReadingBatch, row: int, place: int, told: dict[int, Number]) -> list[Rejection]:
        """Said once for each value that no tag counts."""
        value = batch.number(row)
        if value in self._wanted[place]:
            told.pop(place, None)
            return []
        if told.get(place) == value:
            return []
        told[place] = value
        name = self._tags[place].name
        detail = (
            f"{name} shows {float(value):g}, and no tag counts then: add it to a counts_when; what is made meanwhile "
            "counts for the next one that is known, as uncertain"
        )
        at = (written(value), int(batch.times_ns[row]), Quality(int(batch.quality[row])), Reason.OUT_OF_RANGE, detail)
        return [Rejection(batch.source, name, *at)]

    def _value(self, held: Mapping[int, HeldValue], place: int, now_ns: int) -> HeldValue | None:
        one = held.get(place)
        limit_s = max(KEPT_AT_LEAST_S, KEPT_CADENCES * self._tags[place].cadence_s)
        return one if one is not None and now_ns - one.seen_ns <= limit_s * NS else None


def _keep(held: dict[int, HeldValue], batch: ReadingBatch, row: int) -> None:
    held[int(batch.tags[row])] = HeldValue(batch.number(row), int(batch.quality[row]), batch.received_ns)


def _moments(batch: ReadingBatch, own: Collection[int]) -> list[list[int]]:
    """Rows of these tags that belong together: all of them where each tag comes once, as in a poll; else by time."""
    rows = [row for row, place in enumerate(batch.tags.tolist()) if place in own]
    if len({int(batch.tags[row]) for row in rows}) == len(rows):
        return [rows] if rows else []
    by_time: dict[int, list[int]] = {}
    for row in rows:
        by_time.setdefault(int(batch.times_ns[row]), []).append(row)
    return [by_time[time_ns] for time_ns in sorted(by_time)]


def _with(batch: ReadingBatch, made: Sequence[_Row]) -> ReadingBatch:
    columns = list(zip(*made, strict=True))
    return replace(
        batch,
        tags=np.concatenate([batch.tags, np.array(columns[0], dtype=np.int32)]),
        values=np.concatenate([batch.values, np.array(columns[1], dtype=np.float64)]),
        times_ns=np.concatenate([batch.times_ns, np.array(columns[2], dtype=np.int64)]),
        quality=np.concatenate([batch.quality, np.array(columns[3], dtype=np.uint8)]),
        residues={**batch.residues, **residues_of([row[1] for row in made], len(batch))},
    )


def _doubted(batch: ReadingBatch, rows: Sequence[int]) -> ReadingBatch:
    """The batch with these rows uncertain at the best."""
    if not rows:
        return batch
    quality = batch.quality.copy()
    quality[rows] = np.minimum(quality[rows], np.uint8(Quality.UNCERTAIN))
    return replace(batch, quality=quality)
