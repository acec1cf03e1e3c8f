"""Reads the books out of a ledger: what counters gave day by day, with what people stated, as known at an instant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import apsw

from collector.storage.ledger import configurations
from collector.storage.ledger import incidents as ledger_incidents
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.days import coarse_counts, day_counts
from models.books.book import Book
from models.books.claims import Claims
from models.books.counted_days import counted_days
from models.books.out_of_service import lay_out_of_service
from models.books.overlaps import NOTHING, Amount, Stated
from models.books.part_day_figures import lay_day_figures
from models.books.unit_days import DayColumns, Series
from models.counting.output_plan import OutputPlan
from models.stated.facts import Facts
from models.tables.unbelieved import lay_unbelieved
from models.works.calendar import HOUR_NS, NS, day_bounds, local_date, production_day
from models.works.codes import FigureStatus
from models.works.month import month_of, months_between
from models.works.place import ALL
from models.works.plant import Calendar

DAY_NS = 24 * HOUR_NS
_EPOCH_DAY = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class AsOf:
    """Days that begin after `now_ns` have no output yet; what was recorded after `known_ns` is left out (None: all)."""

    now_ns: int
    known_ns: int | None = None


def plan_as_of(connection: apsw.Connection, plan: OutputPlan, known_ns: int | None) -> OutputPlan:
    """The plan by the configuration of that time; the present one for None, or if none was kept."""
    then = None if known_ns is None else configurations.as_of(connection, known_ns)
    return plan if then is None else OutputPlan(then)


def read_days(connection: apsw.Connection, book: Book, wanted: Sequence[int], as_of: AsOf) -> None:
    """Fill the `wanted` days (ordinals, ascending) of all of the book's columns anew: counted, and stated within a day.

    A day of a closed month is read as it was known when the month was closed: nothing that came later changes it.
    """
    for month in dict.fromkeys(month_of(day) for day in wanted):
        known = read_as_of(book.facts, month, as_of.known_ns)
        in_month = [day for day in wanted if month_of(day) == month]
        _read_counted(connection, book, in_month, AsOf(as_of.now_ns, known))
        _lay_figures(connection, book, in_month, known)
        lay_out_of_service(book, in_month)


def read_as_of(facts: Facts, month: int, known_ns: int | None) -> int | None:
    """As of which instant (UTC ns) the days of a month are read in books as known at `known_ns`; None: as of now."""
    closed = [close.recorded_ns for close in facts.standing_closes if close.month == month]
    return min((instant for instant in (known_ns, *closed) if instant is not None), default=None)


def read_book(
    connection: apsw.Connection, plan: OutputPlan, year: int, *, now_ns: int, known_ns: int | None = None
) -> Book:
    """The books of a calendar year and of the one before it, as known at `known_ns` (None: now)."""
    days = date(year - 1, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    return read_span(connection, plan, days, now_ns=now_ns, known_ns=known_ns)


def read_span(
    connection: apsw.Connection, plan: OutputPlan, days: tuple[int, int], *, now_ns: int, known_ns: int | None = None
) -> Book:
    """The books of the production dates [first, end) (ordinals), as known at `known_ns` (None: now)."""
    first, end = days
    claims = configurations.claims(connection, plan.plant)
    # Days of the shops begin at other hours and in other zones than those of UTC.
    span_ns = ((first - _EPOCH_DAY - 2) * DAY_NS, (end - _EPOCH_DAY + 2) * DAY_NS)
    facts = claims.facts(ledger_statements.read(connection, known_ns, span_ns))
    coarse = _read_coarse(connection, claims, first, end, known_ns)
    stated = {(figure.unit, figure.product) for figure in facts.figures if figure.unit != ALL}
    columns = {
        series: replace(DayColumns.empty(first, end - first), coarse=tuple(coarse.get(series, ())))
        for series in (*claims.counters, *sorted(stated - set(claims.counters)))
    }
    begun = min(local_date(plan.plant.zone, now_ns).toordinal() + 2, end)
    book = Book(claims, facts, columns, first, end, now_ns)
    read_days(connection, book, range(first, begun), AsOf(now_ns, known_ns))
    return book


def read_believed(
    connection: apsw.Connection, plan: OutputPlan, days: tuple[int, int], *, now_ns: int, known_ns: int | None = None
) -> Book:
    """The same, no more complete than their data were believed. As known at an instant, no later day has begun."""
    book = read_span(connection, plan, days, now_ns=known_ns or now_ns, known_ns=known_ns)
    begun = min(book.end, local_date(plan.plant.zone, book.now_ns).toordinal() + 2)
    # What was found of open incidents, and of those that ended on the first day or later.
    episodes = ledger_incidents.episodes(connection, plan.day_range(date.fromordinal(book.first))[0])
    lay_unbelieved(book, episodes, range(book.first, begun))
    return book


def _read_coarse(
    connection: apsw.Connection, claims: Claims, first: int, end: int, known_ns: int | None
) -> dict[Series, list[Stated]]:
    """The coarse amounts within [first, end) that cross the end of a production day, by (unit, product), in days."""
    found: dict[Series, dict[Stated, None]] = {}
    plan = OutputPlan(claims.plant)
    for start, upto in months_between(first, end):
        span = (plan.day_range(date.fromordinal(start))[0], plan.day_range(date.fromordinal(upto - 1))[1])
        for item in claims.counted(coarse_counts(connection, *span, known_ns)):
            calendar = _calendar(claims, item.unit)
            low = production_day(calendar, item.start_s * NS).toordinal()
            high = production_day(calendar, item.end_s * NS - 1).toordinal()
            if low != high:
                stated = Stated(low, high + 1, item.grams, FigureStatus.OPERATIONAL)
                found.setdefault((item.unit, item.product), {})[stated] = None
    return {series: list(items) for series, items in found.items()}


def _read_counted(connection: apsw.Connection, book: Book, wanted: Sequence[int], as_of: AsOf) -> None:
    claims = book.claims
    for columns in book.days.values():
        columns.clear(wanted)
    for calendar, units in _units_by_calendar(claims).items():
        bounds = {day: day_bounds(calendar, date.fromordinal(day)) for day in wanted}
        begun = [(day, start // NS, end // NS) for day, (start, end) in bounds.items() if start <= as_of.now_ns]
        counts = claims.counted(day_counts(connection, begun, as_of.known_ns))
        ours = [count for count in counts if count.unit in units]
        elapsed = {day: (min(end, as_of.now_ns) - start) / NS for day, (start, end) in bounds.items()}
        for (unit, product, day), counted in counted_days(claims.counters, ours, elapsed, claims.former_tags).items():
            columns = book.days[unit, product]
            index = day - columns.first
            columns.grams[index] = counted.grams if counted.known else 0
            columns.known[index] = counted.known
            columns.completeness[index] = counted.completeness


def _lay_figures(connection: apsw.Connection, book: Book, wanted: Sequence[int], known_ns: int | None) -> None:
    def counted(unit: str, product: str, start_ns: int, end_ns: int) -> Amount:
        return counted_between(connection, book, (unit, product), (start_ns, end_ns), known_ns)

    plan = OutputPlan(book.plant)
    start_s, end_s = plan.day_range(date.fromordinal(wanted[0]))[0], plan.day_range(date.fromordinal(wanted[-1]))[1]
    lay_day_figures(book.plant, book.days, book.figures_within(start_s * NS, end_s * NS), set(wanted), counted)


def counted_between(
    connection: apsw.Connection, book: Book, series: Series, span_ns: tuple[int, int], known_ns: int | None
) -> Amount:
    """What the counters of a unit gave in a part of a production day, as known at `known_ns` (None: now)."""
    start_ns, end_ns = span_ns
    sums = book.claims.counted(ledger_reads.buckets(connection, start_ns // NS, end_ns // NS, known_ns))
    ours = [item for item in sums if (item.unit, item.product) == series]
    known = any(item.readings or item.grams for item in ours)
    return Amount(sum(item.grams for item in ours), whole=True) if known else NOTHING


def _units_by_calendar(claims: Claims) -> dict[Calendar, set[str]]:
    found: dict[Calendar, set[str]] = {}
    for unit, _ in claims.counters:
        found.setdefault(_calendar(claims, unit), set()).add(unit)
    return found


def _calendar(claims: Claims, unit: str) -> Calendar:
    shop = claims.shop(unit)
    return claims.plant.shops[shop].calendar if shop in claims.plant.shops else Calendar(zone=claims.plant.zone)
