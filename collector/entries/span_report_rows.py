"""The rows of the report of a shift, ten days, a quarter or a year, from the ledger, by the code of days and months."""

from collections.abc import Mapping
from datetime import date

import apsw

from collector.entries.report_rows import (
    ReportData,
    gaps_within,
    named_row,
    read_report_book,
    stands_in_day,
    with_gaps,
    with_not_known,
)
from collector.storage.ledger import book_reader, stop_reasons
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.moment import sources
from models.alerts.not_known import not_known_since, watched_until_ns
from models.counting.output_plan import OutputPlan
from models.tables.shift_report_rows import shift_report_rows
from models.tables.shifts import shifts_of_day
from models.tables.span_rows import span_rows
from models.works.calendar import NS
from models.works.span import SpanKind, WorksSpan


def read_span(
    connection: apsw.Connection, plan: OutputPlan, span: WorksSpan, *, now_ns: int, known_ns: int | None
) -> ReportData:
    """The rows of a shift, ten days, a quarter or a year, as known at `known_ns` (None: at `now_ns`)."""
    plan = book_reader.plan_as_of(connection, plan, known_ns)
    book = read_report_book(connection, plan, span.first, now_ns, known_ns)
    reported, states = sources(connection), ledger_detection.now(connection)
    # A report of what was known then has no later news of the sources to end it.
    watched_ns = watched_until_ns(reported, book.now_ns) if known_ns is None else None
    gaps = gaps_within(connection, plan, (span.first, span.end), known_ns, book.now_ns)
    drops = []
    if span.kind is SpanKind.SHIFT:
        start_s, end_s = plan.day_range(date.fromordinal(span.first))
        sums = ledger_reads.buckets(connection, start_s, end_s, known_ns)
        stops = ledger_detection.stops(connection, start_s * NS, end_s * NS, book.now_ns)
        rows = shift_report_rows(book, sums, span, stops, watched_ns)
        bounds = _bounds(plan, span)
        found = ledger_detection.drops(connection, start_s, end_s)
        drops = [
            drop
            for drop in found
            if drop.stands
            and stands_in_day(plan.plant, drop, span.first, book.now_ns)
            and _touches(drop.start_s, drop.end_s, bounds[plan.plant.units[drop.unit].shop])
        ]
        gaps = [
            item
            for item in gaps
            if any(_touches(item.gap.start_ns // NS, item.gap.end_ns // NS, each) for each in bounds.values())
        ]
    else:
        rows = span_rows(book, span, watched_ns)
    named = with_gaps(plan.plant, [named_row(row, span.text) for row in rows], gaps)
    if known_ns is None:
        unknown = not_known_since(plan.plant, reported, states, now_ns).units
        named = with_not_known(plan.plant, named, unknown, now_ns)
    stood = stop_reasons.reasoned(connection, drops, known_ns)
    return ReportData(plan.plant, named, book.facts, stood, gaps, reported, states)


def _bounds(plan: OutputPlan, span: WorksSpan) -> Mapping[str, tuple[int, int]]:
    """By shop, [start_s, end_s) of the shift; a shop whose day has no such shift has none of it."""
    found = dict.fromkeys(plan.plant.shops, (0, 0))
    for shift in shifts_of_day(plan.plant, span.first, span.shift):
        found |= dict.fromkeys(shift.shops, (shift.start_ns // NS, shift.end_ns // NS))
    return found


def _touches(start_s: int, end_s: int | None, bounds: tuple[int, int]) -> bool:
    return start_s < bounds[1] and (end_s is None or end_s > bounds[0])
