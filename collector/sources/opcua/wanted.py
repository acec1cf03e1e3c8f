"""What a source reads, by what the configuration says of its tags."""

from dataclasses import dataclass, field

from collector.errors import ConfigurationError
from collector.sources.base import SourceContext
from collector.sources.opcua.address import OpcUaAddress
from collector.sources.opcua.newest import NewestNodes, ThingTaken
from collector.sources.opcua.part_nodes import PartTag
from collector.sources.opcua.parts import split_part
from collector.sources.opcua.ring import EventRing, RingTaken
from collector.sources.opcua.ring_memory import SlotContent
from collector.sources.opcua.targets import Target
from models.counting.newest_thing import TakenThing
from models.works.codes import TagKind


@dataclass(frozen=True, slots=True)
class WantedNodes:
    """`targets`: the nodes to read; by tag name, `rings` of events and devices that show their `newest` one alone;
    `parts` of arrays and structures."""

    targets: list[Target] = field(default_factory=list)
    rings: dict[str, EventRing] = field(default_factory=dict)
    newest: dict[str, NewestNodes] = field(default_factory=dict)
    parts: list[PartTag] = field(default_factory=list)

    @staticmethod
    def of(source: str, context: SourceContext) -> "WantedNodes":
        """Raises ConfigurationError for a tag whose address is not one of OPC UA, or not of its kind."""
        wanted = WantedNodes()
        for index, tag, address in context.tags:
            if not isinstance(address, OpcUaAddress):
                raise ConfigurationError(
                    f"tag {tag.name}: its address was not parsed as one of OPC UA; check its source"
                )
            if tag.kind == TagKind.EVENT and address.ring is not None:
                told = context.events.get(tag.name, {})
                events = {number: SlotContent.of(key, tonnes, None) for number, (key, tonnes, _) in told.items()}
                taken = RingTaken(context.resume.get(tag.name), context.known.get(tag.name), events)
                wanted.rings[tag.name] = EventRing(source, tag, address.ring, taken)
                wanted.targets.append(Target(tag, None, address.ring.head))
            elif tag.kind == TagKind.EVENT and address.newest is not None:
                told = context.events.get(tag.name, {})
                known = ThingTaken(TakenThing.newest(told, context.resume.get(tag.name)), context.known.get(tag.name))
                wanted.newest[tag.name] = NewestNodes(source, tag, address.newest, known, context.zone)
            elif tag.kind is not TagKind.EVENT and address.node is not None and address.part is not None:
                wanted.parts.append(PartTag(index, tag, address.node, split_part(address.part)))
            elif tag.kind is not TagKind.EVENT and address.node is not None:
                wanted.targets.append(Target(tag, index, address.node))
            else:
                raise ConfigurationError(f"tag {tag.name}: {address.complaint(tag.kind.value)}")
        return wanted
