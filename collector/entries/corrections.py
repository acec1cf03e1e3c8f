"""Corrections: nothing that was said is changed, dated adjustments are added."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import apsw

from collector.entries import spans
from collector.entries.entry_file import EntryFile
from collector.entries.entry_texts import entry_text
from collector.entries.figure_text import ToldProduct, shown_tonnes
from collector.errors import EntryRefused
from collector.sentence import NamedMonth, Sentence
from collector.storage.ledger import book_reader
from collector.storage.ledger import statements as ledger_statements
from models.books.book import Book
from models.stated.adjustment import Adjustment
from models.stated.facts import Facts
from models.works.calendar import local_date
from models.works.month import month_of, shifted
from models.works.place import Place, place_of

SURVEY_SHARE = 0.03
"""An adjustment beyond this share of its month is asked about and flagged: the rule for month-end surveys of stock."""


@dataclass(frozen=True, slots=True)
class PostedAdjustment:
    """The adjustment as it was stored, and what a person should look at. `large`: over SURVEY_SHARE of its month."""

    adjustment: Adjustment
    remarks: tuple[Sentence, ...]
    large: bool = False


def correct(
    entries: EntryFile, wanted: Adjustment, booked_month: int | None, *, confirm: bool = False
) -> PostedAdjustment:
    """Post a dated adjustment; `booked_month` None: the month concerned while it is open, else the current one.

    Raises EntryRefused: no figure to correct, a closed month to book in, a day to come; and unless `confirm`, one that
    is booked already, or a large share of its month.
    """

    def post(connection: apsw.Connection) -> PostedAdjustment:
        facts = ledger_statements.read(connection, span_ns=None)
        booked = replace(wanted, booked_month=booked_month or 0)
        return post_adjustment(entries, connection, facts, booked, confirm=confirm)

    return entries.write(post)


def undo(entries: EntryFile, name: str, author: str, reason: str) -> PostedAdjustment:
    """Post the inverse of an adjustment; both stay in the log. Raises EntryRefused."""

    def post(connection: apsw.Connection) -> PostedAdjustment:
        # Asked in the transaction that posts it: of two people at once, one is told that it is undone already.
        facts = ledger_statements.read(connection, span_ns=None)
        known = {item.name: item for item in facts.adjustments}
        if name not in known:
            raise EntryRefused(entry_text("no_adjustment", name=name))
        if any(item.undoes == name for item in facts.adjustments):
            raise EntryRefused(entry_text("undone_already", name=name))
        old = known[name]
        # It is booked where the first one was, while that month is open: so that no figure changes.
        booked = 0 if old.booked_month in facts.closed_months else old.booked_month
        inverse = replace(old, grams=-old.grams, author=author, reason=reason, undoes=name, booked_month=booked)
        return post_adjustment(entries, connection, facts, inverse, confirm=True)

    return entries.write(post)


def post_adjustment(
    entries: EntryFile, connection: apsw.Connection, facts: Facts, wanted: Adjustment, *, confirm: bool
) -> PostedAdjustment:
    """Post it in the transaction that is under way. `wanted.booked_month` 0: the month concerned while it is open, else
    the current one. Raises EntryRefused."""
    now_ns = entries.clock_ns()
    today = local_date(entries.plant.zone, now_ns).toordinal()
    if wanted.day > today:
        raise EntryRefused(entry_text("day_in_future", day=date.fromordinal(wanted.day)))
    booked = _booked(facts, wanted, month_of(today))
    place = place_of(entries.plant, wanted.shop, wanted.unit, wanted.product)
    year = date.fromordinal(wanted.day).year
    book = book_reader.read_book(connection, entries.plan, year, now_ns=now_ns)
    if not confirm:
        known = repeated(facts, wanted)
        if known is not None:
            names = {"name": known.name, "author": known.author, "reason": known.reason}
            raise EntryRefused(entry_text("booked_already", **names))
    remarks = _remarks(book, place, wanted, facts, confirm=confirm)
    # The name is taken in the transaction that stores it, so that two people never get the same.
    adjustment = replace(wanted, booked_month=booked, name=ledger_statements.next_adjustment_name(connection))
    dirty = spans.of_adjustment(entries.plant, adjustment)
    recorded_ns = ledger_statements.add(connection, [adjustment], dirty, now_ns)
    return PostedAdjustment(replace(adjustment, recorded_ns=recorded_ns), remarks, _is_large(book, place, wanted))


def _is_large(book: Book, place: Place | None, wanted: Adjustment) -> bool:
    month = month_of(wanted.day)
    grams = None if place is None else book.total(place, month, shifted(month, 1)).grams
    return grams is not None and abs(wanted.grams) > SURVEY_SHARE * grams


def repeated(facts: Facts, wanted: Adjustment) -> Adjustment | None:
    """The same, if it stands already: whoever is not sure that a correction was taken gives it once more."""
    undone = {item.undoes for item in facts.adjustments if item.undoes}
    for item in facts.adjustments:
        same = ("day", "shop", "unit", "product", "grams")
        if not item.undoes and item.name not in undone and all(_at(item, name) == _at(wanted, name) for name in same):
            return item
    return None


def _at(item: Adjustment, name: str) -> object:
    return getattr(item, name)


def _booked(facts: Facts, wanted: Adjustment, current: int) -> int:
    concerned = month_of(wanted.day)
    booked_month = wanted.booked_month
    if not booked_month:
        booked_month = current if concerned in facts.closed_months else concerned
    if booked_month in facts.closed_months:
        closed = NamedMonth(booked_month)
        if current in facts.closed_months:
            raise EntryRefused(entry_text("book_in_open", month=closed))
        raise EntryRefused(entry_text("book_in_current", month=closed, current=NamedMonth(current)))
    if not concerned <= booked_month <= current:
        months = {"booked": booked_month, "concerned": concerned, "current": current}
        raise EntryRefused(entry_text("cannot_book", **{name: NamedMonth(month) for name, month in months.items()}))
    return booked_month


def _remarks(
    book: Book, place: Place | None, wanted: Adjustment, facts: Facts, *, confirm: bool
) -> tuple[Sentence, ...]:
    month = month_of(wanted.day)
    named = NamedMonth(month)
    if place is None:
        raise EntryRefused(entry_text("no_such_place", shop=wanted.shop, unit=wanted.unit))
    whole = book.total(place, month, shifted(month, 1))
    known_day = book.day(place, wanted.day).made is not None
    stated_amounts = book.stated_within(place, month, shifted(month, 1))
    stated = any(amount.start <= wanted.day < amount.end for amount in stated_amounts)
    if whole.grams is None or not (known_day or stated):
        product = ToldProduct(book.plant, wanted.product)
        raise EntryRefused(entry_text("no_figure", product=product, day=date.fromordinal(wanted.day)))
    after = whole.grams + wanted.grams
    if after < 0:
        tonnes, left = shown_tonnes(wanted.grams), shown_tonnes(after)
        raise EntryRefused(entry_text("below_nothing", tonnes=tonnes, left=left, month=named))
    remarks: list[Sentence] = []
    if _is_large(book, place, wanted):
        share = 100 * abs(wanted.grams) / whole.grams if whole.grams else 100
        percent, limit = Decimal(f"{share:.1f}"), round(100 * SURVEY_SHARE)
        if not confirm:
            raise EntryRefused(entry_text("ask_large_share", share=percent, month=named, limit=limit))
        remarks.append(entry_text("large_share", share=percent, month=named, limit=limit))
    if month in facts.closed_months:
        remarks.append(entry_text("closed_figure_stays", month=named))
    return tuple(remarks)
