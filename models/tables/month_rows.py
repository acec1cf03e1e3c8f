"""Rows of output_month: the month of every place with its growth, as closed and restated.

A month that still runs is compared by its days that are over, with the same days of the base: the first k days of the
month before, the same dates of last year. Growth is given only where every day that it compares is known.
"""

from collections.abc import Container
from datetime import date
from fractions import Fraction

from models.books.book import Book
from models.books.overlaps import Amount
from models.tables.growth_span import GrowthSpan, growth_span
from models.tables.kpi import growth_pct, per_day_growth_pct
from models.tables.row_fields import (
    MONTH_TABLE,
    Fields,
    output_fields,
    place_row,
    put_pct,
    put_tonnes,
    unallocated_place,
)
from models.works.calendar import stamp_ns
from models.works.codes import FigureStatus
from models.works.month import period_text, shifted
from models.works.place import Place
from models.works.table import Row


def month_rows(book: Book, month: int, products: Container[str] | None = None) -> list[Row]:
    """All rows of `month` (the ordinal of its first day), or those of `products`, stamped with its local midnight."""
    time_ns = stamp_ns(book.plant.zone, date.fromordinal(month))
    rows: list[Row] = []
    for place in book.places.all:
        if products is not None and place.product not in products:
            continue
        fields = _fields(book, place, month)
        if fields is not None:
            rows.append(place_row(book.plant, MONTH_TABLE, time_ns, place, fields))
        if place.level != "unit":
            rows += _unallocated(book, place, month, time_ns)
    return rows


def _fields(book: Book, place: Place, month: int) -> Fields | None:
    end = shifted(month, 1)
    bounds = book.targets.month_days(place, month)
    actual = book.total(place, month, end)
    if bounds[0][0] > book.now_ns or (actual.grams is None and not book.targets.is_planned(place, month)):
        return None
    closed = month in book.facts.closed_months
    fields = output_fields(
        actual,
        book.targets.of_month(place, month),
        _completeness(book, place, month),
        (bounds[0][0], bounds[-1][1]),
        status=int(FigureStatus.CLOSED) if closed else None,
    )
    fields["period"] = period_text(month)
    if actual.grams is not None:
        restating = book.restating(place, month, end)
        if closed:
            put_tonnes(fields, "as_closed_t", actual.grams)
        if restating or closed:
            put_tonnes(fields, "adjustment_t", restating)
            put_tonnes(fields, "restated_t", actual.grams + restating)
    over = book.days_over(place, month)
    if over < len(bounds):
        fields["in_progress_days"] = over
    if over:
        _put_growth(fields, book, place, growth_span(month, over))
    return fields


def _put_growth(fields: Fields, book: Book, place: Place, span: GrowthSpan) -> None:
    now, before, last_year = (_known(book, place, days) for days in (span.month, span.month_before, span.year_before))
    put_pct(fields, "mom_pct", growth_pct(now, before))
    put_pct(fields, "mom_per_day_pct", per_day_growth_pct(now, _days(span.month), before, _days(span.month_before)))
    put_pct(fields, "yoy_pct", growth_pct(now, last_year))
    put_pct(fields, "yoy_per_day_pct", per_day_growth_pct(now, _days(span.month), last_year, _days(span.year_before)))
    working = [_working_days(book, place, days) for days in (span.month, span.year_before)]
    put_pct(fields, "yoy_repair_free_pct", per_day_growth_pct(now, working[0], last_year, working[1]))
    to_date, base = (_known(book, place, days) for days in (span.year_to_date, span.year_to_date_before))
    put_tonnes(fields, "ytd_t", to_date)
    put_tonnes(fields, "ytd_prev_year_t", base)
    put_pct(fields, "ytd_pct", growth_pct(to_date, base))
    _put_restated(fields, book, place, span)


def _put_restated(fields: Fields, book: Book, place: Place, span: GrowthSpan) -> None:
    """Growth with every adjustment in the month that it concerns; only where that differs from the books."""
    spans = (span.month, span.month_before, span.year_before, span.year_to_date, span.year_to_date_before)
    restating = [book.restating(place, *days) for days in spans]
    if not any(restating):
        return
    known = [_known(book, place, days) for days in spans]
    restated = [None if it is None else it + extra for it, extra in zip(known, restating, strict=True)]
    now, before, last_year, to_date, base = restated
    put_pct(fields, "restated_mom_pct", growth_pct(now, before))
    put_pct(fields, "restated_yoy_pct", growth_pct(now, last_year))
    put_tonnes(fields, "restated_ytd_t", to_date)
    put_pct(fields, "restated_ytd_pct", growth_pct(to_date, base))


def _known(book: Book, place: Place, days: tuple[int, int]) -> int | None:
    found = book.total(place, *days)
    return found.grams if found.whole else None


def _days(days: tuple[int, int]) -> int:
    return days[1] - days[0]


def _working_days(book: Book, place: Place, days: tuple[int, int]) -> Fraction:
    return book.targets.available_days(place, *days)


def _completeness(book: Book, place: Place, month: int) -> float:
    """The mean over the days that have begun; 1 for a month that is stated as one figure."""
    whole = (month, shifted(month, 1))
    stated = [item for item in book.stated_within(place, *whole) if item.status < FigureStatus.CLOSED]
    if any((item.start, item.end) == whole for item in stated):
        return 1.0
    begun = sum(start <= book.now_ns for start, _ in book.targets.month_days(place, month))
    return float(book.month_days(place, month).completeness[:begun].mean()) if begun else 0.0


def _unallocated(book: Book, total: Place, month: int, time_ns: int) -> list[Row]:
    end = shifted(month, 1)
    actual = book.total(total, month, end)
    known = [
        part.grams
        for part in (book.total(part, month, end) for part in book.places.parts.get(total, ()))
        if part.grams is not None
    ]
    if actual.grams is None or not known or sum(known) == actual.grams:
        return []
    bounds = book.targets.month_days(total, month)
    status = int(FigureStatus.CLOSED) if month in book.facts.closed_months else None
    difference = Amount(actual.grams - sum(known), whole=True, status=actual.status)
    fields = output_fields(difference, None, 1.0, (bounds[0][0], bounds[-1][1]), status=status)
    fields["period"] = period_text(month)
    return [place_row(book.plant, MONTH_TABLE, time_ns, unallocated_place(total), fields)]
