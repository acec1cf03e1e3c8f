"""Reads new rows of each query, a span of time after the other, by a watermark with an overlap."""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collector.errors import SourceUnavailable
from collector.sources.bad_nodes import BadNodes
from collector.sources.base import Delivery, SourceContext, SourceHealth
from collector.sources.influx.config import InfluxConfig
from collector.sources.influx.database import AnswerTooLong, InfluxDatabase, place
from collector.sources.row_times import RowTimes
from collector.sources.rows import Cells, RowsRead, read_rows
from collector.sources.watermark import Watermark, watermarks
from models.works.calendar import NS
from models.works.codes import TagKind

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_ROWS = 5_000
"""Rows of one delivery."""
_FIRST_SPAN_NS, _LONGEST_SPAN_NS, _SHORTEST_SPAN_NS = 3600 * NS, 7 * 86_400 * NS, NS
"""An hour of a tag a second is 3,600 rows. A span without rows is doubled, one with too many halved."""
_MANY_ROWS = 50_000


@dataclass(slots=True)
class InfluxProgress:
    """What outlives a connection. `span_ns`: how much time is asked for at once, by query."""

    queries: list[Watermark] = field(default_factory=list)
    span_ns: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def of(config: InfluxConfig, context: SourceContext) -> "InfluxProgress":
        """From what the ledger has of the tags."""
        marks = watermarks(config.queries, "query", context, (config.first, config.overlap))
        return InfluxProgress(marks, dict.fromkeys(config.queries, _FIRST_SPAN_NS))


class InfluxReader:
    """One connection; see `Reader`."""

    def __init__(
        self,
        config: InfluxConfig,
        context: SourceContext,
        zone: ZoneInfo,
        progress: InfluxProgress,
        health: SourceHealth,
    ) -> None:
        self._config = config
        self._context = context
        self._times = RowTimes(zone, config.time_format)
        self._progress = progress
        self._database = InfluxDatabase(config, context.folder)
        self._health = health
        self._bad_nodes = BadNodes(config.name, health)
        self._turn = 0
        self._from_ns: int | None = None
        self._until_ns = 0
        self._waiting: list[Cells] = []
        self._read: RowsRead | None = None
        self._missing: dict[str, Mapping[str, str]] = {}

    @property
    def more(self) -> bool:
        """Whether rows wait that can be read at once, or another query has its turn."""
        return self._from_ns is not None or self._turn > 0

    async def read(self) -> Delivery | None:
        """The next rows. Raises SourceUnavailable."""
        mark, received_ns = self._progress.queries[self._turn], self._context.clock_ns()
        if self._from_ns is None:
            mark.begin()
            self._from_ns = self._until_ns = mark.since_ns
        if not self._waiting:
            await self._ask(mark, self._until_ns, received_ns)
        rows, self._waiting = self._waiting[:MOST_ROWS], self._waiting[MOST_ROWS:]
        read = await asyncio.to_thread(
            partial(read_rows, rows, mark.tags, self._config.name, received_ns, self._times, comes_again=True)
        )
        if rows:
            self._missing[mark.name] = read.missing
        told = {tag: f"query {name}: {why}" for name, gone in self._missing.items() for tag, why in gone.items()}
        rejections = self._bad_nodes.update(told, received_ns)
        self._read = mark.new(read, received_ns)
        coverage: Mapping[str, int] = {}
        if self._is_whole(received_ns):
            names = [each.tag.name for each in mark.tags if each.tag.kind is TagKind.EVENT]
            coverage = {name: 1 for name in names if name not in self._health.bad_nodes}
        batch = self._read.batch(self._config.name, received_ns)
        events, rejections = tuple(self._read.events), (*rejections, *self._read.rejections)
        return Delivery(self._config.name, received_ns, batch, events, rejections, coverage)

    async def taken(self) -> None:
        """The rows are synced here."""
        mark = self._progress.queries[self._turn]
        if self._read is not None:
            mark.seen.take(self._read)
        if self._waiting or self._from_ns is None:
            return
        if self._is_whole(self._context.clock_ns()):
            mark.ended()
            self._from_ns = None
            self._turn = (self._turn + 1) % len(self._progress.queries)
        else:
            self._from_ns = self._until_ns

    async def close(self) -> None:
        """End the connection."""
        await self._database.close()

    def _is_whole(self, now_ns: int) -> bool:
        """Whether the query was read up to now, give or take what a poll takes."""
        return not self._waiting and now_ns - self._until_ns < max(self._config.poll, 1.0) * NS

    async def _ask(self, mark: Watermark, from_ns: int, now_ns: int) -> None:
        """The rows of the next span, which is shortened until its answer is one that we take."""
        spans = self._progress.span_ns
        while True:
            until_ns = min(from_ns + spans[mark.name], now_ns + NS)
            try:
                rows = await self._database.ask(self._config.queries[mark.name], from_ns, until_ns)
            except AnswerTooLong:
                if spans[mark.name] <= _SHORTEST_SPAN_NS:
                    raise SourceUnavailable(
                        f"{place(self._config)}: a second of query {mark.name} is longer than we read; ask for less"
                    ) from None
                spans[mark.name] = max(_SHORTEST_SPAN_NS, min(spans[mark.name], until_ns - from_ns) // 2)
                continue
            break
        if not rows:
            spans[mark.name] = min(_LONGEST_SPAN_NS, spans[mark.name] * 2)
        elif len(rows) > _MANY_ROWS:
            spans[mark.name] = max(_SHORTEST_SPAN_NS, spans[mark.name] // 2)
        self._waiting, self._until_ns = rows, until_ns
