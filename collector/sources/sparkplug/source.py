"""Hands on what edge nodes publish: read, synced here, and only then acknowledged to the broker."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import structlog

from collector.config.conversion import UnitError, conversion
from collector.errors import SourceUnavailable
from collector.sources.bad_nodes import BadNodes
from collector.sources.base import Accept, Delivery, SourceContext, SourceHealth, address_text
from collector.sources.door import Door
from collector.sources.mqtt.payload import UnreadablePayload
from collector.sources.mqtt.session import MOST_UNACKNOWLEDGED, BrokerSession, Message
from collector.sources.peer import PeerStanding
from collector.sources.sparkplug.config import SparkplugConfig
from collector.sources.sparkplug.edge_node import EdgeNode
from collector.sources.sparkplug.payload import MOST_BYTES, payload_of, rebirth_request
from collector.sources.sparkplug.readings import NodeReadings, SparkplugRead, SparkplugTag, unreadable
from collector.sources.sparkplug.standing_values import StandingValues
from collector.sources.sparkplug.topic import command, subscription, topic_of
from models.counting.reading import Backfill
from models.works.codes import Quality, TagKind

log = structlog.get_logger(__name__)

_LOOK_S = 1.0
"""How often the standing of the broker is noted while nothing comes."""
_BIRTH_WAIT_S = 3.0
"""A birth that was asked for, and those of devices after that of their node, come within a second or two."""
_ASK_EVERY_S = 60.0
"""A birth of thousands of metrics is dear: an edge node that never says one is asked no more often."""
_TELL_EVERY_S = 60.0
"""Who sends nonsense between good messages fills no quarantine: once a minute shows that it lasts."""


@dataclass(slots=True)
class _Edge:
    """`heard_ns`: up to when all that it said is heard, or told as lost (host clock; 0: never). `lost_ns`: the span in
    which messages were missing, or could not be told apart, that is not a gap yet. All else is of the monotonic clock:
    until when births are waited for in silence (`patience_s`), when one was asked for, when an unreadable message and
    when a gap was told last."""

    node: EdgeNode
    tags: Sequence[SparkplugTag]
    readings: NodeReadings
    heard_ns: int = 0
    patience_s: float = 0.0
    asked_s: float | None = None
    told_s: float | None = None
    lost_ns: tuple[int, int] | None = None
    gap_s: float | None = None


class SparkplugSource:
    """Runs until cancelled; see `Source`."""

    def __init__(self, config: SparkplugConfig, context: SourceContext) -> None:
        # Who looks asks no edge node for anything either.
        config = config.beside().model_copy(update={"rebirth": False}) if context.only_looks else config
        self.name = config.name
        self.health = SourceHealth()
        self._config = config
        self._context = context
        self._edges: dict[str, _Edge] = {}
        self._bad_nodes = BadNodes(config.name, self.health)
        self._standing = StandingValues([tag for _, tag, _ in context.tags], time.monotonic)
        self._units_told: set[tuple[str, str]] = set()
        tags = [SparkplugTag(index, tag, address) for index, tag, address in context.tags]
        for edge in dict.fromkeys(each.address.edge for each in tags):
            own = [each for each in tags if each.address.edge == edge]
            last = {
                each.tag.name: said
                for each in own
                for said in list(context.events.get(each.tag.name, {}).values())[-1:]
            }
            readings = NodeReadings(config.name, own, context.zone, last)
            self._edges[edge] = _Edge(EdgeNode(edge, _wanted(own)), own, readings)

    async def run(self, accept: Accept) -> None:
        """Hand on deliveries until cancelled. Never ends because the broker is away."""
        peer = PeerStanding(self.name, self.health)
        places = {tag.name: address_text(tag, address.place(self._config)) for _, tag, address in self._context.tags}
        door = Door(self.name, self.health, untold=places)
        is_new = True
        while True:
            session = BrokerSession(self._config, self._context.folder, MOST_BYTES)
            try:
                kept = await session.open([subscription(edge) for edge in self._edges])
                if is_new or not kept:
                    is_new = False
                    await self._begin(door, accept)
                await self._take(session, peer, door, accept)
            except SourceUnavailable as error:
                self._standing.ended(tag.name for _, tag, _ in self._context.tags)
                await asyncio.sleep(peer.failed(error))
            finally:
                with suppress(Exception):
                    await session.close()

    async def _begin(self, door: Door, accept: Accept) -> None:
        """What edge nodes said while we were away is lost, for a broker keeps no message of theirs."""
        now_ns, gaps = self._context.clock_ns(), []
        for edge in self._edges.values():
            edge.node.forget()
            since_ns = edge.heard_ns if edge.lost_ns is None else edge.lost_ns[0]
            edge.lost_ns = None
            gaps += self._gaps(edge, since_ns, now_ns)
            edge.heard_ns = now_ns
        if gaps:
            await door.deliver(Delivery(self.name, now_ns, gaps=tuple(gaps)), accept)

    def _gaps(self, edge: _Edge, since_ns: int, until_ns: int) -> list[tuple[str, int, int]]:
        """Of the tags whose every value counts: a counter tells of itself what it grew. `since_ns` 0: since the ledger
        has something."""
        found = []
        for each in edge.tags:
            start_ns = since_ns or self._context.newest_ns.get(each.tag.name, 0)
            if each.tag.kind in (TagKind.EVENT, TagKind.RATE) and start_ns:
                found.append((each.tag.name, start_ns, until_ns))
        return found

    def _due_gaps(self, now_s: float) -> list[tuple[str, int, int]]:
        """What was lost, told once a minute at the most: who says every second message fills no ledger."""
        found = []
        for name, edge in self._edges.items():
            if edge.lost_ns is None or (edge.gap_s is not None and now_s - edge.gap_s < _TELL_EVERY_S):
                continue
            log.warning("messages_missed", source=self.name, edge=name)
            found += self._gaps(edge, *edge.lost_ns)
            edge.lost_ns, edge.gap_s = None, now_s
        return found

    async def _take(self, session: BrokerSession, peer: PeerStanding, door: Door, accept: Accept) -> None:
        for edge in self._edges.values():
            edge.patience_s = time.monotonic() + _BIRTH_WAIT_S
        while True:
            peer.answered(self._context.clock_ns())
            messages = await session.next(_LOOK_S, MOST_UNACKNOWLEDGED)
            for delivery in self._deliveries(messages):
                await door.deliver(delivery, accept)
            session.acknowledge(messages)
            if self._config.rebirth:
                self._ask(session)

    def _ask(self, session: BrokerSession) -> None:
        now_s = time.monotonic()
        for name, edge in self._edges.items():
            is_due = edge.asked_s is None or now_s - edge.asked_s >= _ASK_EVERY_S
            if is_due and edge.node.wants_birth:
                edge.asked_s = now_s
                log.info("rebirth_asked", source=self.name, edge=name)
                session.publish(command(name), rebirth_request(self._context.clock_ns() // 1_000_000))

    def _deliveries(self, messages: Sequence[Message]) -> list[Delivery]:
        """What was kept back in an outage, and what is said of now."""
        received_ns = self._context.clock_ns()
        read = SparkplugRead()
        for message in messages:
            self._read(message, read, received_ns)
        bad, gaps = self._bad(time.monotonic()), self._due_gaps(time.monotonic())
        self._standing.ended(bad)
        rejections = (*self._bad_nodes.update(bad, received_ns), *read.rejections)
        batch, coverage = read.told(self.name, received_ns), self._standing.coverage()
        found = []
        if read.past.readings:
            past = read.past.batch(self.name, received_ns)
            found.append(Delivery(self.name, received_ns, past, backfilled=Backfill.CHANGES))
        if batch is not None or read.events or rejections or coverage or gaps:
            events = tuple(read.events)
            found.append(
                Delivery(self.name, received_ns, batch, events, rejections, coverage=coverage, gaps=tuple(gaps))
            )
        return found

    def _read(self, message: Message, read: SparkplugRead, received_ns: int) -> None:
        """Add what a message says."""
        topic = topic_of(message.topic)
        edge = None if topic is None or message.retained else self._edges.get(topic.edge)
        if topic is None or edge is None:
            return
        try:
            word = edge.node.take(topic, payload_of(message.payload), message.payload)
        except UnreadablePayload as error:
            edge.node.refused()
            now_s = time.monotonic()
            if edge.told_s is None or now_s - edge.told_s >= _TELL_EVERY_S:
                edge.told_s = now_s
                why = f"{message.topic}: {error}"
                read.rejections += [unreadable(self.name, each, why, received_ns) for each in edge.tags]
            return
        if word is None:
            return
        # What cannot be told apart is lost as well, up to the birth that explains what follows.
        if word.lost or word.unknown or (word.born and edge.lost_ns is not None):
            edge.lost_ns = (edge.heard_ns if edge.lost_ns is None else edge.lost_ns[0], received_ns)
        edge.heard_ns = received_ns
        found = edge.readings.read(word, received_ns)
        read.add(found)
        read.remarks |= found.remarks
        read.past.readings += found.past.readings
        self._note_units(edge, topic.device, word.units)
        good = {row[0]: row[3] is not Quality.BAD for row in found.readings}
        names = {each.index: each.tag.name for each in edge.tags}
        self._standing.ended(names[index] for index, is_good in good.items() if not is_good)
        self._standing.good(names[index] for index, is_good in good.items() if is_good)
        if word.born and not topic.device:
            edge.patience_s = time.monotonic() + _BIRTH_WAIT_S
        if word.born:
            self._standing.good(
                each.tag.name
                for each in edge.tags
                if each.tag.kind is TagKind.EVENT and (each.address.device or "") == topic.device
            )

    def _bad(self, now_s: float) -> dict[str, str]:
        """By tag name, why nothing can be read of it now."""
        bad = {}
        for edge in self._edges.values():
            lacks = edge.node.lacks()
            for each in edge.tags:
                device = each.address.device or ""
                why = edge.node.why_not(device)
                if why and now_s < edge.patience_s and not edge.node.is_dead:
                    continue
                for name in each.address.columns:
                    why = why or lacks.get((device, name), "")
                if why:
                    bad[each.tag.name] = why
        return bad

    def _note_units(self, edge: _Edge, device: str, units: dict[str, str]) -> None:
        """A birth may say a unit: one that is not the configured one is told once, for tonnes may be kilograms."""
        for each in edge.tags:
            said = units.get(each.address.value or each.address.tonnes or "")
            if said is None or (each.address.device or "") != device or (each.tag.name, said) in self._units_told:
                continue
            self._units_told.add((each.tag.name, said))
            try:
                factor = conversion(said, each.tag.unit_of_measure).factor
            except UnitError:
                continue
            if abs(factor - each.tag.conversion.factor) > 1e-9 * factor:
                log.warning(
                    "unit_differs",
                    source=self.name,
                    tag=each.tag.name,
                    next_step=f"the birth says {said}; see source_unit_of_measure",
                )


def _wanted(tags: Sequence[SparkplugTag]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for each in tags:
        columns = {column for column in each.address.columns if not column.startswith("$")}
        found.setdefault(each.address.device or "", set()).update(columns)
    return {device: frozenset(names) for device, names in found.items()}
