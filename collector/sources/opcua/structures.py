"""What a server's own structures hold, by the definitions that it gives of their types.

Nothing is made into Python code, as the library would: a structure becomes a mapping of its members' names. A server
that gives no definitions (older than OPC UA 1.04) has its members as nodes of their own, which can be named instead.
"""

import struct
from dataclasses import dataclass, fields, is_dataclass

from asyncua import ua
from asyncua.common.utils import Buffer, NotEnoughData
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.object_ids import ObjectIds
from asyncua.ua.ua_binary import unpack_uatype
from asyncua.ua.uaerrors import UaError

from collector.sources.opcua.connection import Connection
from collector.sources.opcua.good_value import good_value

_LAST_BUILT_IN = 25
_DEEPEST = 8
_MOST_MEMBERS = 500
_MOST_ELEMENTS = 10_000
"""In one array of a structure. A data block of a PLC has 64 KB."""
_READABLE = frozenset(range(1, 14)) | {14, 15, 17, 19, 20, 21}
"""Built-in types that a member may have, as numbers, texts, times and names."""


class UnknownStructure(ValueError):
    """The server's definition of a type is lacking, or of a kind that is not read; the text says which."""


@dataclass(frozen=True, slots=True)
class Member:
    """`kind`: number of a built-in type, or a structure within."""

    name: str
    kind: "int | StructureLayout"
    is_array: bool
    is_optional: bool


@dataclass(frozen=True, slots=True)
class StructureLayout:
    """The members in the order in which they are sent; `encoding` is what values of the type name as theirs."""

    encoding: ua.NodeId
    members: tuple[Member, ...]

    def values(self, body: bytes) -> dict[str, object]:
        """By name, what the bytes of a value hold. Raises UnknownStructure if they are not of this type."""
        buffer = Buffer(body)
        try:
            held = self._read(buffer)
        except (NotEnoughData, struct.error, ValueError, UaError, OverflowError) as error:
            raise UnknownStructure(f"its bytes are not those of its type ({type(error).__name__})") from error
        if len(buffer):
            raise UnknownStructure(f"{len(buffer)} bytes are left over behind its members")
        return held

    def _read(self, buffer: Buffer) -> dict[str, object]:
        optional = [member.name for member in self.members if member.is_optional]
        there = int(unpack_uatype(ua.VariantType.UInt32, buffer)) if optional else 0
        held: dict[str, object] = {}
        for member in self.members:
            if member.is_optional and not there >> optional.index(member.name) & 1:
                continue
            held[member.name] = _array(member, buffer) if member.is_array else _one(member, buffer)
        return held


def _array(member: Member, buffer: Buffer) -> list[object]:
    count = int(unpack_uatype(ua.VariantType.Int32, buffer))
    if count > min(_MOST_ELEMENTS, len(buffer)):
        raise UnknownStructure(f"{member.name} claims {count} elements")
    return [_one(member, buffer) for _ in range(max(0, count))]


def _one(member: Member, buffer: Buffer) -> object:
    if isinstance(member.kind, StructureLayout):
        return member.kind._read(buffer)
    value: object = unpack_uatype(ua.VariantType(member.kind), buffer)
    return value


class Structures:
    """The types of one connection, each asked for once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._known: dict[ua.NodeId, StructureLayout] = {}

    async def plain(self, node: ua.NodeId, value: object) -> object:
        """A value of the variable `node` with lists and mappings in place of structures. Raises as `of_node`."""
        if isinstance(value, list):
            return [await self.plain(node, one) for one in value]
        if isinstance(value, ua.ExtensionObject):
            layout = await self.of_node(node)
            if value.TypeId != layout.encoding:
                raise UnknownStructure("its value is of another type than its node says: name the node of the member")
            return layout.values(bytes(value.Body or b""))
        if is_dataclass(value) and not isinstance(value, ua.NodeId):  # of the standard's own types
            return {one.name: await self.plain(node, getattr(value, one.name)) for one in fields(value)}
        return value

    async def of_node(self, node: ua.NodeId) -> StructureLayout:
        """The layout of the values of a variable.

        Raises:
            UnknownStructure: the server gives no definition of it, or one that is not read.
            UaError, OSError, TimeoutError: the server or the line failed as a whole.
        """
        (data_type,) = await self._attributes([node], AttributeIds.DataType)
        if not isinstance(data_type, ua.NodeId):
            raise UnknownStructure("the server does not say of which type it is")
        return await self._layout(data_type, 0)

    async def _layout(self, data_type: ua.NodeId, depth: int) -> StructureLayout:
        if data_type in self._known:
            return self._known[data_type]
        (definition,) = await self._attributes([data_type], AttributeIds.DataTypeDefinition)
        if not isinstance(definition, ua.StructureDefinition):
            raise UnknownStructure(
                f"the server gives no definition of its type {data_type.to_string()}: name the node of the member"
            )
        if definition.StructureType not in (ua.StructureType.Structure, ua.StructureType.StructureWithOptionalFields):
            raise UnknownStructure(f"a {definition.StructureType.name} is not read: name the node of the member")
        fields = list(definition.Fields or ())
        if len(fields) > _MOST_MEMBERS or depth >= _DEEPEST:
            raise UnknownStructure(f"its type has {len(fields)} members at depth {depth}, which is more than is read")
        members = [await self._member(field, depth) for field in fields]
        layout = StructureLayout(definition.DefaultEncodingId, tuple(members))
        self._known[data_type] = layout
        return layout

    async def _member(self, field: ua.StructureField, depth: int) -> Member:
        if field.ValueRank not in (-1, 1):
            raise UnknownStructure(f"{field.Name} is an array of {field.ValueRank} dimensions, which is not read")
        kind = await self._kind(field.DataType, depth)
        return Member(str(field.Name), kind, field.ValueRank == 1, bool(field.IsOptional))

    async def _kind(self, data_type: ua.NodeId, depth: int) -> int | StructureLayout:
        """A built-in type, that on which a type is built, or a structure."""
        asked = data_type
        for _ in range(_DEEPEST):
            if asked.NamespaceIndex == 0 and isinstance(asked.Identifier, int):
                if asked.Identifier in _READABLE:
                    return asked.Identifier
                if asked.Identifier == ObjectIds.Enumeration:
                    return int(ua.VariantType.Int32)
                if asked.Identifier == ObjectIds.Structure:
                    return await self._layout(data_type, depth + 1)
                if asked.Identifier <= _LAST_BUILT_IN:
                    break
            asked = await self._built_on(asked)
        raise UnknownStructure(f"a member of type {data_type.to_string()} is not read: name the node of the member")

    async def _built_on(self, data_type: ua.NodeId) -> ua.NodeId:
        node = self.connection.client.get_node(data_type)
        references = await node.get_references(
            refs=ObjectIds.HasSubtype, direction=ua.BrowseDirection.Inverse, includesubtypes=False
        )
        if not references:
            raise UnknownStructure(f"the server does not say on which type {data_type.to_string()} is built")
        found: ua.NodeId = references[0].NodeId
        return ua.NodeId(found.Identifier, found.NamespaceIndex, found.NodeIdType)

    async def _attributes(self, nodes: list[ua.NodeId], attribute: AttributeIds) -> list[object]:
        values = await self.connection.client.uaclient.session.read_attributes(nodes, attribute)
        return [good_value(value) for value in values]
