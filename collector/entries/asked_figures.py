"""Figures for programs: published rows as they are, and by the same code as they were known at an instant."""

from collections.abc import Iterator
from datetime import date

import apsw

from collector.entries.report_rows import read_report_book
from collector.storage.ledger import book_reader, outbox
from collector.storage.ledger import reads as ledger_reads
from models.books.book import Book
from models.counting.output_plan import OutputPlan
from models.tables.any_span_rows import any_span_rows
from models.tables.asked_figures import AskedFigures, FigureGrain, row_date
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.hour_rows import hour_rows, shift_rows
from models.tables.month_rows import month_rows
from models.tables.row_fields import DAY_TABLE, HOUR_TABLE, MONTH_TABLE, SHIFT_TABLE
from models.tables.shifts import shifts_within, shops_by_calendar
from models.works.calendar import NS, date_bounds, hours_between
from models.works.month import month_of, shifted
from models.works.table import Row

TABLES = {
    FigureGrain.HOUR: HOUR_TABLE,
    FigureGrain.SHIFT: SHIFT_TABLE,
    FigureGrain.DAY: DAY_TABLE,
    FigureGrain.MONTH: MONTH_TABLE,
}


DAY_S = 86_400


def read_figures(connection: apsw.Connection, plan: OutputPlan, asked: AskedFigures, now_ns: int) -> list[Row]:
    """The rows that were asked for, by time."""
    if asked.grain is FigureGrain.SPAN:
        then = book_reader.plan_as_of(connection, plan, asked.known_ns)
        days = asked.first, asked.end
        book = book_reader.read_believed(connection, then, days, now_ns=now_ns, known_ns=asked.known_ns)
        return any_span_rows(book, days)
    if asked.known_ns is not None:
        plan = book_reader.plan_as_of(connection, plan, asked.known_ns)
        found = sorted(_known(connection, plan, asked, now_ns), key=lambda row: (row.key.time_ns, row.key.tags))
    else:
        found = outbox.published(connection, TABLES[asked.grain], *_stamps(plan, asked))
    first = month_of(asked.first) if asked.grain is FigureGrain.MONTH else asked.first
    return [row for row in found if first <= row_date(plan.plant, asked.grain, row) < asked.end]


def _stamps(plan: OutputPlan, asked: AskedFigures) -> tuple[int, int]:
    """[start_ns, end_ns) of the stamps of the rows, of some days beside too: shops begin theirs at other hours."""
    first, last = date.fromordinal(asked.first), date.fromordinal(asked.end - 1)
    if asked.grain is FigureGrain.MONTH:
        first = first.replace(day=1)
    zone = plan.plant.zone
    start_ns, end_ns = date_bounds(zone, first)[0], date_bounds(zone, last)[1]
    if asked.grain in (FigureGrain.HOUR, FigureGrain.SHIFT):
        return min(start_ns, plan.day_range(first)[0] * NS), max(end_ns, plan.day_range(last)[1] * NS)
    return start_ns, end_ns


def _known(connection: apsw.Connection, plan: OutputPlan, asked: AskedFigures, now_ns: int) -> Iterator[Row]:
    book: Book | None = None
    day = month_of(asked.first) if asked.grain is FigureGrain.MONTH else asked.first
    while day < asked.end:
        if book is None or date.fromordinal(book.end - 1).year != date.fromordinal(day).year:
            book = read_report_book(connection, plan, day, now_ns, asked.known_ns)
        if asked.grain is FigureGrain.MONTH:
            yield from month_rows(book, day)
            day = shifted(day, 1)
            continue
        if asked.grain is FigureGrain.DAY:
            yield from day_rows(book, Forecasts(book, day, day + 1), day)
        else:
            yield from _of_production_day(connection, plan, book, (day, asked))
        day += 1


def _of_production_day(
    connection: apsw.Connection, plan: OutputPlan, book: Book, of: tuple[int, AskedFigures]
) -> Iterator[Row]:
    """The hours or shifts of a production date (an ordinal) that have begun."""
    day, asked = of
    plant = plan.plant
    start_ns, end_ns = _stamps(plan, AskedFigures(asked.grain, day, day + 1))
    end_ns = min(end_ns, book.now_ns)
    if start_ns >= end_ns:
        return
    # A shift that begins within the day may end after it.
    sums = ledger_reads.buckets(connection, start_ns // NS - DAY_S, end_ns // NS + DAY_S, asked.known_ns)
    rows: list[Row] = []
    if asked.grain is FigureGrain.HOUR:
        for hour in hours_between(plant.zone, start_ns, end_ns):
            rows += hour_rows(book, sums, hour)
    else:
        for shift in shifts_within(shops_by_calendar(plant), start_ns, end_ns):
            rows += shift_rows(book, sums, shift)
    yield from (row for row in rows if row_date(plant, asked.grain, row) == day)
