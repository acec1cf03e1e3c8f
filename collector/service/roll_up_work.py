"""What the roll-up works on: the hours, shifts and days that dirty buckets ask for, and the books of their years."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import apsw

from collector.storage.ledger import book_reader, incidents
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.reads import DirtyBucket
from models.books.book import Book
from models.counting.increment import BUCKET_S
from models.counting.output_plan import OutputPlan
from models.tables.book_forecast import Forecasts
from models.tables.hour_rows import Shift
from models.tables.shifts import shifts_within, shops_by_calendar
from models.tables.unbelieved import lay_unbelieved
from models.works.calendar import NS, hours_between, local_date, production_day
from models.works.plant import Calendar, Plant
from models.works.table import Row, RowKey

Result = TypeVar("Result")
Span = tuple[int, int]
EVERY_PRODUCT = ""
BOOKS_KEPT = 2
"""Around New Year two years are worked on in turn. More books would be memory that nothing asks for."""


@dataclass(slots=True)
class Work:
    """What is still to be computed. `hours` and `shifts` hold the products whose rows may change, `since` holds by
    product the first day from which rows may change.

    Rows of a day depend on all days before it (month and year to date, forecast, last year), so every later one is
    computed too. `days` are those whose counted or stated output itself changed; `across_days`: an amount over several
    days may have changed.
    """

    hours: dict[Span, set[str]] = field(default_factory=dict)
    shifts: dict[Shift, set[str]] = field(default_factory=dict)
    since: dict[str, int] = field(default_factory=dict)
    days: set[int] = field(default_factory=set)
    across_days: bool = False
    settled: int = 0

    def add(self, plan: OutputPlan, dirty: Iterable[DirtyBucket], until_ns: int) -> None:
        """Take over what these buckets ask for; nothing that begins at or after `until_ns` has rows."""
        calendars = shops_by_calendar(plan.plant)
        spans: dict[tuple[int, int], set[str]] = {}
        earliest: dict[tuple[str, str], int] = {}
        for bucket in dirty:
            self.settled = max(self.settled, bucket.version)
            start_ns, end_ns = bucket.start_s * NS, max(bucket.end_s, bucket.start_s + 1) * NS
            spans.setdefault((start_ns, end_ns), set()).add(bucket.product or EVERY_PRODUCT)
            output = bucket.unit, bucket.product or EVERY_PRODUCT
            earliest[output] = min(start_ns, earliest.get(output, start_ns))
        for (unit, product), start_ns in earliest.items():
            first = production_day(_calendar(plan.plant, unit), start_ns).toordinal()
            self.since[product] = min(first, self.since.get(product, first))
        for (start_ns, end_ns), products in spans.items():
            span = start_ns, min(end_ns, until_ns)
            self._add_days(calendars, *span)
            for hour in hours_between(plan.plant.zone, *span):
                self.add_hour(hour, *products)
            for shift in shifts_within(calendars, *span):
                self.add_shift(shift, *products)

    def add_hour(self, hour: Span, *products: str) -> None:
        """Compute the rows of these products."""
        self.hours.setdefault(hour, set()).update(products)

    def add_shift(self, shift: Shift, *products: str) -> None:
        """Compute the rows of these products."""
        self.shifts.setdefault(shift, set()).update(products)

    def products_before(self, end: int) -> frozenset[str] | None:
        """The products whose rows may change before `end`; None: every product."""
        return only_products({product for product, day in self.since.items() if day < end})

    def _add_days(self, calendars: dict[Calendar, tuple[str, ...]], start_ns: int, end_ns: int) -> None:
        for calendar in calendars:
            first = production_day(calendar, start_ns).toordinal()
            last = production_day(calendar, max(end_ns - 1, start_ns)).toordinal()
            self.across_days |= first != last and end_ns - start_ns > BUCKET_S * NS
            for day in range(first, last + 1):
                self.days.add(day)


def only_products(wanted: set[str]) -> frozenset[str] | None:
    """These products; None: every one."""
    return None if EVERY_PRODUCT in wanted else frozenset(wanted)


def of_products(products: frozenset[str] | None) -> dict[str, Container[str]]:
    """The values of tags with which rows of these products are withdrawn."""
    return {} if products is None else {"product": products}


@dataclass(frozen=True, slots=True)
class KeptForecasts:
    """Forecasts of a book, and `running`: the production days that ran then. Until one of them is over, or an earlier
    one changes, they are what they were, for a day that runs enters no forecast."""

    forecasts: Forecasts
    running: tuple[int, ...]

    def holds(self, book: Book, days: range, running: tuple[int, ...]) -> bool:
        """Whether they are the forecasts of these days of the book as it is now."""
        ours = self.forecasts
        return ours.book is book and range(ours.first, ours.end) == days and self.running == running


@dataclass(slots=True)
class Books:
    """One book a calendar year, the `BOOKS_KEPT` that were asked for last. Blocks: call in a thread, one at a time."""

    ledger: Ledger
    plan: OutputPlan
    _books: dict[int, Book] = field(default_factory=dict)
    _forecasts: dict[int, KeptForecasts] = field(default_factory=dict)
    _version: tuple[int, ...] = ()

    def of(self, year: int, now_ns: int) -> Book:
        """The book of `year` with what is known at `now_ns`; days that `changed` did not name are as they were read."""
        self._drop_outdated()
        book = self._books.pop(year, None)
        if book is None:
            book = self._read(lambda connection: book_reader.read_book(connection, self.plan, year, now_ns=now_ns))
            begun = local_date(self.plan.plant.zone, now_ns).toordinal() + 1
            self._lay_unbelieved(book, list(range(book.first, min(book.end, begun))))
        book.now_ns = now_ns
        self._books[year] = book
        while len(self._books) > BOOKS_KEPT:
            del self._books[next(iter(self._books))]
        return book

    def forecasts(self, book: Book, days: range) -> Forecasts:
        """The forecasts of these days of a book that `of` gave."""
        running = self._running(book.now_ns)
        kept = self._forecasts.get(days[0])
        if kept is None or not kept.holds(book, days, running):
            kept = KeptForecasts(Forecasts(book, days[0], days[-1] + 1), running)
            self._forecasts = {days[0]: kept}
        return kept.forecasts

    def _running(self, now_ns: int) -> tuple[int, ...]:
        calendars = (Calendar(zone=self.plan.plant.zone), *(shop.calendar for shop in self.plan.plant.shops.values()))
        return tuple(production_day(calendar, now_ns).toordinal() for calendar in calendars)

    def changed(self, days: Iterable[int], now_ns: int, *, across_days: bool) -> None:
        """Read these days (ordinals) anew. `across_days`: an amount over several days may have changed too."""
        if across_days:
            self._books.clear()
        self._drop_outdated()
        wanted = sorted(set(days))
        for book in self._books.values():
            ours = [day for day in wanted if book.first <= day < book.end]
            if ours:
                self._read_days(book, ours, now_ns)

    def _read_days(self, book: Book, days: list[int], now_ns: int) -> None:
        if days[0] < min(self._running(now_ns)):
            self._forecasts.clear()
        as_of = book_reader.AsOf(now_ns)
        self._read(lambda connection: book_reader.read_days(connection, book, days, as_of))
        book.now_ns = now_ns
        book.invalidate(days)
        self._lay_unbelieved(book, days)

    def _lay_unbelieved(self, book: Book, days: list[int]) -> None:
        if days:
            since_s = self.plan.day_range(date.fromordinal(days[0]))[0]
            lay_unbelieved(book, self._read(lambda connection: incidents.episodes(connection, since_s)), days)

    def _drop_outdated(self) -> None:
        """What people stated may change any day: then the books are read anew."""
        version = self._read(ledger_statements.version)
        if version != self._version:
            self._books.clear()
            self._version = version

    def _read(self, call: Callable[[apsw.Connection], Result]) -> Result:
        return self.ledger.read(call)


@dataclass(slots=True)
class Figures:
    """What a piece of work gives: the rows that hold now, and the keys of published rows that hold no more."""

    rows: list[Row] = field(default_factory=list)
    withdrawn: list[RowKey] = field(default_factory=list)


def _calendar(plant: Plant, unit: str) -> Calendar:
    """The calendar of a unit; of a total, or a unit that is gone, the days of the site."""
    return plant.shops[plant.units[unit].shop].calendar if unit in plant.units else Calendar(zone=plant.zone)
