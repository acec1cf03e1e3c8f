"""Corrections: nothing that was said is changed, dated adjustments are added."""

from dataclasses import dataclass, replace
from datetime import date

import apsw

from collector.entries import spans
from collector.entries.entry_file import EntryFile
from collector.errors import EntryRefused
from collector.storage.ledger import book_reader
from collector.storage.ledger import statements as ledger_statements
from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.adjustment import Adjustment
from models.stated.facts import Facts
from models.works.calendar import local_date
from models.works.month import month_of, period_text, shifted
from models.works.place import Place, place_of

SURVEY_SHARE = 0.03
"""An adjustment beyond this share of its month is flagged: the rule for month-end surveys of stocks."""


@dataclass(frozen=True, slots=True)
class PostedAdjustment:
    """The adjustment as it was stored, and what a person should look at."""

    adjustment: Adjustment
    remarks: tuple[str, ...]


def correct(entries: EntryFile, wanted: Adjustment, booked_month: int | None) -> PostedAdjustment:
    """Post a dated adjustment; `booked_month` None: the month concerned while it is open, else the current one.

    Raises EntryRefused: no figure to correct, a closed month to book in, a day to come.
    """

    def post(connection: apsw.Connection) -> PostedAdjustment:
        facts = ledger_statements.read(connection, span_ns=None)
        now_ns = entries.clock_ns()
        today = local_date(entries.plant.zone, now_ns).toordinal()
        if wanted.day > today:
            raise EntryRefused(f"{date.fromordinal(wanted.day)} is in the future: correct a day that has begun")
        booked = _booked(facts, wanted, booked_month, month_of(today))
        place = place_of(entries.plant, wanted.shop, wanted.unit, wanted.product)
        year = date.fromordinal(wanted.day).year
        book = book_reader.read_book(connection, entries.plan, year, now_ns=now_ns)
        remarks = _remarks(book, place, wanted, facts)
        # The name is taken in the transaction that stores it, so that two people never get the same.
        adjustment = replace(wanted, booked_month=booked, name=ledger_statements.next_adjustment_name(connection))
        dirty = spans.of_adjustment(entries.plant, adjustment)
        recorded_ns = ledger_statements.add(connection, [adjustment], dirty, now_ns)
        return PostedAdjustment(replace(adjustment, recorded_ns=recorded_ns), remarks)

    return entries.write(post)


def undo(entries: EntryFile, name: str, author: str, reason: str) -> PostedAdjustment:
    """Post the inverse of an adjustment; both stay in the log. Raises EntryRefused."""
    facts = entries.read(lambda connection: ledger_statements.read(connection, span_ns=None))
    known = {item.name: item for item in facts.adjustments}
    if name not in known:
        raise EntryRefused(f"there is no adjustment {name}: see tundish correct --list")
    if any(item.undoes == name for item in facts.adjustments):
        raise EntryRefused(f"{name} is undone already: see tundish correct --list")
    old = known[name]
    inverse = replace(old, grams=-old.grams, author=author, reason=reason, undoes=name)
    # It is booked where the first one was, while that month is open: so that no figure changes.
    booked = None if old.booked_month in facts.closed_months else old.booked_month
    return correct(entries, inverse, booked)


def _booked(facts: Facts, wanted: Adjustment, booked_month: int | None, current: int) -> int:
    concerned = month_of(wanted.day)
    if booked_month is None:
        booked_month = current if concerned in facts.closed_months else concerned
    if booked_month in facts.closed_months:
        raise EntryRefused(
            f"the books of {period_text(booked_month)} are closed: book it in {period_text(current)}, which is open"
            if current not in facts.closed_months
            else f"the books of {period_text(booked_month)} are closed: book it in a month that is open"
        )
    if not concerned <= booked_month <= current:
        raise EntryRefused(
            f"{period_text(booked_month)} cannot book what concerns {period_text(concerned)}: name a month from that "
            f"one to {period_text(current)}"
        )
    return booked_month


def _remarks(book: Book, place: Place | None, wanted: Adjustment, facts: Facts) -> tuple[str, ...]:
    month = month_of(wanted.day)
    if place is None:
        raise EntryRefused(f"the plant has no {wanted.shop}/{wanted.unit}: name a shop and a unit of plant.yaml")
    whole = book.total(place, month, shifted(month, 1))
    known_day = book.day(place, wanted.day).made is not None
    stated_amounts = book.stated_within(place, month, shifted(month, 1))
    stated = any(amount.start <= wanted.day < amount.end for amount in stated_amounts)
    if whole.grams is None or not (known_day or stated):
        raise EntryRefused(
            f"there is no figure of {wanted.product} on {date.fromordinal(wanted.day)} to correct: import one"
        )
    after = whole.grams + wanted.grams
    if after < 0:
        raise EntryRefused(
            f"{wanted.grams / GRAMS_PER_TONNE:,.3f} t would leave {after / GRAMS_PER_TONNE:,.3f} t for "
            f"{period_text(month)}: output is 0 or more"
        )
    remarks = []
    if abs(wanted.grams) > SURVEY_SHARE * whole.grams:
        share = 100 * abs(wanted.grams) / whole.grams if whole.grams else 100
        remarks.append(f"it is {share:.1f} % of {period_text(month)}, over {SURVEY_SHARE:.0%}: have it looked at")
    if month in facts.closed_months:
        remarks.append(f"{period_text(month)} is closed: its figure stays, the restated one stands beside it")
    return tuple(remarks)
