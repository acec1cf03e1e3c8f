"""The site, shop, unit and product that a row names, by code or by name in any language. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from collector.config.sentences import did_you_mean
from models.works.place import ALL
from models.works.plant import Plant

_ALL = {"", "all", "все", "всё", "всего", "итого", "барлығы", "барлық", "-"}


class UnknownPlace(ValueError):
    """The text says which name is unknown and what is near it."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """`unit` is "all" for a shop's figure, and `shop` too for the site's."""

    shop: str
    unit: str
    product: str


def find_place(plant: Plant, site: str, shop: str, unit: str, product: str) -> NamedPlace:
    """What a row's words mean. The shop may be left out if a unit is named, the site always.

    Raises UnknownPlace.
    """
    if site.lower() not in _ALL:
        _find("site", site, {plant.site: plant.site_names})
    unit_code = ALL
    if unit.lower() not in _ALL:
        unit_code = find_unit(plant, unit)
    shop_code = ALL
    if shop.lower() not in _ALL:
        shop_code = _find("shop", shop, {code: known.names for code, known in plant.shops.items()})
    if unit_code != ALL:
        home = plant.units[unit_code].shop
        if shop_code not in (ALL, home):
            raise UnknownPlace(f"unit {unit} belongs to shop {home}, not to {shop}: correct the shop or the unit")
        shop_code = home
    if not product:
        raise UnknownPlace("no product is given: name it by its code or its name")
    return NamedPlace(
        shop_code, unit_code, _find("product", product, {code: known.names for code, known in plant.products.items()})
    )


def find_unit(plant: Plant, unit: str) -> str:
    """The code of the unit that a word means. Raises UnknownPlace."""
    return _find("unit", unit, {code: known.names for code, known in plant.units.items()})


def _find(what: str, text: str, known: Mapping[str, Mapping[str, str]]) -> str:
    wanted = text.lower()
    for code, names in known.items():
        if wanted == code.lower() or wanted in (name.lower() for name in names.values()):
            return code
    raise UnknownPlace(f'{what} "{text}" is not in the configuration; {did_you_mean(text, known)}')
