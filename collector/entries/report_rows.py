"""The rows of a report, computed from the ledger by the same code that fills the output tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import apsw

from collector.storage.ledger import book_reader, outbox, signatures, signed_rows, stop_reasons
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import incidents as ledger_incidents
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.accidents import read_safety
from collector.storage.ledger.certificate import AskedCertificate, Certificate, read_certificate
from collector.storage.ledger.mending import EVERY_TAG
from collector.storage.ledger.moment import sources
from collector.storage.quarantine.records import Quarantined
from models.alerts.not_known import not_known_since, watched_until_ns
from models.alerts.numbers import utc_text
from models.books.book import Book
from models.counting.output_plan import OutputPlan
from models.counting.tag_gap import TagGap, tag_gaps
from models.detection.finding import Episode
from models.detection.output_drop import OutputDrop
from models.detection.referee.referee import HELD_DAYS, WINDOW, Ruling, ruling
from models.detection.state_row import UnitNow
from models.heat.fuel_report import FuelReport
from models.heat.report import HeatReport
from models.stated.facts import Facts
from models.stated.signature import JudgedScope, scope_of
from models.tables.accident_rates import StatedSafety
from models.tables.balance import Balances, NodeBalance
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.desk_data import OutputPoint, SourceStatus
from models.tables.hour_rows import hour_rows
from models.tables.month_rows import month_rows
from models.tables.reasoned_stop import ReasonedStop
from models.tables.referee_days import days_of_book
from models.tables.row_fields import HOUR_TABLE
from models.tables.signed_status import holding, place_tags, signed_month_status, signed_status
from models.tables.so_far import RunningDay
from models.tables.unbelieved import unbelieved_gaps
from models.tables.year_fields import day_with_year, month_with_year
from models.why.stop_losses import ProductLosses
from models.works.calendar import MS_NS, NS, day_bounds, hours_between
from models.works.month import shifted
from models.works.plant import Plant
from models.works.table import FieldValue, Row
from models.works.working import Working

ReportRow = Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class ReportData:
    """The rows of a period by the configuration of that time, with what had been stated by then, the stops in
    it, the gaps of its counters, and what sources and units last said of themselves. A row with gaps
    says how many. `certificate`: of a day, how complete its readings are; `signed`: of a day, who signed it; `heat`: of
    a day, the heat of networks, `fuel` the fuel of its month to that day (None: none is declared); `safety`: of a day,
    what was stated of accidents; `losses`: of a day that is over, what stops cost;
    `workings`: of a day, each working of a mine with its hours."""

    plant: Plant
    rows: list[ReportRow]
    facts: Facts
    stops: Sequence[ReasonedStop] = ()
    gaps: Sequence[TagGap] = ()
    sources: Sequence[SourceStatus] = ()
    states: Sequence[UnitNow] = ()
    certificate: Certificate | None = None
    signed: Sequence[JudgedScope] = ()
    heat: HeatReport | None = None
    fuel: FuelReport | None = None
    safety: StatedSafety = field(default_factory=StatedSafety)
    losses: Sequence[ProductLosses] = ()
    workings: Sequence[tuple[Working, Sequence[Row]]] = ()


def read_day(
    connection: apsw.Connection,
    plan: OutputPlan,
    day: int,
    *,
    now_ns: int,
    known_ns: int | None,
    refused: Iterable[Quarantined] = (),
) -> ReportData:
    """The rows of output_day of one production date (ordinal), as known at `known_ns` (None: at `now_ns`). `refused`:
    records of the quarantine, by which missing readings are explained."""
    plan = book_reader.plan_as_of(connection, plan, known_ns)
    book = read_report_book(connection, plan, day, now_ns, known_ns)
    text = date.fromordinal(day).isoformat()
    start_s, end_s = plan.day_range(date.fromordinal(day))
    stops = ledger_detection.stops(connection, start_s * NS, end_s * NS, book.now_ns)
    running = _running(connection, plan, book, (start_s * NS, end_s * NS), known_ns)
    rows = day_rows(book, Forecasts(book, day, day + 1), day, stops=stops, running=running)
    drops = ledger_detection.drops(connection, start_s, end_s)
    stood = [drop for drop in drops if drop.stands and stands_in_day(plan.plant, drop, day, book.now_ns)]
    gaps = gaps_within(connection, plan, (day, day + 1), known_ns, book.now_ns)
    named = with_gaps(plan.plant, [named_row(row, text, day_with_year(book, row, day)) for row in rows], gaps)
    reported, states = sources(connection), ledger_detection.now(connection)
    if known_ns is None:
        unknown = not_known_since(plan.plant, reported, states, now_ns).units
        named = with_not_known(plan.plant, named, unknown, now_ns)
    # Of what was known then there is none: rows that came since would be in it.
    asked = AskedCertificate(date.fromordinal(day))
    certificate = read_certificate(connection, plan.plant, asked, refused, now_ns) if known_ns is None else None
    reasoned = stop_reasons.reasoned(connection, stood, known_ns)
    # Whether a signature holds is known of the figures of now alone.
    signed = signatures.judged_day(connection, plan.plant, day) if known_ns is None else ()
    named = with_signed(plan.plant, named, signed)
    data = ReportData(plan.plant, named, book.facts, reasoned, gaps, reported, states, certificate, signed)
    return replace(data, safety=read_safety(connection, known_ns))


def _running(
    connection: apsw.Connection, plan: OutputPlan, book: Book, span_ns: tuple[int, int], known_ns: int | None
) -> RunningDay:
    """By what a day that runs is judged: its published hours, as the page has it; in a report of what was known then,
    the hours as they were known."""
    if not span_ns[0] <= book.now_ns < span_ns[1]:
        return RunningDay()
    if known_ns is None:
        found = outbox.published(connection, HOUR_TABLE, *span_ns)
        return RunningDay(tuple(map(OutputPoint.of, found)), watched_until_ns(sources(connection), book.now_ns))
    hours: list[Row] = []
    for hour in hours_between(plan.plant.zone, span_ns[0], book.now_ns):
        sums = ledger_reads.buckets(connection, hour[0] // NS, hour[1] // NS, known_ns)
        hours += hour_rows(book, sums, hour)
    return RunningDay(tuple(map(OutputPoint.of, hours)))


def read_months(
    connection: apsw.Connection, plan: OutputPlan, first: int, last: int, *, now_ns: int, known_ns: int | None
) -> ReportData:
    """The rows of output_month of the months first..last (ordinals of their first days), by month."""
    plan = book_reader.plan_as_of(connection, plan, known_ns)
    rows: list[ReportRow] = []
    gaps: list[TagGap] = []
    book: Book | None = None
    month = first
    while month <= last:
        year = date.fromordinal(month).year
        if book is None or date.fromordinal(book.end - 1).year != year:
            book = read_report_book(connection, plan, month, now_ns, known_ns)
        named = [
            named_row(row, str(row.fields["period"]), month_with_year(book, row, month))
            for row in month_rows(book, month)
        ]
        if known_ns is None:
            named = _month_with_signed(connection, plan.plant, month, named)
        of_month = gaps_within(connection, plan, (month, shifted(month, 1)), known_ns, book.now_ns)
        rows += with_gaps(plan.plant, named, of_month)
        gaps += [gap for gap in of_month if gap not in gaps]
        month = shifted(month, 1)
    facts = book.facts if book is not None else Facts()
    reported, states = sources(connection), ledger_detection.now(connection)
    if known_ns is None:
        unknown = not_known_since(plan.plant, reported, states, now_ns).units
        rows = with_not_known(plan.plant, rows, unknown, now_ns)
    return ReportData(plan.plant, rows, facts, (), gaps, reported, states)


@dataclass(frozen=True, slots=True)
class BalanceData:
    """The nodes of the mass balance of a day, and which meter errs by the days until then. `not_known_s`: by unit,
    since when is not known what it made in the day (UTC seconds)."""

    nodes: list[NodeBalance]
    ruling: Ruling | None
    not_known_s: Mapping[str, int]


def read_balance(
    connection: apsw.Connection, plan: OutputPlan, day: int, *, now_ns: int, known_ns: int | None
) -> BalanceData:
    """The mass balance of one production date (ordinal)."""
    balances = Balances(
        read_report_book(connection, book_reader.plan_as_of(connection, plan, known_ns), day, now_ns, known_ns)
    )
    days = days_of_book(balances, day + 1 - WINDOW - HELD_DAYS, day + 1)
    unknown: Mapping[str, int] = {}
    if known_ns is None:
        unknown = not_known_since(plan.plant, sources(connection), ledger_detection.now(connection), now_ns).units
    start_s, end_s = plan.day_range(date.fromordinal(day))
    of_day = {code: since_s for code, since_s in unknown.items() if since_s or end_s * NS > now_ns}
    clipped = {code: max(since_s, start_s) for code, since_s in of_day.items() if since_s < end_s}
    return BalanceData(balances.of(day), ruling(days, day), clipped)


def read_report_book(
    connection: apsw.Connection, plan: OutputPlan, day: int, now_ns: int, known_ns: int | None
) -> Book:
    """The books of the year of a production date (an ordinal) and of the one before it."""
    year = date.fromordinal(day).year
    days = date(year - 1, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    return book_reader.read_believed(connection, plan, days, now_ns=now_ns, known_ns=known_ns)


def _episodes(connection: apsw.Connection, plan: OutputPlan, first: int) -> list[Episode]:
    """What was found of open incidents, and of those that ended on a production date (ordinal) or later."""
    return ledger_incidents.episodes(connection, plan.day_range(date.fromordinal(first))[0])


def stands_in_day(plant: Plant, drop: OutputDrop, day: int, now_ns: int) -> bool:
    """Whether a drop shares an instant with the unit's own production date, and had begun by `now_ns`."""
    unit = plant.units.get(drop.unit)
    if unit is None:
        return False
    start_ns, end_ns = day_bounds(plant.shops[unit.shop].calendar, date.fromordinal(day))
    return drop.start_s * NS < min(end_ns, now_ns) and (drop.end_s is None or drop.end_s * NS > start_ns)


