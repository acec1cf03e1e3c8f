"""The OPC UA source: the one owner of its connection. Only here does it reconnect, back off and close."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from typing import Any

import structlog

from collector.errors import SourceUnavailable
from collector.sources.bad_nodes import BadNodes
from collector.sources.base import Accept, Delivery, SourceContext, SourceHealth, address_text
from collector.sources.door import Door
from collector.sources.opcua.alarms import AlarmFeed
from collector.sources.opcua.backfill import HistoryAfterOutage
from collector.sources.opcua.clock import ClockAlarm
from collector.sources.opcua.config import OpcUaConfig
from collector.sources.opcua.connection import Connection, connected, refusal_or_outage
from collector.sources.opcua.items import MonitoredItems
from collector.sources.opcua.quiet import quieten_library
from collector.sources.opcua.session import PollResult, PollSession, SourceState
from collector.sources.opcua.status_quality import StatusQuality
from collector.sources.opcua.subscribe import Subscription
from collector.sources.opcua.suspects import Suspects
from collector.sources.opcua.targets import Target
from collector.sources.opcua.together import together
from collector.sources.opcua.wanted import WantedNodes
from collector.sources.peer import PeerStanding

log = structlog.get_logger(__name__)


class OpcUaSource:
    """Hands on the deliveries of one server until cancelled.

    `monotonic`, `sleep` and `uniform` are replaced in tests only.

    Raises:
        ConfigurationError: a tag's address does not fit its kind, or a status code is unknown.
    """

    def __init__(
        self,
        config: OpcUaConfig,
        context: SourceContext,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        uniform: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self.name = config.name
        self.health = SourceHealth()
        self._config = config
        self._context = context
        self._monotonic = monotonic
        self._sleep = sleep
        self._peer = PeerStanding(config.name, self.health, monotonic=monotonic, uniform=uniform)
        self._door = Door(config.name, self.health, sleep)
        StatusQuality(config.quality)  # an unknown status code is refused now, not at the first connection
        wanted = WantedNodes.of(config.name, context)
        self._targets = wanted.targets
        self._state = SourceState(
            config=config,
            rings=wanted.rings,
            newest=wanted.newest,
            parts=wanted.parts,
            health=self.health,
            bad_nodes=BadNodes(config.name, self.health),
            suspects=Suspects(config.timeout, config.retry_bad_nodes, monotonic),
            clock_alarm=ClockAlarm(config.name),
            clock_ns=context.clock_ns,
            monotonic=monotonic,
        )
        # Where there are only rings, which are looked at in any mode, a subscription would publish nothing.
        self._subscribes = config.mode == "subscribe" and any(target.index is not None for target in self._targets)
        self._history = HistoryAfterOutage(config, context, self._targets) if config.history else None
        self._is_empty = not (wanted.targets or wanted.newest or wanted.parts)
        self._expires_ns: int | None = None
        self._last_good_s = monotonic()
        self._namespaces: tuple[str, ...] = ()

    async def run(self, accept: Accept) -> None:
        """Hand on deliveries until cancelled. Never ends because the server is away."""
        quieten_library()
        while True:
            try:
                async with connected(
                    self._config, self._context.folder, self._context.clock_ns, self._monotonic
                ) as connection:
                    self._expires_ns = connection.credentials.expires_ns
                    self.health.connected = True
                    self._last_good_s = self._monotonic()
                    self._place(connection)
                    live = self._subscribe if self._subscribes else self._poll
                    beside = [] if self._config.alarms is None else [self._alarms(connection, accept)]
                    if self._history is not None:
                        deliver = partial(self._deliver_past, accept)
                        await self._past(self._history.before_live(connection, deliver))
                        beside.append(self._past(self._history.beside_live(connection, deliver)))
                    await together(live(connection, accept), *beside)
            except SourceUnavailable as error:
                await self._sleep(self._peer.failed(error))

    async def _alarms(self, connection: Connection, accept: Accept) -> None:
        assert self._config.alarms is not None  # noqa: S101 - who calls has looked
        feed = AlarmFeed(connection, self._config.alarms, self.health, self._context.clock_ns, self._monotonic)
        with self._outages("listening to its alarms"):
            await feed.run(partial(self._door.deliver, accept=accept))

    def _place(self, connection: Connection) -> None:
        """Where each tag is read by the server's namespaces as they are numbered now; the next delivery says so."""
        namespaces = connection.facts.namespaces
        if namespaces is self._namespaces:
            return
        self._namespaces = namespaces
        for _, tag, address in self._context.tags:
            with suppress(LookupError):  # a namespace that the server does not have now: the node is told as bad
                self._door.untold[tag.name] = address_text(tag, address.place(self._config.url, namespaces))
        for name, place in self._door.untold.items():
            of_events = self._state.rings.get(name) or self._state.newest.get(name)
            if of_events is not None:
                of_events.read_at(place)

    async def _past(self, asking: Coroutine[Any, Any, None]) -> None:
        with self._outages("reading its history"):
            await asking

    async def _deliver_past(self, accept: Accept, delivery: Delivery) -> None:
        self._note_good(good=True, searching=False)
        await self._door.deliver(delivery, accept)

    async def _deliver(self, delivery: Delivery, accept: Accept) -> None:
        await self._door.deliver(delivery, accept)
        if self._history is not None:
            self._history.watched.note(delivery)

    async def _poll(self, connection: Connection, accept: Accept) -> None:
        async with self._session(connection, self._targets) as session:
            due_s = self._monotonic()
            while True:
                with self._outages("reading"):
                    polled = await session.poll()
                self._note_good(good=polled.good, searching=session.searching)
                self._place(connection)
                await self._finish(polled, accept)
                # On a fixed grid, but never faster to catch up: a slow server is not asked in bursts.
                due_s = max(due_s + self._config.poll, self._monotonic())
                await self._sleep(due_s - self._monotonic())

    async def _subscribe(self, connection: Connection, accept: Accept) -> None:
        heads = [target for target in self._targets if target.index is None]
        tags = [target for target in self._targets if target.index is not None]
        items = MonitoredItems(connection, tags, self._state.suspects)
        subscription = Subscription(connection, self._config, items, self.health, self._context.clock_ns)
        with self._outages("subscribing"):
            number = await subscription.open()
        async with self._session(connection, heads) as session:
            # Beside each other: on a slow line a look at a ring takes longer than the time between two looks, and
            # publications that waited for a look to end would wait for ever.
            await together(
                self._drain(subscription, session, accept),
                self._look(connection, subscription, session, accept),
                self._tend(items, number),
            )

    async def _drain(self, subscription: Subscription, session: PollSession, accept: Accept) -> None:
        """Hand on publications as they come."""
        while True:
            with self._outages("waiting for publications"):
                publication = await subscription.next(self._config.stale_after)
            if publication is None:
                raise SourceUnavailable(
                    f"{self._config.url} sent no publication for {self._config.stale_after:g} s, though it answers;"
                    " subscribing again"
                )
            self._note_good(good=publication.good, searching=session.searching)
            await self._deliver(publication.delivery, accept)

    async def _look(
        self, connection: Connection, subscription: Subscription, session: PollSession, accept: Accept
    ) -> None:
        """Look at the rings and at the server's clock."""
        due_s = self._monotonic()
        while True:
            session.others_bad = subscription.items.bad
            with self._outages("reading"):
                polled = await session.poll()
            self._note_good(good=polled.good and subscription.publishes, searching=session.searching)
            self._place(connection)
            await self._finish(polled, accept)
            due_s = max(due_s + self._config.poll, self._monotonic())
            await self._sleep(due_s - self._monotonic())

    async def _tend(self, items: MonitoredItems, subscription: int) -> None:
        """Make the items of the subscription, and look after them."""
        while True:
            with self._outages("subscribing"):
                await items.tend(subscription)
            await self._sleep(self._config.publishing_interval)

    @asynccontextmanager
    async def _session(self, connection: Connection, targets: list[Target]) -> AsyncIterator[PollSession]:
        session = PollSession(connection, targets, self._state, clock_alone=self._is_empty)
        try:
            yield session
        finally:
            await session.close()

    async def _finish(self, polled: PollResult, accept: Accept) -> None:
        """Deliver what a poll gave; only then are its events committed."""
        delivery = polled.delivery
        if (
            delivery.readings is not None
            or delivery.events
            or delivery.rejections
            or delivery.coverage
            or delivery.gaps
        ):
            await self._deliver(delivery, accept)
        polled.commit()

    def _note_good(self, *, good: bool, searching: bool) -> None:
        """Take note of an answer. Raises SourceUnavailable when there was no good one for too long.

        While nodes are asked one by one that hold others up, the others wait; it is for the search to say what failed.
        """
        now_s = self._monotonic()
        if not good:
            if not searching and now_s - self._last_good_s > self._config.stale_after:
                raise SourceUnavailable(
                    f"{self._config.url} gave no good answer for {now_s - self._last_good_s:.0f} s;"
                    " connecting again; check the devices that the server reads"
                )
            return
        self._last_good_s = now_s
        self.health.cert_expires_ns = self._expires_ns
        self._peer.answered(self._context.clock_ns())

    @contextmanager
    def _outages(self, doing: str) -> Iterator[None]:
        """Whatever the library raises while we talk to the server ends the connection, never the source."""
        try:
            yield
        except Exception as error:
            raise refusal_or_outage(error, self._config, doing) from error
