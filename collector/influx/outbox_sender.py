"""Calculated rows from the outbox to the database, round by round; done only on a true success."""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import structlog

from collector.influx.retry import Retry
from collector.influx.rounds import Rounds, Wait
from models.works.table import Row, RowKey

log = structlog.get_logger(__name__)

# A failure repeats the whole round, and each delete is a request of its own: so less than the sink's batches.
ITEMS_A_ROUND = 1000
# `wake` says when something was queued. A command beside the service (a correction, a replay) cannot call it: its rows
# are seen this much later at most. The look is one SELECT on an empty table.
LOOK_AGAIN_S = 1.0


class Item(Protocol):
    """One entry of the outbox. `delete_first`: withdraw the point before the row is written; row None: only that."""

    @property
    def key(self) -> RowKey: ...
    @property
    def delete_first(self) -> bool: ...
    @property
    def row(self) -> Row | None: ...


T = TypeVar("T", bound=Item)


class Outbox(Protocol[T]):
    """What the sender uses of the ledger. One key is in it at most once."""

    async def take(self, limit: int) -> Sequence[T]:
        """The oldest items; they stay until they are done or set aside."""
        ...

    async def done(self, items: Sequence[T]) -> None:
        """Removes the items whose revision is still the same."""
        ...

    async def set_aside(self, item: T, reason: str) -> None:
        """Moves an item that can never be written to the quarantine."""
        ...


@dataclass(frozen=True, slots=True)
class Applied(Generic[T]):
    """What became of a round: how many rows the database has now, and which items it refuses, each with its words."""

    written: int
    refused: Sequence[tuple[T, str]]


class Tables(Protocol):
    """The calculated tables of a database."""

    async def apply(self, items: Sequence[T]) -> Applied[T]:
        """Writes and withdraws the rows of one round. May be repeated. Raises SinkUnavailable: then all is repeated."""
        ...


@dataclass(slots=True)
class OutboxCounters:
    """For the self-metrics: rows since the start of the service."""

    sent: int = 0
    refused: int = 0


class OutboxSender(Rounds, Generic[T]):
    """The only sender of calculated rows, one round after the other: so no key is ever in flight twice."""

    def __init__(self, outbox: Outbox[T], tables: Tables, *, retry: Retry | None = None) -> None:
        super().__init__(retry or Retry("outbox"))
        self.counters = OutboxCounters()
        self._outbox = outbox
        self._tables = tables
        self._published = asyncio.Event()

    def wake(self) -> None:
        """Says that something was put into the outbox; without it the sender looks once a second."""
        self._published.set()

    def _look(self) -> Wait:
        self._published.clear()
        return self._wait

    async def _wait(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_AGAIN_S):
                await self._published.wait()

    async def _round(self) -> bool:
        items = await self._outbox.take(ITEMS_A_ROUND)
        if not items:
            return False
        applied = await self._tables.apply(items)
        # The database answered, so it is up, even if our own disk now refuses to note what it took.
        self.retry.succeeded()
        await self._settle(items, applied.refused)
        self.counters.sent += applied.written
        return True

    async def _settle(self, items: Sequence[T], refused: Sequence[tuple[T, str]]) -> None:
        for item, reason in refused:
            log.warning("row_refused", table=item.key.table, tags=dict(item.key.tags), error=reason)
            await self._outbox.set_aside(item, reason)
        self.counters.refused += len(refused)
        gone = {item.key for item, _ in refused}
        await self._outbox.done([item for item in items if item.key not in gone])
