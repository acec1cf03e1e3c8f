"""Tags that are parts of arrays and structures: each node is read once at a poll, and its parts are taken from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from asyncua import ua
from asyncua.ua.uaerrors import UaStatusCodeError

from collector.sources.base import TimeFrom
from collector.sources.opcua.clock import datetime_to_ns
from collector.sources.opcua.connection import Connection, UnknownNamespace
from collector.sources.opcua.parts import Step, part_of
from collector.sources.opcua.status_quality import StatusQuality, status_name
from collector.sources.opcua.structures import Structures, UnknownStructure
from collector.sources.opcua.targets import wrong_type
from models.counting.reading import Rejection
from models.counting.status_text import number_of, unknown_text
from models.works.codes import Quality
from models.works.exact_number import Number
from models.works.exact_number import held as exactly
from models.works.plant import Tag


@dataclass(frozen=True, slots=True)
class PartTag:
    """One tag: `index` into Plant.tags, its node, and its path in the node's value."""

    index: int
    tag: Tag
    node: str
    path: tuple[Step, ...]


@dataclass(slots=True)
class PartsRead:
    """Rows (index, value in the tag's unit, time_ns, quality), what the source said of bad ones, what is no number, and
    by tag name why a part cannot be read."""

    rows: list[tuple[int, Number, int, Quality]] = field(default_factory=list)
    remarks: dict[int, str] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    bad: dict[str, str] = field(default_factory=dict)


class PartNodes:
    """The parts of one source over one connection."""

    def __init__(self, connection: Connection, parts: Sequence[PartTag], quality: StatusQuality) -> None:
        self._connection = connection
        self._structures = Structures(connection)
        self._quality = quality
        self._by_node: dict[str, list[PartTag]] = {}
        for part in parts:
            self._by_node.setdefault(part.node, []).append(part)

    async def read(self, bad: Mapping[str, str], received_ns: int) -> PartsRead:
        """Read all nodes but those whose parts are all `bad` already.

        Raises:
            UaError, OSError, TimeoutError: the server or the line failed as a whole.
        """
        found, asked = PartsRead(), dict[str, ua.NodeId]()
        for text, parts in self._by_node.items():
            if all(part.tag.name in bad for part in parts):
                continue
            try:
                asked[text] = self._connection.resolve(text)
            except UnknownNamespace as error:
                found.bad.update({part.tag.name: str(error) for part in parts})
        try:
            values = await self._connection.read(list(asked.values())) if asked else []
        except TimeoutError:
            if not await self._connection.is_alive():
                raise
            why = "the server does not answer a read of it"
            found.bad.update({part.tag.name: why for text in asked for part in self._by_node[text]})
            return found
        for (text, node), data in zip(asked.items(), values, strict=True):
            await self._take(found, self._by_node[text], node, data, received_ns)
        return found

    async def _take(
        self, found: PartsRead, parts: Sequence[PartTag], node: ua.NodeId, data: ua.DataValue, received_ns: int
    ) -> None:
        config = self._connection.config
        status = int(data.StatusCode.value) if data.StatusCode is not None else 0
        quality, time_ns = self._quality.of(status), _time_ns(data, config.time_from, received_ns)
        if quality == Quality.BAD:
            for part in parts:
                found.remarks[len(found.rows)] = status_name(status)
                found.rows.append((part.index, float("nan"), time_ns, quality))
            return
        try:
            value = await self._structures.plain(node, data.Value.Value if data.Value is not None else None)
        except UnknownStructure as error:
            found.bad.update({part.tag.name: str(error) for part in parts})
            return
        except UaStatusCodeError as error:
            found.bad.update({part.tag.name: f"its type cannot be read: {type(error).__name__}" for part in parts})
            return
        for part in parts:
            try:
                held = part_of(value, part.path)
            except LookupError as error:
                found.bad[part.tag.name] = str(error)
                continue
            if part.tag.texts:
                number = number_of(part.tag, held)
                if number is None:
                    text = unknown_text(part.tag, held)
                    found.rejections.append(wrong_type(config.name, part.tag, text, time_ns, quality, str(held)))
                else:
                    found.rows.append((part.index, number, time_ns, quality))
            elif isinstance(held, bool | int | float):
                found.rows.append((part.index, part.tag.conversion.applied(exactly(held)), time_ns, quality))
            else:
                text = f"{type(held).__name__} {str(held)[:60]!r}"
                found.rejections.append(wrong_type(config.name, part.tag, text, time_ns, quality))


def _time_ns(data: ua.DataValue, time_from: TimeFrom, received_ns: int) -> int:
    if time_from == "receive":
        return received_ns
    stamp = data.SourceTimestamp if time_from == "source" else data.ServerTimestamp
    return datetime_to_ns(stamp) if isinstance(stamp, datetime) else 0
