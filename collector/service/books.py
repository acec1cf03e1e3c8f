"""The books of the years that the roll-up works on, kept in memory and brought up to date day by day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import apsw

from collector.storage.ledger import book_reader
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.ledger import Ledger
from models.books.book import Book
from models.counting.output_plan import OutputPlan

Result = TypeVar("Result")
KEPT = 2


@dataclass(slots=True)
class Books:
    """One book a calendar year, the `KEPT` that were asked for last. Blocks: call in a thread, one at a time."""

    ledger: Ledger
    plan: OutputPlan
    _books: dict[int, Book] = field(default_factory=dict)
    _version: tuple[int, ...] = ()

    def of(self, year: int, now_ns: int) -> Book:
        """The book of `year` with what is known at `now_ns`; days that `changed` did not name are as they were read."""
        self._drop_outdated()
        book = self._books.pop(year, None)
        if book is None:
            book = self._read(lambda connection: book_reader.read_book(connection, self.plan, year, now_ns=now_ns))
        book.now_ns = now_ns
        self._books[year] = book
        while len(self._books) > KEPT:
            del self._books[next(iter(self._books))]
        return book

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
        as_of = book_reader.AsOf(now_ns)
        self._read(lambda connection: book_reader.read_days(connection, self.plan, book.facts, book.days, days, as_of))
        book.invalidate(days)

    def _drop_outdated(self) -> None:
        """What people stated may change any day: then the books are read anew."""
        version = self._read(ledger_statements.version)
        if version != self._version:
            self._books.clear()
            self._version = version

    def _read(self, call: Callable[[apsw.Connection], Result]) -> Result:
        return self.ledger.read(call)
