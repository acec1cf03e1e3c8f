"""Places, days and grams as the split names them in each language."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from models.counting.increment import GRAMS_PER_TONNE
from models.tables.growth_span import Days
from models.why.why_texts import why_text
from models.works.localize import Language, localize_day, localize_month, localize_number
from models.works.month import month_of, shifted
from models.works.place import Place
from models.works.plant import Plant

_MOST_UNITS = 3
"""Named in a sentence; the table has them all."""
_DASH = "\N{EN DASH}"


def period_named(days: Days, language: Language) -> str:
    """Production dates [first, end): Oct 2026, Jan 2026-Aug 2026, 5 Oct 2026-11 Oct 2026."""
    first, end = days
    whole = first == month_of(first) and end == month_of(end) and first < end
    if whole:
        edges = [localize_month(date.fromordinal(each), language) for each in (first, shifted(end, -1))]
    else:
        edges = [localize_day(date.fromordinal(each), language) for each in (first, max(end - 1, first))]
    return _DASH.join(dict.fromkeys(edges))


def place_named(plant: Plant, place: Place, language: Language) -> str:
    """A unit, a shop, or the works. A unit that the plant does not have any more by its code."""
    if place.level == "unit":
        return plant.units[place.unit].name(language) if place.unit in plant.units else place.unit
    if place.level == "shop" and place.shop in plant.shops:
        names = plant.shops[place.shop].names
        return names.get(language) or names["en"]
    return why_text("works", language)


def tonnes_text(grams: int, language: Language, *, signed: bool = False) -> str:
    """Whole tonnes, and less than ten with their decimals; `signed`: with its sign also if it is +."""
    exact = Decimal(abs(grams)) / GRAMS_PER_TONNE
    decimals = 0 if exact >= 10 or not grams else 3
    shown = localize_number(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), language, decimals)
    sign = "-" if grams < 0 else "+" if signed and grams > 0 else ""
    return f"{sign}{shown}"


def units_in_words(plant: Plant, grams: Mapping[Place, int], language: Language) -> str:
    """The units of a part with what each has of it, the largest first."""
    named = [
        f"{place_named(plant, place, language)} {tonnes_text(each, language, signed=True)}"
        for place, each in list(grams.items())[:_MOST_UNITS]
    ]
    if len(grams) > _MOST_UNITS:
        named.append(why_text("and_more", language).format(count=len(grams) - _MOST_UNITS))
    return ", ".join(named)
