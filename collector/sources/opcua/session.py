"""What is done in one session at each poll: nodes and rings are read, what fails is set aside and tried again later."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import structlog

from collector.sources.bad_nodes import BadNodes
from collector.sources.base import Delivery, SourceHealth
from collector.sources.opcua.clock import EVERY_S, ClockAlarm
from collector.sources.opcua.config import OpcUaConfig
from collector.sources.opcua.connection import Connection
from collector.sources.opcua.decode import DecodedColumns
from collector.sources.opcua.newest import NewestNodes
from collector.sources.opcua.part_nodes import PartNodes, PartTag
from collector.sources.opcua.poll import ReadPlan, node_faults
from collector.sources.opcua.ring import EventRing, RingRead
from collector.sources.opcua.ring_image import RingUnreadable
from collector.sources.opcua.search import ask_suspects
from collector.sources.opcua.status_quality import StatusQuality, overflow_count
from collector.sources.opcua.suspects import Suspects
from collector.sources.opcua.targets import Target, to_batch
from models.counting.newest_thing import ThingLook
from models.counting.reading import ReadingBatch, Rejection, joined
from models.works.codes import Quality

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PollResult:
    """What one poll gave: what to deliver, what to commit once that is durable, and whether anything was Good."""

    delivery: Delivery
    ring_reads: Sequence[tuple[EventRing, RingRead]]
    looks: Sequence[tuple[NewestNodes, ThingLook]]
    good: bool

    def commit(self) -> None:
        """All of it is durable: rings and newest events go on behind it."""
        for ring, ring_read in self.ring_reads:
            ring.commit(ring_read)
        for newest, look in self.looks:
            newest.commit(look)


@dataclass(frozen=True, slots=True)
class SourceState:
    """What a source keeps while its connections come and go. `clock_ns`: the host's UTC clock."""

    config: OpcUaConfig
    rings: Mapping[str, EventRing]
    newest: Mapping[str, NewestNodes]
    parts: Sequence[PartTag]
    health: SourceHealth
    bad_nodes: BadNodes
    suspects: Suspects
    clock_alarm: ClockAlarm
    clock_ns: Callable[[], int]
    monotonic: Callable[[], float]


