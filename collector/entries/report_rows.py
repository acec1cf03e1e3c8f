"""The rows of a report, computed from the ledger by the same code that fills the output tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import apsw

from collector.storage.ledger import book_reader, configurations, outbox
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.mending import EVERY_TAG
from collector.storage.ledger.moment import sources
from models.books.book import Book
from models.counting.output_plan import OutputPlan
from models.counting.tag_gap import TagGap, tag_gaps
from models.detection.output_drop import OutputDrop
from models.detection.referee.referee import HELD_DAYS, WINDOW, Ruling, ruling
from models.detection.state_row import UnitNow
from models.stated.facts import Facts
from models.tables.balance import Balances, NodeBalance
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.desk_data import OutputPoint, SourceStatus
from models.tables.month_rows import month_rows
from models.tables.referee_days import days_of_book
from models.tables.row_fields import HOUR_TABLE
from models.works.calendar import NS, day_bounds
from models.works.month import shifted
from models.works.plant import Plant
from models.works.table import FieldValue, Row

ReportRow = Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class ReportData:
    """The rows of a period by the configuration of that time, with what had been stated by then, the drops in which
    units stood in it, the gaps of its counters, and what sources and units last said of themselves. A row with gaps
    says how many."""

    plant: Plant
    rows: list[ReportRow]
    facts: Facts
    drops: Sequence[OutputDrop] = ()
    gaps: Sequence[TagGap] = ()
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
    # By its published hours, as the tables have it; how a day stood in the middle of it is not asked for later.
    runs = known_ns is None and start_s * NS <= book.now_ns < end_s * NS
    hours = outbox.published(connection, HOUR_TABLE, start_s * NS, end_s * NS) if runs else ()
    rows = day_rows(book, Forecasts(book, day, day + 1), day, stops=stops, hours=map(OutputPoint.of, hours))
    drops = ledger_detection.drops(connection, start_s, end_s)
    stood = [drop for drop in drops if drop.stands and _is_of(plan.plant, drop, day, book.now_ns)]
    gaps = _gaps(connection, plan, (day, day + 1), known_ns)
    named = with_gaps(plan.plant, [_named(row, text) for row in rows], gaps)
    reported, states = sources(connection), ledger_detection.now(connection)
    return ReportData(plan.plant, named, book.facts, stood, gaps, reported, states)


def read_months(
    connection: apsw.Connection, plan: OutputPlan, first: int, last: int, *, now_ns: int, known_ns: int | None
) -> ReportData:
    """The rows of output_month of the months first..last (ordinals of their first days), by month."""
    plan = plan_as_of(connection, plan, known_ns)
    rows: list[ReportRow] = []
    gaps: list[TagGap] = []
    book: Book | None = None
    month = first
    while month <= last:
        year = date.fromordinal(month).year
        if book is None or date.fromordinal(book.end - 1).year != year:
            book = _book(connection, plan, month, now_ns, known_ns)
        named = [_named(row, str(row.fields["period"])) for row in month_rows(book, month)]
        of_month = _gaps(connection, plan, (month, shifted(month, 1)), known_ns)
        rows += with_gaps(plan.plant, named, of_month)
        gaps += [gap for gap in of_month if gap not in gaps]
        month = shifted(month, 1)
    facts = book.facts if book is not None else Facts()
    reported, states = sources(connection), ledger_detection.now(connection)
    return ReportData(plan.plant, rows, facts, (), gaps, reported, states)


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


def _gaps(connection: apsw.Connection, plan: OutputPlan, days: tuple[int, int], known_ns: int | None) -> list[TagGap]:
    """The gaps within the production dates [first, end) of their own shops."""
    first, end = (date.fromordinal(day) for day in days)
    last = date.fromordinal(days[1] - 1)
    span_ns = plan.day_range(first)[0] * NS, plan.day_range(last)[1] * NS
    found = []
    for item in tag_gaps(plan.plant.tags, ledger_reads.gaps(connection, *span_ns, known_ns), EVERY_TAG):
        unit = plan.plant.units.get(item.unit)
        if unit is not None:
            calendar = plan.plant.shops[unit.shop].calendar
            span_ns = day_bounds(calendar, first)[0], day_bounds(calendar, end)[0]
        if item.gap.start_ns < span_ns[1] and item.gap.end_ns > span_ns[0]:
            found.append(item)
    return found


def with_gaps(plant: Plant, rows: Sequence[ReportRow], gaps: Sequence[TagGap]) -> list[ReportRow]:
    """The rows, each with how many gaps lie in what it is made of, if there are any."""
    counted_at = {report.product: report.counted_at for report in plant.reported}
    marked: list[ReportRow] = []
    for row in rows:
        level, product = row["level"], str(row["product"])
        if level == "unit":
            units: Iterable[str] = (str(row["unit"]),)
        elif level == "shop":
            units = [code for code, unit in plant.units.items() if unit.shop == row["shop"]]
        else:
            units = counted_at.get(product, tuple(plant.units))
        count = sum(any(item.concerns(unit, product) for unit in units) for item in gaps)
        marked.append({**row, "gaps": count} if count else row)
    return marked


def _named(row: Row, period: str) -> ReportRow:
    return {**dict(row.key.tags), "period": period, **row.fields}
