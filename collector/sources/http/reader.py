"""Reads the rows of each request, a page at a time, by a watermark in time with an overlap."""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collector.errors import SourceUnavailable
from collector.sources.bad_nodes import BadNodes
from collector.sources.base import Delivery, SourceContext, SourceHealth
from collector.sources.http.cells import NoRows, rows_of
from collector.sources.http.config import HttpConfig
from collector.sources.http.pages import PageWalk, Validators, WebService
from collector.sources.row_times import RowTimes
from collector.sources.rows import Cells, RowsRead, read_rows
from collector.sources.watermark import Watermark, watermarks
from models.counting.reading import Rejection
from models.works.codes import TagKind

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_ROWS = 5_000
"""Rows of one delivery; those of a page that has more follow at once."""


@dataclass(slots=True)
class HttpProgress:
    """What outlives a connection: how far each request was read, whose turn it is, and what the service said of each
    first page. `failed`: requests whose last answer was none."""

    requests: list[Watermark] = field(default_factory=list)
    turn: int = 0
    known: dict[str, Validators] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    @staticmethod
    def of(config: HttpConfig, context: SourceContext) -> "HttpProgress":
        """From what the ledger has of the tags."""
        return HttpProgress(watermarks(config.requests, "request", context, (config.first, config.overlap)))


class HttpReader:
    """One session."""

    def __init__(
        self,
        config: HttpConfig,
        context: SourceContext,
        zone: ZoneInfo,
        progress: HttpProgress,
        health: SourceHealth,
    ) -> None:
        self._config = config
        self._context = context
        self._zone = zone
        self._times = RowTimes(zone, config.time_format)
        self._progress = progress
        self._health = health
        self._service = WebService(config, context.folder)
        self._bad_nodes = BadNodes(config.name, health)
        self._walk: PageWalk | None = None
        self._waiting: list[Cells] = []
        self._asked = 0
        self._read: RowsRead | None = None
        self._missing: dict[str, Mapping[str, str]] = {}

    @property
    def more(self) -> bool:
        """Whether rows wait that can be read at once, or another request has its turn."""
        return self._walk is not None or 0 < self._asked < len(self._progress.requests)

    async def read(self) -> Delivery | None:
        """The next rows. Raises SourceUnavailable."""
        mark = self._progress.requests[self._progress.turn]
        try:
            if self._walk is None:
                mark.begin()
                self._walk = self._service.walk(
                    mark.name, mark.since_ns, None if self._config.zone is None else self._zone
                )
            if not self._waiting:
                await self._page(self._walk, mark)
            self._progress.failed.discard(mark.name)
        except SourceUnavailable as error:
            self._progress.failed.add(mark.name)
            if len(self._progress.failed) == len(self._progress.requests):
                self._pass_on()
                raise
            return self._told(mark, error)
        except BaseException:
            # The others have their turn before it is asked again.
            self._pass_on()
            raise
        rows, self._waiting = self._waiting[:MOST_ROWS], self._waiting[MOST_ROWS:]
        received_ns = self._context.clock_ns()
        read = await asyncio.to_thread(
            partial(read_rows, rows, mark.tags, self._config.name, received_ns, self._times, comes_again=True)
        )
        told = self._note_missing(mark, read, bool(rows), received_ns)
        self._read = mark.new(_since(read, mark.since_ns), received_ns)
        coverage: Mapping[str, int] = {}
        if self._is_whole:
            coverage = {
                each.tag.name: 1
                for each in mark.tags
                if each.tag.kind is TagKind.EVENT and each.tag.name not in self._health.bad_nodes
            }
        batch = self._read.batch(self._config.name, received_ns)
        return Delivery(
            self._config.name,
            received_ns,
            batch,
            tuple(self._read.events),
            (*told, *self._read.rejections),
            coverage=coverage,
        )

    async def taken(self) -> None:
        """The rows are synced here."""
        mark = self._progress.requests[self._progress.turn]
        if self._read is not None:
            mark.take(self._read)
        if self._walk is None or not self._is_whole:
            return
        mark.ended()
        # Only now: a page of which the rows were not kept must come again.
        # And only of a single page: where there are several, new rows may be on another one than the first.
        if self._walk.validators is not None and self._walk.validators.headers and self._walk.pages == 1:
            self._progress.known[mark.name] = self._walk.validators
        else:
            self._progress.known.pop(mark.name, None)
        self._pass_on()

    async def close(self) -> None:
        """End the session."""
        await self._service.close()

    def _pass_on(self) -> None:
        """Another request has its turn."""
        self._walk, self._waiting, self._read = None, [], None
        self._progress.turn = (self._progress.turn + 1) % len(self._progress.requests)
        self._asked = (self._asked + 1) % len(self._progress.requests)

    def _told(self, mark: Watermark, error: SourceUnavailable) -> Delivery | None:
        """One of several requests has no answer: its tags cannot be read, and the others are."""
        self._missing[mark.name] = {each.tag.name: str(error) for each in mark.tags}
        self._pass_on()
        received_ns = self._context.clock_ns()
        told = self._bad_nodes.update(self._bad_now(), received_ns)
        return Delivery(self._config.name, received_ns, rejections=told) if told else None

    def _bad_now(self) -> dict[str, str]:
        return {tag: why for missing in self._missing.values() for tag, why in missing.items()}

    @property
    def _is_whole(self) -> bool:
        return self._walk is not None and self._walk.ended and not self._waiting

    async def _page(self, walk: PageWalk, mark: Watermark) -> None:
        held = await self._service.next(walk, self._progress.known.get(mark.name))
        if walk.ended:
            return
        columns = {column for each in mark.tags for column in each.address.columns}
        try:
            self._waiting = await asyncio.to_thread(rows_of, held, walk.request.rows, columns)
        except NoRows as error:
            raise SourceUnavailable(f"{self._service.place(walk)}: {error}; correct rows") from error
        self._service.go_on(walk, held, len(self._waiting))

    def _note_missing(self, mark: Watermark, read: RowsRead, has_rows: bool, received_ns: int) -> tuple[Rejection, ...]:
        """Keys that are gone, of all requests: those of one without rows are as they were."""
        if has_rows:
            self._missing[mark.name] = {
                tag: f"request {mark.name}: {why}".replace("no column", "no key", 1)
                for tag, why in read.missing.items()
            }
        return self._bad_nodes.update(self._bad_now(), received_ns)


def _since(read: RowsRead, since_ns: int) -> RowsRead:
    """Without rows from before what was asked for: a service may give all that it has, each time."""
    read.readings = [row for row in read.readings if row[2] >= since_ns]
    read.events = [event for event in read.events if event.end_ns >= since_ns]
    return read