class PollSession:
    """Polls `targets` and rings over one connection. `others_bad` are tags that another part of the session lost.

    `clock_alone`: the source has no tags, so that only the server's clock, read at each poll, proves that it answers.
    """

    def __init__(
        self, connection: Connection, targets: Sequence[Target], state: SourceState, *, clock_alone: bool
    ) -> None:
        self._clock_alone = clock_alone
        self._connection = connection
        self._targets = targets
        self._state = state
        self._config = state.config
        self._quality = StatusQuality(state.config.quality)
        self._suspects = state.suspects
        self._suspects.testing = None
        self._plan = self._new_plan()
        self._parts = PartNodes(connection, state.parts, self._quality)
        self._search: asyncio.Task[None] | None = None
        self._bad_rings: dict[str, str] = {}
        self._retry_at_s = state.monotonic() + state.config.retry_bad_nodes
        self._clock_at_s = state.monotonic()
        self.others_bad: Mapping[str, str] = {}
        named = [(part.tag, part.tag.texts) for part in state.parts]
        named += [(target.tag, target.tag.texts) for target in targets]
        self._of_texts = {tag.name for tag, texts in named if texts}
        self._told_texts: dict[str, str] = {}

    @property
    def searching(self) -> bool:
        """Whether nodes are being asked that were not answered before: until that ends, good answers may be lacking."""
        return self._search is not None

    async def close(self) -> None:
        """End what runs beside the polls."""
        if self._search is not None:
            self._search.cancel()
            await asyncio.gather(self._search, return_exceptions=True)

    async def poll(self) -> PollResult:
        """Read everything once.

        Raises:
            UaError, OSError, TimeoutError: the server or the line failed as a whole.
        """
        self._connection.check_open()
        await self._connection.renew_when_due()
        good = await self._watch_clock() and self._clock_alone
        await self._retry()
        self._search_on()
        if self._planned_at != self._suspects.version:
            self._plan = self._new_plan(self._plan.bad)
        began_s = self._state.monotonic()
        columns = await self._plan.read()
        received_ns = self._state.clock_ns()
        self._plan.shrink_when_refused()
        columns = self._set_aside(columns)
        quality = self._quality.column(columns.status)
        # Counted before rows are judged: an overflow says that values were lost, whatever their quality.
        self._state.health.overflows += overflow_count(columns.status)
        tags, time_from = self._plan.tags, self._config.time_from
        batch, wrong = to_batch(self._config.name, tags, columns, quality, received_ns, time_from)
        batch, wrong_parts = await self._with_parts(batch, received_ns)
        ring_reads, coverage = await self._read_rings(columns, quality, received_ns)
        looks = await self._look(received_ns)
        coverage |= {newest.tag.name: 1 for newest, _ in looks}
        sayings: tuple[RingRead | ThingLook, ...] = (
            *(ring_read for _, ring_read in ring_reads),
            *(look for _, look in looks),
        )
        bad = {**self._plan.bad, **self._bad_rings, **self._silent(), **self.others_bad}
        new_bad = self._state.bad_nodes.update(bad, received_ns)
        self._state.health.poll_s = self._state.monotonic() - began_s
        delivery = Delivery(
            source=self._config.name,
            received_ns=received_ns,
            readings=batch if len(batch) else None,
            events=tuple(event for said in sayings for event in said.events),
            rejections=(
                *self._told_once((*wrong, *wrong_parts)),
                *new_bad,
                *(rejection for said in sayings for rejection in said.rejections),
            ),
            coverage=coverage,
            gaps=tuple(gap for said in sayings for gap in said.gaps),
        )
        good = (
            good or bool(looks) or bool((batch.quality == Quality.GOOD).any()) or bool((quality == Quality.GOOD).any())
        )
        return PollResult(delivery, ring_reads, looks, good)

    def _told_once(self, wrong: Sequence[Rejection]) -> Sequence[Rejection]:
        """Without texts that no state is known of and that were told when they came: they stand there at each poll."""
        if not self._of_texts:
            return wrong
        before, self._told_texts = self._told_texts, {one.tag: one.value for one in wrong if one.tag in self._of_texts}
        return [one for one in wrong if one.tag not in self._of_texts or before.get(one.tag) != one.value]

    def _set_aside(self, columns: DecodedColumns) -> DecodedColumns:
        """Drop rows whose node cannot be read, or was not answered, from this answer and from the plan."""
        faults = node_faults(columns)
        if not faults and not self._plan.unanswered:
            return columns
        kept = np.ones(len(columns.status), dtype=np.bool_)
        kept[[*faults, *self._plan.unanswered]] = False
        self._plan.drop(faults)
        return columns.take(kept)

    async def _read_rings(
        self, columns: DecodedColumns, quality: np.ndarray[tuple[int], np.dtype[np.uint8]], received_ns: int
    ) -> tuple[list[tuple[EventRing, RingRead]], dict[str, int]]:
        """Read the rings whose head moved; coverage counts every ring whose state is known."""
        ring_reads: list[tuple[EventRing, RingRead]] = []
        coverage: dict[str, int] = {}
        for row in range(len(self._plan.tags), len(self._plan.targets)):
            name = self._plan.targets[row].tag.name
            is_held = self._suspects.holds(self._state.rings[name].address.nodes())
            if name in self._bad_rings or quality[row] == Quality.BAD or is_held:
                continue
            head, ring = float(columns.values[row]), self._state.rings[name]
            if not head.is_integer():
                self._bad_rings[name] = f"ring.head: a whole number is needed, {columns.wrong.get(row, head)} is there"
                continue
            if ring.is_due(int(head), self._state.monotonic()):
                try:
                    ring_reads.append((ring, await ring.read(self._connection, self._quality, received_ns)))
                except RingUnreadable as error:
                    self._bad_rings[name] = str(error)
                    continue
                except TimeoutError:
                    alive = await self._connection.is_alive()
                    self._suspects.unanswered(ring.address.nodes(), alive=alive)
                    if not alive:
                        raise
                    continue
            # A ring whose head did not move was watched too: without this a quiet converter would look unobserved.
            coverage[name] = 1
        return ring_reads, coverage

    async def _look(self, received_ns: int) -> list[tuple[NewestNodes, ThingLook]]:
        """Look at the devices that show their newest event alone."""
        looks: list[tuple[NewestNodes, ThingLook]] = []
        for name, newest in self._state.newest.items():
            if name in self._bad_rings or self._suspects.holds(newest.nodes):
                continue
            try:
                looks.append((newest, await newest.read(self._connection, self._quality, received_ns)))
            except RingUnreadable as error:
                self._bad_rings[name] = str(error)
            except TimeoutError:
                alive = await self._connection.is_alive()
                self._suspects.unanswered(newest.nodes, alive=alive)
                if not alive:
                    raise
        return looks

    async def _with_parts(self, batch: ReadingBatch, received_ns: int) -> tuple[ReadingBatch, Sequence[Rejection]]:
        """The batch, and the parts of arrays and structures behind it."""
        if not self._state.parts:
            return batch, ()
        read = await self._parts.read(self._bad_rings, received_ns)
        self._bad_rings.update(read.bad)
        parts = ReadingBatch.of(self._config.name, received_ns, read.rows, read.remarks)
        return joined(batch, parts), read.rejections

    async def _watch_clock(self) -> bool:
        """Measure the server's clock when it is time to; whether it was."""
        if self._state.monotonic() < self._clock_at_s:
            return False
        if not self._clock_alone:
            self._clock_at_s = self._state.monotonic() + EVERY_S
        offset_s = await self._connection.clock_offset_s()
        self._state.health.clock_offset_s = offset_s
        if offset_s is not None:
            self._state.clock_alarm.measure(offset_s)
        return offset_s is not None

    async def _retry(self) -> None:
        """Give everything that failed another chance, with namespaces as they are now."""
        if self._state.monotonic() < self._retry_at_s:
            return
        self._retry_at_s = self._state.monotonic() + self._config.retry_bad_nodes
        self._bad_rings.clear()
        if self._plan.bad:
            await self._connection.learn()
            self._plan = self._new_plan()

    def _new_plan(self, bad: Mapping[str, str] | None = None) -> ReadPlan:
        """All targets but those that are in `bad` already, and those that must not be asked with others now."""
        known = bad or {}
        self._planned_at = self._suspects.version
        targets = [target for target in self._targets if target.tag.name not in known]
        plan = ReadPlan(self._connection, targets, self._config.time_from, self._suspects)
        plan.bad.update(known)
        return plan

    def _search_on(self) -> None:
        """Ask the nodes that were not answered, beside the polls: each may take as long as an answer is waited for."""
        if self._search is not None and self._search.done():
            search, self._search = self._search, None
            search.result()
        if self._search is None and self._suspects.due() is not None:
            self._search = asyncio.create_task(ask_suspects(self._connection, self._suspects, self._config.time_from))

    def _silent(self) -> dict[str, str]:
        """Why tags are not read of which a node is never answered, by tag name."""
        found: dict[str, str] = {}
        for target in self._targets if self._suspects.any_named else ():
            ring = self._state.rings.get(target.tag.name)
            why = self._suspects.why((target.node,) if ring is None else ring.address.nodes())
            if why is not None:
                found[target.tag.name] = why
        for name, newest in self._state.newest.items() if self._suspects.any_named else ():
            why = self._suspects.why(newest.nodes)
            if why is not None:
                found[name] = why
        return found
