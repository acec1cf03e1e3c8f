"""Telemetry from the journal to the raw tables. An entry is done only when the database has, or refused, each line."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import structlog

from collector.errors import SinkUnavailable
from collector.influx.delivery import Writer, deliver
from collector.influx.retry import Retry
from collector.influx.rounds import Rounds, Wait
from collector.influx.stored_lines import Piece, QueuedEntry, piece_within
from models.counting.reading import Rejection

log = structlog.get_logger(__name__)

CONSUMER = "sink"
# Requests under way at once while a queue drains: the database unpacks one while the journal reads for the next. With
# two, a journal drains 1.4 to 1.5 times as fast as a sender that posts the same bytes in turn (docs/benchmarks.md).
REQUESTS_A_ROUND = 2
# The database's clock decides what lies beyond its retention; ours may differ a little. Rows of the last minute before
# that are given up by us, for one that is refused there would cost the search through its whole batch.
RETENTION_MARGIN_NS = 60 * 10**9
NS_PER_DAY = 86_400 * 10**9


class Queue(Protocol):
    """What the sink uses of the journal."""

    @property
    def newest_seq(self) -> int:
        """The number of the newest committed entry."""
        ...

    async def read_sink(self, max_lines: int) -> Sequence[QueuedEntry]:
        """Entries not yet done, newest first, up to about that many lines."""
        ...

    async def done(self, consumer: str, seqs: Sequence[int], set_aside: Sequence[Rejection] = ()) -> None:
        """Marks entries done and keeps the rejections, in one transaction."""
        ...

    async def wait_for_more(self, after: int) -> None:
        """Returns when an entry with a higher number is committed."""
        ...


class RawSettings(Protocol):
    """What the sink uses of the settings of a database."""

    @property
    def raw_bucket(self) -> str:
        """Where telemetry goes."""
        ...

    @property
    def raw_retention_days(self) -> float | None:
        """The age beyond which it is not sent."""
        ...

    @property
    def batch_lines(self) -> int:
        """About how many lines one request carries."""
        ...


@dataclass(slots=True)
class SinkCounters:
    """For the self-metrics: lines since the start of the service."""

    sent: int = 0
    refused: int = 0
    dropped_old: int = 0


class TelemetrySink(Rounds):
    """The only sender of telemetry. Rows older than the raw retention are counted and not sent."""

    def __init__(
        self,
        queue: Queue,
        client: Writer,
        settings: RawSettings,
        *,
        clock_ns: Callable[[], int] = time.time_ns,
        retry: Retry | None = None,
    ) -> None:
        super().__init__(retry or Retry("telemetry"))
        self.counters = SinkCounters()
        self._queue = queue
        self._client = client
        self._settings = settings
        self._clock_ns = clock_ns
        self._dropping = False
        self._refusing = False

    def _look(self) -> Wait:
        return partial(self._queue.wait_for_more, self._queue.newest_seq)

    async def _round(self) -> bool:
        """Sends what a few requests carry. False: nothing was queued. Raises SinkUnavailable after marking the rest."""
        # While it is away one request is enough to find out that it is back.
        requests = REQUESTS_A_ROUND if self.retry.up else 1
        stored = await self._queue.read_sink(self._settings.batch_lines * requests)
        if not stored:
            return False
        pieces = self._within_retention(stored)
        empty = [piece.seq for piece in pieces if not piece.line_count]
        if empty:
            await self._queue.done(CONSUMER, empty)
        batches = split_by_lines([piece for piece in pieces if piece.line_count], self._settings.batch_lines)
        results = await asyncio.gather(*(self._send(batch) for batch in batches), return_exceptions=True)
        failures = [result for result in results if isinstance(result, BaseException)]
        if failures:
            # What is not SinkUnavailable is not foreseen: it goes first, so that it is not hidden by a mere outage.
            raise min(failures, key=lambda failure: isinstance(failure, SinkUnavailable))
        return True

    async def _send(self, batch: Sequence[Piece]) -> None:
        rejections = await deliver(self._client, self._settings.raw_bucket, batch)
        self.retry.succeeded()
        await self._queue.done(CONSUMER, [piece.seq for piece in batch], rejections)
        counters = self.counters
        counters.refused += len(rejections)
        counters.sent += sum(piece.line_count for piece in batch) - len(rejections)
        if rejections and not self._refusing:
            first = rejections[0]
            log.warning("rows_refused", refused=len(rejections), first_tag=first.tag, error=first.detail)
        self._refusing = bool(rejections)

    def _within_retention(self, stored: Sequence[QueuedEntry]) -> list[Piece]:
        oldest_ns = self._oldest_accepted_ns()
        pieces = [piece_within(each, oldest_ns) for each in stored]
        lines = sum(each.entry.line_count for each in stored if each.entry.lines)
        dropped = lines - sum(piece.line_count for piece in pieces)
        self.counters.dropped_old += dropped
        if dropped and not self._dropping:
            log.warning("telemetry_beyond_retention", dropped=dropped, days=self._settings.raw_retention_days)
        self._dropping = dropped > 0
        return pieces

    def _oldest_accepted_ns(self) -> int | None:
        days = self._settings.raw_retention_days
        return None if days is None else self._clock_ns() - int(days * NS_PER_DAY) + RETENTION_MARGIN_NS


def split_by_lines(pieces: Sequence[Piece], batch_lines: int) -> list[list[Piece]]:
    """Pieces in order, in groups of about `batch_lines` lines: a group is closed when it reaches that many."""
    groups: list[list[Piece]] = []
    lines = batch_lines
    for piece in pieces:
        if lines >= batch_lines:
            groups.append([])
            lines = 0
        groups[-1].append(piece)
        lines += piece.line_count
    return groups
