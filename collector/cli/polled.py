"""What has come of a source's tags: a source that sends changes alone needs several deliveries for all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from collector.sources.base import Delivery, SourceHealth
from models.counting.status_word import StatusWords
from models.works.codes import Quality
from models.works.exact_number import Number
from models.works.plant import Tag

if TYPE_CHECKING:
    from models.counting.reading import EventReading, Rejection
    from models.detection.alarm import AlarmNotice


@dataclass(frozen=True, slots=True)
class PolledValue:
    """The newest reading of one tag. `said`: what the source said of it, if it is not good."""

    value: Number
    time_ns: int
    received_ns: int
    quality: Quality
    said: str


class Polled:
    """`waiting`: the tags of which nothing was heard; `values` by index into the plant's `tags`; `alarms`: by what
    names each, the newest word on it, and `awaits_alarms` until the source has said which stand."""

    def __init__(self, tags: Sequence[Tag], names: Iterable[str], *, awaits_alarms: bool = False) -> None:
        self.waiting = set(names)
        self.awaits_alarms = awaits_alarms
        self.alarms: dict[str, AlarmNotice] = {}
        self.heard = False
        self.values: dict[int, PolledValue] = {}
        self.events: list[EventReading] = []
        self.rejections: list[Rejection] = []
        self._tags = tags
        self._words = StatusWords.of(tags)

    def lacks(self, health: SourceHealth) -> bool:
        """Whether there is still something to wait for. A source without tags has only to answer."""
        awaits = self.awaits_alarms or bool(self.waiting - health.bad_nodes.keys())
        return awaits or not (self.heard or health.up)

    async def accept(self, delivery: Delivery) -> None:
        """Take in a delivery, as the service would."""
        self.heard = True
        batch = delivery.readings
        if batch is not None:
            batch = self._words.read(batch)
            numbers = batch.numbers(np.arange(len(batch)))
            columns = (batch.tags.tolist(), numbers, batch.times_ns.tolist(), batch.quality.tolist())
            for row, (index, value, time_ns, quality) in enumerate(zip(*columns, strict=True)):
                said = batch.remarks.get(row, "")
                self.values[index] = PolledValue(value, time_ns, delivery.received_ns, Quality(quality), said)
                self.waiting.discard(self._tags[index].name)
        self.waiting -= {name for name, looks in delivery.coverage.items() if looks}
        self.waiting -= {rejection.tag for rejection in delivery.rejections}
        self.alarms |= {notice.condition: notice for notice in delivery.alarms if notice.is_alarm}
        if delivery.standing_alarms is not None or any(not rejection.tag for rejection in delivery.rejections):
            self.awaits_alarms = False
        self.events += delivery.events
        self.rejections += delivery.rejections
