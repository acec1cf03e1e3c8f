"""What the values of an edge node say of tags: readings, and heats or weighings that its metrics show together."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from collector.sources.row_times import RowTimes, instant_ns
from collector.sources.rows import Cells, RowsRead, RowTag, read_rows
from collector.sources.sparkplug.config import STAMP, SparkplugAddress
from collector.sources.sparkplug.edge_node import NodeWord, ToldValue
from models.counting.reading import EventReading, ReadingBatch, Rejection
from models.works.calendar import NS
from models.works.codes import Quality, Reason, TagKind


@dataclass(frozen=True, slots=True)
class SparkplugTag(RowTag):
    """A tag whose columns are names of metrics."""

    address: SparkplugAddress


@dataclass(slots=True)
class SparkplugRead(RowsRead):
    """`remarks`: by (tag index, time), what was said of a value that is not good. `past`: what the edge node kept back
    in an outage, and sends afterwards."""

    remarks: dict[tuple[int, int], str] = field(default_factory=dict)
    past: RowsRead = field(default_factory=RowsRead)

    def add(self, other: RowsRead) -> None:
        """What further rows said."""
        self.readings += other.readings
        self.events += other.events
        self.rejections += other.rejections

    def told(self, source: str, received_ns: int) -> ReadingBatch | None:
        """The readings in the order of their times, with their remarks."""
        if not self.readings:
            return None
        rows = sorted(self.readings, key=lambda row: (row[2], row[0]))
        remarks = {
            place: self.remarks[row[0], row[2]]
            for place, row in enumerate(rows)
            if row[3] is not Quality.GOOD and (row[0], row[2]) in self.remarks
        }
        return ReadingBatch.of(source, received_ns, rows, remarks)


class NodeReadings:
    """Of the tags of one edge node. It keeps what each device shows now, for an event is what several metrics show.

    `last`: by event tag, key, tonnes and end that the ledger has of its newest event: a birth says it once more.
    """

    def __init__(
        self, source: str, tags: Sequence[SparkplugTag], zone: ZoneInfo, last: Mapping[str, tuple[str, float, int]]
    ) -> None:
        self._source = source
        self._zone = zone
        self._tags: dict[str, list[SparkplugTag]] = {}
        for each in tags:
            self._tags.setdefault(each.address.device or "", []).append(each)
        self._shown: dict[str, dict[str, object]] = {device: {} for device in self._tags}
        self._last = dict(last)

    def read(self, word: NodeWord, received_ns: int) -> SparkplugRead:
        """Readings and events in what a message told."""
        read = SparkplugRead()
        tags = self._tags.get(word.device, ())
        received = datetime.fromtimestamp(received_ns / NS, UTC)
        now = [value for value in word.values if not value.is_historical]
        shown = self._shown.setdefault(word.device, {})
        shown |= {value.name: value.value for value in now if value.quality is not Quality.BAD}
        for each in tags:
            if each.tag.kind is TagKind.EVENT:
                self._events(read, each, word, received)
                continue
            for value in word.values:
                if value.name == each.address.value:
                    self._reading(read, each, value, shown, received)
        return read

    def _reading(
        self, read: SparkplugRead, each: SparkplugTag, value: ToldValue, shown: Cells, received: datetime
    ) -> None:
        row = {**shown, value.name: value.value, STAMP: value.at or received}
        if any(str(row.get(column)) != str(wanted) for column, wanted in each.address.when.items()):
            return
        received_ns = instant_ns(received, self._zone) or 0
        if value.why:
            time_ns = instant_ns(row.get(each.address.time or ""), self._zone) or received_ns
            read.remarks[each.index, time_ns] = value.why
        into = read.past if value.is_historical else read
        if value.quality is Quality.BAD:
            into.readings.append((each.index, math.nan, time_ns, Quality.BAD))
            return
        found = read_rows([row], [each], self._source, received_ns, RowTimes(self._zone), comes_again=False)
        found.readings = [(*row[:3], value.quality) for row in found.readings]
        into.readings += found.readings
        found.readings = []
        self._add(read, each, found, received_ns)

    def _events(self, read: SparkplugRead, each: SparkplugTag, word: NodeWord, received: datetime) -> None:
        """One of what the device shows now, if its key was said; and one for each time of values that are history."""
        received_ns = instant_ns(received, self._zone) or 0
        past: dict[datetime, dict[str, object]] = {}
        for value in word.values:
            if value.is_historical and value.quality is not Quality.BAD:
                past.setdefault(value.at or received, {})[value.name] = value.value
        for at, cells in sorted(past.items()):
            if each.address.key in cells:
                row = {**cells, STAMP: at}
                self._add(read, each, self._rows([row], each, received_ns), received_ns)
        said = [value for value in word.values if value.name == each.address.key and not value.is_historical]
        if said and said[-1].quality is not Quality.BAD:
            row = {**self._shown[word.device], STAMP: said[-1].at or received}
            found = self._rows([row], each, received_ns)
            if each.address.end == STAMP:
                found.events = [new for event in found.events if (new := self._news(event, is_birth=word.born))]
            self._add(read, each, found, received_ns)

    def _rows(self, rows: Sequence[Cells], each: SparkplugTag, received_ns: int) -> RowsRead:
        return read_rows(rows, [each], self._source, received_ns, RowTimes(self._zone), comes_again=False)

    def _add(self, read: SparkplugRead, each: SparkplugTag, found: RowsRead, received_ns: int) -> None:
        why = found.missing.get(each.tag.name)
        if why is not None:
            read.rejections.append(unreadable(self._source, each, why.replace("column", "metric"), received_ns))
        read.add(found)

    def _news(self, event: EventReading, *, is_birth: bool) -> EventReading | None:
        """An event whose end is the time of its key: the key said once more is no other end of it, and what a birth
        shows of the time before we ever listened is of an unknown time."""
        last = self._last.get(event.tag)
        if last is not None and last[0] == event.key:
            if last[1] == event.tonnes:
                return None
            event = replace(event, end_ns=last[2] or event.end_ns)
        self._last[event.tag] = (event.key, event.tonnes, event.end_ns)
        return None if last is None and is_birth else event


def unreadable(source: str, each: RowTag, why: str, received_ns: int) -> Rejection:
    """A message that could not be read, as a rejection of a tag."""
    return Rejection(source, each.tag.name, "", received_ns, Quality.BAD, Reason.WRONG_TYPE, why)
