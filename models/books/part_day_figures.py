"""Figures that lie within one production day of a unit, laid over what its counters gave that day."""

from collections.abc import Callable, Container, Iterable
from datetime import date

from models.books.figure_places import placed_figures
from models.books.overlaps import NOTHING, Amount, Counted, SpanPiece, Stated, pieces, resolve
from models.books.unit_days import DayColumns, Series
from models.stated.figure import Figure
from models.works.calendar import day_bounds, production_day
from models.works.codes import FigureStatus
from models.works.place import Place
from models.works.plant import Plant

Spans = Callable[[str, str, int, int], Amount]
"""(unit, product, start_ns, end_ns): what the counters gave in a part of a day."""


def lay_day_figures(
    plant: Plant,
    days: dict[Series, DayColumns],
    figures: Iterable[Figure],
    wanted: Container[int],
    spans: Spans,
) -> None:
    """Lay figures of units that lie within one of the `wanted` days (ordinals) over `days`, in place.

    `days` has columns for every unit and product of the figures. A part of a day that figures leave out is counted by
    `spans`, which is asked only for such parts.
    """
    for place, stated_days in _by_day(plant, figures, wanted).items():
        columns = days[place.unit, place.product]
        for day, stated in stated_days.items():
            index = day - columns.first
            found = _day_amount(plant, place, columns.day(day), day, stated, spans)
            if found.grams is None:
                continue
            columns.grams[index], columns.known[index] = found.grams, True
            columns.status[index] = int(found.status)
            if found.whole:  # what somebody stated whole needs no readings
                columns.completeness[index] = 1.0


def _by_day(plant: Plant, figures: Iterable[Figure], wanted: Container[int]) -> dict[Place, dict[int, list[Stated]]]:
    found: dict[Place, dict[int, list[Stated]]] = {}
    days: dict[tuple[str, int], tuple[int, int]] = {}
    # Of equal spans the newest comes first, and the sort by span keeps that order: the newest word counts.
    for known, figure in placed_figures(plant, reversed(list(figures))):
        if known.level != "unit":
            continue
        # The units of a shop begin their shifts together: each day is looked up once.
        key = known.shop, figure.start_ns
        if key not in days:
            calendar = known.calendar(plant)
            date_ = production_day(calendar, figure.start_ns)
            days[key] = date_.toordinal(), day_bounds(calendar, date_)[1]
        day, end_ns = days[key]
        if day in wanted and figure.end_ns <= end_ns:
            stated = Stated(figure.start_ns, figure.end_ns, figure.grams or 0, figure.status, figure)
            found.setdefault(known, {}).setdefault(day, []).append(stated)
    return found


def day_pieces(
    plant: Plant, place: Place, day: int, figures: Iterable[Figure], counted: Amount, spans: Spans
) -> list[SpanPiece]:
    """The pieces of `day` (an ordinal) of a unit that `figures` within it and its counters make up, in nanoseconds.

    `counted`: what the counters gave in the whole day. The newest of equal figures counts: they come in the order of
    their recording.
    """
    stated = _by_day(plant, figures, (day,)).get(place, {}).get(day, [])
    bounds = day_bounds(place.calendar(plant), date.fromordinal(day))
    return pieces(_in_order(stated), *bounds, _counted_part(place, bounds, counted, spans))


def _day_amount(plant: Plant, place: Place, counted: Amount, day: int, stated: list[Stated], spans: Spans) -> Amount:
    start_ns, end_ns = day_bounds(place.calendar(plant), date.fromordinal(day))
    stated = _in_order(stated)
    if counted.grams is None and _join(stated, start_ns, end_ns):
        return Amount(sum(item.grams for item in stated), True, min(item.status for item in stated))
    part = _counted_part(place, (start_ns, end_ns), counted, spans)
    found = resolve(stated, start_ns, end_ns, part)
    # Counters never make a day final that somebody stated in part.
    return found if found.whole or counted.grams is None else Amount(found.grams, False, FigureStatus.OPERATIONAL)


def _in_order(stated: list[Stated]) -> list[Stated]:
    return sorted(stated, key=lambda item: (item.start, -item.end))


def _counted_part(place: Place, bounds: tuple[int, int], counted: Amount, spans: Spans) -> Counted:
    def part(low: int, high: int) -> Amount:
        if counted.grams is None:
            return NOTHING  # a day of which nothing is known has no known part: the ledger need not be asked
        return counted if (low, high) == bounds else spans(place.unit, place.product, low, high)

    return part


def _join(stated: list[Stated], start_ns: int, end_ns: int) -> bool:
    """Whether the spans follow each other and make up the day, as shifts do: then there is no more to judge."""
    edges = [start_ns, *(item.end for item in stated)]
    return edges[-1] == end_ns and edges[:-1] == [item.start for item in stated]
