"""Growth per day free of repair: a furnace in overhaul last year must not make this year look good.

A total grows by the sum of its units' daily rates, each over its own days free of repair. Its output over a mean of
their days would take 200,000 t a month into repair and out of the days half of it, if the other furnace makes 31,000.
A unit that had no day free of repair in one of the spans has no rate to compare: it is left out of both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from models.books.book import Book
from models.tables.kpi import growth_pct
from models.works.place import Place

Days = tuple[int, int]


def repair_free_growth_pct(book: Book, place: Place, now: Days, base: Days) -> Decimal | None:
    """The growth of `place` in percent from the days `base` to the days `now`, each [first, end) of ordinals.

    None without a base. The output of both spans must be known.
    """
    units = [
        unit for unit in _units_below(book, place) if book.total(unit, *now).whole and book.total(unit, *base).whole
    ]
    if not units or units == [place]:
        return _growth([_Compared.of(book, place, now, base)])
    compared = [_Compared.of(book, unit, now, base) for unit in units]
    total = _Compared.of(book, place, now, base)
    # What no unit has of a stated total, and units of which one span is not known, go by the days of the total.
    rest = replace(
        total,
        made=total.made - sum(unit.made for unit in compared),
        made_base=total.made_base - sum(unit.made_base for unit in compared),
    )
    return _growth([*compared, rest] if rest.made or rest.made_base else compared)


@dataclass(frozen=True, slots=True)
class _Compared:
    """The grams of one place in two spans, and in how many days of each it could make them."""

    made: int
    days: Fraction
    made_base: int
    days_base: Fraction

    @staticmethod
    def of(book: Book, place: Place, now: Days, base: Days) -> "_Compared":
        available = book.targets.available_days
        grams = book.total(place, *now).grams or 0, book.total(place, *base).grams or 0
        return _Compared(grams[0], available(place, *now), grams[1], available(place, *base))


def _growth(places: Sequence[_Compared]) -> Decimal | None:
    worked = [place for place in places if place.days > 0 and place.days_base > 0]
    rate = sum((place.made / place.days for place in worked), Fraction(0))
    rate_base = sum((place.made_base / place.days_base for place in worked), Fraction(0))
    return growth_pct(rate, rate_base)


def _units_below(book: Book, place: Place) -> list[Place]:
    if place.level == "unit":
        return [place]
    return [unit for part in book.places.parts.get(place, ()) for unit in _units_below(book, part)]
