"""The nodes of a device that shows the newest weighing alone, read together at each poll."""

import struct
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from asyncua import ua
from asyncua.ua.uaerrors import UaStatusCodeError

from collector.sources.newest import given_members, shown_by
from collector.sources.opcua.address import NewestAddress
from collector.sources.opcua.connection import Connection
from collector.sources.opcua.poll import ONE_AT_FAULT, TOO_MUCH
from collector.sources.opcua.ring_image import RingUnreadable
from collector.sources.opcua.status_quality import StatusQuality, status_name
from collector.sources.opcua.structures import Structures
from models.counting.newest_thing import NewestThing, ShownThing, TakenThing, ThingLook, ThingState
from models.works.codes import Quality
from models.works.plant import Tag


@dataclass(frozen=True, slots=True)
class ThingTaken:
    """What is known from before: the newest event, and where it was read."""

    thing: TakenThing | None
    place: str | None


class NewestNodes:
    """One such memory, and what was taken of it."""

    def __init__(self, source: str, tag: Tag, address: NewestAddress, known: ThingTaken, zone: ZoneInfo) -> None:
        self.tag = tag
        self.address = address
        self._thing = NewestThing(source, tag, numbered=address.numbered)
        self._state = ThingState(known.thing)
        self._place = known.place
        self._zone = zone
        self._structures: Structures | None = None

    @property
    def nodes(self) -> tuple[str, ...]:
        """All that is read of it."""
        return tuple(str(node) for node in given_members(self.address).values())

    def read_at(self, place: str) -> None:
        """It is the one at `place` from now on. Of another one nothing was taken yet."""
        if self._place is not None and place != self._place:
            self._state = ThingState()
        self._place = place

    async def read(self, connection: Connection, quality: StatusQuality, received_ns: int) -> ThingLook:
        """Look once.

        Raises:
            RingUnreadable: a node is missing, Bad, or holds something else than one value.
            UaError, OSError, TimeoutError: the server or the line failed as a whole.
        """
        members = given_members(self.address)
        try:
            nodes = [connection.resolve(str(text)) for text in members.values()]
            values = dict(zip(members, await connection.read(nodes), strict=True))
            end = values.get("end")
            if end is not None and end.Value is not None and isinstance(end.Value.Value, ua.ExtensionObject):
                held = await self._types(connection).plain(nodes[list(members).index("end")], end.Value.Value)
                values["end"] = replace(end, Value=ua.Variant(dtl_time(held, self._zone)))
        except UaStatusCodeError as error:
            if error.code in TOO_MUCH or error.code in ONE_AT_FAULT:
                raise RingUnreadable(f"the server does not answer a read of it: {type(error).__name__}") from error
            raise
        except (ValueError, struct.error) as error:  # of ours, or the library's on bytes that it does not understand
            raise RingUnreadable(str(error)) from error
        return self._thing.look(self._state, shown_nodes(self.tag, values, quality, self._zone), received_ns)

    def _types(self, connection: Connection) -> Structures:
        """Those of this connection, which are asked for once."""
        if self._structures is None or self._structures.connection is not connection:
            self._structures = Structures(connection)
        return self._structures

    def commit(self, look: ThingLook) -> None:
        """The look is durable: go on behind it."""
        self._state = look.state


def dtl_time(held: object, zone: ZoneInfo) -> datetime | None:
    """The time in a structure of year, month and so on (Siemens' DTL): local, for it has no zone. None: it is none."""
    members = {str(name).upper(): part for name, part in held.items()} if isinstance(held, dict) else {}
    parts = [members.get(name) for name in ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")]
    whole = [part for part in parts if isinstance(part, int)]
    if len(whole) < len(parts):
        return None
    try:
        return datetime(whole[0], whole[1], whole[2], whole[3], whole[4], whole[5], tzinfo=zone)
    except ValueError:
        return None


def shown_nodes(tag: Tag, values: dict[str, ua.DataValue], quality: StatusQuality, zone: ZoneInfo) -> ShownThing:
    """What the nodes show. Raises RingUnreadable if one is Bad, or an array."""
    worst, held = Quality.GOOD, dict[str, object]()
    for name, data in values.items():
        status = int(data.StatusCode.value) if data.StatusCode is not None else 0
        judged = quality.of(status)
        if judged == Quality.BAD:
            raise RingUnreadable(f"newest.{name}: {status_name(status)}")
        worst = min(worst, judged)
        value = data.Value.Value if data.Value is not None else None
        if isinstance(value, list):
            raise RingUnreadable(f"newest.{name}: one value is needed, the server gives {len(value)}: give a ring")
        # Times of OPC UA are UTC, and the library leaves their zone out.
        held[name] = value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
    return replace(shown_by(tag, held, worst, zone), quality=worst)