def gaps_within(
    connection: apsw.Connection, plan: OutputPlan, days: tuple[int, int], known_ns: int | None, now_ns: int
) -> list[TagGap]:
    """The gaps within the production dates [first, end) of their own shops."""
    first, end = (date.fromordinal(day) for day in days)
    last = date.fromordinal(days[1] - 1)
    span_ns = plan.day_range(first)[0] * NS, plan.day_range(last)[1] * NS
    found = []
    stated = tag_gaps(plan.plant.tags, ledger_reads.gaps(connection, *span_ns, known_ns), EVERY_TAG)
    for item in (*stated, *unbelieved_gaps(plan.plant, _episodes(connection, plan, days[0]), now_ns)):
        unit, (low_ns, high_ns) = plan.plant.units.get(item.unit), span_ns
        if unit is not None:
            calendar = plan.plant.shops[unit.shop].calendar
            low_ns, high_ns = day_bounds(calendar, first)[0], day_bounds(calendar, end)[0]
        if item.gap.start_ns < high_ns and item.gap.end_ns > low_ns:
            found.append(item)
    return found


def with_gaps(plant: Plant, rows: Sequence[ReportRow], gaps: Sequence[TagGap]) -> list[ReportRow]:
    """The rows, each with how many gaps lie in what it is made of, if there are any."""
    marked: list[ReportRow] = []
    for row in rows:
        product = str(row["product"])
        count = sum(any(item.concerns(unit, product) for unit in _units_of(plant, row)) for item in gaps)
        marked.append({**row, "gaps": count} if count else row)
    return marked


