"""What the simulated works itself knows: what was made when, what stood by plan, and which faults were injected."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from collector.simulation.book import FaultEntry, TruthBook
from collector.simulation.catalogue import REPAIR_SHIFTS
from collector.simulation.history import History
from collector.simulation.steelmaking import in_relining
from models.stated.plan import PlanEntry
from models.works.codes import TagKind
from models.works.plant import Plant

NS = 10**9
_EPOCH = 719_163


@dataclass(slots=True)
class MadeBy:
    """Grams that a tag had made in all, by instants (UTC seconds) that grow. `whole`: each is an event that ended then,
    and one that ends with an hour is of the next one."""

    whole: bool
    at_s: list[int] = field(default_factory=list)
    grams: list[int] = field(default_factory=list)
    live_from_s: int = 0

    def until(self, at_s: float) -> int:
        place = (bisect_left if self.whole and at_s > self.live_from_s else bisect_right)(self.at_s, at_s)
        return self.grams[place - 1] if place else 0


@dataclass(slots=True)
class SoakBook:
    """`down`: spans in which no collector ran (UTC seconds; None: it lasts). `plans`: of the works' planners."""

    plant: Plant
    made: Mapping[str, MadeBy]
    faults: Sequence[FaultEntry] = ()
    down: Sequence[tuple[int, int | None]] = ()
    plans: Sequence[PlanEntry] = ()

    def made_g(self, unit: str, product: str, start_s: float, end_s: float) -> int:
        """Grams that a unit made of a product in [start_s, end_s)."""
        tags = (tag for tag in self.plant.tags if tag.unit == unit and tag.product == product)
        return sum(self.made[tag.name].until(end_s) - self.made[tag.name].until(start_s) for tag in tags)

    def stands_by_plan(self, unit: str, at_s: float) -> bool:
        """Whether a unit stands in its repair shift or relining."""
        local = datetime.fromtimestamp(at_s, UTC).astimezone(self.plant.zone)
        if unit in REPAIR_SHIFTS:
            start, end = REPAIR_SHIFTS[unit]
            return start <= local.hour < end
        if unit.startswith("bof"):
            return in_relining(int(unit[-1]), local.date().toordinal() - _EPOCH)
        return False

    def spans(self, now_s: int, *names: str) -> list[tuple[int, int]]:
        """When faults of one of these endings held, up to now."""
        return [
            (each.start_ns // NS, now_s if each.end_ns is None else each.end_ns // NS)
            for each in self.faults
            if any(each.name.endswith(name) for name in names)
        ]

    def unheard(self, unit: str, now_s: int) -> list[tuple[int, int]]:
        """When nothing of a unit could be known: nothing was read, or its controller hung."""
        return [*self.unread(now_s), *self.spans(now_s, f"{unit}-freeze")]

    def unread(self, now_s: int) -> list[tuple[int, int]]:
        """When nothing was read: the line was cut, or no collector ran. A value that stands still is read."""
        down = [(start_s, now_s if end_s is None else end_s) for start_s, end_s in self.down]
        return [*self.spans(now_s, "opcua-cut"), *down]


def of_history(history: History) -> dict[str, MadeBy]:
    """What the made-up history says, hour by hour."""
    found = {}
    for tag in history.tags:
        ends = (history.hours.start_s + history.hours.length_s).tolist()
        total, sums = 0, []
        for grams in history.grams[tag.name].tolist():
            total += grams
            sums.append(total)
        found[tag.name] = MadeBy(tag.kind is TagKind.EVENT, list(ends), sums, ends[-1])
    return found


class BookReader:
    """Reads the simulator's book while it is written, each row once."""

    def __init__(
        self, plant: Plant, history: Mapping[str, MadeBy], path: Path, plans: Sequence[PlanEntry] = ()
    ) -> None:
        self._path = path
        self._plans = plans
        self._plant = plant
        self._made = {
            tag.name: history.get(tag.name, MadeBy(tag.kind is TagKind.EVENT))
            for tag in plant.tags
            if tag.product is not None
        }
        self._base_g: dict[str, int] = {}
        self._last_ns: dict[str, int] = {}

    def read(self, down: Sequence[tuple[int, int | None]]) -> SoakBook:
        """What the book says now."""
        book = TruthBook.open(self._path)
        try:
            for tag in self._plant.tags:
                if tag.name not in self._made:
                    continue
                made, last_ns = self._made[tag.name], self._last_ns.get(tag.name, 0)
                if tag.kind is TagKind.TOTALIZER:
                    for entry in book.published(tag.name, last_ns):
                        # The counter stood at something when the history ended.
                        base_g = self._base_g.setdefault(tag.name, (made.grams or [0])[-1] - entry.grams)
                        made.at_s.append(entry.time_ns // NS)
                        made.grams.append(base_g + entry.grams)
                        last_ns = entry.time_ns
                else:
                    for event in book.events(tag.name, last_ns + 1):
                        made.at_s.append(event.end_ns // NS)
                        made.grams.append((made.grams[-1] if made.grams else 0) + event.grams)
                        last_ns = event.end_ns
                self._last_ns[tag.name] = last_ns
            faults = book.faults()
        finally:
            book.close()
        return SoakBook(self._plant, self._made, faults, list(down), self._plans)
