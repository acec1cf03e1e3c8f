"""Walks a server's address space: drafts tag entries for plant.yaml from its numbers, and lists everything else."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asyncua import ua
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.uaerrors import UaStatusCodeError

from collector.sources.opcua.connection import Connection
from collector.sources.opcua.good_value import good_value
from collector.sources.opcua.poll import TOO_MUCH
from collector.sources.opcua.read_each import Connect, read_each
from collector.sources.opcua.short_text import short_repr
from collector.sources.opcua.status_quality import status_name

_HIERARCHICAL = ua.NodeId(ua.Int32(ObjectIds.HierarchicalReferences))
_OBJECTS = ua.NodeId(ua.Int32(ObjectIds.ObjectsFolder))
_SERVER = ua.NodeId(ua.Int32(ObjectIds.Server))
_HAS_PROPERTY = ua.NodeId(ua.Int32(ObjectIds.HasProperty))
# A node's references are tens of bytes each and some folders hold thousands: a hundred nodes still fit one answer.
# A judgement; a draft is made once and by hand, so speed matters little.
_NODES_PER_BROWSE = 100
MOST_VARIABLES = 250_000
"""A server may show a whole archive. 100,000 took 315 MB with a watch of them all; this bounds memory. A judgement."""
MOST_NODES = 500_000
"""Seen on the way, variables or not: a server may make up its folders while they are walked. A judgement."""
_DEEPEST = 50
"""Folders within folders; works have six. A loop of names that are new each time has no end. A judgement."""
_REFERENCES_AT_ONCE = 1_000
"""Asked of one node whose children do not fit one answer; the server goes on where it stopped."""
_VALUES_PER_READ = 5_000
"""Between two words on how it goes; a slow server reads so many in some seconds."""
_LONGEST_NAME = 200
# Enough of an array to see what it holds, on a line that an editor shows whole. A judgement.
_SHOWN = 3
_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a server. `node` names its namespace by URI; `path` are the browse names that lead to it.

    `data_type`: of its value, such as "Double" or "String[8]"; "" if it has none, and then `status` says why. `shown`:
    the beginning of its value for a person. `number`: its value, if that is what a tag can hold.
    """

    node: str
    path: tuple[str, ...]
    data_type: str
    status: str
    shown: str
    number: float | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None


@dataclass(slots=True)
class _FoundVariable:
    node: ua.NodeId
    path: tuple[str, ...]
    unit: ua.NodeId | None = None
    limits: ua.NodeId | None = None


@dataclass(frozen=True, slots=True)
class Browsed:
    """What a server shows. `left_out`: what there may be besides, in words; "" where it was seen to its end."""

    variables: list[Variable]
    left_out: str = ""


def _untold(_: str) -> None:
    pass


async def browse(connect: Connect, tell: Callable[[str], None] = _untold) -> Browsed:
    """All variables below Objects except the Server object, in the order in which the server lists them.

    `tell` hears often how far it is: a large server takes minutes.

    Raises:
        UaError, OSError, TimeoutError: the server or the line failed.
        SourceUnavailable: it cannot be connected to.
    """
    async with connect() as connection:
        found, left_out = await _variables(connection, tell)
        namespaces = connection.facts.namespaces
    # What holds up the server costs a connection, so the values are read over as many as that takes.
    return Browsed(await _with_values(connect, namespaces, found, tell), left_out)


