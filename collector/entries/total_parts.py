"""Totals beside their parts, among figures or plans of one time: those that the parts do not come to. Pure."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from collector.files.agreement import agrees
from models.works.place import ALL
from models.works.plant import Plant


class Placed(Protocol):
    """A figure or a plan."""

    @property
    def shop(self) -> str:
        """Its shop, or "all"."""

    @property
    def unit(self) -> str:
        """Its unit, or "all"."""

    @property
    def product(self) -> str:
        """What it is of."""

    @property
    def grams(self) -> int | None:
        """What it states."""


Item = TypeVar("Item", bound=Placed)


def differing(
    plant: Plant, groups: Iterable[Mapping[tuple[str, str], Item]], new: set[int]
) -> Iterator[tuple[Item, int]]:
    """Totals with what their parts come to, where the two differ and one of `new` (by id) takes part.

    Each group has, by shop and unit, what is stated of one product and time.
    """
    for group in groups:
        for total in group.values():
            parts = _parts(plant, group, total) if total.unit == ALL else None
            if not parts or not (id(total) in new or any(id(part) in new for part in parts)):
                continue
            grams = [part.grams or 0 for part in parts]
            if not agrees(total.grams or 0, grams):
                yield total, sum(grams)


def grouped(items: Iterable[tuple[Hashable, Item]]) -> list[dict[tuple[str, str], Item]]:
    """Groups for `differing`, by whatever tells one product and time from another."""
    groups: dict[Hashable, dict[tuple[str, str], Item]] = {}
    for key, item in items:
        groups.setdefault(key, {})[item.shop, item.unit] = item
    return list(groups.values())


def _parts(plant: Plant, group: Mapping[tuple[str, str], Item], total: Item) -> Sequence[Item] | None:
    """What makes up a total; None if one of its parts is not stated."""
    if total.shop != ALL:
        return _units(plant, group, total.shop, total.product)
    parts: list[Item] = []
    for shop in plant.shops:
        if not _counted(plant, shop, total.product):
            continue
        of_shop = group.get((shop, ALL))
        inside = [of_shop] if of_shop is not None else _units(plant, group, shop, total.product)
        if inside is None:
            return None
        parts += inside
    return parts


def _units(plant: Plant, group: Mapping[tuple[str, str], Item], shop: str, product: str) -> Sequence[Item] | None:
    counted = _counted(plant, shop, product)
    found = [item for unit in counted if (item := group.get((shop, unit))) is not None]
    return found if len(found) == len(counted) else None


def _counted(plant: Plant, shop: str, product: str) -> list[str]:
    """The units of a shop whose output of the product is counted; of one that nobody reports, those that make it."""
    reported = {unit for item in plant.reported if item.product == product for unit in item.counted_at}
    known = reported or {unit.code for unit in plant.units.values() if product in unit.by_hand}
    return [unit.code for unit in plant.units.values() if unit.shop == shop and unit.code in known]
