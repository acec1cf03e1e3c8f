"""Watches the numbers of an OPC UA server."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from collector.cli.proposal import WatchedNumber, proposal
from collector.cli.watching import now_and_then, watch

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from collector.config.settings import ConfiguredSource
    from collector.sources.opcua.browse import Variable
    from collector.sources.opcua.config import OpcUaConfig
    from collector.sources.opcua.connection import Connection
    from models.counting.shape_watch import WatchedShape


async def discover_opcua(
    source: "ConfiguredSource", config: "OpcUaConfig", folder: Path, seconds: float, kept: "dict[str, WatchedShape]"
) -> str:
    """Watch for so many seconds, take up in `kept`, by node, what was seen of each number, and propose.

    Raises SourceUnavailable: the server cannot be reached or refuses us.
    """
    import time

    from collector.sources.opcua.browse import browse
    from collector.sources.opcua.connection import connected, refusal_or_outage
    from collector.sources.opcua.good_value import good_value
    from collector.sources.opcua.quiet import quieten_library
    from models.counting.shape_watch import WatchedShape

    quieten_library()

    def connect() -> "AbstractAsyncContextManager[Connection]":
        return connected(config, folder, time.time_ns, time.monotonic)

    try:
        browsed = await browse(connect, now_and_then())
        variables = [variable for variable in browsed.variables if variable.number is not None]
        async with connect() as connection:
            known = _known(source, connection.facts.namespaces)
            nodes = [connection.resolve(variable.node) for variable in variables]
            shapes = [kept.setdefault(variable.node, WatchedShape()) for variable in variables]

            async def look(at_s: float) -> None:
                for shape, data in zip(shapes, await connection.read(nodes), strict=True):
                    value = good_value(data)
                    if isinstance(value, int | float):
                        shape.look(at_s, value)
                await connection.renew_when_due()

            await watch(look, lambda: shapes, seconds)
    except Exception as error:
        raise refusal_or_outage(error, config, "watching its numbers") from error
    remarks = [browsed.left_out] if browsed.left_out else []
    return proposal(opcua_numbers(variables, shapes, known, config.name), seconds, remarks)


def opcua_numbers(
    variables: "Sequence[Variable]", shapes: "Sequence[WatchedShape]", known: dict[str, str], source: str
) -> list[WatchedNumber]:
    """What was seen of each; counters with the draft of a tag. `known`: tags by node."""
    from collector.sources.opcua.browse import draft_tags
    from models.counting.shape_watch import NumberShape, proposed

    found = [proposed(shape, variable.data_type) for variable, shape in zip(variables, shapes, strict=True)]
    is_new = [
        each.shape is NumberShape.COUNTER and variable.node not in known
        for variable, each in zip(variables, found, strict=True)
    ]
    drafts = iter(draft_tags([variable for variable, new in zip(variables, is_new, strict=True) if new], source))
    numbers = []
    for variable, shape, each, new in zip(variables, shapes, found, is_new, strict=True):
        draft = {key: value for key, value in next(drafts).items() if key not in ("low", "high")} if new else {}
        entry = draft | each.keys if new else {}
        path, tag = "/".join(variable.path), known.get(variable.node, "")
        numbers.append(WatchedNumber(path, variable.node, variable.data_type, shape, each, entry, tag))
    return numbers


def _known(source: "ConfiguredSource", namespaces: Sequence[str]) -> dict[str, str]:
    """By node with the URI of its namespace, the tag that reads it."""
    from collector.sources.opcua.address import node_place

    found = {}
    for _, tag, address in source.tags:
        for node in address.nodes:
            try:
                found[node_place(node, namespaces)] = tag.name
            except LookupError:
                continue
    return found
