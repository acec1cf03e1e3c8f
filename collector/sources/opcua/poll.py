"""What is read at each poll: all nodes of a source in as few requests as the limits allow, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from asyncua.ua.status_codes import StatusCodes
from asyncua.ua.uaerrors import UaStatusCodeError

from collector.sources.base import TimeFrom
from collector.sources.opcua.connection import Connection, UnknownNamespace
from collector.sources.opcua.decode import DecodedColumns, decode_read_response
from collector.sources.opcua.requests import READ_ANSWER, EncodedRead
from collector.sources.opcua.status_quality import status_name
from collector.sources.opcua.suspects import Suspects
from collector.sources.opcua.targets import TagColumns, Target, name_texts
from collector.sources.opcua.walk import Undecodable

if TYPE_CHECKING:
    from asyncua import ua

    from collector.sources.opcua.records import TimePart

# The node itself cannot be read as asked: asking again at the next poll is of no use.
NODE_FAULTS = np.array(
    [
        StatusCodes.BadNodeIdUnknown,
        StatusCodes.BadNodeIdInvalid,
        StatusCodes.BadNodeIdRejected,
        StatusCodes.BadAttributeIdInvalid,
        StatusCodes.BadNotReadable,
        StatusCodes.BadUserAccessDenied,
    ],
    dtype=np.uint32,
)
# The server can answer, but not so much at a time.
TOO_MUCH = (
    StatusCodes.BadTooManyOperations,
    StatusCodes.BadResponseTooLarge,
    StatusCodes.BadRequestTooLarge,
    StatusCodes.BadEncodingLimitsExceeded,
    StatusCodes.BadTcpMessageTooLarge,
    StatusCodes.BadOutOfMemory,
)
# The server gave the answer up itself: as good as none.
NO_ANSWER = (StatusCodes.BadTimeout, StatusCodes.BadRequestTimeout)
# The server stumbled over one value of many, and says it of the whole request.
ONE_AT_FAULT = (StatusCodes.BadInternalError, StatusCodes.BadUnexpectedError, StatusCodes.BadEncodingError)


@dataclass(frozen=True, slots=True)
class _Chunk:
    first: int
    read: EncodedRead


class ReadPlan:
    """The nodes of one connection, encoded. Rows are in the order of `targets`: tags first, ring heads last.

    `bad` is what could not be resolved, or was dropped since: tag name -> why. What `suspects` holds is left out.
    `unanswered` are the rows of the last read that the server did not answer, though it answers others.
    """

    def __init__(
        self, connection: Connection, targets: Sequence[Target], time_from: TimeFrom, suspects: Suspects
    ) -> None:
        self.bad: dict[str, str] = {}
        self.targets: list[Target] = []
        self.unanswered: list[int] = []
        self._connection = connection
        self._time_from: TimeFrom = time_from
        self._suspects = suspects
        self._nodes: list[ua.NodeId] = []
        for target in sorted(targets, key=lambda target: target.index is None):
            if suspects.holds((target.node,)):
                continue
            try:
                node = connection.resolve(target.node)
            except UnknownNamespace as error:
                self.bad[target.tag.name] = str(error)
                continue
            self.targets.append(target)
            self._nodes.append(node)
        self._encode()

    def _size(self) -> int:
        most = self._connection.nodes_per_read
        return min(most, self._suspects.request_size or most)

    def _encode(self) -> None:
        size = self._size()
        self._chunks = [
            _Chunk(first, EncodedRead(self._nodes[first : first + size], self._time_from))
            for first in range(0, len(self._nodes), size)
        ]
        self.tags = TagColumns.of([target for target in self.targets if target.index is not None])

    def drop(self, reasons: dict[int, str]) -> None:
        """Leave out rows from now on: row -> why. Those that were not answered are left out with them."""
        for row, reason in reasons.items():
            self.bad[self.targets[row].tag.name] = reason
        kept = [row for row in range(len(self.targets)) if row not in reasons and row not in self.unanswered]
        self.targets = [self.targets[row] for row in kept]
        self._nodes = [self._nodes[row] for row in kept]
        self._encode()

    async def read(self) -> DecodedColumns:
        """Read all rows. Rows that a request cannot be answered with are found by halving, and are Bad in the answer.

        Raises:
            UaStatusCodeError, ConnectionError, TimeoutError: the server or the line failed as a whole.
        """
        columns = DecodedColumns.empty(len(self._nodes))
        self.unanswered = []
        for chunk in self._chunks:
            await self._read_chunk(chunk, columns)
        if columns.texts:
            name_texts(self.tags.tags, columns)
        return columns

    async def _read_chunk(self, chunk: _Chunk, columns: DecodedColumns) -> None:
        time: TimePart | None = None if self._time_from == "receive" else self._time_from
        try:
            answer = await self._connection.ask(chunk.read.message, READ_ANSWER)
            decode_read_response(answer, columns, chunk.first, chunk.read.count, time)
        except TimeoutError:
            await self._leave_unanswered(chunk, alive=await self._connection.is_alive())
        except Undecodable as error:
            await self._read_halves(chunk, columns, error)
        except UaStatusCodeError as error:
            if error.code in NO_ANSWER:
                await self._leave_unanswered(chunk, alive=True)
            elif error.code in TOO_MUCH:
                self._connection.too_much(chunk.read.count)
                await self._read_halves(chunk, columns, error)
            elif error.code in ONE_AT_FAULT and await self._connection.is_alive():
                await self._read_halves(chunk, columns, error)
            else:
                raise

    async def _leave_unanswered(self, chunk: _Chunk, *, alive: bool) -> None:
        rows = range(chunk.first, chunk.first + chunk.read.count)
        self._suspects.unanswered(tuple(self.targets[row].node for row in rows), alive=alive)
        if not alive:
            raise TimeoutError
        self.unanswered += rows

    async def _read_halves(self, chunk: _Chunk, columns: DecodedColumns, error: Exception) -> None:
        """Halving finds one value at fault among n in about 2 log2(n) requests, and the others keep their values."""
        if chunk.read.count == 1:
            columns.status[chunk.first] = StatusCodes.BadDataEncodingInvalid
            columns.wrong[chunk.first] = f"it cannot be read: {error}"
            return
        half = chunk.read.count // 2
        for first, count in ((chunk.first, half), (chunk.first + half, chunk.read.count - half)):
            part = EncodedRead(self._nodes[first : first + count], self._time_from)
            await self._read_chunk(_Chunk(first, part), columns)

    def shrink_when_refused(self) -> None:
        """Encode again, in smaller requests, if the server refused larger ones in the last read."""
        if self._chunks and self._chunks[0].read.count > self._size():
            self._encode()


def node_faults(columns: DecodedColumns) -> dict[int, str]:
    """Row -> why, for rows whose node cannot be read at all."""
    if not columns.status.any():
        return {}
    codes = columns.status & np.uint32(0xFFFF0000)
    faults = {int(row): status_name(int(codes[row])) for row in np.flatnonzero(np.isin(codes, NODE_FAULTS))}
    undecodable = np.flatnonzero(codes == np.uint32(StatusCodes.BadDataEncodingInvalid))
    faults.update({int(row): columns.wrong[int(row)] for row in undecodable if int(row) in columns.wrong})
    return faults
