"""What somebody supposes of the days that are left: units that stand, repairs that move. Nothing of it is entered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from models.stated.facts import Facts
from models.stated.plan import Repair, RepairKind

SUPPOSED_STOP = "\0"
"""Begins the name of a supposed stop: one that no file has, for a repair of that name would be replaced."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """As a person says it. `stands`: by unit, the last production date (an ordinal) on which it stands, from now on.
    `moved`: by the name of a repair, the production date on which it begins instead; `ended`: of one that runs, that on
    which it ends."""

    stands: Mapping[str, int] = field(default_factory=dict)
    moved: Mapping[str, int] = field(default_factory=dict)
    ended: Mapping[str, int] = field(default_factory=dict)

    def of_units(self, units: Collection[str], repairs: Mapping[str, str]) -> "Supposed":
        """What of it is said of `units`. `repairs`: by the name of a repair, its unit."""
        return Supposed(
            {unit: day for unit, day in self.stands.items() if unit in units},
            moved={name: day for name, day in self.moved.items() if repairs.get(name) in units},
            ended={name: day for name, day in self.ended.items() if repairs.get(name) in units},
        )


@dataclass(frozen=True, slots=True)
class SupposedStop:
    """`unit` stands over [start_ns, end_ns) (UTC ns)."""

    unit: str
    start_ns: int
    end_ns: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`stands`: beside the approved repairs. `moved`: by the name of a repair, when it starts instead (UTC ns), and
    `ended`, when it ends instead."""

    stands: Sequence[SupposedStop] = ()
    moved: Mapping[str, int] = field(default_factory=dict)
    ended: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether it supposes nothing."""
        return not self.stands and not self.moved and not self.ended

    def applied(self, facts: Facts) -> Facts:
        """The facts as they would be. A repair that moves keeps its length, one that ends its start."""
        moved = [
            replace(repair, start_ns=start_ns, end_ns=start_ns + repair.end_ns - repair.start_ns)
            for repair in facts.repairs
            for name, start_ns in self.moved.items()
            if repair.name == name
        ]
        ended = [
            replace(repair, end_ns=self.ended[repair.name]) for repair in facts.repairs if repair.name in self.ended
        ]
        standing = [
            Repair(
                name=f"{SUPPOSED_STOP}{number}",
                unit=each.unit,
                start_ns=each.start_ns,
                end_ns=each.end_ns,
                kind=RepairKind.RESERVE,
                approved_by="",
            )
            for number, each in enumerate(self.stands)
        ]
        return replace(facts, all_repairs=(*facts.all_repairs, *moved, *ended, *standing))
