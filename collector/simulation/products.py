"""What the simulated works makes. Data only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProductSpec:
    """One product of the catalogue, names in en, ru, kk."""

    code: str
    names: tuple[str, str, str]
    definition: str
    basis: str
    made_from: tuple[str, ...] = ()


PRODUCTS = (
    ProductSpec("coal_raw", ("Coal mined", "Добыча угля", "Көмір өндіру"), "run-of-mine coal by belt scale", "wet"),
    ProductSpec(
        "coal_concentrate",
        ("Coal concentrate", "Угольный концентрат", "Көмір концентраты"),
        "concentrate by belt scale behind the washery",
        "wet",
        ("coal_raw",),
    ),
    ProductSpec("coke_dry", ("Coke", "Кокс", "Кокс"), "coke by push, less moisture", "dry", ("coal_concentrate",)),
    ProductSpec("sinter", ("Sinter", "Агломерат", "Агломерат"), "sinter by belt scale", "dry"),
    ProductSpec(
        "pig_iron", ("Pig iron", "Чугун", "Шойын"), "hot metal by ladle weighbridge", "liquid", ("sinter", "coke_dry")
    ),
    ProductSpec(
        "steel_liquid",
        ("Steel", "Сталь", "Болат"),
        "liquid steel by heat, weighed in the ladle",
        "liquid",
        ("pig_iron",),
    ),
    ProductSpec("slab", ("Slab", "Сляб", "Сляб"), "slabs by caster, weighed", "solid", ("steel_liquid",)),
    ProductSpec("rolled", ("Rolled products", "Прокат", "Прокат"), "hot-rolled coils, weighed", "solid", ("slab",)),
)