async def _variables(connection: Connection, tell: Callable[[str], None]) -> tuple[list[_FoundVariable], str]:
    # Level by level, and each node once: address spaces have loops, and one node may have several parents.
    found: dict[ua.NodeId, _FoundVariable] = {}
    seen = {_SERVER, _OBJECTS}
    level: list[tuple[ua.NodeId, tuple[str, ...]]] = [(_OBJECTS, ())]
    while level and len(found) < MOST_VARIABLES and len(seen) < MOST_NODES and len(level[0][1]) < _DEEPEST:
        following: list[tuple[ua.NodeId, tuple[str, ...]]] = []
        for first in range(0, len(level), _NODES_PER_BROWSE):
            if len(seen) >= MOST_NODES or len(found) >= MOST_VARIABLES:
                break
            tell(f"{len(seen)} nodes seen, {len(found)} of them variables")
            part = level[first : first + _NODES_PER_BROWSE]
            for (parent, path), references in zip(part, await _children(connection, part), strict=True):
                for reference in references:
                    node = ua.NodeId(
                        reference.NodeId.Identifier, reference.NodeId.NamespaceIndex, reference.NodeId.NodeIdType
                    )
                    if reference.ReferenceTypeId == _HAS_PROPERTY:
                        _note_property(found.get(parent), reference.BrowseName.Name, node)
                        continue
                    if node in seen:
                        continue
                    seen.add(node)
                    name = (*path, str(reference.BrowseName.Name)[:_LONGEST_NAME])
                    if reference.NodeClass == ua.NodeClass.Variable:
                        found[node] = _FoundVariable(node, name)
                    following.append((node, name))
        level = following
    return list(found.values()), _left_out(len(found), len(seen), len(level[0][1]) if level else 0)


def _left_out(variables: int, nodes: int, depth: int) -> str:
    if variables >= MOST_VARIABLES or nodes >= MOST_NODES:
        return f"the server has more: it was left after {variables} variables in {nodes} nodes"
    return f"the server has folders within {_DEEPEST} folders, which were not opened" if depth >= _DEEPEST else ""


def _note_property(variable: _FoundVariable | None, name: str | None, node: ua.NodeId) -> None:
    if variable is not None and name == "EngineeringUnits":
        variable.unit = node
    if variable is not None and name == "EURange":
        variable.limits = node


async def _children(
    connection: Connection, nodes: Sequence[tuple[ua.NodeId, tuple[str, ...]]]
) -> list[list[ua.ReferenceDescription]]:
    """References to the children of each node, continuation points followed to their end.

    What does not fit one answer is asked for in halves, and of a single node in parts.
    """
    session = connection.client.uaclient.session
    parameters = ua.BrowseParameters()
    parameters.NodesToBrowse = [_description(node) for node, _ in nodes]
    parameters.RequestedMaxReferencesPerNode = ua.UInt32(_REFERENCES_AT_ONCE if len(nodes) == 1 else 0)
    try:
        results = await session.browse(parameters)
    except UaStatusCodeError as error:
        if error.code not in TOO_MUCH or len(nodes) == 1:
            raise
        half = len(nodes) // 2
        return [*await _children(connection, nodes[:half]), *await _children(connection, nodes[half:])]
    children = [list(result.References or []) for result in results]
    for index, result in enumerate(results):
        point = result.ContinuationPoint
        while point and len(children[index]) < MOST_NODES:
            following = ua.BrowseNextParameters(ReleaseContinuationPoints=False, ContinuationPoints=[point])
            (more,) = await session.browse_next(following)
            if not more.References:
                break  # a point at which nothing follows leads nowhere
            children[index].extend(more.References)
            point = more.ContinuationPoint
    return children


def _description(node: ua.NodeId) -> ua.BrowseDescription:
    description = ua.BrowseDescription()
    description.NodeId = node
    description.BrowseDirection = ua.BrowseDirection.Forward
    description.ReferenceTypeId = _HIERARCHICAL
    description.IncludeSubtypes = True
    description.NodeClassMask = ua.UInt32(ua.NodeClass.Object | ua.NodeClass.Variable)
    description.ResultMask = ua.UInt32(ua.BrowseResultMask.All)
    return description


async def _with_values(
    connect: Connect, namespaces: Sequence[str], found: Sequence[_FoundVariable], tell: Callable[[str], None]
) -> list[Variable]:
    """Each with its value; a number with its unit and limits, if the server gives them."""
    values = await _read(connect, [variable.node for variable in found], "variables", tell)
    are_numbers = [_number(data) is not None for data in values]
    pairs = list(zip(found, are_numbers, strict=True))
    units = await _read_given(connect, [each.unit if is_number else None for each, is_number in pairs], "units", tell)
    limits = await _read_given(
        connect, [each.limits if is_number else None for each, is_number in pairs], "ranges", tell
    )
    return [
        Variable(
            node=node_text(variable.node, namespaces),
            path=variable.path,
            data_type=data_type(data),
            status=status_name(int(data.StatusCode.value) if data.StatusCode is not None else 0),
            shown=_shown(good_value(data)),
            number=_number(data),
            unit=unit.DisplayName.Text if isinstance(unit, ua.EUInformation) else None,
            low=float(limit.Low) if isinstance(limit, ua.Range) else None,
            high=float(limit.High) if isinstance(limit, ua.Range) else None,
        )
        for variable, data, unit, limit in zip(found, values, units, limits, strict=True)
    ]


