"""The roll-up: what became dirty in the ledger becomes rows of the output tables: the newest hours first, then days and
months, then the other hours.

Rows are a function of what the ledger knows and of how much of a running span has elapsed, so doing it again changes
nothing. Figures of a span that still runs are refreshed by the clock too: where nothing comes any more, its
completeness falls. Whatever is interrupted stays dirty in the ledger and is begun anew.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TypeVar

import apsw

from collector.service.publishing import Publishing
from collector.service.roll_up_events import AlarmRows, event_figures, events_version
from collector.service.roll_up_work import (
    EVERY_PRODUCT,
    Books,
    Figures,
    Span,
    Work,
    of_products,
    only_products,
)
from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import outbox, signed_rows
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.scale_sums import day_drifts
from models.books.book import Book
from models.counting.output_plan import BucketSum, OutputPlan
from models.detection.stops import Stops
from models.tables.balance import BALANCE_TABLE, Balances
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.desk_data import OutputPoint
from models.tables.hour_rows import Shift, hour_rows, shift_rows
from models.tables.month_rows import month_rows
from models.tables.row_fields import DAY_TABLE, HOUR_TABLE, MONTH_TABLE, SHIFT_TABLE
from models.tables.shifts import shifts_within, shops_by_calendar
from models.tables.so_far import RunningDay
from models.tables.unit_kpi import KPI_TABLE, DayInputs, unit_kpi_rows
from models.works.calendar import HOUR_NS, NS, date_bounds, hour_bounds, local_date
from models.works.month import month_of, shifted
from models.works.place import ALL
from models.works.table import Row

Result = TypeVar("Result")
SignedAt = Callable[[apsw.Connection], bool]
# Bounds of memory and of how long one thread or one commit lasts. All three are judgements: larger pieces hold the disk
# from others for longer, smaller ones sync more often.
TAKE = 200_000
HOURS_AT_ONCE = 48
DAYS_AT_ONCE = 31
AHEAD_NS = 24 * HOUR_NS
"""A source's clock may be ahead of ours; a plan of months to come has no rows yet."""
SETTLES_AFTER_NS = 2 * HOUR_NS
"""A span is refreshed by the clock until so long after its end, a judgement; what comes later makes it dirty."""


