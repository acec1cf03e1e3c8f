"""Subscription: the server sends changes, and a keep-alive when there are none.

Publications pass a bounded queue. When it is full the next publish request waits, the server's own queues fill, and it
marks what it drops with the overflow bit, which is counted: nothing is lost in silence.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from asyncua import ua

from collector.errors import SourceUnavailable
from collector.sources.base import Delivery, SourceHealth
from collector.sources.opcua.ceilings import MOST_NOTIFICATIONS
from collector.sources.opcua.config import OpcUaConfig
from collector.sources.opcua.connection import Connection
from collector.sources.opcua.items import MonitoredItems
from collector.sources.opcua.publication import Changes, Published, joined_changes
from collector.sources.opcua.standing import Notified
from collector.sources.opcua.status_quality import StatusQuality, overflow_count
from collector.sources.opcua.targets import name_texts, to_batch
from collector.sources.opcua.walk import Undecodable
from models.works.codes import Quality

# A minute of publications at the usual second, for a disk that is slow to sync; beyond it the server has to queue,
# and it counts what it drops. A judgement.
_QUEUED_PUBLICATIONS = 64
_MORE_S = 0.5
"""A server that has more to say than it puts into one message sends the rest at once. What it does not send within half
a second, as over a slow line, is a publication of its own. A judgement."""


def subscription_parameters(config: OpcUaConfig, most: int) -> ua.CreateSubscriptionParameters:
    """What a subscription is asked for; `most`: notifications in one publication."""
    interval_s = config.publishing_interval
    parameters = ua.CreateSubscriptionParameters()
    parameters.RequestedPublishingInterval = ua.Double(interval_s * 1000)
    # Three keep-alives fit into the time after which we reconnect.
    parameters.RequestedMaxKeepAliveCount = ua.UInt32(max(1, int(config.stale_after / 3 / interval_s)))
    # OPC UA part 4, 5.13.2 asks for three keep-alives at least. Ten let a subscription outlive a short outage.
    parameters.RequestedLifetimeCount = ua.UInt32(max(30, 10 * parameters.RequestedMaxKeepAliveCount))
    parameters.MaxNotificationsPerPublish = ua.UInt32(most)
    parameters.PublishingEnabled = True
    return parameters


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication as a delivery (empty for a keep-alive), and whether it proves that readings are fresh."""

    delivery: Delivery
    good: bool


class Subscription:
    """The subscription of one session. `publishes`: something has come by it."""

    def __init__(
        self,
        connection: Connection,
        config: OpcUaConfig,
        items: MonitoredItems,
        health: SourceHealth,
        clock_ns: Callable[[], int],
    ) -> None:
        self.items = items
        self.publishes = False
        self._connection = connection
        self._config = config
        self._health = health
        self._clock_ns = clock_ns
        self._quality = StatusQuality(config.quality)
        self._queue: asyncio.Queue[tuple[int, Published]] = asyncio.Queue(_QUEUED_PUBLICATIONS)
        self._next_sequence: int | None = None

    async def open(self) -> int:
        """Create the subscription, without items; its id.

        Raises:
            UaError, OSError, TimeoutError: the server or the line failed as a whole.
        """
        parameters = subscription_parameters(self._config, MOST_NOTIFICATIONS)
        created = await self._connection.client.uaclient.session.create_subscription(parameters, self._received)
        return int(created.SubscriptionId)

    async def _received(self, published: Published) -> None:
        await self._queue.put((self._clock_ns(), published))

    async def next(self, wait_s: float) -> Publication | None:
        """The next publication, with what the server says right behind it; None when none came in `wait_s` seconds.

        Raises:
            SourceUnavailable: the server ended the subscription.
        """
        try:
            received_ns, published = await self._taken(wait_s)
        except TimeoutError:
            return None
        found = [published.changes]
        room = MOST_NOTIFICATIONS - len(published.changes.handles)
        with contextlib.suppress(TimeoutError):
            # A server that always says that there is more holds up what it said by this many messages at the most.
            while published.more and room > 0 and len(found) < _QUEUED_PUBLICATIONS:
                received_ns, published = await self._taken(_MORE_S)
                found.append(published.changes)
                room -= len(published.changes.handles)
        return self._publication(joined_changes(found), received_ns)

    async def _taken(self, wait_s: float) -> tuple[int, Published]:
        """What the server said next, and when that came. Raises TimeoutError, and SourceUnavailable as `next`."""
        async with asyncio.timeout(wait_s):
            received_ns, published = await self._queue.get()
        self.publishes = True
        if published.ended is not None:
            raise SourceUnavailable(
                f"{self._config.url} ended the subscription: {published.ended.name}; subscribing again"
            )
        if not published.keep_alive:
            self._check_sequence(published.sequence)
        return received_ns, published

    def _check_sequence(self, sequence: int) -> None:
        """Count what the server sent and we never saw: sequence numbers of notifications have no holes."""
        if self._next_sequence is not None and sequence != self._next_sequence:
            self._health.overflows += max(1, sequence - self._next_sequence)
        self._next_sequence = sequence + 1

    def _publication(self, changes: Changes, received_ns: int) -> Publication:
        config, columns, rows = self._config, changes.columns, changes.handles.astype(np.intp)
        tags = self.items.tags
        if len(rows) and rows.max() >= len(tags):
            raise Undecodable(f"a value of item {rows.max()}, which was not asked for")
        if columns.texts:
            name_texts(tags.tags[rows], columns)
        quality = self._quality.column(columns.status)
        self._health.overflows += overflow_count(columns.status)
        good = quality == Quality.GOOD
        good[list(columns.wrong)] = False
        good[np.isnan(columns.values) & (columns.status >> np.uint32(31) == 1)] = False  # no number came with it
        self.items.changed(Notified(rows, columns.values, columns.status, good), received_ns / 1e9)
        batch, rejections = to_batch(config.name, tags.take(rows), columns, quality, received_ns, config.time_from)
        # A keep-alive proves that what stands still holds; where nothing good stands, it proves nothing.
        proves = self.items.standing.any_good or bool((quality == Quality.GOOD).any())
        coverage = self.items.standing.coverage(received_ns / 1e9)
        readings = batch if len(batch) else None
        return Publication(
            Delivery(config.name, received_ns, readings, rejections=rejections, coverage=coverage), proves
        )
