"""Nodes of an asyncua server, created once and then written the short way."""

from collections.abc import Sequence

from asyncua import ua
from asyncua.server.server import Server
from asyncua.ua.attribute_ids import AttributeIds
from asyncua.ua.status_codes import StatusCodes

from models.works.codes import Quality

_STATUS = {
    Quality.GOOD: ua.StatusCode(ua.UInt32(StatusCodes.Good)),
    Quality.UNCERTAIN: ua.StatusCode(ua.UInt32(StatusCodes.UncertainLastUsableValue)),
    Quality.BAD: ua.StatusCode(ua.UInt32(StatusCodes.BadSensorFailure)),
}


class AddressSpace:
    """The variables of one namespace. Clients may read them and nothing else."""

    def __init__(self, server: Server, namespace_index: int) -> None:
        self._server = server
        self._index = namespace_index

    async def add(self, folder: str, name: str, value: object, kind: ua.VariantType) -> ua.NodeId:
        """A variable "<name>" in the object `folder` (made when it is new); returns its node id."""
        objects = self._server.get_objects_node()
        folder_id = ua.NodeId(ua.String(folder), ua.Int16(self._index))
        if folder_id not in self._server.iserver.aspace:
            await objects.add_object(folder_id, ua.QualifiedName(folder, ua.UInt16(self._index)))
        node_id = ua.NodeId(ua.String(name), ua.Int16(self._index))
        variant = ua.Variant(value, kind, is_array=isinstance(value, list))
        parent = self._server.get_node(folder_id)
        await parent.add_variable(node_id, ua.QualifiedName(name, ua.UInt16(self._index)), variant)
        return node_id

    async def write(
        self,
        node_id: ua.NodeId,
        value: float | int | Sequence[object],
        kind: ua.VariantType,
        time: ua.DateTime,
        server_time: ua.DateTime,
        quality: Quality = Quality.GOOD,
    ) -> None:
        """Give a variable a new value as of `time`."""
        held = list(value) if isinstance(value, Sequence) else value
        data = ua.DataValue(
            ua.Variant(held, kind, is_array=isinstance(held, list)),
            _STATUS[quality],
            SourceTimestamp=time,
            ServerTimestamp=server_time,
        )
        await self._server.iserver.aspace.write_attribute_value(node_id, AttributeIds.Value, data)
