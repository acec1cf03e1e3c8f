"""The events that a step and the ledger know, under the name of a tag and those of its predecessors."""

from dataclasses import replace

from collector.service.gathered_step import GatheredStep
from collector.service.predecessors import Predecessors
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from models.counting.event import years_to_search
from models.counting.event_key import is_of_number, number_of
from models.counting.increment import EventRevision
from models.counting.known_event import KnownEvent, place, place_by_sequence
from models.works.plant import Plant, Tag


class KnownEvents:
    """Blocks on the ledger."""

    def __init__(self, plant: Plant, ledger: Ledger, predecessors: Predecessors) -> None:
        self._plant = plant
        self._ledger = ledger
        self._predecessors = predecessors

    def placed(self, step: GatheredStep, tag: Tag, said: EventRevision, *, by_number: bool) -> KnownEvent:
        """What it is to the events that are known under this name, or under one that is gone and was read there."""
        zone = self._plant.shops[tag.shop].calendar.zone
        names: list[str] = []
        if self._predecessors.any:
            names = self._predecessors.names(tag, step.address(tag.name, self._ledger))
        own: KnownEvent | None = None
        for word in (said, *(replace(said, tag=name, unit=name.partition(".")[0]) for name in names)):
            known = [event for year in years_to_search(word, zone) for event in self._events(step, word, year)]
            placed = (
                place_by_sequence(word, known)
                if by_number
                else place(word, known, tag.key_reuse, vouched=said.sequence == 0)
            )
            if placed.old is not None or placed.refused:
                return placed
            own = own or placed
        assert own is not None  # noqa: S101 - its own name is looked at
        return own

    def _events(self, step: GatheredStep, said: EventRevision, year: int) -> list[EventRevision]:
        """The newest word on each event of the number in that year, of this step or of the ledger."""
        stored = self._ledger.read(
            lambda connection: ledger_reads.newest_events(connection, said.unit, said.tag, year, said.key)
        )
        found = {event.key: event for event in stored}
        here = step.newest_events.get((said.unit, said.tag, year, number_of(said.key)), {})
        found |= {key: event for key, event in here.items() if is_of_number(key, said.key)}
        return list(found.values())

    def last_end_ns(self, step: GatheredStep, tag: str, before_ns: int) -> int:
        """The end of the last event before an instant, in the ledger or in this step; 0 if none is known."""
        ends = [event.end_ns for event in step.events if event.tag == tag and event.end_ns < before_ns]
        stored = self._ledger.read(lambda connection: ledger_reads.last_event_end_ns(connection, tag, before_ns))
        return max([*ends, stored or 0])
