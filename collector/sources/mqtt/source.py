"""Hands on what devices publish: read, synced here, and only then acknowledged to the broker."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from zoneinfo import ZoneInfo

import structlog

from collector.errors import SourceUnavailable
from collector.sources.base import Accept, Delivery, SourceContext, SourceHealth, address_text
from collector.sources.door import Door
from collector.sources.messages import BrokerMessage, read_message
from collector.sources.mqtt.config import RECEIVED, MqttConfig
from collector.sources.mqtt.payload import MOST_BYTES
from collector.sources.mqtt.session import MOST_UNACKNOWLEDGED, BrokerSession, Message
from collector.sources.peer import PeerStanding
from collector.sources.row_times import RowTimes
from collector.sources.rows import RowsRead, RowTag
from models.works.calendar import NS
from models.works.codes import TagKind

log = structlog.get_logger(__name__)

_LOOK_S = 1.0
"""How often the standing of the broker is noted while nothing comes."""


class MqttSource:
    """Runs until cancelled; see `Source`."""

    def __init__(self, config: MqttConfig, context: SourceContext) -> None:
        config = config.beside() if context.only_looks else config
        self.name = config.name
        self.health = SourceHealth()
        self._config = config
        self._context = context
        zone = context.zone if config.zone is None else ZoneInfo(config.zone)
        self._times = RowTimes(zone, config.time_format, {})
        self._by_topic: dict[str, list[RowTag]] = {}
        for index, tag, address in context.tags:
            self._by_topic.setdefault(address.topic, []).append(RowTag(index, tag, address))
        self._events = [tag.name for _, tag, _ in context.tags if tag.kind is TagKind.EVENT]
        self._heard_ns = 0

    async def run(self, accept: Accept) -> None:
        """Hand on deliveries until cancelled. Never ends because the broker is away."""
        peer = PeerStanding(self.name, self.health)
        places = {tag.name: address_text(tag, address.place(self._config)) for _, tag, address in self._context.tags}
        door = Door(self.name, self.health, untold=places)
        while True:
            session = BrokerSession(self._config, self._context.folder, MOST_BYTES)
            try:
                kept = await session.open(list(self._by_topic))
                if not kept:
                    await self._tell_lost(door, accept)
                await self._take(session, peer, door, accept)
            except SourceUnavailable as error:
                await asyncio.sleep(peer.failed(error))
            finally:
                with suppress(Exception):
                    await session.close()

    async def _tell_lost(self, door: Door, accept: Accept) -> None:
        """The broker has no session of ours any more: what it was given since we heard last is lost."""
        now_ns = self._context.clock_ns()
        since_ns = {name: max(self._heard_ns, self._context.newest_ns.get(name, 0)) for name in self._events}
        gaps = tuple((name, start_ns, now_ns) for name, start_ns in since_ns.items() if start_ns)
        if gaps:
            log.warning(
                "session_lost", source=self.name, next_step="the broker kept nothing for us: see its persistence"
            )
            await door.deliver(Delivery(self.name, now_ns, gaps=gaps), accept)

    async def _take(self, session: BrokerSession, peer: PeerStanding, door: Door, accept: Accept) -> None:
        while True:
            peer.answered(self._context.clock_ns())
            messages = await session.next(_LOOK_S, MOST_UNACKNOWLEDGED)
            delivery = self._delivery(messages)
            if delivery is not None:
                await door.deliver(delivery, accept)
            session.acknowledge(messages)

    def _delivery(self, messages: Sequence[Message]) -> Delivery | None:
        received_ns = self._context.clock_ns()
        readings, events, rejections = RowsRead(), [], []
        for message in messages:
            self._heard_ns = received_ns
            read = self._read(message, received_ns)
            readings.readings += read.readings
            events += read.events
            rejections += read.rejections
        is_watched = received_ns - self._heard_ns < self._config.stale_after * NS
        coverage = dict.fromkeys(self._events, 1) if is_watched else {}
        batch = readings.batch(self.name, received_ns)
        if batch is None and not events and not rejections and not coverage:
            return None
        return Delivery(self.name, received_ns, batch, tuple(events), tuple(rejections), coverage=coverage)

    def _read(self, message: Message, received_ns: int) -> RowsRead:
        # A value that the broker keeps is of an unknown time: only what says its time itself is taken of these.
        tags = [
            each
            for each in self._by_topic.get(message.topic, ())
            if not (message.retained and each.address.time == RECEIVED)
        ]
        return read_message(
            BrokerMessage(message.topic, message.payload, received_ns, received_ns), tags, self.name, self._times
        )
