"""After an outage: what the server's own history has of the time in which nobody read, before it is read live again.

What counts is asked for first, and is read live only then: its readings reach the ledger in the order of time, as if
they had come in time. All other gauges are asked for beside live reading, for nothing depends on their order.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import structlog
from asyncua.ua.attribute_ids import AttributeIds
from numpy.typing import NDArray

from collector.sources.base import Delivery, SourceContext
from collector.sources.opcua.config import OpcUaConfig, ServerHistory
from collector.sources.opcua.connection import Connection, UnknownNamespace
from collector.sources.opcua.decode import joined_columns
from collector.sources.opcua.good_value import good_value
from collector.sources.opcua.history import NONE, VALUES_PER_ANSWER, Answered, HistoryOf, HistoryReader
from collector.sources.opcua.status_quality import StatusQuality
from collector.sources.opcua.targets import TagColumns, Target, to_batch
from models.counting.presence import LATE_SHARE
from models.counting.reading import Backfill, ReadingBatch
from models.works.calendar import NS
from models.works.codes import Quality

log = structlog.get_logger(__name__)

OVERLAP_NS = 120 * NS
"""Asked for again before an outage: twice of what a server's clock may be off (`collector.future_tolerance`) unseen."""
_CLOCK_LIMIT_S = 60.0
"""The history of a server whose clock is further off has stamps that cannot be laid beside those that we have."""
_LEAST_SPAN_S, _MOST_SPAN_S = 600.0, 86_400.0
"""Of one request: shorter ones cost more to ask than to answer, and a day is what somebody looks at. A judgement."""
_SAME_WITHIN = 1e-6
"""An archive may keep a Double as a Float, which has seven digits."""
_HISTORY_READ = 1 << 2
"""The bit of an access level that allows it (OPC UA part 3, 8.57)."""
LONGEST_S = 600.0
"""Live reading waits so long at the most: then the rest of the history is left. A judgement: what happens now matters
more, and a day of a works of this kind takes half a minute."""
_MOST_PASSES = 5
"""While a history is read, time goes on: so often what came meanwhile is asked for too, each time of a shorter span."""

Deliver = Callable[[Delivery], Awaitable[None]]


class WatchedUntil:
    """`ns`: by index of a tag, when it was read last or its source said that it stands (UTC, host; 0: never); `stamps`
    and `values`: what was read then."""

    def __init__(self, context: SourceContext) -> None:
        size = max((index for index, _, _ in context.tags), default=-1) + 1
        self.ns: NDArray[np.int64] = np.zeros(size, dtype=np.int64)
        self.stamps: NDArray[np.int64] = np.zeros(size, dtype=np.int64)
        self.values: NDArray[np.float64] = np.zeros(size)
        self._index = {tag.name: index for index, tag, _ in context.tags}
        # Gauges leave no mark in the ledger: they were read when their source was.
        newest_ns = max(context.watched_ns.values(), default=0)
        for index, tag, _ in context.tags:
            self.ns[index] = context.watched_ns.get(tag.name, 0 if tag.is_metered else newest_ns)
            self.stamps[index], self.values[index] = context.last_read.get(tag.name, (0, 0.0))

    def note(self, delivery: Delivery) -> None:
        """Take note of what was read live."""
        batch = delivery.readings
        if batch is not None:
            good = batch.quality > Quality.BAD
            tags = batch.tags[good]
            self.ns[tags] = delivery.received_ns
            self.stamps[tags], self.values[tags] = batch.times_ns[good], batch.values[good]
        if delivery.coverage:
            self.ns[[self._index[name] for name in delivery.coverage]] = delivery.received_ns

    def others(self, batch: ReadingBatch) -> NDArray[np.int32]:
        """The tags of which a history has another value under a stamp than was read under it: it is of another node."""
        known = self.values[batch.tags]
        apart = np.abs(batch.values - known) > _SAME_WITHIN * np.maximum(np.abs(known), 1.0)
        return np.unique(batch.tags[apart & (batch.times_ns == self.stamps[batch.tags])])

    def upto(self, indexes: Sequence[int], time_ns: int) -> None:
        """These tags are known up to then, by their history."""
        self.ns[indexes] = np.maximum(self.ns[indexes], time_ns)


