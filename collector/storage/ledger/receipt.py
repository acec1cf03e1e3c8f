"""Reads the receipt of one figure out of the ledger: its lines, the rows behind them, and when it changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import apsw

from collector.storage.ledger import book_reader, signed_rows
from collector.storage.ledger import incidents as ledger_incidents
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.figure_changes import figure_changes
from collector.storage.ledger.mending import EVERY_TAG
from collector.storage.ledger.receipt_rows import LineRows, figure_words
from models.books.book import Book
from models.books.overlaps import Amount
from models.books.part_day_figures import Spans
from models.books.receipt import FigureReceipt, LineKind, receipt_of
from models.counting.increment import EventRevision
from models.counting.output_plan import OutputPlan
from models.counting.tag_gap import TagGap, tag_gaps
from models.stated.adjustment import Adjustment
from models.stated.plan import PlanEntry
from models.tables.receipt_record import AskedReceipt, ReceiptRecord
from models.tables.unbelieved import unbelieved_gaps
from models.works.calendar import NS, production_day
from models.works.month import month_of, months_between
from models.works.place import Place
from models.works.plant import Plant


@dataclass(frozen=True, slots=True)
class _Reading:
    """One receipt that is being read, in one transaction."""

    connection: apsw.Connection
    asked: AskedReceipt
    book: Book


def read_receipt(connection: apsw.Connection, plant: Plant, asked: AskedReceipt, now_ns: int) -> ReceiptRecord | None:
    """The receipt, in the transaction of the connection; None if the books have no such place."""
    plan = book_reader.plan_as_of(connection, OutputPlan(plant), asked.known_ns)
    days = asked.first, asked.end
    book = book_reader.read_believed(connection, plan, days, now_ns=now_ns, known_ns=asked.known_ns)
    if asked.place not in book.places.known:
        return None
    reading = _Reading(connection, asked, book)
    receipt = receipt_of(book, asked.place, days, _spans(connection, book, asked.known_ns))
    if asked.known_ns is None:  # whether a signature holds is known of the figures of now alone
        status = signed_rows.figure_status(connection, plan.plant, days, asked.place, (receipt.grams, receipt.status))
        receipt = replace(receipt, status=status)
    line_rows = LineRows(connection, book, asked.known_ns)
    months = [month_of(low) for low, _ in months_between(asked.first, asked.end)]
    changes, more = figure_changes(connection, plant, asked, receipt.bounds, now_ns)
    return ReceiptRecord(
        asked=asked,
        plant=plan.plant,
        read_ns=now_ns,
        receipt=receipt,
        counters={
            number: line_rows.of(line)
            for number, line in enumerate(receipt.lines)
            if line.kind in (LineKind.COUNTED, LineKind.OVER_DAYS)
        },
        words={
            number: figure_words(connection, plan.plant, line.figure, asked.known_ns)
            for number, line in enumerate(receipt.lines)
            if line.figure is not None
        },
        corrections=_corrections(reading, receipt),
        closings=[close for close in book.facts.standing_closes if close.month in months],
        plans=_plans(book, asked.place, months),
        gaps=_gaps(reading, receipt),
        events=_events(reading, receipt) if asked.end - asked.first == 1 else (),
        changes=changes,
        more_changes=more,
    )


def _spans(connection: apsw.Connection, book: Book, known_ns: int | None) -> Spans:
    def counted(unit: str, product: str, start_ns: int, end_ns: int) -> Amount:
        shop = book.claims.shop(unit)
        day = production_day(Place("unit", shop, unit, product).calendar(book.plant), start_ns).toordinal()
        known = book_reader.read_as_of(book.facts, month_of(day), known_ns)
        return book_reader.counted_between(connection, book, (unit, product), (start_ns, end_ns), known)

    return counted


def _corrections(reading: _Reading, receipt: FigureReceipt) -> dict[str, Adjustment]:
    named = {line.correction for line in receipt.lines} | {item.correction for item in receipt.elsewhere}
    return {item.name: item for item in reading.book.facts.adjustments if item.name in named}


def _plans(book: Book, place: Place, months: Iterable[int]) -> list[PlanEntry]:
    """The plans of a place; where it has none, those of its parts, which its target sums."""
    wanted = set(months)
    own = [
        plan
        for plan in book.facts.plans
        if plan.month in wanted and (plan.shop, plan.unit, plan.product) == (place.shop, place.unit, place.product)
    ]
    if own:
        return own
    return [plan for part in book.places.parts.get(place, ()) for plan in _plans(book, part, wanted)]


def _gaps(reading: _Reading, receipt: FigureReceipt) -> list[TagGap]:
    book, (start_ns, end_ns) = reading.book, receipt.bounds
    plant, units = book.plant, book.places.units_of(reading.asked.place)
    stated = ledger_reads.gaps(reading.connection, start_ns, end_ns, reading.asked.known_ns)
    episodes = ledger_incidents.episodes(reading.connection, start_ns // NS)
    found = (*tag_gaps(plant.tags, stated, EVERY_TAG), *unbelieved_gaps(plant, episodes, book.now_ns))
    return [
        item
        for item in found
        if item.gap.start_ns < end_ns
        and item.gap.end_ns > start_ns
        and any(item.concerns(unit, receipt.place.product) for unit in units)
    ]


def _events(reading: _Reading, receipt: FigureReceipt) -> list[EventRevision]:
    book, units = reading.book, reading.book.places.units_of(reading.asked.place)
    found = []
    for event in ledger_reads.events(reading.connection, *receipt.bounds, reading.asked.known_ns):
        current = book.claims.counter(event.tag, event.unit, event.product)
        if current is not None and current[1] in units and current[2] == receipt.place.product:
            found.append(event)
    return found
