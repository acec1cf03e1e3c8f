"""Reads any nodes of a server, so that one which cannot be read costs no other."""

import struct
from collections.abc import Sequence

from asyncua import ua
from asyncua.ua.status_codes import StatusCodes
from asyncua.ua.uaerrors import UaError, UaStatusCodeError

from collector.sources.opcua.connection import Connection
from collector.sources.opcua.suspects import PARTS


async def read_each(connection: Connection, nodes: Sequence[ua.NodeId]) -> list[ua.DataValue]:
    """The values in the order of the nodes. One that is never answered has the status BadTimeout, one that the library
    cannot decode BadDecodingError.

    Raises:
        UaError, OSError, TimeoutError: the server or the line failed as a whole.
    """
    values: list[ua.DataValue] = []
    size = connection.nodes_per_read
    for first in range(0, len(nodes), size):
        values += await _read_part(connection, nodes[first : first + size])
    return values


async def _read_part(connection: Connection, nodes: Sequence[ua.NodeId]) -> list[ua.DataValue]:
    try:
        return await connection.read(nodes)
    except (TimeoutError, UaError, ValueError, struct.error) as error:
        if not await connection.is_alive():
            raise
        if len(nodes) == 1:
            return [ua.DataValue(StatusCode=ua.StatusCode(ua.UInt32(_code(error))))]
    values: list[ua.DataValue] = []
    size = -(-len(nodes) // PARTS)
    for first in range(0, len(nodes), size):
        values += await _read_part(connection, nodes[first : first + size])
    return values


def _code(error: Exception) -> int:
    if isinstance(error, TimeoutError):
        return int(StatusCodes.BadTimeout)
    return int(error.code) if isinstance(error, UaStatusCodeError) else int(StatusCodes.BadDecodingError)
