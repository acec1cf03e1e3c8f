"""What of a plant the boards show: the units and shops that count output, and what each counts."""

from collections.abc import Mapping

from models.works.limits import PaceLimit
from models.works.plant import Plant, Product, Unit

KPIS = ("coke_rate_kg_per_t", "heats_per_day", "kipo_m3d_per_t", "productivity_t_per_m3d")
"""The indicators of unit_kpi that a unit has; those of the works (slabs per heat, coils per slab) are on no board."""


def counting_units(plant: Plant) -> list[Unit]:
    """The units that count a product, in the order of the configuration."""
    return [unit for unit in plant.units.values() if main_product(plant, unit) is not None]


def main_product(plant: Plant, unit: Unit) -> Product | None:
    """The product that a unit is judged by: the reported one if the unit counts it, else the first that it counts."""
    for reported in plant.reported:
        if unit.code in reported.counted_at:
            return plant.products[reported.product]
    targets = [plant.products[code] for code in unit.daily_target_t]
    counted = [plant.products[tag.product] for tag in plant.tags if tag.unit == unit.code and tag.product is not None]
    return next(iter([*targets, *counted]), None)


def units_by_limit(plant: Plant, *, by_shop: bool = False) -> tuple[tuple[PaceLimit, tuple[str, ...]], ...]:
    """The counting units by the limit that they are held against: panels and alert rules have a statement for each.

    `by_shop`: those of one shop before those of the next one, in the order of the plant.
    """
    found: dict[tuple[str, PaceLimit], list[str]] = {}
    places = {code: place for place, code in enumerate(plant.shops)}
    units = counting_units(plant)
    for unit in sorted(units, key=lambda unit: places[unit.shop]) if by_shop else units:
        limit = plant.limits.of_unit(unit.code, unit.kind)
        found.setdefault((unit.shop if by_shop else "", limit), []).append(unit.code)
    return tuple((limit, tuple(codes)) for (_, limit), codes in found.items())


def shop_choices(plant: Plant) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """The shops with units that count, as (code, names)."""
    shops = {unit.shop for unit in counting_units(plant)}
    return tuple((shop.code, shop.names) for shop in plant.shops.values() if shop.code in shops)


def unit_choices(plant: Plant) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """The units that count, as (code, names)."""
    return tuple((unit.code, unit.names) for unit in counting_units(plant))


def product_choices(plant: Plant) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """The reported products, as (code, names)."""
    return tuple((reported.product, plant.products[reported.product].names) for reported in plant.reported)
