"""The monitored items of one subscription: made, watched one by one, and made anew when they no longer speak.

A node that is deleted takes its item with it, and a node of the same name that is made later gets none by itself. Some
servers say so by a status, others say nothing: so all monitored nodes are read now and then and compared.
"""

import contextlib
from collections.abc import Sequence

import numpy as np
import structlog
from asyncua import ua
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.uaerrors import UaStatusCodeError

from collector.sources.opcua.connection import Connection, UnknownNamespace
from collector.sources.opcua.poll import (
    NO_ANSWER,
    NODE_FAULTS,
    ONE_AT_FAULT,
    TOO_MUCH,
    ReadPlan,
    node_faults,
)
from collector.sources.opcua.requests import timestamps_to_return
from collector.sources.opcua.standing import Notified, Standing
from collector.sources.opcua.status_quality import CODE_BITS, status_name
from collector.sources.opcua.suspects import Suspects
from collector.sources.opcua.targets import TagColumns, Target

log = structlog.get_logger(__name__)

_FAULTS = frozenset(int(code) for code in NODE_FAULTS)
SAMPLES_AWAITED = 3
"""A server may sample a node more seldom than we asked for. Three samples without the change that a read shows are no
coincidence, as one might be."""
_SILENT = "the server monitors it and sends nothing of it; it is monitored anew"


