"""Asks suspects by themselves, beside the polls of all other nodes."""

from asyncua.ua.uaerrors import UaStatusCodeError

from collector.sources.base import TimeFrom
from collector.sources.opcua.connection import Connection, UnknownNamespace
from collector.sources.opcua.poll import NO_ANSWER
from collector.sources.opcua.requests import READ_ANSWER, EncodedRead
from collector.sources.opcua.suspects import Suspects


async def ask_suspects(connection: Connection, suspects: Suspects, time_from: TimeFrom) -> None:
    """Ask all that are due, one group after the other.

    Raises:
        TimeoutError: the server answers nothing any more.
        OSError: the line failed.
    """
    while (nodes := suspects.due()) is not None:
        suspects.testing = nodes
        if await _is_answered(connection, nodes, time_from):
            suspects.answered(nodes)
        else:
            alive = await connection.is_alive()
            suspects.unanswered(nodes, alive=alive)
            if not alive:
                raise TimeoutError
        suspects.testing = None


async def _is_answered(connection: Connection, nodes: tuple[str, ...], time_from: TimeFrom) -> bool:
    """Whether the server answers a read of the nodes in time, whatever with: that is judged where they are needed."""
    found = []
    for node in nodes:
        try:
            found.append(connection.resolve(node))
        except UnknownNamespace:
            continue  # told where the node is needed
    if not found:
        return True
    try:
        await connection.ask(EncodedRead(found, time_from).message, READ_ANSWER)
    except TimeoutError:
        return False
    except UaStatusCodeError as error:
        return error.code not in NO_ANSWER
    return True
