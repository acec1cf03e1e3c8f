"""Rows of output_day: the production day of every place, with month and year to date and what is still required."""

from collections.abc import Container
from datetime import date
from fractions import Fraction

from models.books.book import Book
from models.books.overlaps import Amount
from models.detection.stops import Stops
from models.tables.book_forecast import Forecasts
from models.tables.kpi import growth_pct, half_up_tenths, required_rate
from models.tables.row_fields import (
    DAY_TABLE,
    NOT_WATCHED,
    Fields,
    output_fields,
    place_row,
    put_pct,
    put_stops,
    put_tonnes,
    unallocated_place,
)
from models.works.calendar import stamp_ns
from models.works.codes import FigureStatus
from models.works.month import length, month_of, shifted
from models.works.place import Place
from models.works.table import Row


def day_rows(
    book: Book,
    forecasts: Forecasts,
    day: int,
    products: Container[str] | None = None,
    stops: Stops = NOT_WATCHED,
) -> list[Row]:
    """All rows of production date `day` (ordinal), or those of `products`; stamped with its local midnight on site.

    A place has a row where its output is known, or where it has a target of a plan: then the output is absent. A
    published row with this stamp that is not among the result is to be withdrawn.
    """
    time_ns = stamp_ns(book.plant.zone, date.fromordinal(day))
    rows: list[Row] = []
    for place in book.places.all:
        if products is not None and place.product not in products:
            continue
        fields = _fields(book, forecasts, place, day, stops)
        if fields is not None:
            rows.append(place_row(book.plant, DAY_TABLE, time_ns, place, fields))
        if place.level != "unit":
            rows += _unallocated(book, place, day, time_ns)
    return rows


def _day_amount(book: Book, place: Place, day: int) -> Amount:
    columns, index = book.month_days(place, month_of(day)), day - month_of(day)
    grams = int(columns.grams[index]) if columns.known[index] else None
    return Amount(grams, bool(columns.known[index]), FigureStatus(int(columns.status[index])))


def _fields(book: Book, forecasts: Forecasts, place: Place, day: int, stops: Stops) -> Fields | None:
    month = month_of(day)
    index = day - month
    bounds = book.targets.month_days(place, month)[index]
    columns = book.month_days(place, month)
    actual = _day_amount(book, place, day)
    if bounds[0] > book.now_ns or (actual.grams is None and not book.targets.is_planned(place, month)):
        return None
    targets = book.targets.month(place, month)
    fields = output_fields(actual, targets.days[index], float(columns.completeness[index]), bounds)
    if place.level == "unit":
        put_stops(fields, place.unit, bounds, book.targets.availability(place.unit), stops)
    to_date = int(columns.to_date[index]) if columns.to_date_whole[index] else None
    put_tonnes(fields, "month_to_date_t", to_date)
    put_tonnes(fields, "month_to_date_target_t", targets.to_date[index])
    put_tonnes(fields, "month_target_t", targets.month)
    _put_required(fields, book, place, day)
    forecasts.put(fields, place, day)
    year_to_date = book.year_to_date(place, day)
    put_tonnes(fields, "year_to_date_t", year_to_date)
    if year_to_date is not None and bounds[1] <= book.now_ns:
        put_pct(fields, "ytd_pct", growth_pct(year_to_date, book.year_to_date(place, same_day_last_year(day))))
    return fields


def same_day_last_year(day: int) -> int:
    """The same date of the year before; 29 February is compared with the end of February."""
    month = month_of(day)
    base = shifted(month, -12)
    return base + min(day - month, length(base) - 1)


def _put_required(fields: Fields, book: Book, place: Place, day: int) -> None:
    """What each available day has to give after the last day that is over: for a day that runs, itself included."""
    month = month_of(day)
    over = min(day - month + 1, book.days_over(place, month))
    columns = book.month_days(place, month)
    if over and not columns.to_date_whole[over - 1]:
        return
    made = int(columns.to_date[over - 1]) if over else 0
    targets = book.targets.month(place, month)
    rate = required_rate(targets.month, made, Fraction(targets.available_left[over]))
    if rate is not None:
        fields["required_rate_t_per_day"] = float(half_up_tenths(rate / 1_000_000))


def _unallocated(book: Book, total: Place, day: int, time_ns: int) -> list[Row]:
    actual = _day_amount(book, total, day)
    parts = [_day_amount(book, part, day) for part in book.places.parts.get(total, ())]
    known = [part.grams for part in parts if part.grams is not None]
    if actual.grams is None or not known or sum(known) == actual.grams:
        return []
    difference = Amount(actual.grams - sum(known), whole=True, status=actual.status)
    bounds = book.targets.month_days(total, month_of(day))[day - month_of(day)]
    fields = output_fields(difference, None, 1.0, bounds)
    return [place_row(book.plant, DAY_TABLE, time_ns, unallocated_place(total), fields)]
