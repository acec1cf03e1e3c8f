"""The closing of a month: its figures are kept as they stand, and from then on it takes adjustments only."""

from datetime import date

import apsw

from collector.entries import spans
from collector.entries.entry_file import EntryFile
from collector.entries.entry_texts import entry_text
from collector.errors import EntryRefused
from collector.sentence import NamedMonth
from collector.storage.ledger import book_reader
from collector.storage.ledger import statements as ledger_statements
from models.books.book import Book
from models.books.overlaps import Amount
from models.stated.closed_month import ClosedFigure, MonthClose, MonthReopening
from models.works.month import shifted
from models.works.place import Place


def close_month(entries: EntryFile, month: int, author: str, *, confirm: bool) -> int:
    """Close the books of a month: every figure of it is kept as it stands. Returns how many there are.

    Raises EntryRefused: the month is not over, is closed already, or has days that nobody knows (unless `confirm`).
    """

    def post(connection: apsw.Connection) -> int:
        facts = ledger_statements.read(connection, span_ns=None)
        now_ns = entries.clock_ns()
        if month in facts.closed_months:
            raise EntryRefused(entry_text("closed_already", month=NamedMonth(month)))
        book = book_reader.read_book(connection, entries.plan, date.fromordinal(month).year, now_ns=now_ns)
        amounts = {place: book.total(place, month, shifted(month, 1)) for place in book.places.all}
        _check_closing(book, month, amounts, confirm=confirm)
        figures = [
            ClosedFigure(
                month=month,
                level=place.level,
                shop=place.shop,
                unit=place.unit,
                product=place.product,
                grams=found.grams,
            )
            for place, found in amounts.items()
            if found.grams is not None
        ]
        dirty = [
            spans.of_days(entries.plant, place.shop, place.unit, place.product, month, shifted(month, 1))
            for place in amounts
        ]
        statements: list[ledger_statements.Statement] = [MonthClose(month=month, author=author), *figures]
        ledger_statements.add(connection, statements, dirty, now_ns)
        return len(figures)

    return entries.write(post)


def reopen_month(entries: EntryFile, month: int, author: str, reason: str) -> None:
    """Open the books of a month again that was closed by mistake. Its closing and its figures stay on record.

    What was booked in later months because this one was closed stays where it was booked.

    Raises EntryRefused: the month is not closed.
    """

    def post(connection: apsw.Connection) -> None:
        facts = ledger_statements.read(connection, span_ns=None)
        if month not in facts.closed_months:
            raise EntryRefused(entry_text("nothing_to_reopen", month=NamedMonth(month)))
        dirty = {
            spans.of_days(entries.plant, figure.shop, figure.unit, figure.product, month, shifted(month, 1))
            for figure in facts.closed_figures
            if figure.month == month
        }
        reopening = MonthReopening(month=month, author=author, reason=reason)
        ledger_statements.add(connection, [reopening], dirty, entries.clock_ns())

    entries.write(post)


def _check_closing(book: Book, month: int, amounts: dict[Place, Amount], *, confirm: bool) -> None:
    named = NamedMonth(month)
    if not amounts or all(found.grams is None for found in amounts.values()):
        raise EntryRefused(entry_text("nothing_to_close", month=named))
    running = [place for place in amounts if book.days_over(place, month) < len(book.targets.month_days(place, month))]
    if running:
        raise EntryRefused(entry_text("month_not_over", month=named))
    lacking = [
        f"{place.unit if place.level == 'unit' else place.shop}/{place.product}"
        for place, found in amounts.items()
        # A unit that is due a part of the month and has none of it is missing whole: its shop would be closed short.
        if not found.whole and (found.grams is not None or book.targets.of_month(place, month))
    ]
    if lacking and not confirm:
        raise EntryRefused(entry_text("days_unknown", month=named, places=tuple(lacking[:10])))
