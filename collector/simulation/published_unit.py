"""One unit as its PLC shows it: values of the model turned into OPC UA variables, less what a fault hides."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from asyncua import ua

from collector.simulation.address_space import AddressSpace
from collector.simulation.book import CounterEntry, EventEntry
from collector.simulation.catalogue import COUNTER_MODULUS_T, UnitSpec
from collector.simulation.plant_config import RING_NODES
from collector.simulation.ring import PlcRing
from collector.simulation.unit import ZONE, UnitModel
from collector.simulation.works_model import WorksModel
from models.works.codes import Quality, TagKind

MODULUS_G = COUNTER_MODULUS_T * 1_000_000
_RING_TYPES = {
    "head": ua.VariantType.UInt32,
    "sequence": ua.VariantType.UInt32,
    "key": ua.VariantType.String,
    "tonnes": ua.VariantType.Double,
    "end": ua.VariantType.DateTime,
}


def event_key(end_s: int, zone: ZoneInfo) -> str:
    """The works' own number of an event: the minute of the local year, as numbers start again each year.

    No unit ends two events within one minute, and a works that is started again never gives a number twice.
    """
    local = datetime.fromtimestamp(end_s, zone)
    return f"{(local.timetuple().tm_yday - 1) * 1440 + local.hour * 60 + local.minute:06d}"


@dataclass(slots=True)
class _PublishedRing:
    ring: PlcRing
    nodes: dict[str, ua.NodeId]
    shown: int = 0


@dataclass(slots=True)
class PublishedUnit:
    """`offset_g` is what each counter stood at when it was last reset: its value is (made - offset) mod modulus."""

    spec: UnitSpec
    model: UnitModel
    nodes: AddressSpace
    ring_slots: int
    offset_g: dict[str, int] = field(default_factory=dict)
    last_published_ns: int = 0
    _ids: dict[str, ua.NodeId] = field(default_factory=dict)
    _rings: dict[str, _PublishedRing] = field(default_factory=dict)

    async def create(self, *, full_after_g: int) -> None:
        """Make the variables. Counters start `full_after_g` grams short of their modulus, so that a wrap is seen."""
        for tag in self.spec.tags:
            if tag.kind is TagKind.EVENT:
                ring = PlcRing(self.ring_slots)
                values = self._ring_values(ring)
                ids = {
                    key: await self.nodes.add(
                        self.spec.code.upper(), f"{tag.node}.{name}", values[key], _RING_TYPES[key]
                    )
                    for key, name in RING_NODES.items()
                }
                self._rings[tag.signal] = _PublishedRing(ring, ids)
                continue
            self._ids[tag.signal] = await self.nodes.add(self.spec.code.upper(), tag.node, 0.0, ua.VariantType.Double)
            if tag.kind is TagKind.TOTALIZER:
                self.offset_g[tag.signal] = full_after_g - MODULUS_G

    def reset_counters(self) -> None:
        """Let the counters start again from 0."""
        self.offset_g = {signal: self.model.shown.counters[signal] for signal in self.offset_g}

    def entries(self, time_s: int, *, frozen: bool, bad: Set[str]) -> tuple[list[CounterEntry], list[EventEntry]]:
        """What this tick will publish and the book has to hold first: visible counters, and every finished event."""
        counters = [
            CounterEntry(f"{self.spec.code}.{signal}", time_s * 1_000_000_000, self.model.shown.counters[signal])
            for signal in self.offset_g
            if not frozen and f"{self.spec.code}.{signal}" not in bad
        ]
        events = []
        for done in self.model.shown.finished:
            key = event_key(done.end_s, ZONE)
            sequence = self._rings[done.signal].ring.add(key, done.grams, done.end_s)
            tag = f"{self.spec.code}.{done.signal}"
            events.append(EventEntry(tag, sequence, key, done.grams, done.end_s * 1_000_000_000))
        self.model.shown.finished.clear()
        return counters, events

    async def publish(self, works: WorksModel, server_time: ua.DateTime, bad: Set[str]) -> None:
        """Write the present values, stamped with the works' time."""
        time = ua.DateTime.fromtimestamp(works.time_s, UTC)
        self.last_published_ns = works.time_s * 1_000_000_000
        for signal, node_id in self._ids.items():
            tag = f"{self.spec.code}.{signal}"
            quality = Quality.BAD if tag in bad else works.quality(tag)
            await self.nodes.write(node_id, self._value(signal), ua.VariantType.Double, time, server_time, quality)
        for ring in self._rings.values():
            if ring.shown != ring.ring.head:
                ring.shown = ring.ring.head
                for key, value in self._ring_values(ring.ring).items():
                    await self.nodes.write(ring.nodes[key], value, _RING_TYPES[key], time, server_time)

    def _value(self, signal: str) -> float:
        if signal in self.offset_g:
            return (self.model.shown.counters[signal] - self.offset_g[signal]) % MODULUS_G / 1e6
        return self.model.shown.gauges[signal]

    @staticmethod
    def _ring_values(ring: PlcRing) -> dict[str, int | list[int] | list[str] | list[float] | list[datetime]]:
        """Head last: whoever sees a head finds its event in place."""
        return {
            "sequence": ring.sequences,
            "key": ring.keys,
            "tonnes": ring.tonnes,
            "end": ring.ends,
            "head": ring.head,
        }
