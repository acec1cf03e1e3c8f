"""Reads out of a ledger what the way to make a month needs: books from 90 days before it to its end, and which units
stand now. SQL and rows; the arithmetic is in `models.recovery`."""

import apsw

from collector.storage.ledger import book_reader
from collector.storage.ledger import detection as ledger_detection
from models.books.book import Book
from models.counting.output_plan import OutputPlan
from models.recovery.best_rate import LOOKS_BACK
from models.works.calendar import NS, local_date
from models.works.month import month_of, shifted
from models.works.plant import Plant


def read_recovery_book(connection: apsw.Connection, plant: Plant, month: int, now_ns: int) -> Book:
    """The books from the month in which the best rates are looked for first, to the end of `month` (the ordinal of its
    first day), which may be a later one than that which runs."""
    today = local_date(plant.zone, now_ns).toordinal()
    span = month_of(min(month, today) - LOOKS_BACK - 1), shifted(month, 1)
    return book_reader.read_span(connection, OutputPlan(plant), span, now_ns=now_ns)


def standing_now(connection: apsw.Connection, plant: Plant, now_ns: int) -> list[str]:
    """The units that are known to stand, without a plan."""
    now_s = now_ns // NS
    lasting = [drop for drop in ledger_detection.drops(connection, now_s, now_s + 1) if drop.end_s is None]
    return sorted({drop.unit for drop in lasting if drop.stands and drop.unit in plant.units})