def with_not_known(plant: Plant, rows: Sequence[ReportRow], since_s: Mapping[str, int], now_ns: int) -> list[ReportRow]:
    """The rows; one of which the end is not known says since when: that of its unit, or of the first of its units.

    `since_s`: by unit (UTC seconds; 0: it never was known).
    """
    made = {(tag.unit, tag.product) for tag in plant.tags}
    marked: list[ReportRow] = []
    for row in rows:
        product = str(row["product"])
        start_ns, end_ns = (int(row[edge]) * MS_NS for edge in ("start_ms", "end_ms"))
        ours = [since_s[code] for code in _units_of(plant, row) if code in since_s and (code, product) in made]
        # Of a unit that nobody ever heard, what is known of a day that is over was stated or loaded.
        found = [since for since in ours if since or end_ns > now_ns]
        from_ns = max(min(found, default=0) * NS, start_ns)
        is_marked = bool(found) and from_ns < min(end_ns, now_ns)
        marked.append({**row, "not_known_since": utc_text(from_ns // NS) or ""} if is_marked else row)
    return marked


def with_signed(plant: Plant, rows: Sequence[ReportRow], signed: Sequence[JudgedScope]) -> list[ReportRow]:
    """The rows of a day; those under a signature that holds are refined, or closed if they were."""
    holds = holding(signed)
    return [
        {**row, "status": signed_status(int(row["status"]), scope_of(plant.shops, str(row["shop"])), holds)}
        for row in rows
    ]


def _month_with_signed(connection: apsw.Connection, plant: Plant, month: int, rows: list[ReportRow]) -> list[ReportRow]:
    """The rows of a month; those that signed days make up are refined, or closed if they were."""
    signed = signed_rows.month_grams(connection, plant, month)

    def status(row: ReportRow) -> int:
        made = row.get("actual_t")
        return signed_month_status(int(row["status"]), place_tags(row), None if made is None else float(made), signed)

    return [{**row, "status": status(row)} for row in rows]


def _units_of(plant: Plant, row: ReportRow) -> Sequence[str]:
    """The units of which a row is made."""
    if row["level"] == "unit":
        return [str(row["unit"])]
    if row["level"] == "shop":
        return [code for code, unit in plant.units.items() if unit.shop == row["shop"]]
    counted_at = {report.product: report.counted_at for report in plant.reported}
    return counted_at.get(str(row["product"]), tuple(plant.units))


def named_row(row: Row, period: str, fields: Mapping[str, FieldValue] | None = None) -> ReportRow:
    """The row by its tags and fields (or those given), as reports have it."""
    return {**dict(row.key.tags), "period": period, **(row.fields if fields is None else fields)}
