"""What the sources' deliveries and the ledger's postings say of each unit, gathered into samples for detection.

Gauges count at their receipt: whatever its stamp says, a value that was just read is what holds now. Tonnes come from
the ledger's postings, so that detection counts what the books count: late events, resets and gaps are judged once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from collector.service.kept_stamps import KeptStamps
from collector.service.past_minutes import PastMinutes
from collector.sources.base import Delivery
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.mending import EVERY_TAG
from models.counting.increment import GRAMS_PER_TONNE, IncrementFlag, UncertainGap
from models.counting.planned_reset import is_small_as_planned
from models.counting.reading import ReadingBatch
from models.detection.minutes.observed import NO_QUALITY, Signal, UnitSample
from models.detection.watched import WatchedUnit
from models.works.calendar import NS
from models.works.codes import Quality, TagKind
from models.works.plant import Plant, Tag


@dataclass(slots=True)
class _Gauge:
    total: float = 0.0
    count: int = 0
    quality: int = NO_QUALITY

    def add(self, value: float, quality: int) -> None:
        self.total, self.count = self.total + value, self.count + 1
        self.quality = _better(self.quality, quality)

    def signal(self) -> Signal:
        return Signal(self.total / self.count if self.count else float("nan"), self.quality)


@dataclass(slots=True)
class _Slot:
    heard: bool = False
    moved: bool = False
    looked: bool = False
    uncertain: bool = False
    counted_g: int | None = None
    events: list[tuple[int, float]] = field(default_factory=list)
    gauges: dict[str, _Gauge] = field(default_factory=dict)


class Observer:
    """Everything between two calls of `take_samples`. `past`: what histories say.

    One thread at a time: the event loop's.
    """

    def __init__(self, plant: Plant, units: Mapping[str, WatchedUnit]) -> None:
        self._units = units
        self._tags = {tag.name: tag for tag in plant.tags}
        self._index = plant.tag_index()
        codes = list(plant.units)
        self._codes = np.array(codes, dtype=object)
        self._unit_of_tag = np.array([codes.index(tag.unit) for tag in plant.tags], dtype=np.int32)
        self._with_role = np.array([tag.role is not None for tag in plant.tags], dtype=np.bool_)
        self._plant_tags = plant.tags
        self._is_heard_by = np.array(
            [tag.unit in units and tag.source in units[tag.unit].sources for tag in plant.tags], dtype=np.bool_
        )
        shown = {code for code, unit in units.items() if unit.activity is not None}
        self._kept = KeptStamps(plant, np.array([tag.unit not in shown for tag in plant.tags], dtype=np.bool_))
        self._good: dict[int, float] = {}
        self._slots = {code: _Slot() for code in units}
        self.past = PastMinutes(plant, units)

    def taken(self, delivery: Delivery, accepted: ReadingBatch | None) -> None:
        """Note a delivery that is in the journal; `accepted` are its readings that were believed."""
        for name, looks in delivery.coverage.items():
            if looks:
                self._confirmed(name)
        batch = delivery.readings
        if batch is None or not len(batch):
            return
        moved, confirmed = self._kept.taken(batch)
        for rows, name in ((None, "heard"), (moved | confirmed, "moved")):
            tags = batch.tags if rows is None else batch.tags[rows]
            tags = tags[self._is_heard_by[tags]]
            for code in self._codes[np.unique(self._unit_of_tag[tags])]:
                if code in self._slots:
                    setattr(self._slots[code], name, True)
        self._take_gauges(batch, accepted)

    def posted(self, changes: LedgerChanges) -> None:
        """Note what the ledger counted: growth of counters, events that it did not know, gaps."""
        for item in changes.increments:
            if item.flags & IncrementFlag.BACKFILLED:
                self.past.posted(item)
                continue
            slot, tag = self._slots.get(item.unit), self._tags.get(item.tag)
            if slot is not None and tag is not None and tag.is_metered and self._counts(tag.unit, item.product):
                slot.counted_g = (slot.counted_g or 0) + item.grams
        for event in changes.first_events:
            slot = self._slots.get(event.unit)
            if slot is not None and self._counts(event.unit, event.product):
                slot.events.append((event.end_ns // NS, event.grams / GRAMS_PER_TONNE))
        for gap in changes.gaps:
            for code, slot in self._slots.items():
                if gap.tag == EVERY_TAG or (gap.tag in self._tags and self._is_doubt(self._tags[gap.tag], gap, code)):
                    slot.uncertain = True

    def _is_doubt(self, tag: Tag, gap: UncertainGap, unit: str) -> bool:
        return tag.unit == unit and not is_small_as_planned(tag, gap)

    def take_samples(self) -> dict[str, UnitSample]:
        """What was seen of every unit since the last call."""
        slots, self._slots = self._slots, {code: _Slot() for code in self._units}
        return {
            code: UnitSample(
                heard=slot.heard,
                moved=slot.moved,
                signals={name: gauge.signal() for name, gauge in slot.gauges.items()},
                counted_t=None if slot.counted_g is None else slot.counted_g / GRAMS_PER_TONNE,
                events=tuple(slot.events),
                looked=slot.looked,
                uncertain=slot.uncertain,
            )
            for code, slot in slots.items()
        }

    def _confirmed(self, name: str) -> None:
        """A ring was looked at; or a source that tells changes alone has said that a value stands as it is."""
        slot, tag = self._slots.get(self._tags[name].unit), self._tags[name]
        if slot is None or not self._is_heard_by[self._index[name]]:
            return
        slot.heard = True
        if tag.kind is TagKind.EVENT:
            slot.looked = True
            return
        slot.moved = True
        value = self._good.get(self._index[name])
        if value is not None:
            self._gauge(self._index[name]).add(value, int(Quality.GOOD))

    def _counts(self, unit: str, product: str) -> bool:
        return product == self._units[unit].product

    def _take_gauges(self, batch: ReadingBatch, accepted: ReadingBatch | None) -> None:
        """Every gauge with a role: its value if that was believed, and the best quality that came."""
        asked = {int(tag) for tag in batch.tags[self._with_role[batch.tags]]}
        for tag in asked:
            self._gauge(tag).quality = _better(self._gauge(tag).quality, int(Quality.BAD))
            self._good.pop(tag, None)
        if accepted is None:
            return
        # Of tags that are made of others, only what was believed comes.
        rows = self._with_role[accepted.tags]
        columns = (accepted.tags[rows].tolist(), accepted.values[rows].tolist(), accepted.quality[rows].tolist())
        for tag, value, quality in zip(*columns, strict=True):
            self._gauge(tag).add(value, quality)
            if quality == Quality.GOOD:
                self._good[tag] = value

    def _gauge(self, index: int) -> _Gauge:
        tag = self._plant_tags[index]
        slot = self._slots.get(tag.unit)
        return _Gauge() if slot is None else slot.gauges.setdefault(tag.signal, _Gauge())


def _better(known: int, quality: int) -> int:
    return quality if known == NO_QUALITY else max(known, quality)
