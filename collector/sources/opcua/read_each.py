"""Reads any nodes of a server, so that one which cannot be read, or holds up the whole server, costs no other."""

import struct
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

from asyncua import ua
from asyncua.ua.status_codes import StatusCodes
from asyncua.ua.uaerrors import UaError, UaStatusCodeError

from collector.sources.opcua.connection import Connection
from collector.sources.opcua.suspects import PARTS

Connect = Callable[[], AbstractAsyncContextManager[Connection]]
MOST_CONNECTIONS = 30
"""One node of 2,000 that holds up its server costs about twenty connections, each after a time-out. With several of
them there is no end to it: what is left then is told as not answered. A judgement."""
Group = tuple[int, ...]


async def read_each(connect: Connect, nodes: Sequence[ua.NodeId]) -> list[ua.DataValue]:
    """The values in the order of the nodes. One that is never answered has the status BadTimeout, one that the library
    cannot decode BadDecodingError.

    Raises:
        UaError, OSError, TimeoutError: the server or the line failed as a whole.
        SourceUnavailable: it cannot be connected to.
    """
    values: dict[int, ua.DataValue] = {}
    groups: list[Group] = [tuple(range(len(nodes)))] if nodes else []
    for _ in range(MOST_CONNECTIONS):
        if not groups:
            break
        async with connect() as connection:
            await _read_groups(connection, nodes, groups, values)
    left = (number for group in groups for number in group)
    values.update((number, _failed(StatusCodes.BadTimeout)) for number in left)
    return [values[number] for number in range(len(nodes))]


async def _read_groups(
    connection: Connection, nodes: Sequence[ua.NodeId], groups: list[Group], values: dict[int, ua.DataValue]
) -> None:
    """Take groups from the list until it is empty, or the connection answers nothing any more."""
    while groups:
        group = groups.pop()
        size = connection.nodes_per_read
        if len(group) > size:
            groups += [group[first : first + size] for first in range(0, len(group), size)]
            continue
        try:
            values.update(zip(group, await connection.read([nodes[number] for number in group]), strict=True))
        except (TimeoutError, UaError, ValueError, struct.error) as error:
            alive = await connection.is_alive()
            if not alive and not isinstance(error, TimeoutError):
                raise
            if len(group) == 1:
                values[group[0]] = _failed(_code(error))
            else:
                size = -(-len(group) // PARTS)
                groups += [group[first : first + size] for first in range(0, len(group), size)]
            if not alive:
                return


def _failed(code: int) -> ua.DataValue:
    return ua.DataValue(StatusCode=ua.StatusCode(ua.UInt32(code)))


def _code(error: Exception) -> int:
    if isinstance(error, TimeoutError):
        return int(StatusCodes.BadTimeout)
    return int(error.code) if isinstance(error, UaStatusCodeError) else int(StatusCodes.BadDecodingError)
