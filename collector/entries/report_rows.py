"""The rows of a report, computed from the ledger by the same code that fills the output tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import apsw

from collector.storage import book_reader
from models.balance import NodeBalance, balances
from models.book import Book
from models.day_output import day_rows
from models.facts import Facts
from models.forecasts import Forecasts
from models.month import shifted
from models.month_output import month_rows
from models.output import OutputPlan
from models.table import FieldValue, Row

ReportRow = Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class ReportData:
    """The rows of a period, with what had been stated by then."""

    rows: list[ReportRow]
    facts: Facts


def read_day(
    connection: apsw.Connection, plan: OutputPlan, day: int, *, now_ns: int, known_ns: int | None
) -> ReportData:
    """The rows of output_day of one production date (ordinal), as known at `known_ns` (None: at `now_ns`)."""
    book = _book(connection, plan, day, now_ns, known_ns)
    text = date.fromordinal(day).isoformat()
    return ReportData([_named(row, text) for row in day_rows(book, Forecasts(book, day, day + 1), day)], book.facts)


def read_months(
    connection: apsw.Connection, plan: OutputPlan, first: int, last: int, *, now_ns: int, known_ns: int | None
) -> ReportData:
    """The rows of output_month of the months first..last (ordinals of their first days), by month."""
    rows: list[ReportRow] = []
    book: Book | None = None
    month = first
    while month <= last:
        year = date.fromordinal(month).year
        if book is None or date.fromordinal(book.end - 1).year != year:
            book = _book(connection, plan, month, now_ns, known_ns)
        rows += [_named(row, str(row.fields["period"])) for row in month_rows(book, month)]
        month = shifted(month, 1)
    return ReportData(rows, book.facts if book is not None else Facts())


def read_balance(
    connection: apsw.Connection, plan: OutputPlan, day: int, *, now_ns: int, known_ns: int | None
) -> list[NodeBalance]:
    """The mass balance of one production date (ordinal)."""
    return balances(_book(connection, plan, day, now_ns, known_ns), day)


def _book(connection: apsw.Connection, plan: OutputPlan, day: int, now_ns: int, known_ns: int | None) -> Book:
    year = date.fromordinal(day).year
    return book_reader.read_book(connection, plan, year, now_ns=known_ns or now_ns, known_ns=known_ns)


def _named(row: Row, period: str) -> ReportRow:
    return {**dict(row.key.tags), "period": period, **row.fields}
