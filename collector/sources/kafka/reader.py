"""Reads records from where they were left, and says what the cluster deleted before we read it."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from collector.sources.bad_nodes import BadNodes
from collector.sources.base import Delivery, SourceContext, SourceHealth
from collector.sources.kafka.config import KafkaConfig
from collector.sources.kafka.consumer import MOST_RECORDS, KafkaCluster, Place, Record, RetentionPassed
from collector.sources.messages import BrokerMessage, read_message
from collector.sources.row_times import RowTimes
from collector.sources.rows import RowsRead, RowTag
from models.works.calendar import NS
from models.works.codes import TagKind

log = structlog.get_logger(__name__)

KEY = "$key"
"""The column with the key of a record."""
_LOOK_EVERY_S = 5.0
"""How often the cluster is asked for its partitions: whether it answers, and whether there are new ones."""


@dataclass(slots=True)
class KafkaProgress:
    """By place, the offset that is read next and the time of the newest record. It outlives the connection."""

    offsets: dict[Place, int] = field(default_factory=dict)
    newest_ns: dict[Place, int] = field(default_factory=dict)


class KafkaReader:
    """One connection; see `Reader`. An offset is committed when what it brought is synced, and never before."""

    def __init__(
        self, config: KafkaConfig, context: SourceContext, zone: ZoneInfo, progress: KafkaProgress, health: SourceHealth
    ) -> None:
        self._config = config
        self._context = context
        self._times = RowTimes(zone, config.time_format, {})
        self._progress = progress
        self._cluster = KafkaCluster(config, context.folder)
        self._bad_nodes = BadNodes(config.name, health)
        self._by_topic: dict[str, list[RowTag]] = {}
        for index, tag, address in context.tags:
            self._by_topic.setdefault(address.topic, []).append(RowTag(index, tag, address))
        self._rates = {
            index: context.newest_ns.get(tag.name, 0) for index, tag, _ in context.tags if tag.kind is TagKind.RATE
        }
        self._partitions: dict[str, Sequence[int]] | None = None
        self._looked_s = 0.0
        self._untaken: dict[Place, int] = {}
        self._lost: dict[Place, int] = {}

    @property
    def more(self) -> bool:
        """Whether records wait that can be read at once: a look waits for them itself."""
        return False

    async def read(self) -> Delivery | None:
        """The next records. Raises SourceUnavailable."""
        is_look = self._partitions is None or time.monotonic() - self._looked_s >= _LOOK_EVERY_S
        if is_look:
            await self._look()
        try:
            records = await self._cluster.next()
        except RetentionPassed:
            self._partitions = None
            return None
        received_ns = self._context.clock_ns()
        read = await asyncio.to_thread(partial(self._rows, records, received_ns))
        gaps = self._gaps(records, received_ns)
        for record in records:
            self._untaken[record.place] = record.offset + 1
            self._progress.newest_ns[record.place] = max(
                self._at_ns(record, 0), self._progress.newest_ns.get(record.place, 0)
            )
        gone = {topic: f"the cluster has no topic {topic}" for topic in self._by_topic if not self._has(topic)}
        bad = {each.tag.name: why for topic, why in gone.items() for each in self._by_topic[topic]}
        told = self._bad_nodes.update(bad, received_ns) if is_look else ()
        coverage = self._looks() if is_look and len(records) < MOST_RECORDS else {}
        batch = read.batch(self._config.name, received_ns)
        if batch is None and not (read.events or read.rejections or told or gaps or coverage):
            return None
        rejections = (*told, *read.rejections)
        return Delivery(self._config.name, received_ns, batch, tuple(read.events), rejections, coverage, gaps)

    async def taken(self) -> None:
        """What was read is synced here."""
        if self._untaken:
            self._progress.offsets |= self._untaken
            untaken, self._untaken = self._untaken, {}
            if not self._context.only_looks:
                await self._cluster.commit(untaken)

    async def close(self) -> None:
        """End the connection."""
        await self._cluster.close()

    def _has(self, topic: str) -> bool:
        return topic in (self._partitions or {})

    async def _look(self) -> None:
        """Ask for the partitions; read them anew if there are others, or one of them has to be found again."""
        partitions = await self._cluster.partitions(list(self._by_topic))
        self._looked_s = time.monotonic()
        if partitions == self._partitions:
            return
        places = [(topic, number) for topic, numbers in partitions.items() for number in numbers]
        offsets = await self._begins(places) if places else {}
        await self._cluster.read_from(offsets)
        self._progress.offsets |= offsets
        self._partitions = partitions

    async def _begins(self, places: Sequence[Place]) -> dict[Place, int]:
        if self._context.only_looks:
            spans = {place: await self._cluster.span(place) for place in places}
            return {place: max(first, end - 1) for place, (first, end) in spans.items()}
        known = {**await self._cluster.committed(places), **self._progress.offsets}
        unknown = [place for place in places if place not in known]
        since_ms = (self._context.clock_ns() - round(self._config.first * NS)) // 1_000_000
        since = await self._cluster.since(unknown, since_ms) if unknown else {}
        read_topics = {topic for topic, _ in known}
        offsets = {}
        for place in places:
            first, end = await self._cluster.span(place)
            offset = known.get(place)
            if offset is None:
                # A partition that is new to a topic that we read already is read from its beginning.
                offsets[place] = first if place[0] in read_topics else since.get(place, end)
            elif first <= offset <= end:
                offsets[place] = offset
            else:
                offsets[place] = first
                self._lost[place] = self._progress.newest_ns.get(place, 0)
                log.warning("records_lost", source=self._config.name, topic=place[0], partition=place[1],
                            next_step="they were deleted before we read them: see the topic's retention")  # fmt: skip
        return offsets

    def _gaps(self, records: Sequence[Record], received_ns: int) -> tuple[tuple[str, int, int], ...]:
        """What was deleted unread lies before the first record that is left."""
        found = []
        for record in records:
            if record.place not in self._lost:
                continue
            since_ns, until_ns = self._lost.pop(record.place), self._at_ns(record, received_ns)
            for each in self._by_topic.get(record.place[0], ()):
                if each.tag.kind in (TagKind.EVENT, TagKind.RATE):
                    start_ns = since_ns or self._context.newest_ns.get(each.tag.name, 0)
                    found.append((each.tag.name, min(start_ns, until_ns), until_ns))
        return tuple(found)

    def _rows(self, records: Sequence[Record], received_ns: int) -> RowsRead:
        read = RowsRead()
        for record in records:
            tags = self._by_topic.get(record.place[0], ())
            if not record.payload:
                continue  # a record without a value deletes a key, and says nothing of it
            at_ns = self._at_ns(record, received_ns)
            message = BrokerMessage(record.place[0], record.payload, received_ns, at_ns, ((KEY, record.key),))
            found = read_message(message, tags, self._config.name, self._times)
            read.readings += [row for row in found.readings if self._is_new(row[0], row[2])]
            read.events += found.events
            read.rejections += found.rejections
        return read

    def _is_new(self, index: int, time_ns: int) -> bool:
        """A rate that is integrated beyond that time cannot take it any more: after a kill it comes again."""
        return time_ns > self._rates.get(index, 0)

    def _at_ns(self, record: Record, received_ns: int) -> int:
        return received_ns if record.at_ms is None else record.at_ms * 1_000_000

    def _looks(self) -> Mapping[str, int]:
        return {
            each.tag.name: 1
            for topic, tags in self._by_topic.items()
            for each in tags
            if each.tag.kind is TagKind.EVENT and self._has(topic)
        }
