"""Subscription: the server sends changes, and a keep-alive when there are none.

Publications pass a bounded queue. When it is full the next publish request waits, the server's own queues fill, and it
marks what it drops with the overflow bit, which is counted: nothing is lost in silence.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from asyncua import ua
from asyncua.ua.status_codes import StatusCodes

from collector.errors import SourceUnavailable
from collector.sources.base import Delivery, SourceHealth
from collector.sources.opcua.ceilings import MOST_NOTIFICATIONS
from collector.sources.opcua.clock import datetime_to_ns
from collector.sources.opcua.config import OpcUaConfig
from collector.sources.opcua.connection import Connection
from collector.sources.opcua.items import MonitoredItems
from collector.sources.opcua.poll import wrong_type
from collector.sources.opcua.short_text import short_repr
from collector.sources.opcua.standing import Notified
from collector.sources.opcua.status_quality import StatusQuality, overflow_count, status_name
from models.counting.reading import ReadingBatch, Rejection
from models.works.codes import Quality

# A minute of publications at the usual second, for a disk that is slow to sync; beyond it the server has to queue,
# and it counts what it drops. A judgement.
_QUEUED_PUBLICATIONS = 64


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
        self._queue: asyncio.Queue[tuple[int, ua.PublishResult]] = asyncio.Queue(_QUEUED_PUBLICATIONS)
        self._next_sequence: int | None = None

    async def open(self) -> int:
        """Create the subscription, without items; its id.

        Raises:
            UaError, OSError, TimeoutError: the server or the line failed as a whole.
        """
        interval_s = self._config.publishing_interval
        parameters = ua.CreateSubscriptionParameters()
        parameters.RequestedPublishingInterval = ua.Double(interval_s * 1000)
        # Three keep-alives fit into the time after which we reconnect.
        parameters.RequestedMaxKeepAliveCount = ua.UInt32(max(1, int(self._config.stale_after / 3 / interval_s)))
        # OPC UA part 4, 5.13.2 asks for three keep-alives at least. Ten let a subscription outlive a short outage.
        parameters.RequestedLifetimeCount = ua.UInt32(max(30, 10 * parameters.RequestedMaxKeepAliveCount))
        parameters.MaxNotificationsPerPublish = ua.UInt32(MOST_NOTIFICATIONS)
        parameters.PublishingEnabled = True
        created = await self._connection.client.uaclient.session.create_subscription(parameters, self._received)
        return int(created.SubscriptionId)

    async def _received(self, result: ua.PublishResult) -> None:
        await self._queue.put((self._clock_ns(), result))

    async def next(self, wait_s: float) -> Publication | None:
        """The next publication; None when none came in `wait_s` seconds.

        Raises:
            SourceUnavailable: the server ended the subscription.
        """
        try:
            async with asyncio.timeout(wait_s):
                received_ns, result = await self._queue.get()
        except TimeoutError:
            return None
        self.publishes = True
        message = result.NotificationMessage
        changes: list[ua.MonitoredItemNotification] = []
        for data in message.NotificationData or []:
            if isinstance(data, ua.StatusChangeNotification):
                raise SourceUnavailable(
                    f"{self._config.url} ended the subscription: {data.Status.name}; subscribing again"
                )
            if isinstance(data, ua.DataChangeNotification):
                changes.extend(data.MonitoredItems)
        if message.NotificationData:
            self._check_sequence(int(message.SequenceNumber))
        return self._publication(changes, received_ns)

    def _check_sequence(self, sequence: int) -> None:
        """Count what the server sent and we never saw: sequence numbers of notifications have no holes."""
        if self._next_sequence is not None and sequence != self._next_sequence:
            self._health.overflows += max(1, sequence - self._next_sequence)
        self._next_sequence = sequence + 1

    def _publication(self, changes: Sequence[ua.MonitoredItemNotification], received_ns: int) -> Publication:
        config = self._config
        status = np.array([_status(change.Value) for change in changes], dtype=np.uint32)
        quality = self._quality.column(status)
        self._health.overflows += overflow_count(status)
        rows: list[tuple[int, float, int, Quality]] = []
        remarks: dict[int, str] = {}
        rejections: list[Rejection] = []
        for change, code in zip(changes, quality, strict=True):
            target = self.items.target(change.ClientHandle)
            judged = Quality(int(code))
            time_ns = self._time_ns(change.Value, received_ns)
            number = _number(change.Value)
            value = float("nan") if number is None else number
            good_number = number is not None and judged == Quality.GOOD
            notified = Notified(value, _status(change.Value), good_number)
            self.items.changed(change.ClientHandle, notified, received_ns / 1e9)
            if number is None and judged != Quality.BAD:
                text = short_repr(change.Value.Value.Value if change.Value.Value is not None else None)
                rejections.append(wrong_type(config.name, target.tag, text, time_ns, judged))
                continue
            conversion = target.tag.conversion
            if judged == Quality.BAD:
                remarks[len(rows)] = status_name(notified.status)
            rows.append((target.index or 0, value * conversion.factor + conversion.offset, time_ns, judged))
        readings = ReadingBatch.of(config.name, received_ns, rows, remarks) if rows else None
        # A keep-alive proves that what stands still holds; where nothing good stands, it proves nothing.
        good = self.items.standing.any_good or bool((quality == Quality.GOOD).any())
        coverage = self.items.standing.coverage(received_ns / 1e9)
        return Publication(
            Delivery(config.name, received_ns, readings, rejections=tuple(rejections), coverage=coverage), good
        )

    def _time_ns(self, value: ua.DataValue, received_ns: int) -> int:
        if self._config.time_from == "receive":
            return received_ns
        stamp = value.SourceTimestamp if self._config.time_from == "source" else value.ServerTimestamp
        return datetime_to_ns(stamp)


def _status(value: ua.DataValue) -> int:
    return int(value.StatusCode.value) if value.StatusCode is not None else StatusCodes.Good


def _number(value: ua.DataValue) -> float | None:
    """The number that a value holds, or None."""
    held = value.Value.Value if value.Value is not None else None
    return float(held) if isinstance(held, int | float) else None
