"""When a figure changed, and who changed it: candidates out of the ledger, and the figure as known at each of them."""

from collections.abc import Iterator

import apsw

from collector.storage.file.sql import rows
from collector.storage.ledger import book_reader
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.changes import RECORDING_S
from models.books.book import Book
from models.books.receipt import made_in
from models.counting.output_plan import OutputPlan
from models.tables.receipt_record import AskedReceipt, ChangeKind, FigureChange
from models.works.calendar import NS
from models.works.month import month_of, months_between
from models.works.place import ALL
from models.works.plant import Plant

MOST_CHANGES = 24
"""So many instants are looked at, the newest: each asks for the books of the span once more, and for each person that
looks. A judgement: a day has a handful, a month that is still being reported some dozens."""
_Candidate = tuple[int, ChangeKind, str]
"""(recorded, kind, who)."""


def figure_changes(
    connection: apsw.Connection, plant: Plant, asked: AskedReceipt, bounds: tuple[int, int], now_ns: int
) -> tuple[list[FigureChange], bool]:
    """The changes of a figure over [start_ns, end_ns) by time, and whether there may be earlier ones.

    What people did is told from what was counted since the change before it, by the figure as it was known just before.
    """
    book = _book(connection, plant, asked, now_ns, None)
    found: dict[int, _Candidate] = {}
    for at_ns, kind, who in (*_people(connection, book, asked, bounds), *_counters(connection, book, asked, bounds)):
        at_ns = min(at_ns, now_ns)
        # One instant may have an import of many figures; a person's name says more than that counters counted.
        if at_ns not in found or (who and not found[at_ns][2]):
            found[at_ns] = at_ns, kind, who
    more = len(found) > MOST_CHANGES

    def figure(at_ns: int) -> int | None:
        known = _book(connection, plant, asked, now_ns, at_ns)
        return made_in(known, asked.place, asked.first, asked.end).grams if asked.place in known.places.known else None

    changes: list[FigureChange] = []
    for at_ns, kind, who in sorted(found.values())[-MOST_CHANGES:]:
        last = changes[-1].grams if changes else None
        if kind is not ChangeKind.COUNTED and (changes or not more):
            before = figure(at_ns - 1)
            if before != last:
                changes.append(FigureChange(at_ns=at_ns - 1, kind=ChangeKind.COUNTED, who="", grams=before))
                last = before
        grams = figure(at_ns)
        if grams != last or kind in (ChangeKind.SIGNED, ChangeKind.REOPENED):
            changes.append(FigureChange(at_ns=at_ns, kind=kind, who=who, grams=grams))
    return changes, more


def _book(connection: apsw.Connection, plant: Plant, asked: AskedReceipt, now_ns: int, known_ns: int | None) -> Book:
    plan = book_reader.plan_as_of(connection, OutputPlan(plant), known_ns)
    days = asked.first, asked.end
    return book_reader.read_span(connection, plan, days, now_ns=known_ns or now_ns, known_ns=known_ns)


def _people(
    connection: apsw.Connection, book: Book, asked: AskedReceipt, bounds: tuple[int, int]
) -> Iterator[_Candidate]:
    facts, place = ledger_statements.read(connection, span_ns=None), asked.place
    months = {month_of(low) for low, _ in months_between(asked.first, asked.end)}
    units = {ALL, *book.places.units_of(place)}
    units |= {former for unit in units & set(book.plant.units) for former in book.plant.units[unit].renamed_from}
    for unit, origin, recorded_ns, superseded_ns in rows(
        connection,
        "SELECT unit, origin, recorded_ns, superseded_ns FROM figure WHERE start_ns >= ? AND start_ns < ? "
        "AND end_ns <= ? AND product = ?",
        (bounds[0], bounds[1], bounds[1], place.product),
    ):
        if unit in units:
            yield int(recorded_ns), ChangeKind.STATED, str(origin)
            if superseded_ns is not None:  # its next revision may lie in another span, if its file named it
                yield int(superseded_ns), ChangeKind.STATED, ""
    placed = {item.name: item for item in book.adjustments.get(place, ())}
    for item in facts.adjustments:
        if item.name not in placed:
            continue
        # A correction of another month is in no single day.
        days = [item.day] if asked.end - asked.first == 1 else [item.day, placed[item.name].booking_day]
        if any(asked.first <= day < asked.end for day in days):
            yield item.recorded_ns, ChangeKind.CORRECTED, item.author
    for close in facts.closes:
        if close.month in months:
            yield close.recorded_ns, ChangeKind.SIGNED, close.author
    for opening in facts.reopenings:
        if opening.month in months:
            yield opening.recorded_ns, ChangeKind.REOPENED, opening.author
    for (recorded_ns,) in rows(connection, "SELECT recorded_ns FROM configuration ORDER BY id"):
        yield int(recorded_ns), ChangeKind.CONFIGURED, ""


def _counters(
    connection: apsw.Connection, book: Book, asked: AskedReceipt, bounds: tuple[int, int]
) -> Iterator[_Candidate]:
    """What was counted came all along: its last word before the end of the span, and each that came late."""
    units, span_s = book.places.units_of(asked.place), (bounds[0] // NS, bounds[1] // NS)
    instants = set()
    for tag, unit, recorded_s in rows(
        connection,
        "SELECT DISTINCT tag, unit, recorded_s FROM increment JOIN counter ON counter.id = counter "
        "WHERE start_s >= ? AND start_s < ? AND end_s <= ? AND product = ?",
        (*span_s, span_s[1], asked.place.product),
    ):
        current = book.claims.counter(str(tag), str(unit), asked.place.product)
        if current is not None and current[1] in units:
            instants.add(int(recorded_s) // RECORDING_S * RECORDING_S)
    in_time = [at_s for at_s in instants if at_s <= span_s[1] + RECORDING_S]
    # By the hour: what was backfilled overnight came in hundreds of rounds.
    late = {at_s // 3600: at_s for at_s in sorted(instants) if at_s > span_s[1] + RECORDING_S}
    for at_s in (*late.values(), *([max(in_time)] if in_time else ())):
        yield (at_s + RECORDING_S) * NS - 1, ChangeKind.COUNTED, ""