@dataclass(frozen=True, slots=True)
class _Span:
    """By tag since when, and up to when, a history is asked for (UTC ns); `until_s`: of the loop's clock, no longer."""

    since_ns: Mapping[str, int]
    now_ns: int
    until_s: float


TOO_LONG = f"it took over {LONGEST_S / 60:g} min; live reading goes on"


@dataclass(slots=True)
class _Told:
    """What is said of one backfill when it is over."""

    values: int = 0
    from_ns: int = 0


class HistoryAfterOutage:
    """Of one source. `watched`: up to when each tag was read; `without`: by tag, why it has no history to ask for."""

    def __init__(self, config: OpcUaConfig, context: SourceContext, targets: Sequence[Target]) -> None:
        self.watched = WatchedUntil(context)
        self.without: dict[str, str] = {}
        self._config = config
        self._context = context
        # What counts only while another tag says so needs both at each instant: a history gives them one by one.
        tags = [
            target
            for target in targets
            if target.index is not None and target.tag.gate is None and not target.tag.texts
        ]
        self._first = [target for target in tags if target.tag.is_metered or target.tag.role is not None]
        self._beside = [target for target in tags if not (target.tag.is_metered or target.tag.role is not None)]
        self._quality = StatusQuality(config.quality)
        self._since_ns: dict[str, int] = {}

    async def before_live(self, connection: Connection, deliver: Deliver) -> None:
        """The history of what counts, and of what shows how a unit is. Returns when it has caught up with now."""
        self._since_ns = {
            target.tag.name: int(self.watched.ns[target.index or 0]) for target in (*self._first, *self._beside)
        }
        await self._catch_up(connection, self._first, deliver)

    async def beside_live(self, connection: Connection, deliver: Deliver) -> None:
        """The history of all other gauges."""
        if self._beside:
            await self._catch_up(connection, self._beside, deliver)

    async def _catch_up(self, connection: Connection, targets: Sequence[Target], deliver: Deliver) -> None:
        history = self._config.history
        if history is None:
            return
        since_ns = {target.tag.name: self._since_ns[target.tag.name] for target in targets}
        until_s = asyncio.get_running_loop().time() + LONGEST_S
        for _ in range(_MOST_PASSES):
            now_ns = self._context.clock_ns()
            asked = [target for target in targets if self._is_due(target, since_ns[target.tag.name], now_ns)]
            if not asked or not await self._may_ask(connection):
                return
            left = await self._read(connection, history, asked, _Span(since_ns, now_ns, until_s), deliver)
            if left:
                return
            since_ns |= {target.tag.name: now_ns for target in asked}

    def _is_due(self, target: Target, since_ns: int, now_ns: int) -> bool:
        """Whether a reading may be missing; a tag that was never read has no outage."""
        patience_s = (1 + LATE_SHARE) * max(target.tag.cadence_s, self._config.poll)
        return since_ns > 0 and now_ns - since_ns > patience_s * NS and target.tag.name not in self.without

    async def _may_ask(self, connection: Connection) -> bool:
        offset_s = await connection.clock_offset_s()
        if offset_s is None or abs(offset_s) <= _CLOCK_LIMIT_S:
            return True
        log.warning(
            "history_not_asked",
            source=self._config.name,
            reason=f"the server's clock is {offset_s:.0f} s off, and so are the stamps of its history; set its clock",
        )
        return False

    async def _read(
        self,
        connection: Connection,
        history: ServerHistory,
        targets: Sequence[Target],
        span: "_Span",
        deliver: Deliver,
    ) -> bool:
        """Read a history; whether it was left because it took too long."""
        since_ns, now_ns = span.since_ns, span.now_ns
        earliest_ns = now_ns - round(history.reach * NS)
        wanted: list[tuple[Target, HistoryOf]] = []
        for target in targets:
            try:
                node = connection.resolve(target.node)
            except UnknownNamespace:
                continue  # told as bad
            start_ns = max(since_ns[target.tag.name] - OVERLAP_NS, earliest_ns)
            wanted.append((target, HistoryOf(target.tag.name, node, start_ns)))
        await self._look_who_may(connection, [of for _, of in wanted])
        reader = HistoryReader(connection, "server" if self._config.time_from == "server" else "source")
        size, told = await reader.nodes_per_request(), _Told(from_ns=min(since_ns.values(), default=0))
        for first in range(0, len(wanted), size):
            part = wanted[first : first + size]
            await self._read_part(reader, part, span, deliver, told)
        self._tell([of for _, of in wanted], told, now_ns)
        return any(of.left == TOO_LONG for _, of in wanted)

    async def _look_who_may(self, connection: Connection, wanted: Sequence[HistoryOf]) -> None:
        """Leave out nodes whose history we may not read, by their own word; who says nothing is asked."""
        levels = await connection.read([of.node for of in wanted], AttributeIds.UserAccessLevel)
        for of, level in zip(wanted, levels, strict=True):
            value = good_value(level)
            if isinstance(value, int) and not value & _HISTORY_READ:
                of.left, of.lacks = f"{NONE} (its access level)", True

    async def _read_part(
        self,
        reader: HistoryReader,
        part: Sequence[tuple[Target, HistoryOf]],
        span: "_Span",
        deliver: Deliver,
        told: _Told,
    ) -> None:
        """Span by span; what ends a connection leaves what was handed on where it is, and the rest is asked anew."""
        place = {of.name: row for row, (_, of) in enumerate(part)}
        tags = TagColumns.of([target for target, _ in part])
        histories = [of for _, of in part]
        cadence_s = min(target.tag.cadence_s for target, _ in part)
        span_s = min(max(VALUES_PER_ANSWER / len(part) * cadence_s, _LEAST_SPAN_S), _MOST_SPAN_S)
        start_ns, now_ns = min(of.start_ns for of in histories), span.now_ns
        while start_ns < now_ns and not all(of.left for of in histories):
            end_ns = min(start_ns + round(span_s * NS), now_ns)
            if asyncio.get_running_loop().time() > span.until_s:
                for of in histories:
                    of.left = of.left or TOO_LONG
                return
            async for answered in reader.read(histories, start_ns, end_ns):
                told.values += sum(len(columns.status) for _, columns in answered)
                await deliver(self._of_own_nodes(self._delivery(tags, place, answered, end_ns), part))
            kept = [target for target, of in part if not of.left]
            if self._keeps is Backfill.CHANGES:
                # What it says last stands to the end of what was asked for.
                coverage = {target.tag.name: 1 for target in kept}
                await deliver(Delivery(self._config.name, end_ns, coverage=coverage, backfilled=self._keeps))
            self.watched.upto([target.index or 0 for target in kept], end_ns)
            start_ns = end_ns

    def _of_own_nodes(self, delivery: Delivery, part: Sequence[tuple[Target, HistoryOf]]) -> Delivery:
        batch = delivery.readings
        others = [] if batch is None else self.watched.others(batch).tolist()
        if not others or batch is None:
            return delivery
        for target, of in part:
            if target.index in others:
                of.left = "it has another value under a stamp than was read under it: it is of another node"
        return replace(delivery, readings=batch.take(~np.isin(batch.tags, others)))

    def _delivery(self, tags: TagColumns, place: Mapping[str, int], answered: Answered, end_ns: int) -> Delivery:
        columns = joined_columns(*(found for _, found in answered))
        rows = np.repeat([place[of.name] for of, _ in answered], [len(found.status) for _, found in answered])
        batch, wrong = to_batch(
            self._config.name,
            tags.take(rows),
            columns,
            self._quality.column(columns.status),
            end_ns,
            self._config.time_from,
        )
        return Delivery(self._config.name, end_ns, batch, rejections=wrong, backfilled=self._keeps)

    @property
    def _keeps(self) -> Backfill:
        history = self._config.history
        return Backfill.CHANGES if history is not None and history.keeps == "changes" else Backfill.SAMPLES

    def _tell(self, wanted: Sequence[HistoryOf], told: _Told, now_ns: int) -> None:
        source = self._config.name
        lacking = {of.name: of.left for of in wanted if of.lacks}
        self.without |= lacking
        if lacking:
            name, why = next(iter(lacking.items()))
            log.warning("history_missing", source=source, tags=len(lacking), first=name, reason=why)
        for of in wanted:
            if of.left and not of.lacks:
                log.warning("history_left", source=source, tag=of.name, reason=of.left, rest="what it lacks is a gap")
            if of.odd:
                log.warning("history_odd", source=source, tag=of.name, left_out=of.odd)
        if told.values:
            away_s = round((now_ns - told.from_ns) / NS)
            log.info("history_read", source=source, tags=len(wanted), values=told.values, away_s=away_s)
