"""When a unit stands on the days that are left, and what holds it: a repair by its name, or something else."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from models.books.working_time import out_of_service
from models.recovery.what_if import SUPPOSED_STOP
from models.stated.facts import Facts
from models.works.plant import Plant


class HeldBy(StrEnum):
    """What holds a unit."""

    REPAIR = "repair"
    SUPPOSED = "supposed"
    OUT_OF_SERVICE = "out_of_service"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStanding:
    """A unit stands over [start_ns, end_ns) (UTC ns) because of `held_by`. `repair`: its name, or "".

    `start_ns` None: it stands already. `end_ns` None: nobody says until when.
    """

    held_by: HeldBy
    repair: str = ""
    start_ns: int | None
    end_ns: int | None


def standings(plant: Plant, facts: Facts, unit: str, span_ns: tuple[int, int]) -> list[UnitStanding]:
    """What holds a unit in a span [start_ns, end_ns) whose start is now or later; each with its whole time."""
    now_ns, end_ns = span_ns
    found = [(each, since, until) for each, since, until in _held(plant, facts, unit) if since < end_ns]
    return [
        UnitStanding(
            held_by=held_by,
            repair=repair,
            start_ns=None if since <= now_ns else since,
            # A unit that went does not come back on a day that somebody knows.
            end_ns=None if held_by is HeldBy.OUT_OF_SERVICE and until >= end_ns else until,
        )
        for (held_by, repair), since, until in sorted(found, key=lambda each: each[1:])
        if until > now_ns
    ]


def _held(plant: Plant, facts: Facts, unit: str) -> Iterator[tuple[tuple[HeldBy, str], int, int]]:
    for repair in facts.repairs:
        if repair.unit == unit:
            is_supposed = repair.name.startswith(SUPPOSED_STOP)
            held = (HeldBy.SUPPOSED, "") if is_supposed else (HeldBy.REPAIR, repair.name)
            yield held, repair.start_ns, repair.end_ns
    for start_ns, end_ns in out_of_service(plant, unit):
        yield (HeldBy.OUT_OF_SERVICE, ""), start_ns, end_ns