@dataclass(slots=True)
class RollUp:
    """`publishing`: where the rows go.

    `refreshed_ns`: when figures were last brought up to date by the clock; at the start of a service, when the ledger
    was last written. Hours and shifts that end before `hours_from_ns` are not published.
    """

    ledger: Ledger
    plan: OutputPlan
    publishing: Publishing
    clock_ns: Callable[[], int] = time.time_ns
    refreshed_ns: int = 0
    hours_from_ns: int = 0
    progress: Callable[[float], None] = lambda _share: None
    _work: Work = field(default_factory=Work)
    _settled: int = 0
    _events_of: tuple[int, ...] = ()
    _alarm_rows: AlarmRows = field(default_factory=AlarmRows)
    _books: Books = field(init=False)
    _running: asyncio.Lock = field(default_factory=asyncio.Lock)
    _books_in_use: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._books = Books(self.ledger, self.plan)

    async def run(self) -> None:
        """Roll up everything that is dirty. Raises StorageFull: it stays dirty, try again."""
        async with self._running:
            while dirty := await asyncio.to_thread(
                self.ledger.read, partial(ledger_reads.dirty, limit=TAKE, after=self._work.settled)
            ):
                until_ns = self.clock_ns() + AHEAD_NS
                await asyncio.to_thread(self._work.add, self.plan, dirty, until_ns)
            # Cleared only when all of it is published: a roll-up that is cut off finds the same buckets again.
            if self._work.settled > self._settled:
                await self._do(self._work)
                await self.ledger.write(partial(ledger_changes.clear_dirty, version=self._work.settled))
                self._settled = self._work.settled
            while await asyncio.to_thread(self.ledger.read, signed_rows.is_behind):
                await self.ledger.write(partial(signed_rows.catch_up, plant=self.plan.plant))

    async def refresh(self) -> None:
        """Compute the spans anew that run now, or ended lately, and those that did at the last refresh.

        So an hour in which the service was stopped does not keep the completeness that it had until then.
        """
        now_ns = self.clock_ns()
        plant, work = self.plan.plant, Work()
        for at_ns in {now_ns, self.refreshed_ns or now_ns}:
            for back_ns in range(0, SETTLES_AFTER_NS + 1, HOUR_NS):
                work.add_hour(hour_bounds(plant.zone, at_ns - back_ns), EVERY_PRODUCT)
            for shift in shifts_within(shops_by_calendar(plant), at_ns - SETTLES_AFTER_NS, at_ns + 1):
                work.add_shift(shift, EVERY_PRODUCT)
            today = local_date(plant.zone, at_ns).toordinal()
            work.days |= {today - 1, today, today + 1}
        # Whoever was away for long left days behind that nobody brought up to date since.
        work.since[EVERY_PRODUCT] = min(work.days)
        async with self._running:
            await self._do(work)
        self.refreshed_ns = now_ns

    async def _do(self, work: Work) -> None:
        """Compute and publish, and take off `work` what is done."""
        now_ns = self.clock_ns()
        if work.days:
            await self._in_thread(lambda: self._books.changed(work.days, now_ns, across_days=work.across_days))
            work.days.clear()
            work.across_days = False
        hours = sorted((hour for hour in work.hours if hour[1] > self.hours_from_ns), reverse=True)
        shifts = sorted(
            (shift for shift in work.shifts if shift.end_ns > self.hours_from_ns),
            key=lambda shift: shift.start_ns,
            reverse=True,
        )
        # The newest hours before all: by them the rows of the running day say how it stands.
        await self._do_spans(work, hours[:HOURS_AT_ONCE], shifts[:HOURS_AT_ONCE], now_ns)
        hours, shifts = hours[HOURS_AT_ONCE:], shifts[HOURS_AT_ONCE:]
        await self._do_days(work, now_ns)
        version = await asyncio.to_thread(events_version, self.ledger, now_ns)
        if version != self._events_of:
            await self._publish(await asyncio.to_thread(event_figures, self.ledger, self.plan.plant, now_ns))
            self._events_of = version
        if (alarms := await asyncio.to_thread(self._alarm_rows.new, self.ledger, self.plan.plant, now_ns)).rows:
            await self._publish(alarms)
        self._alarm_rows.drawn()
        count = max(1, -(-len(hours) // HOURS_AT_ONCE))
        per_piece = -(-len(shifts) // count)
        for number in range(count):
            some = hours[number * HOURS_AT_ONCE : (number + 1) * HOURS_AT_ONCE]
            await self._do_spans(work, some, shifts[number * per_piece : (number + 1) * per_piece], now_ns)
            self.progress(0.5 + 0.5 * (number + 1) / count)
        work.hours.clear()
        work.shifts.clear()

    async def _do_spans(self, work: Work, hours: list[Span], shifts: list[Shift], now_ns: int) -> None:
        if hours or shifts:
            some = {hour: work.hours[hour] for hour in hours}, {shift: work.shifts[shift] for shift in shifts}
            await self._publish(await self._in_thread(partial(self._compute_spans, *some, now_ns)))
        for hour in hours:
            del work.hours[hour]
        for shift in shifts:
            del work.shifts[shift]

    async def _do_days(self, work: Work, now_ns: int) -> None:
        until = local_date(self.plan.plant.zone, now_ns).toordinal() + 2
        first = begin = min(work.since.values(), default=until)
        while begin < until:
            year = date.fromordinal(begin).year
            year_end = min(until, date(year + 1, 1, 1).toordinal())
            book = await self._in_thread(partial(self._books.of, year, now_ns))
            forecasts = await self._in_thread(partial(self._books.forecasts, book, range(begin, year_end)))
            while begin < year_end:
                end = min(begin + DAYS_AT_ONCE, year_end)
                days = range(begin, end)
                found = await self._in_thread(partial(self._compute_days, forecasts, days, work.products_before(end)))
                await self._publish(found)
                begin = end
                work.since = {product: max(day, begin) for product, day in work.since.items()}
                self.progress(0.5 * (begin - first) / (until - first))
        work.since.clear()

    async def _in_thread(self, call: Callable[[], Result]) -> Result:
        """Run a call that uses the books; one that was given up may still be at it, for a thread ends in its time."""

        def alone() -> Result:
            with self._books_in_use:
                return call()

        return await asyncio.to_thread(alone)

    async def _publish(self, found: Figures) -> None:
        changes, to_outbox = (self.plan.plant, found.rows, found.withdrawn), self.publishing.to_outbox
        await self.ledger.write(lambda connection: signed_rows.publish(connection, *changes, to_outbox=to_outbox))
        self.publishing.wake()

    def _compute_days(self, forecasts: Forecasts, days: range, products: frozenset[str] | None) -> Figures:
        book, figures = forecasts.book, Figures()
        zone = self.plan.plant.zone
        first, last = (self.plan.day_range(date.fromordinal(day)) for day in (days[0], days[-1]))
        stops = self._stops((first[0] * NS, last[1] * NS), book.now_ns)
        balances = Balances(book)
        for day in days:
            wanted = self._unless(partial(signed_rows.is_signed, day=day), products)
            stamped = date_bounds(zone, date.fromordinal(day))
            running = RunningDay(self._hours_of(date.fromordinal(day), book.now_ns))
            found = day_rows(book, forecasts, day, wanted, stops, running)
            self._add(figures, found, (DAY_TABLE, stamped), of_products(wanted))
            for table, rows in self._day_tables(balances, day, stamped[0]).items():
                self._add(figures, rows, (table, stamped))
        month = month_of(days[0])
        while month <= days[-1]:
            wanted = self._unless(partial(signed_rows.is_signed_month, month=month), products)
            at = MONTH_TABLE, date_bounds(zone, date.fromordinal(month))
            self._add(figures, month_rows(book, month, wanted), at, of_products(wanted))
            month = shifted(month, 1)
        return figures

    def _unless(self, signed: SignedAt, products: frozenset[str] | None) -> frozenset[str] | None:
        """These products; every one where people signed: a signature that breaks concerns all rows under it."""
        return None if products is None or self.ledger.read(signed) else products

    def _hours_of(self, day: date, now_ns: int) -> list[OutputPoint]:
        """The published hours of a day that runs."""
        start_ns, end_ns = (edge_s * NS for edge_s in self.plan.day_range(day))
        if not start_ns <= now_ns < end_ns:
            return []
        return [OutputPoint.of(row) for row in self._published(HOUR_TABLE, start_ns, end_ns)]

    def _day_tables(self, balances: Balances, day: int, stamp: int) -> dict[str, list[Row]]:
        start_s, end_s = self.plan.day_range(date.fromordinal(day))
        counts = self.ledger.read(lambda connection: ledger_reads.event_counts(connection, start_s * NS, end_s * NS))
        drifts = self.ledger.read(lambda connection: day_drifts(connection, self.plan.plant, date.fromordinal(day)))
        return {
            KPI_TABLE: unit_kpi_rows(balances.book, day, DayInputs(counts, drifts), stamp),
            BALANCE_TABLE: balances.rows(day, stamp),
        }

    def _compute_spans(self, hours: Mapping[Span, set[str]], shifts: Mapping[Shift, set[str]], now_ns: int) -> Figures:
        figures = Figures()
        for hour, wanted in hours.items():
            book, products = self._book_at(hour[0], now_ns), only_products(wanted)
            sums = self._sums(book, hour)
            stops = self._stops(hour, now_ns)
            self._add(figures, hour_rows(book, sums, hour, stops, products), (HOUR_TABLE, hour), of_products(products))
        for shift, wanted in shifts.items():
            book, products = self._book_at(shift.start_ns, now_ns), only_products(wanted)
            sums = self._sums(book, shift.span)
            found = shift_rows(book, sums, shift, self._stops(shift.span, now_ns), products)
            # The site has shift rows only where all shops share a calendar.
            shops = (*shift.shops, ALL) if len(shift.shops) == len(self.plan.plant.shops) else shift.shops
            self._add(figures, found, (SHIFT_TABLE, shift.span), {"shop": shops, **of_products(products)})
        return figures

    def _stops(self, span: Span, now_ns: int) -> Stops:
        return self.ledger.read(lambda connection: ledger_detection.stops(connection, *span, now_ns))

    def _book_at(self, instant_ns: int, now_ns: int) -> Book:
        return self._books.of(local_date(self.plan.plant.zone, instant_ns).year, now_ns)

    def _sums(self, book: Book, span: Span) -> list[BucketSum]:
        """What was counted in a span. The hours of a closed month stay as they were known when it was closed."""
        month = month_of(local_date(self.plan.plant.zone, span[0]).toordinal())
        known_ns = next((close.recorded_ns for close in book.facts.standing_closes if close.month == month), None)
        start_s, end_s = span[0] // NS, span[1] // NS
        return self.ledger.read(lambda connection: ledger_reads.buckets(connection, start_s, end_s, known_ns))

    def _published(self, table: str, start_ns: int, end_ns: int) -> list[Row]:
        return self.ledger.read(lambda connection: outbox.published(connection, table, start_ns, end_ns))

    def _add(
        self,
        figures: Figures,
        new: list[Row],
        at: tuple[str, Span],
        only: Mapping[str, Container[str]] = MappingProxyType({}),
    ) -> None:
        """Take the rows of a table in a span, and withdraw what is published there and is not among them.

        The whole span, and not its stamp alone: another zone or other shifts leave rows behind at instants at which
        nothing begins any more. `only`: by tag, the values with which rows are withdrawn; the others were not computed.
        """
        table, span = at
        keys = {row.key for row in new}
        figures.rows += new
        figures.withdrawn += [
            key
            for key in self.ledger.read(lambda connection: outbox.published_keys(connection, table, *span))
            if key not in keys and all(dict(key.tags)[tag] in values for tag, values in only.items())
        ]
