"""Which rows a statement changes: the span that is rolled up anew. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date

from collector.storage.ledger.statements import DirtySpan
from models.stated.adjustment import Adjustment
from models.stated.figure import Figure
from models.stated.plan import PlanEntry, Repair
from models.works.calendar import NS, day_bounds, production_day
from models.works.month import month_of, shifted
from models.works.place import place_of
from models.works.plant import Calendar, Plant

DAY_S = 86_400


def of_figures(figures: Iterable[Figure]) -> list[DirtySpan]:
    """The spans of figures; those of one unit and product that touch are one.

    A stock closes the production day before it and opens the next.
    """
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for figure in figures:
        start_s, end_s = figure.start_ns // NS, figure.end_ns // NS
        before_s = DAY_S if start_s == end_s else 0
        found.setdefault((figure.unit, figure.product), []).append((start_s - before_s, max(end_s, 1)))
    return [DirtySpan(*series, *span) for series, spans in found.items() for span in _joined(sorted(spans))]


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    waiting: tuple[int, int] | None = None
    for span in spans:
        if waiting is not None and span[0] <= waiting[1]:
            waiting = waiting[0], max(waiting[1], span[1])
            continue
        if waiting is not None:
            yield waiting
        waiting = span
    if waiting is not None:
        yield waiting


def of_plan(plant: Plant, plan: PlanEntry) -> DirtySpan:
    """Its month, by the calendar of its place."""
    return of_days(plant, plan.shop, plan.unit, plan.product, plan.month, shifted(plan.month, 1))


def of_repair(plant: Plant, repair: Repair) -> DirtySpan:
    """Whole months: a repair moves the targets of all their days."""
    shop = plant.shops[plant.units[repair.unit].shop]
    first = month_of(production_day(shop.calendar, repair.start_ns).toordinal())
    last = month_of(production_day(shop.calendar, repair.end_ns).toordinal())
    start_ns, end_ns = _bounds(shop.calendar, first, shifted(last, 1))
    return DirtySpan(repair.unit, "", start_ns // NS, end_ns // NS)


def of_adjustment(plant: Plant, adjustment: Adjustment) -> list[DirtySpan]:
    """The day that it concerns, and the month that books it, if that is another."""
    place = (adjustment.shop, adjustment.unit, adjustment.product)
    spans = [of_days(plant, *place, adjustment.day, adjustment.day + 1)]
    if month_of(adjustment.day) != adjustment.booked_month:
        spans.append(of_days(plant, *place, adjustment.booked_month, adjustment.booked_month + 1))
    return spans


def of_days(plant: Plant, shop: str, unit: str, product: str, first: int, end: int) -> DirtySpan:
    """The production days [first, end) (ordinals) of a place."""
    place = place_of(plant, shop, unit, product)
    calendar = place.calendar(plant) if place is not None else Calendar(zone=plant.zone)
    start_ns, end_ns = _bounds(calendar, first, end)
    return DirtySpan(unit, product, start_ns // NS, end_ns // NS)


def _bounds(calendar: Calendar, first: int, end: int) -> tuple[int, int]:
    return (
        day_bounds(calendar, date.fromordinal(first))[0],
        day_bounds(calendar, date.fromordinal(end - 1))[1],
    )
