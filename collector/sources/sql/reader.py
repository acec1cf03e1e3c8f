"""Reads new rows of each query by a watermark in time, with an overlap in which late and changed rows are found."""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collector.sources.bad_nodes import BadNodes
from collector.sources.base import Delivery, SourceContext, SourceHealth
from collector.sources.row_times import RowTimes
from collector.sources.rows import RowsRead, read_rows
from collector.sources.sql.config import SqlConfig
from collector.sources.sql.database import MOST_ROWS, ReadOnlyDatabase
from collector.sources.watermark import Watermark, watermarks
from models.counting.reading import Rejection
from models.works.codes import TagKind

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class SqlProgress:
    """How far each query was read. It outlives the connection."""

    queries: list[Watermark] = field(default_factory=list)

    @staticmethod
    def of(config: SqlConfig, context: SourceContext) -> "SqlProgress":
        """From what the ledger has of the tags."""
        return SqlProgress(watermarks(config.queries, "query", context, (config.first, config.overlap)))


class SqlReader:
    """One connection. Each `read` gives some thousand rows of one query at the most; `more` says that others wait."""

    def __init__(
        self,
        config: SqlConfig,
        context: SourceContext,
        zone: ZoneInfo,
        database: ReadOnlyDatabase,
        progress: SqlProgress,
        health: SourceHealth,
    ) -> None:
        self._config = config
        self._context = context
        self._zone = zone
        self._times = RowTimes(zone, config.time_format)
        self._database = database
        self._queries = progress.queries
        self._health = health
        self._bad_nodes = BadNodes(config.name, health)
        self._turn = 0
        self._open = False
        self._read: RowsRead | None = None
        self._missing: dict[str, dict[str, str]] = {}

    @property
    def more(self) -> bool:
        """Whether rows wait that can be read at once."""
        return self._open or self._turn > 0

    async def read(self) -> Delivery | None:
        """The next rows. Raises SourceUnavailable."""
        query = self._queries[self._turn]
        if not self._open:
            query.begin()
            since = query.since(None if self._config.zone is None else self._zone)
            rows = await self._database.ask(self._config.queries[query.name], since)
        else:
            rows = await self._database.more()
        self._open = len(rows) >= MOST_ROWS
        received_ns = self._context.clock_ns()
        # In a thread, for thousands of rows take a while.
        read = await asyncio.to_thread(
            partial(read_rows, rows, query.tags, self._config.name, received_ns, self._times, comes_again=True)
        )
        told = self._note_missing(query, read, received_ns)
        coverage: Mapping[str, int] = {}
        if not self._open:
            coverage = {
                each.tag.name: 1
                for each in query.tags
                if each.tag.kind is TagKind.EVENT and each.tag.name not in self._health.bad_nodes
            }
        self._read = query.new(read, received_ns)
        events, batch = tuple(self._read.events), self._read.batch(self._config.name, received_ns)
        return Delivery(
            self._config.name, received_ns, batch, events, (*told, *self._read.rejections), coverage=coverage
        )

    async def taken(self) -> None:
        """The rows are synced here."""
        query = self._queries[self._turn]
        if self._read is not None:
            query.take(self._read)
        if self._open:
            return
        query.ended()
        self._turn = (self._turn + 1) % len(self._queries)

    async def close(self) -> None:
        """End the connection."""
        await self._database.close()

    def _note_missing(self, query: Watermark, read: RowsRead, received_ns: int) -> tuple[Rejection, ...]:
        """Columns that are gone, of all queries: those of a query without rows are as they were."""
        if read.newest_ns or read.missing or not self._open:
            self._missing[query.name] = read.missing or ({} if read.newest_ns else self._missing.get(query.name, {}))
        told: dict[str, str] = {}
        for name, missing in self._missing.items():
            told |= {tag: f"query {name}: {why}" for tag, why in missing.items()}
        return self._bad_nodes.update(told, received_ns)
