"""HistoryRead (raw): its request, and its answer as columns, without an object for each value.

The answer is bounded as all answers are (4 MB), and stepped over part by part: nothing of it is believed before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import nodeid_from_binary, nodeid_to_binary, struct_from_binary, struct_to_binary

from collector.sources.opcua.answers import answer_to
from collector.sources.opcua.clock import ns_to_datetime
from collector.sources.opcua.decode import DecodedColumns, ValueReader
from collector.sources.opcua.records import TimePart
from collector.sources.opcua.requests import timestamps_to_return
from collector.sources.opcua.walk import Undecodable, Walk, node_id
from collector.sources.opcua.walk_values import extension_object

HISTORY_ANSWER = answer_to(ua.HistoryReadRequest, in_columns=True)
LONGEST_CONTINUATION = 4_096
"""Bytes of a continuation point: a cursor of some tens. It is sent back, so it is not taken at any length."""


@dataclass(frozen=True, slots=True)
class AskedHistory:
    """Raw values of `nodes` (NodeId, continuation point) in [start_ns, end_ns], at most `most` of each at a time."""

    nodes: Sequence[tuple[ua.NodeId, bytes]]
    start_ns: int
    end_ns: int
    most: int
    time: TimePart
    release: bool = False

    def message(self, header: ua.RequestHeader) -> bytes:
        """The whole request with this header."""
        details = ua.ReadRawModifiedDetails()
        details.IsReadModified = False
        details.StartTime = ns_to_datetime(self.start_ns)
        details.EndTime = ns_to_datetime(self.end_ns)
        details.NumValuesPerNode = ua.UInt32(self.most)
        details.ReturnBounds = False
        request = ua.HistoryReadRequest()
        asked = request.Parameters
        asked.HistoryReadDetails = details
        asked.TimestampsToReturn = timestamps_to_return(self.time)
        asked.ReleaseContinuationPoints = self.release
        asked.NodesToRead = [
            ua.HistoryReadValueId(NodeId=node, ContinuationPoint=point or None) for node, point in self.nodes
        ]
        return nodeid_to_binary(request.TypeId) + struct_to_binary(header) + struct_to_binary(asked)


@dataclass(frozen=True, slots=True)
class NodeHistory:
    """Of one node: the server's status code, where to go on (b"": this was all), and the values."""

    status: int
    continuation: bytes
    columns: DecodedColumns


def decode_history(answer: Buffer, asked: int, time: TimePart) -> list[NodeHistory]:
    """A HistoryReadResponse to `asked` nodes, in their order.

    Raises:
        UaStatusCodeError: the service as a whole failed.
        Undecodable: its bytes are not what they claim to be, or of another number of nodes.
    """
    nodeid_from_binary(answer)
    struct_from_binary(ua.ResponseHeader, answer).ServiceResult.check()
    walk = Walk(bytes(answer))
    count, at = max(0, walk.length(0)), 4
    if count != asked:
        raise Undecodable(f"the history of {asked} nodes was asked for, that of {count} came")
    found = []
    for _ in range(count):
        one, at = _node_history(walk, at, time)
        found.append(one)
    return found


def _node_history(walk: Walk, at: int, time: TimePart) -> tuple[NodeHistory, int]:
    after = walk.skip(at, 4)
    status = int.from_bytes(walk.body[at:after], "little")
    length, at = max(0, walk.length(after)), after + 4
    if length > LONGEST_CONTINUATION:
        raise Undecodable(f"a continuation point of {length} bytes")
    point, at = walk.body[at : walk.skip(at, length)], at + length
    behind_type = node_id(walk, at)
    kind = ua.extension_objects_by_typeid.get(nodeid_from_binary(Buffer(walk.body, at, behind_type - at)))
    if kind is not ua.HistoryData or not walk.byte(behind_type) & 1:
        return NodeHistory(status, point, DecodedColumns.empty(0)), extension_object(walk, at)
    length, at = walk.length(behind_type + 1), behind_type + 5
    end = walk.end if length == -1 else walk.skip(at, length)  # left out by old servers
    part = Walk(walk.body[at:end], parts=walk.parts)
    count = max(0, part.length(0))
    if count > part.end:
        raise Undecodable(f"{count} values are claimed in {part.end} bytes")
    columns = DecodedColumns.empty(count)
    behind = ValueReader(part, columns, time).read(4, 0, count)
    walk.parts = part.parts
    return NodeHistory(status, point, columns), at + behind if length == -1 else end
