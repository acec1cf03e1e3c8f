"""Alarms and events of a server, over a subscription of their own. Whatever goes wrong here leaves readings alone.

After each connect the server is asked once which alarms stand (ConditionRefresh): this is the one method that is ever
called. It makes the server tell its retained conditions to this subscription again, and changes nothing in it.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

import structlog
from asyncua import ua
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.status_codes import StatusCodes
from asyncua.ua.uaerrors import UaStatusCodeError

from collector.sources.base import Delivery, SourceHealth
from collector.sources.opcua.alarm_decode import decoded_events, event_count
from collector.sources.opcua.alarm_fields import told_event
from collector.sources.opcua.alarm_filter import event_item
from collector.sources.opcua.alarm_reader import AlarmReader, ReadEvents, StormBound
from collector.sources.opcua.config import Alarms
from collector.sources.opcua.connection import Connection, UnknownNamespace
from collector.sources.opcua.publication import Published
from collector.sources.opcua.short_text import one_line
from collector.sources.opcua.subscribe import subscription_parameters
from models.counting.reading import Rejection
from models.detection.alarm import STORM, AlarmNotice
from models.works.codes import Quality, Reason

log = structlog.get_logger(__name__)

EVENTS_A_PUBLICATION = 500
"""Asked of the server: so many events are decoded within a tenth of a second."""
_QUEUED = 64
"""Publications that wait for the disk. What comes beyond is left out and told: to wait would hold up readings too."""
_REFRESH_EVERY_S = 30.0
"""After a loss, at the most. A judgement."""
_ASK_EVERY_S = 600.0
"""An end may have been filtered away, for its severity fell, or have been lost with a message. A judgement."""
_TELL_EVERY_S = 60.0
"""Between two words on what was left out, while it goes on. A judgement."""
_STORM_SEVERITY = 500
_CONDITIONS = ua.NodeId(ua.Int32(ObjectIds.ConditionType))
_REFRESH = ua.NodeId(ua.Int32(ObjectIds.ConditionType_ConditionRefresh))
_REFUSED_FILTER = frozenset(
    {
        StatusCodes.BadMonitoredItemFilterUnsupported,
        StatusCodes.BadMonitoredItemFilterInvalid,
        StatusCodes.BadContentFilterInvalid,
        StatusCodes.BadEventFilterInvalid,
        StatusCodes.BadFilterOperatorUnsupported,
        StatusCodes.BadFilterOperandInvalid,
        StatusCodes.BadFilterNotAllowed,
    }
)
Deliver = Callable[[Delivery], Awaitable[None]]


class AlarmsMissing(Exception):
    """The server gives no events now; it is asked again later."""


class AlarmFeed:
    """Listens over one connection until cancelled."""

    def __init__(
        self,
        connection: Connection,
        wanted: Alarms,
        health: SourceHealth,
        clock_ns: Callable[[], int],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connection = connection
        self._config = connection.config
        self._wanted = wanted
        self._health = health
        self._clock_ns = clock_ns
        self._monotonic = monotonic
        self._bound = StormBound(monotonic())
        self._queue: asyncio.Queue[tuple[int, Published]] = asyncio.Queue(_QUEUED)
        self._left_out = 0
        self._ask_at_s = 0.0
        self._asked_s = 0.0
        self._unsound = 0
        self._told_s = monotonic() - _TELL_EVERY_S
        self._lacking: list[ua.NodeId] = []
        self._said = ""

    async def run(self, deliver: Deliver) -> None:
        """Hand on what comes. Raises ConnectionError, OSError: the line is gone."""
        while True:
            try:
                await self._heard(deliver)
            except (AlarmsMissing, UnknownNamespace, TimeoutError, UaStatusCodeError) as error:
                await self._missing(error, deliver)
            await asyncio.sleep(self._config.retry_bad_nodes)

    async def _heard(self, deliver: Deliver) -> None:
        """Subscribe and listen; in the end the server forgets the subscription, for it grants few."""
        session = self._connection.client.uaclient.session
        subscription = await self._subscribe()
        try:
            self._lacking = await self._make(
                subscription, [self._connection.resolve(text) for text in self._wanted.nodes]
            )
            await self._listen(subscription, deliver)
        except (AlarmsMissing, UnknownNamespace, TimeoutError, UaStatusCodeError):
            session._subscription_callbacks.pop(subscription, None)
            with contextlib.suppress(TimeoutError, UaStatusCodeError):
                await session.delete_subscriptions([subscription])
            raise

    async def _subscribe(self) -> int:
        """Make the subscription, without items; its id."""
        if self._health.clock_offset_s is None:  # by it the times of alarms are judged
            self._health.clock_offset_s = await self._connection.clock_offset_s()
        types = frozenset(self._connection.resolve(text).to_string() for text in self._wanted.types)
        self._reader = AlarmReader(self._wanted, types)
        self._queue = asyncio.Queue(_QUEUED)
        self._next_sequence: int | None = None
        parameters = subscription_parameters(self._config, EVENTS_A_PUBLICATION)
        created = await self._connection.client.uaclient.session.create_subscription(parameters, self._received)
        return int(created.SubscriptionId)

    async def _make(self, subscription: int, nodes: list[ua.NodeId]) -> list[ua.NodeId]:
        """Make the items; the nodes that do not notify. Raises AlarmsMissing if none does."""
        for severity in (self._wanted.min_severity, 1):
            parameters = ua.CreateMonitoredItemsParameters()
            parameters.SubscriptionId = ua.IntegerId(subscription)
            parameters.TimestampsToReturn = ua.TimestampsToReturn.Neither
            parameters.ItemsToCreate = [event_item(node, handle, severity) for handle, node in enumerate(nodes)]
            results = await self._connection.client.uaclient.session.create_monitored_items(parameters)
            refused = {
                node: result.StatusCode
                for node, result in zip(nodes, results, strict=True)
                if not result.StatusCode.is_good()
            }
            if len(refused) < len(nodes):
                return list(refused)
            # A server may know no filters: then what is not severe enough is left out here.
            if severity == 1 or any(code.value not in _REFUSED_FILTER for code in refused.values()):
                break
        node, code = next(iter(refused.items()))
        raise AlarmsMissing(f"{node.to_string()} does not notify of events: {code.name}")

    async def _make_lacking(self, subscription: int) -> None:
        """Try the nodes again that did not notify when the others did."""
        if self._lacking:
            try:
                self._lacking = await self._make(subscription, self._lacking)
            except AlarmsMissing as error:
                log.warning("alarms_node_bad", source=self._config.name, nodes=len(self._lacking), error=str(error))

    async def _received(self, published: Published) -> None:
        if self._queue.full():
            self._left_out += sum(event_count(events) for events in published.events)
            self._reader.left_out()
            self._ask_again()
            return
        self._queue.put_nowait((self._clock_ns(), published))

    async def _listen(self, subscription: int, deliver: Deliver) -> None:
        await self._make_lacking(subscription)
        await self._refresh(subscription)
        heard_s = self._monotonic()
        while True:
            try:
                async with asyncio.timeout(self._config.publishing_interval):
                    received_ns, published = await self._queue.get()
            except TimeoutError:
                if self._monotonic() - heard_s > self._config.stale_after:
                    raise AlarmsMissing(f"the server said nothing for {self._config.stale_after:g} s") from None
            else:
                heard_s = self._monotonic()
                if published.ended is not None:
                    raise AlarmsMissing(f"the server ended the subscription: {published.ended.name}")
                await self._take(received_ns, published, deliver)
            await self._tell_losses(deliver)
            if self._may_ask():
                await self._make_lacking(subscription)
                await self._refresh(subscription)

    async def _take(self, received_ns: int, published: Published, deliver: Deliver) -> None:
        if not published.keep_alive:
            if self._next_sequence not in (None, published.sequence):
                self._health.overflows += 1
                self._reader.left_out()
                self._ask_again()
            self._next_sequence = published.sequence + 1
        for events in published.events:
            count = event_count(events)
            taken = self._bound.take(count, self._monotonic())
            if taken < count:
                self._left_out += count - taken
                self._health.overflows += count - taken
                self._reader.left_out()
                self._ask_again()
            if taken:
                read, unread = await asyncio.to_thread(self._read, events, taken)
                if read.lost or unread:
                    self._left_out += unread
                    self._health.overflows += max(1, unread)
                    self._ask_again()
                self._unsound += read.unsound
                if read.notices or read.standing is not None:
                    await deliver(
                        Delivery(self._config.name, received_ns, alarms=read.notices, standing_alarms=read.standing)
                    )

    def _read(self, events: bytes, taken: int) -> tuple[ReadEvents, int]:
        """What so many events say, and how many of them could not be read."""
        found = decoded_events(events, taken)
        if len(found) < taken:
            self._reader.left_out()
        namespaces = self._connection.facts.namespaces
        return self._reader.read(told_event(fields, namespaces) for fields in found), taken - len(found)

    async def _tell_losses(self, deliver: Deliver) -> None:
        """How many events were left out, once it is quiet again or a minute later, and how many were none."""
        now_s, now_ns = self._monotonic(), self._clock_ns()
        is_time = now_s - self._told_s >= _TELL_EVERY_S
        left_out = self._left_out if is_time or self._bound.is_quiet(now_s) else 0
        unsound = self._unsound if is_time else 0
        if not (left_out or unsound):
            return
        self._told_s = now_s
        self._left_out -= left_out
        self._unsound -= unsound
        rejections: tuple[Rejection, ...] = ()
        if unsound:
            detail = f"{unsound} events without an id, or with other fields than were asked for"
            rejections = (self._rejection(Reason.WRONG_TYPE, detail, now_ns),)
        alarms = (self._storm(left_out, now_ns),) if left_out else ()
        await deliver(Delivery(self._config.name, now_ns, rejections=rejections, alarms=alarms))

    def _storm(self, left_out: int, now_ns: int) -> AlarmNotice:
        name = self._config.name
        log.warning("alarm_storm", source=name, left_out=left_out, next_step="raise alarms.min_severity")
        return AlarmNotice(
            event_id=f"storm {now_ns}",
            condition="",
            origin=name,
            name=STORM,
            message=str(left_out),
            severity=_STORM_SEVERITY,
            time_ns=now_ns,
        )

    def _ask_again(self) -> None:
        """What was not seen is asked for when there is room for the answer."""
        self._ask_at_s = self._asked_s + _REFRESH_EVERY_S

    def _may_ask(self) -> bool:
        now_s = self._monotonic()
        return now_s >= self._ask_at_s and self._bound.is_quiet(now_s)

    async def _refresh(self, subscription: int) -> None:
        """Ask which alarms stand. A server that cannot say so tells changes alone."""
        self._asked_s = self._monotonic()
        self._ask_at_s = self._asked_s + _ASK_EVERY_S
        asked = ua.CallMethodRequest(
            ObjectId=_CONDITIONS,
            MethodId=_REFRESH,
            InputArguments=[ua.Variant(subscription, ua.VariantType.UInt32)],
        )
        try:
            (result,) = await self._connection.client.uaclient.session.call([asked])
            refused = "" if result.StatusCode.is_good() else str(result.StatusCode.name)
        except (TimeoutError, UaStatusCodeError) as error:
            refused = one_line(error) or type(error).__name__
        if refused:
            log.info("alarms_not_told_again", source=self._config.name, error=refused)

    async def _missing(self, error: Exception, deliver: Deliver) -> None:
        said = one_line(error) or type(error).__name__
        if said != self._said:
            self._said = said
            log.warning("alarms_missing", source=self._config.name, error=said)
            await deliver(
                Delivery(
                    self._config.name,
                    self._clock_ns(),
                    rejections=(
                        self._rejection(Reason.BAD_QUALITY, f"its alarms are not heard: {said}", self._clock_ns()),
                    ),
                )
            )

    def _rejection(self, reason: Reason, detail: str, now_ns: int) -> Rejection:
        return Rejection(self._config.name, "", "", now_ns, Quality.BAD, reason, detail)
