"""The site, shop, unit and product that a row names, by code or by name in any language. Pure."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collector.files.heading import plain
from collector.files.refusal import RefusalCode
from collector.files.refused import Refused
from collector.files.words import Word
from models.works.place import ALL
from models.works.plant import Plant

if TYPE_CHECKING:
    from models.works.localize import Language

ALL_WORDS = {"", "all", "все", "всё", "всего", "итого", "барлығы", "барлық", "-"}


class UnknownPlace(Refused):
    """The text says which name is unknown and what is near it."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """`unit` is "all" for a shop's figure, and `shop` too for the site's."""

    shop: str
    unit: str
    product: str


@dataclass(frozen=True, slots=True)
class KnownName:
    """A unit, a shop or a product as a person finds it in the configuration: by its name and its code."""

    code: str
    names: Mapping[str, str]

    def told(self, language: "Language") -> str:
        """ "Шахта 1 (mine1)"."""
        name = self.names.get(language) or self.names["en"]
        return self.code if name == self.code else f"{name} ({self.code})"


class PlaceFinder:
    """Finds places of one plant, each once: the rows of a file name few places, and many times.

    `units` are codes by words that a kind of file uses for them.
    """

    def __init__(self, plant: Plant, units: Mapping[str, str]) -> None:
        self.plant = plant
        self._units = {plain(word): code for word, code in units.items()}
        self._known: dict[tuple[str, str, str, str], NamedPlace] = {}
        self._words: dict[str, str] = {}

    def find(self, site: str, shop: str, unit: str, product: str) -> NamedPlace:
        """The same as `find_place`. Raises UnknownPlace."""
        words = (site, shop, unit, product)
        if words not in self._known:
            self._known[words] = find_place(self.plant, site, shop, self._units.get(plain(unit), unit), product)
        return self._known[words]

    def word(self, text: str) -> str:
        """A text that many rows have, kept once: a million copies of it would take 50 MB."""
        return self._words.setdefault(text, text)


def find_place(plant: Plant, site: str, shop: str, unit: str, product: str) -> NamedPlace:
    """What a row's words mean. The shop may be left out if a unit is named, the site always.

    Raises UnknownPlace.
    """
    if site.lower() not in ALL_WORDS:
        _find("site", site, {plant.site: plant.site_names})
    unit_code = ALL
    if unit.lower() not in ALL_WORDS:
        unit_code = find_unit(plant, unit)
    shop_code = ALL
    if shop.lower() not in ALL_WORDS:
        shop_code = _find("shop", shop, {code: known.names for code, known in plant.shops.items()})
    if unit_code != ALL:
        home = plant.units[unit_code].shop
        if shop_code not in (ALL, home):
            raise UnknownPlace(RefusalCode.UNIT_OF_OTHER_SHOP, unit=unit, home=home, shop=shop)
        shop_code = home
    if not product:
        raise UnknownPlace(RefusalCode.NO_PRODUCT)
    return NamedPlace(
        shop_code, unit_code, _find("product", product, {code: known.names for code, known in plant.products.items()})
    )


def find_unit(plant: Plant, unit: str) -> str:
    """The code of the unit that a word means. Raises UnknownPlace."""
    return _find("unit", unit, {code: known.names for code, known in plant.units.items()})


def products_of(plant: Plant, codes: Iterable[str]) -> tuple[KnownName, ...]:
    """Products as they are told."""
    return tuple(KnownName(code, plant.products[code].names) for code in codes)


def _find(what: str, text: str, known: Mapping[str, Mapping[str, str]]) -> str:
    wanted = plain(text)
    words = {plain(word): code for code, names in known.items() for word in (*names.values(), code)}
    for code, names in known.items():
        if wanted in (plain(code), *(plain(name) for name in names.values())):
            return code
    near = difflib.get_close_matches(wanted, words, n=1)
    if near:
        meant = KnownName(words[near[0]], known[words[near[0]]])
        refused = UnknownPlace(RefusalCode.MISSPELT_NAME, what=Word(what), value=text, near=meant)
    else:
        named = tuple(KnownName(code, names) for code, names in sorted(known.items()))
        refused = UnknownPlace(RefusalCode.UNKNOWN_NAME, what=Word(what), value=text, known=named)
    refused.field = what
    raise refused
