"""From a question how a month can be made to its report: for the command, and for the page of the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from collector.cli.recover_part import ChainPart
from collector.cli.recover_refusals import recover_refusal
from collector.cli.report_header import local_words
from collector.entries.entry_file import EntryFile
from collector.errors import ConfigurationError
from collector.storage.ledger.recovery import read_recovery_book, standing_now
from dashboards.report.recovery.document import RecoveryReport
from models.books.book import Book
from models.recovery.chain_members import chain_members
from models.recovery.other_day import on_day
from models.recovery.programme import NoProgramme
from models.recovery.recovered import recovery
from models.recovery.what_if import Supposed, SupposedStop, WhatIf
from models.stated.plan import Repair
from models.works.calendar import production_day
from models.works.localize import Language
from models.works.month import month_of, period_text, shifted
from models.works.place import ALL, Place
from models.works.plant import Plant

_MOST_AHEAD = 12
"""Months: plans are made for a year."""


def recovery_month(plant: Plant, asked: int | None, now_ns: int) -> int:
    """The month that is asked for, or the one that runs. Raises ConfigurationError if it is over in every shop, or far
    ahead."""
    running = running_month(plant, now_ns)
    latest = shifted(running, _MOST_AHEAD)
    month = running if asked is None else asked
    if month < running:
        raise ConfigurationError(recover_refusal("month_over", month=period_text(month)))
    if month > latest:
        raise ConfigurationError(recover_refusal("month_far", month=period_text(month), latest=period_text(latest)))
    return month


@dataclass(frozen=True)
class MonthLeft:
    """The books of a month of which days are left, as they were read at one instant. `standing`: the units that stand
    without a plan."""

    book: Book
    month: int
    standing: Sequence[str]

    def report(self, products: Sequence[str], supposed: Supposed, language: Language) -> RecoveryReport:
        """The ways of `products` (codes). Raises ConfigurationError for what cannot be supposed."""
        plant, known = self.book.plant, self.book.places.known
        codes = dict.fromkeys((*products, *(reported.product for reported in plant.reported)))
        chains = {code: chain_members(self.book, code) for code in codes}
        part = ChainPart(plant, products, frozenset[str]().union(*(chains[code] for code in products)))
        what_if = _what_if(self.book, self.month, supposed, part)
        try:
            found = [
                recovery(self.book, product, self.month, what_if, self.standing)
                for product in products
                if Place("site", ALL, ALL, product) in known
            ]
        except NoProgramme as none:
            raise ConfigurationError(recover_refusal("no_answer", solver=none.solver)) from none
        return RecoveryReport(
            plant=plant,
            month=self.month,
            running=running_month(plant, self.book.now_ns),
            products=found,
            repairs=repairs_left(self.book, self.month),
            under_way=repairs_under_way(self.book),
            now_ns=self.book.now_ns,
            supposed=supposed,
            chains=chains,
            as_of=local_words(plant, self.book.now_ns, language),
        )


def read_month_left(entries: EntryFile, month: int) -> MonthLeft:
    """From the ledger. Raises CannotStart if there is none."""
    plant, now_ns = entries.plant, entries.clock_ns()
    return entries.read(
        lambda connection: MonthLeft(
            read_recovery_book(connection, plant, month, now_ns), month, standing_now(connection, plant, now_ns)
        )
    )


def repairs_left(book: Book, month: int) -> list[Repair]:
    """The approved repairs that begin in what is left of a month, by begin: those that can still be moved."""
    end_ns = max(
        (book.bounds(_place(book.plant, unit), shifted(month, 1) - 1)[1] for unit in book.plant.units), default=0
    )
    left = [
        repair
        for repair in book.facts.repairs
        if book.now_ns < repair.start_ns < end_ns and repair.unit in book.plant.units
    ]
    return sorted(left, key=lambda repair: (repair.start_ns, repair.name))


def repairs_under_way(book: Book) -> list[Repair]:
    """The approved repairs that run, by their end: those whose end can still be put off."""
    running = [
        repair
        for repair in book.facts.repairs
        if repair.start_ns <= book.now_ns < repair.end_ns and repair.unit in book.plant.units
    ]
    return sorted(running, key=lambda repair: (repair.end_ns, repair.name))


def _what_if(book: Book, month: int, supposed: Supposed, part: ChainPart) -> WhatIf:
    repairs = {repair.name: repair for repair in repairs_left(book, month)}
    running = {repair.name: repair for repair in repairs_under_way(book)}
    return WhatIf(
        stands=[_standing(book, month, part.unit(unit), day) for unit, day in supposed.stands.items()],
        moved={
            name: _begins_ns(book, month, part.repair(repairs, name, "move"), day)
            for name, day in supposed.moved.items()
        },
        ended={
            name: _ends_ns(book, month, part.repair(running, name, "end"), day) for name, day in supposed.ended.items()
        },
    )


def _standing(book: Book, month: int, unit: str, day: int) -> SupposedStop:
    plant = book.plant
    _check_left(book, month, unit, day, shifted(month, 1))
    place = _place(plant, unit)
    start_ns = max(book.now_ns, book.bounds(place, month)[0])
    return SupposedStop(unit, start_ns, book.bounds(place, day)[1])


def _begins_ns(book: Book, month: int, repair: Repair, day: int) -> int:
    return _other_day_ns(book, month, repair, repair.start_ns, day)


def _ends_ns(book: Book, month: int, repair: Repair, day: int) -> int:
    return _other_day_ns(book, month, repair, repair.end_ns, day)


def _other_day_ns(book: Book, month: int, repair: Repair, instant_ns: int, day: int) -> int:
    """At the same time of the production day as before."""
    # It may be put off to the month after, to look what this one is like without it.
    _check_left(book, month, repair.unit, day, shifted(month, 2))
    calendar = book.plant.shops[book.plant.units[repair.unit].shop].calendar
    # Today it is now at the earliest: the hours that are over cannot be spent otherwise.
    return max(on_day(calendar, instant_ns, day), book.now_ns)


def _check_left(book: Book, month: int, unit: str, day: int, end: int) -> None:
    first = month + book.days_over(_place(book.plant, unit), month)
    last = end - 1
    if not first <= day <= last:
        shown = [date.fromordinal(each).isoformat() for each in (day, first, last)]
        key = "outside" if end == shifted(month, 1) else "outside_both"
        raise ConfigurationError(
            recover_refusal(key, day=shown[0], month=period_text(month), first=shown[1], last=shown[2])
        )


def _place(plant: Plant, unit: str) -> Place:
    return Place("unit", plant.units[unit].shop, unit, "")


def running_month(plant: Plant, now_ns: int) -> int:
    """The ordinal of the first day of the month that is not over in every shop."""
    return month_of(min(production_day(shop.calendar, now_ns).toordinal() for shop in plant.shops.values()))
