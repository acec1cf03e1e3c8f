"""Places: the units, shops and the site for which output of a product is stated, and which make up which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from models.works.plant import Calendar, Plant
from models.works.table import TagSet

ALL = "all"
"""The unit of a shop's total, and unit and shop of the site's."""
UNALLOCATED = "unallocated"
"""The unit of the difference between a stated total and its parts."""
UNCLAIMED = "unclaimed"
"""The unit of tonnes in the ledger that no unit of the plant has."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a product is made, in the tags of the table contract. A total has unit "all", the site's shop "all".

    Nearly everything about figures is looked up by place, so its hash is kept.
    """

    level: str
    shop: str
    unit: str
    product: str
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.level, self.shop, self.unit, self.product)))

    def __hash__(self) -> int:
        return self._hash

    def tags(self, plant: Plant) -> TagSet:
        """The tags of this place's rows, by name."""
        return _tags(plant.site, self)

    def calendar(self, plant: Plant) -> Calendar:
        """The calendar of the shop; for the site, days from midnight in its zone."""
        return plant.shops[self.shop].calendar if self.shop in plant.shops else Calendar(zone=plant.zone)


@lru_cache(maxsize=4096)
def _tags(site: str, place: Place) -> TagSet:
    return (
        ("level", place.level),
        ("product", place.product),
        ("shop", place.shop),
        ("site", site),
        ("unit", place.unit),
    )


def place_of(plant: Plant, shop: str, unit: str, product: str) -> Place | None:
    """The place that a fact speaks of; None for one that the plant does not have (any more)."""
    if unit != ALL:
        known = unit in plant.units and plant.units[unit].shop == shop
        return Place("unit", shop, unit, product) if known else None
    if shop != ALL:
        return Place("shop", shop, ALL, product) if shop in plant.shops else None
    return Place("site", ALL, ALL, product)


def book_place(plant: Plant, shop: str, unit: str, product: str) -> Place | None:
    """The same for tonnes: those of a unit that the plant does not have are in the books, at a place of their own."""
    if unit not in (ALL, *plant.units):
        return Place("unit", shop, unit, product)
    return place_of(plant, shop, unit, product)


@dataclass(frozen=True)
class Places:
    """Every place that has output, and the parts of each total.

    `counted`: the places of units with counters or figures. `stated`: places of which facts speak. `uncounted`: those
    of units that are gone, which the works does not count. A unit that is gone without a shop is a part of the site.
    """

    plant: Plant
    counted: Iterable[Place]
    stated: Iterable[Place] = ()
    uncounted: frozenset[Place] = frozenset()

    @cached_property
    def all(self) -> tuple[Place, ...]:
        """Units first, then shops, then the site; in the order of the plant."""
        plant = self.plant
        order = {code: number for number, code in enumerate(plant.units)}
        units = {*self.counted, *(place for place in self.stated if place.level == "unit")}
        shops = {Place("shop", place.shop, ALL, place.product) for place in units if place.shop != ALL}
        shops |= {place for place in self.stated if place.level == "shop"}
        sites = {Place("site", ALL, ALL, place.product) for place in (*units, *shops)}
        sites |= {place for place in self.stated if place.level == "site"}
        return (
            *sorted(units, key=lambda place: (order.get(place.unit, len(order)), place.unit, place.product)),
            *sorted(shops),
            *sorted(sites),
        )

    @cached_property
    def known(self) -> frozenset[Place]:
        """The same as a set."""
        return frozenset(self.all)

    @cached_property
    def parts(self) -> Mapping[Place, tuple[Place, ...]]:
        """What each total adds: a shop its units, the site its shops.

        A reported product is counted at its `counted_at` alone: of a shop in which other units make it too, the site
        adds the counted units and not the shop.
        """
        counted_at: dict[str, set[str]] = {}
        for reported in self.plant.reported:
            counted_at.setdefault(reported.product, set()).update(reported.counted_at)
        units: dict[tuple[str, str], list[Place]] = {}
        site: dict[str, list[Place]] = {}
        for place in self.all:
            if place.level == "unit":
                units.setdefault((place.shop, place.product), []).append(place)
                if place.shop == ALL and place not in self.uncounted:
                    site.setdefault(place.product, []).append(place)
        found: dict[Place, tuple[Place, ...]] = {}
        for place in self.all:
            if place.level != "shop":
                continue
            members = units.get((place.shop, place.product), [])
            found[place] = tuple(members)
            counted = [part for part in members if self._is_counted(part, counted_at)]
            # The site adds shops, so that a total which a shop states reaches it; a shop with units that do not count
            # cannot be added whole.
            whole = counted == members and (members or place.product not in counted_at)
            site.setdefault(place.product, []).extend([place] if whole else counted)
        for place in self.all:
            if place.level == "site":
                found[place] = tuple(site.get(place.product, ()))
        return found

    def units_of(self, place: Place) -> frozenset[str]:
        """The units whose output makes up that of a place."""
        if place.level == "unit":
            return frozenset((place.unit,))
        return frozenset(unit for part in self.parts.get(place, ()) for unit in self.units_of(part))

    def _is_counted(self, part: Place, counted_at: Mapping[str, set[str]]) -> bool:
        if part.unit not in self.plant.units:
            return part not in self.uncounted
        return part.product not in counted_at or part.unit in counted_at[part.product]