class MonitoredItems:
    """The items for `targets`; a client handle is a row of them."""

    def __init__(self, connection: Connection, targets: Sequence[Target], suspects: Suspects) -> None:
        self.standing = Standing(targets)
        self.tags = TagColumns.of(targets)
        self._connection = connection
        self._config = connection.config
        self._targets = targets
        self._row_of = {target.tag.name: row for row, target in enumerate(targets)}
        self._suspects = suspects
        self._monotonic = suspects.monotonic
        self._bad: dict[str, str] = {}
        self._ids: dict[int, int] = {}
        self._wanted = set(range(len(targets)))
        self._failed: set[int] = set()
        self._retry_at_s = self._monotonic() + self._config.retry_bad_nodes

    @property
    def bad(self) -> dict[str, str]:
        """Why tags are not monitored, by tag name."""
        if not self._suspects.any_named:
            return self._bad
        silent = {target.tag.name: self._suspects.why((target.node,)) for target in self._targets}
        return {**self._bad, **{name: why for name, why in silent.items() if why is not None}}

    def changed(self, notified: Notified, at_s: float) -> None:
        """Notifications of items came. `at_s`: the host's clock at their receipt, in seconds."""
        self.standing.changed(notified, at_s)
        codes = notified.status & np.uint32(CODE_BITS)
        of_interest = np.isin(codes, NODE_FAULTS) if codes.any() else np.zeros(len(codes), dtype=np.bool_)
        if self._failed or self._bad:
            known = [*self._failed, *(self._row_of[name] for name in self._bad)]
            of_interest |= np.isin(notified.rows, known)
        for place in np.flatnonzero(of_interest).tolist():
            self._told(int(notified.rows[place]), int(codes[place]))

    def _told(self, row: int, code: int) -> None:
        """An item that fails, or that failed before, sent a status."""
        if code in _FAULTS:
            self._fail(row, status_name(code))
        elif row in self._ids:
            self._failed.discard(row)
            self._bad.pop(self._targets[row].tag.name, None)

    async def tend(self, subscription: int) -> None:
        """Make the items that are wanted, and look after those that there are.

        Raises:
            UaError, OSError, TimeoutError: the server or the line failed as a whole.
        """
        retries = self._monotonic() >= self._retry_at_s
        if retries:
            self._retry_at_s = self._monotonic() + self._config.retry_bad_nodes
            if self._failed:
                await self._connection.learn()
            self._wanted |= self._failed
            self._failed.clear()
        if retries or self._lost():
            await self._compare()
            for row in self._lost():
                self._lose(row)
        await self._make(subscription)

    def _lost(self) -> set[int]:
        """The rows whose items do not speak, which are not to be made anew already, and which can be asked."""
        lost = set(self.standing.lost(self._monotonic())) - self._failed - self._wanted
        return {row for row in lost if not self._suspects.holds((self._targets[row].node,))}

    async def _compare(self) -> None:
        """Read the nodes of all items, and hold what is there against what was sent."""
        rows = {target.tag.name: row for row, target in enumerate(self._targets) if row in self._ids}
        targets = [self._targets[row] for row in rows.values()]
        plan = ReadPlan(self._connection, targets, self._config.time_from, self._suspects)
        columns = await plan.read()
        kept = np.ones(len(columns.status), dtype=np.bool_)
        kept[plan.unanswered] = False
        read = np.array([rows[target.tag.name] for target in plan.targets], dtype=np.intp)
        self.standing.compared(read[kept], columns.values[kept], columns.status[kept], self._monotonic())
        for place, why in node_faults(columns).items():
            self._fail(int(read[place]), why)

    def _lose(self, row: int) -> None:
        name = self._targets[row].tag.name
        if self._bad.get(name) != _SILENT:
            log.warning("item_silent", source=self._config.name, tag=name)
        self._bad[name] = _SILENT
        self._wanted.add(row)

    def _fail(self, row: int, why: str) -> None:
        self._bad[self._targets[row].tag.name] = why
        self._failed.add(row)

    async def _make(self, subscription: int) -> None:
        nodes: list[tuple[int, ua.NodeId]] = []
        for row in sorted(self._wanted):
            if self._suspects.holds((self._targets[row].node,)):
                continue
            try:
                nodes.append((row, self._connection.resolve(self._targets[row].node)))
            except UnknownNamespace as error:
                self._wanted.discard(row)
                self._fail(row, str(error))
        most = self._connection.items_per_call
        size = min(most, self._suspects.request_size or most)
        for first in range(0, len(nodes), size):
            part = nodes[first : first + size]
            await self._drop(subscription, [row for row, _ in part])
            await self._make_part(subscription, part)

    async def _make_part(self, subscription: int, nodes: Sequence[tuple[int, ua.NodeId]]) -> None:
        parameters = ua.CreateMonitoredItemsParameters()
        parameters.SubscriptionId = ua.IntegerId(subscription)
        parameters.TimestampsToReturn = timestamps_to_return(self._config.time_from)
        parameters.ItemsToCreate = [self._item(row, node) for row, node in nodes]
        try:
            results = await self._connection.client.uaclient.session.create_monitored_items(parameters)
        except (TimeoutError, UaStatusCodeError) as error:
            await self._refused(subscription, nodes, error)
            return
        for (row, _), result in zip(nodes, results, strict=True):
            self._wanted.discard(row)
            if result.StatusCode.is_good():
                self._ids[row] = int(result.MonitoredItemId)
                patience_s = SAMPLES_AWAITED * float(result.RevisedSamplingInterval) / 1000
                self.standing.made(row, self._monotonic(), max(self._config.stale_after, patience_s))
            else:
                self._fail(row, str(result.StatusCode.name))

    async def _refused(self, subscription: int, nodes: Sequence[tuple[int, ua.NodeId]], error: Exception) -> None:
        """A request for items as a whole was not answered, or with a fault: find out whose fault it is."""
        code = error.code if isinstance(error, UaStatusCodeError) else None
        is_silence = code is None or code in NO_ANSWER
        if not is_silence and code not in TOO_MUCH and code not in ONE_AT_FAULT:
            raise error
        alive = code in NO_ANSWER or await self._connection.is_alive()
        if is_silence:
            self._suspects.unanswered(tuple(self._targets[row].node for row, _ in nodes), alive=alive)
        if not alive:
            raise error
        if is_silence:
            return
        if len(nodes) == 1:
            row = nodes[0][0]
            self._wanted.discard(row)
            self._fail(row, type(error).__name__)
            return
        half = len(nodes) // 2
        for part in (nodes[:half], nodes[half:]):
            await self._make_part(subscription, part)

    def _item(self, row: int, node: ua.NodeId) -> ua.MonitoredItemCreateRequest:
        request = ua.MonitoredItemCreateRequest()
        request.ItemToMonitor = ua.ReadValueId(NodeId=node, AttributeId=AttributeIds.Value)
        request.MonitoringMode = ua.MonitoringMode.Reporting
        request.RequestedParameters.ClientHandle = ua.IntegerId(row)
        request.RequestedParameters.SamplingInterval = ua.Double(-1.0)  # as the publishing interval
        request.RequestedParameters.QueueSize = ua.UInt32(self._config.queue_size)
        # The newest value is the state now; what an older one would have counted is counted as an overflow.
        request.RequestedParameters.DiscardOldest = True
        return request

    async def _drop(self, subscription: int, rows: Sequence[int]) -> None:
        """Have the server forget what items there were of these rows, so that none speaks twice."""
        old = [self._ids.pop(row) for row in rows if row in self._ids]
        if not old:
            return
        parameters = ua.DeleteMonitoredItemsParameters()
        parameters.SubscriptionId = ua.IntegerId(subscription)
        parameters.MonitoredItemIds = [ua.IntegerId(item) for item in old]
        # An item that the server has forgotten already is as good as dropped, in whatever words it says so. What is
        # wrong with the session, the next request will tell.
        with contextlib.suppress(UaStatusCodeError):
            await self._connection.client.uaclient.session.delete_monitored_items(parameters)
