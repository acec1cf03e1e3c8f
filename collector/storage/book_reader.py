"""Reads the books out of a ledger: what counters gave day by day, with what people stated, as known at an instant."""

from collections.abc import Sequence
from datetime import date

import apsw

from collector.storage import ledger_reads
from collector.storage.ledger_days import coarse_counts, day_counts
from models.calendar import NS, day_bounds, production_day
from models.codes import FigureStatus
from models.day_columns import DayColumns, UnitDays
from models.day_counts import counted_days
from models.day_figures import with_day_figures
from models.facts import Facts
from models.figure_tree import NOTHING, Amount, Stated
from models.month import month_of, months_between
from models.output import OutputPlan
from models.plant import Calendar


def read_counted(
    connection: apsw.Connection,
    plan: OutputPlan,
    facts: Facts,
    days: UnitDays,
    wanted: Sequence[int],
    *,
    now_ns: int,
    known_ns: int | None,
) -> None:
    """Fill the `wanted` days (ordinals, ascending) of the columns anew, in place, with what counters gave.

    A day of a closed month is read as it was known when the month was closed: nothing that came later changes it.
    """
    closed_ns = {close.month: close.recorded_ns for close in facts.closes}
    for month in dict.fromkeys(month_of(day) for day in wanted):
        known = [instant for instant in (known_ns, closed_ns.get(month)) if instant is not None]
        in_month = [day for day in wanted if month_of(day) == month]
        _read_days(connection, plan, days, in_month, now_ns, min(known, default=None))


def _read_days(
    connection: apsw.Connection, plan: OutputPlan, days: UnitDays, wanted: Sequence[int], now_ns: int, known: int | None
) -> None:
    for columns in days.values():
        for day in wanted:
            index = day - columns.first
            columns.grams[index], columns.known[index], columns.completeness[index] = 0, False, 0.0
    for calendar, units in _units_by_calendar(plan).items():
        bounds = {day: day_bounds(calendar, date.fromordinal(day)) for day in wanted}
        begun = [(day, start // NS, end // NS) for day, (start, end) in bounds.items() if start <= now_ns]
        counts = [count for count in day_counts(connection, begun, known) if count.unit in units]
        elapsed = {
            (unit, day): (min(end, now_ns) - start) / NS for day, (start, end) in bounds.items() for unit in units
        }
        for (unit, product, day), counted in counted_days(plan.counters, counts, elapsed).items():
            columns = days[unit, product]
            index = day - columns.first
            columns.grams[index] = counted.grams if counted.known else 0
            columns.known[index] = counted.known
            columns.completeness[index] = counted.completeness


def empty_days(plan: OutputPlan, first: int, end: int) -> dict[tuple[str, str], DayColumns]:
    """Columns over [first, end) for every unit and product that has a counter."""
    return {series: DayColumns.empty(first, end - first) for series in plan.counters}


def read_coarse(
    connection: apsw.Connection, plan: OutputPlan, first: int, end: int, known_ns: int | None
) -> dict[tuple[str, str], list[Stated]]:
    """The coarse amounts that cross the end of a production day, by (unit, product), in days."""
    found: dict[tuple[str, str], list[Stated]] = {}
    plant = plan.plant
    for start, upto in months_between(first, end):
        span = (plan.day_range(date.fromordinal(start))[0], plan.day_range(date.fromordinal(upto - 1))[1])
        for item in coarse_counts(connection, *span, known_ns):
            if item.tag not in {tag.name for tag in plan.counters.get((item.unit, item.product), ())}:
                continue
            calendar = plant.shops[plant.units[item.unit].shop].calendar
            low = production_day(calendar, item.start_s * NS).toordinal()
            high = production_day(calendar, item.end_s * NS - 1).toordinal()
            stated = Stated(low, high + 1, item.grams, FigureStatus.OPERATIONAL)
            if low != high and stated not in found.setdefault((item.unit, item.product), []):
                found[item.unit, item.product].append(stated)
    return found


def with_figures(
    connection: apsw.Connection,
    plan: OutputPlan,
    facts: Facts,
    days: UnitDays,
    span: tuple[int, int],
    known_ns: int | None,
) -> UnitDays:
    """The columns over the days of `span` with the figures that units stated within a day laid over them."""

    def counted(unit: str, product: str, start_ns: int, end_ns: int) -> Amount:
        sums = ledger_reads.buckets(connection, start_ns // NS, end_ns // NS, known_ns)
        ours = [item for item in sums if (item.unit, item.product) == (unit, product)]
        known = any(item.readings or item.grams for item in ours)
        return Amount(sum(item.grams for item in ours), whole=True) if known else NOTHING

    return with_day_figures(plan.plant, days, facts.figures, *span, counted)


def _units_by_calendar(plan: OutputPlan) -> dict[Calendar, set[str]]:
    found: dict[Calendar, set[str]] = {}
    for unit, _ in plan.counters:
        found.setdefault(plan.plant.shops[plan.plant.units[unit].shop].calendar, set()).add(unit)
    return found


def coarse_laid_over(days: UnitDays, coarse: dict[tuple[str, str], list[Stated]]) -> UnitDays:
    """The same columns with their coarse amounts."""
    return {
        series: DayColumns(it.first, it.grams, it.known, it.completeness, it.status, tuple(coarse.get(series, ())))
        for series, it in days.items()
    }


def book_span(first_day: int, last_day: int) -> tuple[int, int]:
    """[first, end) of the days that the books of first_day..last_day need: the year before, to the end of the month."""
    year = date.fromordinal(first_day).year - 1
    last = date.fromordinal(last_day)
    end = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return date(year, 1, 1).toordinal(), end.toordinal()
