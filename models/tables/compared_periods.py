"""Any two periods beside each other, by the rules of growth: a period that runs is compared by its days that are over.

Its base is then as many first days of the other period, or all of them if that is shorter; of periods that both begin
with a month, up to the same date, as growth since January has it. A growth is given only if every day that it compares
is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.books.book import Book
from models.books.receipt import elsewhere, made_in
from models.tables.growth_span import Days
from models.tables.kpi import growth_pct, per_day_growth_pct
from models.works.month import length, month_of, months_between, shifted
from models.works.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigure:
    """What a place made on the days [first, end) that count; `whole`: whether each of them is known. `restating`: the
    grams by which the restated figure is another one."""

    days: Days
    grams: int | None
    whole: bool
    restating: int

    @property
    def length(self) -> int:
        """How many days count."""
        return self.days[1] - self.days[0]

    @property
    def known(self) -> int | None:
        """The grams, if all of them are known."""
        return self.grams if self.whole else None

    @property
    def restated(self) -> int | None:
        """The grams with every correction in the days that it concerns."""
        return None if self.known is None else self.known + self.restating


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPlace:
    """One place in both periods."""

    place: Place
    now: PeriodFigure
    base: PeriodFigure

    @property
    def growth_pct(self) -> Decimal | None:
        """In percent to 0.1, as the books have it."""
        return growth_pct(self.now.known, self.base.known)

    @property
    def per_day_pct(self) -> Decimal | None:
        """Growth of the mean of a day."""
        return per_day_growth_pct(self.now.known, self.now.length, self.base.known, self.base.length)

    @property
    def restated_pct(self) -> Decimal | None:
        """Growth with every correction where it belongs; None if that is what the books have."""
        if not self.now.restating and not self.base.restating:
            return None
        return growth_pct(self.now.restated, self.base.restated)


def compared(book: Book, base_book: Book, days: Days, base: Days) -> Sequence[ComparedPlace]:
    """Every place that either of the books has; each holds its own days. Units that are gone are not compared."""
    places = dict.fromkeys((*book.places.all, *base_book.places.all))
    found = []
    for place in places:
        if place.level == "unit" and not book.claims.is_claimed(place.unit):
            continue
        over = days_over(book, place, days)
        span = days[0], days[0] + over
        last = base[1] if over == days[1] - days[0] else base_end(span, base)
        base_span = base[0], min(last, base[0] + days_over(base_book, place, base))
        item = ComparedPlace(place=place, now=_figure(book, place, span), base=_figure(base_book, place, base_span))
        if item.now.grams is not None or item.base.grams is not None:
            found.append(item)
    return found


def days_over(book: Book, place: Place, days: Days) -> int:
    """How many of the production dates [first, end) are over."""
    found = 0
    for low, high in months_between(*days):
        month = month_of(low)
        found += max(0, min(month + book.days_over(place, month), high) - low)
    return found


def base_end(over: Days, base: Days) -> int:
    """Up to where the base of a period that runs is compared; `over`: its days that are over."""
    first, end = over
    if end == first or first != month_of(first) or base[0] != month_of(base[0]):
        return min(base[0] + end - first, base[1])
    # Leap years: from January to the same date, and not as many days.
    months = sum(1 for _ in months_between(first, end)) - 1
    month, base_month = shifted(first, months), shifted(base[0], months)
    days = length(base_month) if end == shifted(month, 1) else min(end - month, length(base_month))
    return min(base_month + days, base[1])


def _figure(book: Book, place: Place, days: Days) -> PeriodFigure:
    if days[0] == days[1] or place not in book.places.known:
        return PeriodFigure(days=days, grams=None, whole=False, restating=0)
    made = made_in(book, place, *days)
    restating = sum(item.grams for item in elsewhere(book, place, *days))
    return PeriodFigure(days=days, grams=made.grams, whole=made.whole, restating=restating)
