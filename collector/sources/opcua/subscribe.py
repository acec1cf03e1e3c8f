"""Subscription: the server sends changes, and a keep-alive when there are none.

Publications pass a bounded queue. When it is full the next publish request waits, the server's own queues fill, and it
marks what it drops with the overflow bit, which is counted: nothing is lost in silence.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.status_codes import StatusCodes

from collector.errors import SourceUnavailable
from collector.sources.base import Delivery, SourceHealth
from collector.sources.opcua.clock import datetime_to_ns
from collector.sources.opcua.config import OpcUaConfig
from collector.sources.opcua.connection import Connection, UnknownNamespace
from collector.sources.opcua.poll import Target, wrong_type
from collector.sources.opcua.requests import timestamps_to_return
from collector.sources.opcua.status_quality import StatusQuality, overflow_count
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


class Standing:
    """Which values are confirmed as unchanged: a server sends changes only, so what it does not name stays as it was.

    An unchanged good value is as well known as one that is read at each cadence, so it counts as so many readings.
    """

    def __init__(self, targets: Sequence[Target]) -> None:
        self._names = [target.tag.name for target in targets]
        self._cadence_s = np.array([target.tag.cadence_s for target in targets], dtype=np.float64)
        self._good = np.zeros(len(targets), dtype=np.bool_)
        self._since_s = np.zeros(len(targets), dtype=np.float64)

    def changed(self, row: int, *, good: bool, at_s: float) -> None:
        """A value came, which is counted as a reading of its own."""
        self._good[row] = good
        self._since_s[row] = at_s

    def coverage(self, at_s: float) -> dict[str, int]:
        """By tag name, the whole cadences for which its value was unchanged and that were not counted before."""
        cadences = np.where(self._good, (at_s - self._since_s) // self._cadence_s, 0.0)
        due = np.flatnonzero(cadences >= 1)
        self._since_s[due] += cadences[due] * self._cadence_s[due]
        return {self._names[row]: int(cadences[row]) for row in due.tolist()}


class Subscription:
    """The subscription of one session. `bad`: tag name -> why the server does not monitor it."""

    def __init__(
        self,
        connection: Connection,
        config: OpcUaConfig,
        targets: Sequence[Target],
        health: SourceHealth,
        clock_ns: Callable[[], int],
    ) -> None:
        self.bad: dict[str, str] = {}
        self._connection = connection
        self._config = config
        self._targets = targets
        self._health = health
        self._clock_ns = clock_ns
        self._quality = StatusQuality(config.quality)
        self._queue: asyncio.Queue[tuple[int, ua.PublishResult]] = asyncio.Queue(_QUEUED_PUBLICATIONS)
        self._id = 0
        self._next_sequence: int | None = None
        self._retry_at_s = 0.0
        self._standing = Standing(targets)

    async def open(self) -> None:
        """Create the subscription and its items.

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
        parameters.MaxNotificationsPerPublish = ua.UInt32(0)
        parameters.PublishingEnabled = True
        created = await self._connection.client.uaclient.session.create_subscription(parameters, self._received)
        self._id = created.SubscriptionId
        await self._monitor(range(len(self._targets)))

    async def _received(self, result: ua.PublishResult) -> None:
        await self._queue.put((self._clock_ns(), result))

    async def _monitor(self, handles: Sequence[int]) -> None:
        """Create the items of these targets; those that the server does not take go to `bad`."""
        nodes: list[tuple[int, ua.NodeId]] = []
        for handle in handles:
            try:
                nodes.append((handle, self._connection.resolve(self._targets[handle].node)))
            except UnknownNamespace as error:
                self.bad[self._targets[handle].tag.name] = str(error)
        size = self._connection.items_per_call
        for first in range(0, len(nodes), size):
            await self._create_items(nodes[first : first + size])

    async def _create_items(self, nodes: Sequence[tuple[int, ua.NodeId]]) -> None:
        parameters = ua.CreateMonitoredItemsParameters()
        parameters.SubscriptionId = ua.IntegerId(self._id)
        parameters.TimestampsToReturn = timestamps_to_return(self._config.time_from)
        parameters.ItemsToCreate = [self._item(handle, node) for handle, node in nodes]
        results = await self._connection.client.uaclient.session.create_monitored_items(parameters)
        for (handle, _), result in zip(nodes, results, strict=True):
            name = self._targets[handle].tag.name
            if result.StatusCode.is_good():
                self.bad.pop(name, None)
            else:
                self.bad[name] = result.StatusCode.name

    def _item(self, handle: int, node: ua.NodeId) -> ua.MonitoredItemCreateRequest:
        request = ua.MonitoredItemCreateRequest()
        request.ItemToMonitor = ua.ReadValueId(NodeId=node, AttributeId=AttributeIds.Value)
        request.MonitoringMode = ua.MonitoringMode.Reporting
        request.RequestedParameters.ClientHandle = ua.IntegerId(handle)
        request.RequestedParameters.SamplingInterval = ua.Double(-1.0)  # as the publishing interval
        request.RequestedParameters.QueueSize = ua.UInt32(self._config.queue_size)
        # The newest value is the state now; what an older one would have counted is counted as an overflow.
        request.RequestedParameters.DiscardOldest = True
        return request

    async def retry_when_due(self, now_s: float) -> None:
        """Ask again for the items that the server did not take, with namespaces as they are now."""
        if not self._retry_at_s:
            self._retry_at_s = now_s + self._config.retry_bad_nodes
        if now_s < self._retry_at_s:
            return
        self._retry_at_s = now_s + self._config.retry_bad_nodes
        if self.bad:
            await self._connection.learn()
            await self._monitor([row for row, target in enumerate(self._targets) if target.tag.name in self.bad])

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
        rejections: list[Rejection] = []
        for change, code in zip(changes, quality, strict=True):
            target = self._targets[change.ClientHandle]
            judged = Quality(int(code))
            time_ns = self._time_ns(change.Value, received_ns)
            number = _number(change.Value)
            good_number = number is not None and judged == Quality.GOOD
            self._standing.changed(change.ClientHandle, good=good_number, at_s=received_ns / 1e9)
            if number is None and judged != Quality.BAD:
                text = repr(change.Value.Value.Value if change.Value.Value is not None else None)[:100]
                rejections.append(wrong_type(config.name, target.tag, text, time_ns, judged))
                continue
            conversion = target.tag.conversion
            value = float("nan") if number is None else number * conversion.factor + conversion.offset
            rows.append((target.index or 0, value, time_ns, judged))
        readings = ReadingBatch.of(config.name, received_ns, rows) if rows else None
        good = not changes or bool((quality == Quality.GOOD).any())
        coverage = self._standing.coverage(received_ns / 1e9)
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
