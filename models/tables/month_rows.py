"""Rows of output_month: the month of every place with its growth, as closed and restated.

A month that still runs is compared by its days that are over, with the same days of the base: the first k days of the
month before, the same dates of last year. Until the first of them is over it has the growth since January alone, of the
months that ended. Growth is given only if every day that it compares is known.
"""

from collections.abc import Container, Mapping
from datetime import date

from models.books.book import Book
from models.books.out_of_service import is_in_service
from models.books.row_figures import MonthFigures
from models.tables.growth_span import GrowthSpan, growth_span
from models.tables.kpi import growth_pct, per_day_growth_pct
from models.tables.repair_free_growth import repair_free_growth_pct
from models.tables.row_fields import (
    MONTH_TABLE,
    Fields,
    is_judged,
    output_fields,
    place_row,
    put_pct,
    put_tonnes,
    unallocated_place,
)
from models.tables.unclaimed_rows import Unclaimed, unclaimed_rows
from models.works.calendar import stamp_ns
from models.works.month import period_text, shifted, year_start
from models.works.place import Place
from models.works.table import Row


def month_rows(book: Book, month: int, products: Container[str] | None = None) -> list[Row]:
    """All rows of `month` (the ordinal of its first day), or those of `products`, stamped with its local midnight."""
    time_ns = stamp_ns(book.plant.zone, date.fromordinal(month))
    by_place = {
        place: book.month(place, month) for place in book.places.all if products is None or place.product in products
    }
    rows: list[Row] = []
    gone: list[Unclaimed] = []
    for place, figures in by_place.items():
        if place.level == "unit" and not book.claims.is_claimed(place.unit):
            gone.append(Unclaimed(place, figures.made, figures.status, figures.bounds))
            continue
        fields = _fields(book, place, figures)
        if fields is not None:
            rows.append(place_row(book.plant, MONTH_TABLE, time_ns, place, fields))
        if place.level != "unit":
            rows += _unallocated(book, place, by_place, time_ns)
    return [*rows, *unclaimed_rows(book.plant, MONTH_TABLE, time_ns, gone, {"period": period_text(month)})]


def _fields(book: Book, place: Place, figures: MonthFigures) -> Fields | None:
    month, made, bounds = figures.month, figures.made, figures.bounds
    if bounds[0] > book.now_ns or (made is None and not _is_expected(book, place, month)):
        return None
    if not made and not is_in_service(book, place, month, month + figures.days):
        return None
    judged = is_judged(book, place, (month, month + figures.days), figures.status, figures.completeness)
    fields = output_fields(made, figures.target, figures.status, figures.completeness, bounds, judged=judged)
    fields["period"] = period_text(month)
    if made is not None:
        if figures.closed:
            put_tonnes(fields, "as_closed_t", made)
        # A signed month shows its restated figure even if they agree: the reader sees that nothing was corrected since.
        if figures.restating or figures.closed:
            put_tonnes(fields, "adjustment_t", figures.restating)
            put_tonnes(fields, "restated_t", made + figures.restating)
    put_tonnes(fields, "booked_for_other_months_t", figures.for_others or None)
    if figures.days_over < figures.days:
        fields["in_progress_days"] = figures.days_over
    _put_growth(fields, book, place, growth_span(month, figures.days_over))
    return fields


def _is_expected(book: Book, place: Place, month: int) -> bool:
    """Whether there is a row of a month of which nothing is known.

    It is planned, or a figure over several months ends with it: January to August is known with no figure of August.
    """
    year, end = year_start(month), shifted(month, 1)
    return book.targets.is_planned(place, month) or any(
        item.end == end and item.start < month for item in book.stated_below(place, year, end)
    )


def _put_growth(fields: Fields, book: Book, place: Place, span: GrowthSpan) -> None:
    now, before, last_year = (
        known_grams(book, place, days) for days in (span.month, span.month_before, span.year_before)
    )
    put_pct(fields, "mom_pct", growth_pct(now, before))
    put_pct(fields, "mom_per_day_pct", per_day_growth_pct(now, _days(span.month), before, _days(span.month_before)))
    put_pct(fields, "yoy_pct", growth_pct(now, last_year))
    put_pct(fields, "yoy_per_day_pct", per_day_growth_pct(now, _days(span.month), last_year, _days(span.year_before)))
    # A furnace in overhaul last year makes this year look good: per repair-free day the two are alike.
    if now is not None and last_year is not None:
        put_pct(fields, "yoy_repair_free_pct", repair_free_growth_pct(book, place, span.month, span.year_before))
    to_date, base = (known_grams(book, place, days) for days in (span.year_to_date, span.year_to_date_before))
    put_tonnes(fields, "ytd_t", to_date)
    put_tonnes(fields, "ytd_prev_year_t", base)
    put_pct(fields, "ytd_pct", growth_pct(to_date, base))
    _put_restated(fields, book, place, span)


def _put_restated(fields: Fields, book: Book, place: Place, span: GrowthSpan) -> None:
    """Growth with every adjustment in the month that it concerns, if that differs from the books.

    The growth of the books stays beside it: it was signed, and a later adjustment must not rewrite it.
    """
    spans = (span.month, span.month_before, span.year_before, span.year_to_date, span.year_to_date_before)
    restating = [book.restating(place, *days) for days in spans]
    if not any(restating):
        return
    known = [known_grams(book, place, days) for days in spans]
    restated = [None if grams is None else grams + extra for grams, extra in zip(known, restating, strict=True)]
    now, before, last_year, to_date, base = restated
    put_pct(fields, "restated_mom_pct", growth_pct(now, before))
    put_pct(fields, "restated_yoy_pct", growth_pct(now, last_year))
    put_tonnes(fields, "restated_ytd_t", to_date)
    put_pct(fields, "restated_ytd_pct", growth_pct(to_date, base))


def known_grams(book: Book, place: Place, days: tuple[int, int]) -> int | None:
    """Grams of the production dates [first, end); None if not all of them are known, or there is none."""
    if not _days(days):
        return None
    found = book.total(place, *days)
    return found.grams if found.whole else None


def _days(days: tuple[int, int]) -> int:
    return days[1] - days[0]


def _unallocated(book: Book, total: Place, by_place: Mapping[Place, MonthFigures], time_ns: int) -> list[Row]:
    """What a stated total has and its parts have not, as a row of its own: units and rest make up the total."""
    figures = by_place[total]
    made = [by_place[part].made for part in book.places.parts.get(total, ())]
    known = [grams for grams in made if grams is not None]
    if figures.made is None or not known or sum(known) == figures.made:
        return []
    fields = output_fields(figures.made - sum(known), None, figures.status, 1.0, figures.bounds)
    fields["period"] = period_text(figures.month)
    return [place_row(book.plant, MONTH_TABLE, time_ns, unallocated_place(total), fields)]