async def _read(
    connect: Connect, nodes: Sequence[ua.NodeId], what: str, tell: Callable[[str], None]
) -> list[ua.DataValue]:
    """The values of all nodes, so many at a time. `what` they are, for a word on how it goes."""
    values: list[ua.DataValue] = []
    for first in range(0, len(nodes), _VALUES_PER_READ):
        tell(f"{len(values)} of {len(nodes)} {what} read")
        values += await read_each(connect, nodes[first : first + _VALUES_PER_READ])
    return values


async def _read_given(
    connect: Connect, nodes: Sequence[ua.NodeId | None], what: str, tell: Callable[[str], None]
) -> list[Any]:
    """The values of the nodes; None if there is no node or no Good value."""
    answers = iter(await _read(connect, [node for node in nodes if node is not None], what, tell))
    return [None if node is None else good_value(next(answers)) for node in nodes]


def _number(data: ua.DataValue) -> float | None:
    """The value as a tag holds it; None if it is Bad, no number, or more than one."""
    value = good_value(data)
    return float(value) if isinstance(value, int | float) else None


def data_type(data: ua.DataValue) -> str:
    """The type of a value, with the length of an array; "" if there is no Good value."""
    value = good_value(data)
    if data.Value is None or value is None:
        return ""
    length = f"[{len(value)}]" if isinstance(value, list) else ""
    return f"{data.Value.VariantType.name}{length}"


def _shown(value: object) -> str:
    """The beginning of a value, on one line."""
    items = value if isinstance(value, list) else [value]
    texts = [
        f"{item:%Y-%m-%d %H:%M:%SZ}" if isinstance(item, datetime) else short_repr(item) for item in items[:_SHOWN]
    ]
    text = ", ".join([*texts, "..."] if len(items) > _SHOWN else texts)
    return " ".join(text.split())[:_LONGEST_SHOWN]


def node_text(node: ua.NodeId, namespaces: Sequence[str]) -> str:
    """The node as plant.yaml writes it: with the URI of its namespace, because an index can change at a restart."""
    plain = ua.NodeId(node.Identifier, ua.Int16(0), node.NodeIdType).to_string()
    index = int(node.NamespaceIndex)
    if not 0 <= index < len(namespaces):  # the server names a namespace that it does not list
        return f"ns={index};{plain}"
    return plain if index == 0 else f"nsu={namespaces[index]};{plain}"


def draft_tags(variables: Sequence[Variable], source: str) -> list[dict[str, Any]]:
    """Tag entries for plant.yaml from numbers, each a gauge until a person says what it is. Signals are made from the
    last name."""
    entries: list[dict[str, Any]] = []
    taken: dict[str, int] = {}
    for variable in variables:
        entry: dict[str, Any] = {
            "signal": _signal(variable.path[-1], taken),
            "kind": "gauge",
            "source": source,
            "node": variable.node,
            "unit_of_measure": variable.unit or "1",
        }
        if variable.low is not None and variable.high is not None and variable.low < variable.high:
            entry |= {"low": variable.low, "high": variable.high}
        entries.append(entry)
    return entries


def _signal(name: str, taken: dict[str, int]) -> str:
    """A code that is not taken yet, from a browse name; letters that are not Latin become a plain "signal".

    `taken`: codes, each with the number that was last put behind it: of 100,000 variables all may be named "Value".
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    code = re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")[:56] or "signal"  # a code has 63 characters at most
    number, chosen = taken.get(code, 1), code
    while chosen in taken:
        number += 1
        chosen = f"{code}_{number}"
    taken[code] = number
    taken[chosen] = taken.get(chosen, 1)
    return chosen
