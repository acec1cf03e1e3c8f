"""The registers of a device that shows the newest weighing alone, read together where one request can hold them."""

from collections.abc import Mapping

from collector.sources.base import SourceContext
from collector.sources.modbus.config import ModbusAddress, NewestRegisters, RegisterPlace
from collector.sources.newest import given_members, shown_by
from models.counting.newest_thing import NewestThing, TakenThing, ThingLook, ThingState
from models.works.codes import Quality
from models.works.exact_number import Number
from models.works.plant import Tag


class NewestInRegisters:
    """One such memory, and what was taken of it, while connections come and go."""

    def __init__(self, source: str, tag: Tag, address: NewestRegisters, context: SourceContext, place: str) -> None:
        members = given_members(address)
        self.tag = tag
        self.places = [member for member in members.values() if isinstance(member, RegisterPlace)]
        self._names = list(members)
        self._thing = NewestThing(source, tag, numbered=address.numbered)
        self._zone = context.zone
        known = context.known.get(tag.name)
        told = context.events.get(tag.name, {}) if known in (None, place) else {}
        self._state = ThingState(TakenThing.newest(told, context.resume.get(tag.name)))

    def look(self, values: Mapping[int, Number], received_ns: int) -> ThingLook:
        """What the values of `places`, by row, say."""
        held: dict[str, object] = {self._names[row]: value for row, value in values.items()}
        return self._thing.look(self._state, shown_by(self.tag, held, Quality.GOOD, self._zone), received_ns)

    def commit(self, look: ThingLook) -> None:
        """The look is durable: go on behind it."""
        self._state = look.state


def newest_of(source: str, context: SourceContext, places: Mapping[str, str]) -> list[NewestInRegisters]:
    """Those of a source; `places`: where each tag is read, by name."""
    return [
        NewestInRegisters(source, tag, address.newest, context, places[tag.name])
        for _, tag, address in context.tags
        if isinstance(address, ModbusAddress) and address.newest is not None
    ]
