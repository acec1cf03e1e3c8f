"""Rows of output_day: the production day of every place, with month and year to date and what is still required."""

from collections.abc import Container, Mapping, Sequence
from datetime import date

from models.books.book import Book
from models.books.out_of_service import is_in_service
from models.books.row_figures import DayFigures
from models.counting.increment import GRAMS_PER_TONNE
from models.detection.stops import Stops
from models.tables.book_forecast import Forecasts
from models.tables.desk_data import OutputPoint
from models.tables.kpi import growth_pct, required_rate
from models.tables.row_fields import (
    DAY_TABLE,
    NOT_WATCHED,
    Fields,
    is_judged,
    output_fields,
    place_row,
    put_pct,
    put_stops,
    put_tonnes,
    unallocated_place,
)
from models.tables.so_far import RunningDay, so_far
from models.tables.unclaimed_rows import Unclaimed, unclaimed_rows
from models.works.calendar import stamp_ns
from models.works.month import length, month_of, shifted
from models.works.place import Place
from models.works.table import Row

ALONE = RunningDay()
"""No hours are known: of a day that runs there is no verdict yet."""
_TONNES_DECIMALS = 3
"""To the kilogram: what is due moves with every second, and a row that differs is sent anew."""


def day_rows(
    book: Book,
    forecasts: Forecasts,
    day: int,
    products: Container[str] | None = None,
    stops: Stops = NOT_WATCHED,
    running: RunningDay = ALONE,
) -> list[Row]:
    """All rows of production date `day` (ordinal), or those of `products`; stamped with its local midnight on site.

    `running`: by what a day that runs is judged.

    A place has a row if its output is known, or if somebody entered a plan for it: then the output is absent, so that a
    planned unit nobody reports is seen. A published row with this stamp that is not in the result is to be withdrawn.
    """
    time_ns = stamp_ns(book.plant.zone, date.fromordinal(day))
    watched_ns = book.now_ns if running.watched_ns is None else min(running.watched_ns, book.now_ns)
    # Each place is asked once: its figures make its own row, and are a part of the totals above it.
    by_place = {
        place: book.day(place, day) for place in book.places.all if products is None or place.product in products
    }
    forecasts.prepare(place for place, figures in by_place.items() if figures.so_far.last_day is not None)
    hours_of: dict[Place, list[OutputPoint]] = {}
    for hour in running.hours:
        hours_of.setdefault(Place(hour.level, hour.shop, hour.unit, hour.product), []).append(hour)
    rows: list[Row] = []
    gone: list[Unclaimed] = []
    for place, figures in by_place.items():
        if place.level == "unit" and not book.claims.is_claimed(place.unit):
            gone.append(Unclaimed(place, figures.made, figures.status, figures.bounds))
            continue
        fields = _fields(book, forecasts, place, figures, stops, watched_ns)
        if fields is not None:
            if figures.bounds[1] > book.now_ns:
                _put_so_far(fields, figures.bounds, hours_of.get(place, ()), watched_ns)
            rows.append(place_row(book.plant, DAY_TABLE, time_ns, place, fields))
        if place.level != "unit":
            rows += _unallocated(book, place, by_place, time_ns)
    return [*rows, *unclaimed_rows(book.plant, DAY_TABLE, time_ns, gone, {})]


def _fields(
    book: Book, forecasts: Forecasts, place: Place, figures: DayFigures, stops: Stops, watched_ns: int
) -> Fields | None:
    day, bounds = figures.day, figures.bounds
    # A day to come has a target already, but a row of it would be read as a day without output.
    if bounds[0] > book.now_ns or (figures.made is None and not book.targets.is_planned(place, month_of(day))):
        return None
    if not figures.made and not is_in_service(book, place, day, day + 1):
        return None
    judged = is_judged(book, place, (day, day + 1), figures.status, figures.completeness)
    fields = output_fields(figures.made, figures.target, figures.status, figures.completeness, bounds, judged=judged)
    if place.level == "unit":
        put_stops(fields, place.unit, bounds, book.targets.availability(place.unit), stops)
    put_tonnes(fields, "month_to_date_t", figures.to_date)
    put_tonnes(fields, "booked_for_other_months_t", figures.for_others or None)
    put_tonnes(fields, "month_to_date_target_t", figures.target_to_date)
    put_tonnes(fields, "month_to_date_due_t", _due_to_date(book, place, figures, watched_ns))
    put_tonnes(fields, "month_target_t", figures.month_target)
    _put_required(fields, figures)
    forecasts.put(fields, place, figures.so_far)
    year_to_date = book.year_to_date(place, day)
    put_tonnes(fields, "year_to_date_t", year_to_date)
    # A day that runs is no match for the whole one of last year.
    if year_to_date is not None and bounds[1] <= book.now_ns:
        put_pct(fields, "ytd_pct", growth_pct(year_to_date, book.year_to_date(place, same_day_last_year(day))))
    return fields


def _due_to_date(book: Book, place: Place, figures: DayFigures, watched_ns: int) -> int | None:
    """The target to date less what of a day that runs is not due yet, or was not watched: beside what was made."""
    start_ns, end_ns = figures.bounds
    if figures.target_to_date is None or end_ns <= book.now_ns:
        return figures.target_to_date
    still_to_come = book.targets.between(place, max(start_ns, watched_ns), end_ns)
    return None if still_to_come is None else figures.target_to_date - still_to_come


def _put_so_far(fields: Fields, bounds: tuple[int, int], hours: Sequence[OutputPoint], watched_ns: int) -> None:
    """What was due in a day that runs, and how much of it was made, in the hours that were watched."""
    found = so_far((hour for hour in hours if bounds[0] <= hour.start_ns < bounds[1]), watched_ns)
    if found.due_t is not None:
        fields["target_so_far_t"] = round(float(found.due_t), _TONNES_DECIMALS)
    put_pct(fields, "attainment_so_far_pct", found.attainment_pct)


def same_day_last_year(day: int) -> int:
    """The same date of the year before; 29 February is compared with the end of February."""
    month = month_of(day)
    base = shifted(month, -12)
    return base + min(day - month, length(base) - 1)


def _put_required(fields: Fields, figures: DayFigures) -> None:
    """What each available day has to give after the last day that is over: for a day that runs, itself included."""
    so_far = figures.so_far
    rate = required_rate(figures.month_target, so_far.made, so_far.available_left, GRAMS_PER_TONNE)
    if rate is not None:
        fields["required_rate_t_per_day"] = float(rate)


def _unallocated(book: Book, total: Place, by_place: Mapping[Place, DayFigures], time_ns: int) -> list[Row]:
    """What a stated total has and its parts have not, as a row of its own: units and rest make up the total."""
    figures = by_place[total]
    made = [by_place[part].made for part in book.places.parts.get(total, ())]
    known = [grams for grams in made if grams is not None]
    if figures.made is None or not known or sum(known) == figures.made:
        return []
    fields = output_fields(figures.made - sum(known), None, figures.status, 1.0, figures.bounds)
    return [place_row(book.plant, DAY_TABLE, time_ns, unallocated_place(total), fields)]
