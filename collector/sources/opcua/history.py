"""Asks a server for the raw history of nodes, answer by answer, and sees that it ends.

One span after the other, in the order of time, so that what is handed on of a node is in the order of its stamps. What
the server keeps for us (continuation points) is given back when we leave it.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from asyncua import ua
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.status_codes import StatusCodes
from asyncua.ua.uaerrors import UaStatusCodeError

from collector.sources.opcua.connection import Connection
from collector.sources.opcua.decode import DecodedColumns, joined_columns
from collector.sources.opcua.good_value import stated_limit
from collector.sources.opcua.history_answer import HISTORY_ANSWER, AskedHistory, NodeHistory, decode_history
from collector.sources.opcua.poll import NO_ANSWER, TOO_MUCH
from collector.sources.opcua.records import TimePart
from collector.sources.opcua.status_quality import CODE_BITS, status_name
from collector.sources.opcua.walk import Undecodable

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LIMIT = ua.NodeId(ua.Int32(ObjectIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerHistoryReadData))
VALUES_PER_ANSWER = 50_000
"""A value with its stamp and status takes 22 bytes: a quarter of the longest answer (4 MB), so that one with two stamps
and texts fits as well."""
NODES_PER_REQUEST = 100
"""So each node has 500 values an answer at the least: some minutes of a fast one, half a day of one a minute."""
MOST_HELD = 500_000
"""Values of one span that are held until they can be put in order: 10 MB. Where more come, they are handed on."""
MOST_PER_S = 20
"""A PLC scans in tenths of a second. A history with more values than that, over its whole span, has no end."""
PATIENCE = 3
"""Answers without a value that goes on, and answers that never came, before a history is left. A judgement."""
NO_HISTORY = frozenset(
    {
        StatusCodes.BadHistoryOperationUnsupported,
        StatusCodes.BadHistoryOperationInvalid,
        StatusCodes.BadServiceUnsupported,
        StatusCodes.BadNotImplemented,
        StatusCodes.BadNotSupported,
        StatusCodes.BadUserAccessDenied,
        StatusCodes.BadNotReadable,
        StatusCodes.BadNodeIdUnknown,
        StatusCodes.BadNodeIdInvalid,
        StatusCodes.BadAttributeIdInvalid,
    }
)
"""Asking again is of no use."""
_NOTHING_THERE = frozenset({StatusCodes.BadNoData, StatusCodes.BadNoDataAvailable, StatusCodes.BadBoundNotFound})
_POINT_LOST = frozenset({StatusCodes.BadContinuationPointInvalid, StatusCodes.BadNoContinuationPoints})


@dataclass(slots=True)
class HistoryOf:
    """The history of one node: wanted from `start_ns` on (UTC ns); `upto_ns`: the newest stamp that was handed on.

    `left`: why nothing more is asked of it. `odd`: values that were left out, by what was wrong with them.
    """

    name: str
    node: ua.NodeId
    start_ns: int
    upto_ns: int = 0
    taken: int = 0
    left: str = ""
    lacks: bool = False
    odd: dict[str, int] = field(default_factory=dict)

    def note_odd(self, what: str, count: int) -> None:
        if count:
            self.odd[what] = self.odd.get(what, 0) + count


@dataclass(slots=True, eq=False)
class _Asking:
    """A node within a span: where its answers go on, what they brought, and how many brought nothing."""

    of: HistoryOf
    start_ns: int
    point: bytes = b""
    vain: int = 0
    held: DecodedColumns = field(default_factory=lambda: DecodedColumns.empty(0))


Answered = list[tuple[HistoryOf, DecodedColumns]]
"""By node the values of a span, in the order of their stamps, and none that was given before."""


class HistoryReader:
    """Reads spans over one connection."""

    def __init__(self, connection: Connection, time: TimePart) -> None:
        self._connection = connection
        self._time: TimePart = time
        self._most_nodes = 0

    async def nodes_per_request(self) -> int:
        """How many nodes go into one request."""
        if not self._most_nodes:
            (stated,) = await self._connection.read((_LIMIT,))
            most = stated_limit(stated) or NODES_PER_REQUEST
            self._most_nodes = min(most, NODES_PER_REQUEST, self._connection.config.limits.nodes_per_request)
        return self._most_nodes

    async def read(self, wanted: Sequence[HistoryOf], start_ns: int, end_ns: int) -> AsyncIterator[Answered]:
        """The values of one span [start_ns, end_ns], answer by answer.

        Raises:
            UaError, ConnectionError, TimeoutError: the server or the line failed as a whole.
        """
        asking = [_Asking(of, max(start_ns, of.start_ns)) for of in wanted if not of.left and of.start_ns < end_ns]
        silent = 0
        try:
            while asking:
                part = _alike(asking)[: max(1, self._most_nodes)]
                most = max(1, VALUES_PER_ANSWER // len(part))
                asked = AskedHistory(
                    [(one.of.node, one.point) for one in part], part[0].start_ns, end_ns, most, self._time
                )
                answers = await self._ask(asked)
                if isinstance(answers, str):
                    silent += 1
                    self._after_none(part, answers, silent)
                    left = [one for one in asking if one.of.left]
                    asking = [one for one in asking if not one.of.left]
                    if given := [(one.of, _in_order(one)) for one in left if len(one.held.status)]:
                        yield given
                    continue
                silent = 0
                ready = [
                    one
                    for one, answer in zip(part, answers, strict=True)
                    if not _goes_on(one, answer, _take(one, answer, end_ns), most, end_ns)
                ]
                asking = [one for one in asking if one not in ready]
                await self._release([one for one in ready if one.point])
                if sum(len(one.held.status) for one in asking) > MOST_HELD:
                    ready += asking
                given = [(one.of, _in_order(one)) for one in ready if len(one.held.status)]
                if given:
                    yield given
        finally:
            await self._release([one for one in asking if one.point])

    async def _ask(self, asked: AskedHistory) -> list[NodeHistory] | str:
        """The answers, or why there is none though the server is alive."""
        connection = self._connection
        await connection.renew_when_due()
        try:
            answer = await connection.ask(asked.message, HISTORY_ANSWER)
            return decode_history(answer, len(asked.nodes), self._time)
        except TimeoutError:
            if not await connection.is_alive():
                raise
            return "it gave no answer in time"
        except Undecodable as error:
            return f"its answer cannot be read: {error}"
        except UaStatusCodeError as error:
            if error.code in NO_HISTORY:
                return f"{NONE} ({status_name(error.code)})"
            if error.code in TOO_MUCH or error.code in NO_ANSWER or error.code in _POINT_LOST:
                return status_name(error.code)
            raise

    def _after_none(self, part: Sequence[_Asking], why: str, silent: int) -> None:
        """No answer: fewer nodes are asked at once, and then none."""
        for one in part:
            one.point = b""
            one.start_ns = max(one.start_ns, one.of.upto_ns, int(one.held.times_ns.max(initial=0)))
        if why.startswith(NONE):
            for one in part:
                one.of.left, one.of.lacks = why, True
        elif len(part) > 1:
            self._most_nodes = max(1, len(part) // 2)
        elif silent >= PATIENCE:
            part[0].of.left = why

    async def _release(self, left: Sequence[_Asking]) -> None:
        """Give back what the server keeps for us."""
        if not left:
            return
        asked = AskedHistory([(one.of.node, one.point) for one in left], 0, 0, 0, self._time, release=True)
        for one in left:
            one.point = b""
        with suppress(Exception):  # a server that is gone keeps nothing
            await self._connection.ask(asked.message, HISTORY_ANSWER)


NONE = "its server keeps no history that we may read"


def _alike(asking: Sequence[_Asking]) -> list[_Asking]:
    """Those that may be asked together: a request has one span for all its nodes, and goes on or begins."""
    first = asking[0]
    return [one for one in asking if one.start_ns == first.start_ns and bool(one.point) == bool(first.point)]


def _take(one: _Asking, answer: NodeHistory, end_ns: int) -> int:
    """Hold what of an answer is new and of its span; how much that is."""
    of, columns, times = one.of, answer.columns, answer.columns.times_ns
    inside: NDArray[np.bool_] = (times >= max(of.start_ns, 1)) & (times <= end_ns)
    # A server may give one value from before the span, as its bound, though it was told not to.
    of.note_odd("outside the span that was asked for", int((times > end_ns).sum()))
    of.note_odd("without a stamp", int((times <= 0).sum()))
    inside &= times > of.upto_ns
    new = int((inside & ~np.isin(times, one.held.times_ns)).sum())
    one.held = joined_columns(one.held, columns.take(inside))
    of.taken += int(inside.sum())
    return new


def _in_order(one: _Asking) -> DecodedColumns:
    """What is held of a node, in the order of its stamps and each once; nothing is held then."""
    of, held, times = one.of, one.held, one.held.times_ns
    order = np.argsort(times, kind="stable")
    of.note_odd("not in the order of their stamps", int((np.diff(times) < 0).sum()))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = times[order][1:] != times[order][:-1]
    of.note_odd("twice under one stamp", int((~first).sum()))
    order = order[first]
    wrong = {place: held.wrong[row] for place, row in enumerate(order.tolist()) if row in held.wrong}
    exact = {place: held.exact[row] for place, row in enumerate(order.tolist()) if row in held.exact}
    found = DecodedColumns(held.values[order], held.status[order], times[order], wrong, exact=exact)
    of.upto_ns = max(of.upto_ns, int(found.times_ns[-1]))
    one.held = DecodedColumns.empty(0)
    return found


def _goes_on(one: _Asking, answer: NodeHistory, new: int, most: int, end_ns: int) -> bool:
    """Whether the node is asked again in this span; notes why not, if it should be."""
    of, code = one.of, answer.status & CODE_BITS
    one.point = answer.continuation
    if code in NO_HISTORY:
        of.left, of.lacks = f"{NONE} ({status_name(code)})", True
        return False
    if answer.status >> 31 and code not in _NOTHING_THERE and code not in _POINT_LOST:
        of.left = f"its server says {status_name(code)}"
        return False
    # Some servers cut an answer without saying where it goes on.
    cut = not one.point and (code in _POINT_LOST or len(answer.columns.status) >= most)
    if not one.point and not cut:
        return False
    if cut:
        one.start_ns = max(one.start_ns, of.upto_ns, int(one.held.times_ns.max(initial=0)))
    one.vain = 0 if new else one.vain + 1
    span_s = (end_ns - of.start_ns) / 1e9
    if one.vain >= PATIENCE or of.taken > span_s * MOST_PER_S + VALUES_PER_ANSWER:
        of.left = "its history has no end"
        return False
    return True
