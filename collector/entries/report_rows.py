"""The rows of a report, computed from the ledger by the same code that fills the output tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import apsw

from collector.storage.ledger import book_reader, configurations
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger.moment import sources
from models.books.book import Book
from models.counting.output_plan import OutputPlan
from models.detection.output_drop import OutputDrop
from models.detection.referee.referee import HELD_DAYS, WINDOW, Ruling, ruling
from models.detection.state_row import UnitNow
from models.stated.facts import Facts
from models.tables.balance import Balances, NodeBalance
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.desk_data import SourceStatus
from models.tables.month_rows import month_rows
from models.tables.referee_days import days_of_book
from models.works.calendar import NS, day_bounds
from models.works.month import shifted
from models.works.plant import Plant
from models.works.table import FieldValue, Row

ReportRow = Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class ReportData:
    """The rows of a period by the configuration of that time, with what had been stated by then, the drops in which
    units stood in it, and what sources and units last said of themselves."""

    plant: Plant
    rows: list[ReportRow]
    facts: Facts
    drops: Sequence[OutputDrop] = ()
    sources: Sequence[SourceStatus] = ()
    states: Sequence[UnitNow] = ()


def read_day(
    connection: apsw.Connection, plan: OutputPlan, day: int, *, now_ns: int, known_ns: int | None
) -> ReportData:
    """The rows of output_day of one production date (ordinal), as known at `known_ns` (None: at `now_ns`)."""
    plan = plan_as_of(connection, plan, known_ns)
    book = _book(connection, plan, day, now_ns, known_ns)
    text = date.fromordinal(day).isoformat()
    start_s, end_s = plan.day_range(date.fromordinal(day))
    stops = ledger_detection.stops(connection, start_s * NS, end_s * NS, book.now_ns)
    rows = day_rows(book, Forecasts(book, day, day + 1), day, stops=stops)
    drops = ledger_detection.drops(connection, start_s, end_s)
    stood = [drop for drop in drops if drop.stands and _is_of(plan.plant, drop, day, book.now_ns)]
    named = [_named(row, text) for row in rows]
    return ReportData(plan.plant, named, book.facts, stood, sources(connection), ledger_detection.now(connection))


def read_months(
    connection: apsw.Connection, plan: OutputPlan, first: int, last: int, *, now_ns: int, known_ns: int | None
) -> ReportData:
    """The rows of output_month of the months first..last (ordinals of their first days), by month."""
    plan = plan_as_of(connection, plan, known_ns)
    rows: list[ReportRow] = []
    book: Book | None = None
    month = first
    while month <= last:
        year = date.fromordinal(month).year
        if book is None or date.fromordinal(book.end - 1).year != year:
            book = _book(connection, plan, month, now_ns, known_ns)
        rows += [_named(row, str(row.fields["period"])) for row in month_rows(book, month)]
        month = shifted(month, 1)
    facts = book.facts if book is not None else Facts()
    return ReportData(plan.plant, rows, facts, (), sources(connection), ledger_detection.now(connection))


@dataclass(frozen=True, slots=True)
class BalanceData:
    """The nodes of the mass balance of a day, and which meter errs by the days until then."""

    nodes: list[NodeBalance]
    ruling: Ruling | None


def read_balance(
    connection: apsw.Connection, plan: OutputPlan, day: int, *, now_ns: int, known_ns: int | None
) -> BalanceData:
    """The mass balance of one production date (ordinal)."""
    balances = Balances(_book(connection, plan_as_of(connection, plan, known_ns), day, now_ns, known_ns))
    days = days_of_book(balances, day + 1 - WINDOW - HELD_DAYS, day + 1)
    return BalanceData(balances.of(day), ruling(days, day))


def plan_as_of(connection: apsw.Connection, plan: OutputPlan, known_ns: int | None) -> OutputPlan:
    """The plan by the configuration of that time; the present one for None, or if none was kept."""
    then = None if known_ns is None else configurations.as_of(connection, known_ns)
    return plan if then is None else OutputPlan(then)


def _book(connection: apsw.Connection, plan: OutputPlan, day: int, now_ns: int, known_ns: int | None) -> Book:
    year = date.fromordinal(day).year
    return book_reader.read_book(connection, plan, year, now_ns=known_ns or now_ns, known_ns=known_ns)


def _is_of(plant: Plant, drop: OutputDrop, day: int, now_ns: int) -> bool:
    """Whether a drop shares an instant with the unit's own production date, and had begun by `now_ns`."""
    unit = plant.units.get(drop.unit)
    if unit is None:
        return False
    start_ns, end_ns = day_bounds(plant.shops[unit.shop].calendar, date.fromordinal(day))
    return drop.start_s * NS < min(end_ns, now_ns) and (drop.end_s is None or drop.end_s * NS > start_ns)


def _named(row: Row, period: str) -> ReportRow:
    return {**dict(row.key.tags), "period": period, **row.fields}
