"""Figures that are typed into a sheet of the desk: looked at before they are stored, and stored all or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import apsw

from collector.entries import spans
from collector.entries.corrections import SURVEY_SHARE
from collector.entries.entry_file import EntryFile
from collector.entries.entry_texts import entry_text
from collector.entries.figure_remarks import remarks
from collector.entries.figure_text import ToldFigure, shown_tonnes
from collector.entries.figures import book_of, check_figures, closed_months, facts_beside, standing_beside
from collector.entries.file_sums import unusual
from collector.entries.plan_sums import plan_remarks, unusual_plans
from collector.entries.plans import plans_before
from collector.entries.sheet_texts import sheet_text
from collector.entries.sheets import StatedOfLate, lines_of, stated_of_late
from collector.entries.typed_number import typed_grams
from collector.errors import EntryRefused
from collector.files.refusal import FileRefusal, RefusalCode
from collector.sentence import FilledText, NamedMonth, Sentence
from collector.storage.ledger import desk_saves, imports
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.changes import after_all
from models.access.entry_desk import CellFault, CheckedSheet, EntryChange, Told, TypedSheet, right_for
from models.access.user import User
from models.books.book import Book
from models.stated.entry_sheet import SheetKind, SheetLine, figure_of
from models.stated.figure import Figure
from models.stated.plan import PlanEntry
from models.stated.usual_range import unusual_beside
from models.works.localize import Language
from models.works.month import month_of
from models.works.place import place_of

_UNUSUAL_DAY = {
    RefusalCode.FAR_OVER_USUAL: "unusual_day_over",
    RefusalCode.FAR_UNDER_USUAL: "unusual_day_under",
    RefusalCode.OVER_NOMINAL: "unusual_nominal",
}


@dataclass(frozen=True)
class _Checking:
    """What one look at a typed sheet works with, within one transaction."""

    entries: EntryFile
    connection: apsw.Connection
    user: User
    typed: TypedSheet
    stated: StatedOfLate


def check_sheet(entries: EntryFile, user: User, typed: TypedSheet) -> CheckedSheet:
    """What a save would do; nothing is stored."""
    return entries.look(lambda connection: _checked(entries, connection, user, typed))


def save_sheet(entries: EntryFile, user: User, typed: TypedSheet) -> int:
    """Store it and return the number of its import; of a request that is stored already the number that it got.

    Raises EntryRefused: a cell cannot be stated, somebody stated one since it was seen, or nothing would change.
    """

    def post(connection: apsw.Connection) -> int:
        checked = _checked(entries, connection, user, typed)
        if checked.accepted:
            return checked.accepted
        _refuse_what_cannot_be(entries, typed, checked)
        number = _stored(entries, connection, user, typed, [change.new for change in checked.changes])
        desk_saves.add(connection, typed.request, _content(user, typed), number)
        return number

    return entries.write(post)


def _stored(
    entries: EntryFile, connection: apsw.Connection, user: User, typed: TypedSheet, figures: Sequence[Figure]
) -> int:
    clock_ns = after_all(connection, entries.clock_ns())
    planned = typed.asked.kind is SheetKind.PLANS
    what = imports.PLANS if planned else imports.FIGURES
    number = imports.begin(connection, what, typed.asked.name, user.author, len(figures), clock_ns)
    if planned:
        plans = [_plan_of(typed, figure) for figure in figures]
        ledger_statements.add(
            connection, plans, [spans.of_plan(entries.plant, plan) for plan in plans], clock_ns, number
        )
    else:
        ledger_statements.add(connection, figures, spans.of_figures(figures), clock_ns, number)
    return number


def _plan_of(typed: TypedSheet, figure: Figure) -> PlanEntry:
    """The plan that stands on its sheet as that figure."""
    return PlanEntry(
        month=typed.asked.days[0],
        shop=figure.shop,
        unit=figure.unit,
        product=figure.product,
        grams=figure.grams,
        author=figure.origin,
    )


def accepted_as(connection: apsw.Connection, user: User, typed: TypedSheet) -> int:
    """The number under which this very request is stored; 0 if it is not. Raises EntryRefused for another content."""
    found = desk_saves.found(connection, typed.request)
    if found is None:
        return 0
    content, number = found
    if content != _content(user, typed):
        raise EntryRefused(sheet_text("request_reused"))
    return number


def _content(user: User, typed: TypedSheet) -> str:
    # Not what was seen: whoever decides to replace what another stated meanwhile says the same figures.
    cells = (word for cell in sorted(typed.cells, key=lambda cell: cell.id) for word in (cell.id, cell.text.strip()))
    return desk_saves.digest(user.name, typed.asked.name, *cells)


def _refuse_what_cannot_be(entries: EntryFile, typed: TypedSheet, checked: CheckedSheet) -> None:
    for fault in checked.faults:
        raise EntryRefused(sheet_text("sheet_refused", why=_Saying(fault.told)))
    for change in checked.changes:
        if change.meanwhile:
            old = change.old if change.old is not None else replace(change.new, grams=None, origin="")
            told = ToldFigure(entries.plant, old)
            raise EntryRefused(sheet_text("sheet_meanwhile", figure=told, origin=old.origin or "-"))
    if not checked.changes:
        raise EntryRefused(sheet_text("sheet_nothing"))


def _checked(entries: EntryFile, connection: apsw.Connection, user: User, typed: TypedSheet) -> CheckedSheet:
    accepted = accepted_as(connection, user, typed)
    if accepted:
        return CheckedSheet(accepted=accepted)
    checking = _Checking(entries, connection, user, typed, stated_of_late(entries, connection, typed.asked))
    faults: dict[str, Sentence] = {}
    changes = list(_changes(checking, faults))
    figures = [change.new for change in changes if change.new.grams is not None]
    cells = [change.cell for change in changes if change.new.grams is not None]
    planned = typed.asked.kind is SheetKind.PLANS
    facts = checking.stated.facts if planned else facts_beside(connection, entries.plant, figures)
    faults |= {} if planned else {cells[at]: why for at, why in check_figures(entries.plant, facts, figures).items()}
    if faults:
        return CheckedSheet(faults=tuple(CellFault(cell, why.told) for cell, why in faults.items()))
    if planned:
        unusual_of, told = _asked_about_plans(checking, figures, cells)
    else:
        unusual_of = _asked_about(checking, figures, cells)
        told = remarks(entries.plant, standing_beside(connection, entries.plant, facts, figures), figures)
    return CheckedSheet(
        changes=tuple(
            replace(change, unusual=tuple(why.told for why in unusual_of.get(change.cell, ()))) for change in changes
        ),
        remarks=tuple(remark.told for remark in told),
    )


def _changes(checking: _Checking, faults: dict[str, Sentence]) -> Iterator[EntryChange]:
    """What differs from what stands; what cannot be stated goes into `faults`."""
    stated, typed = checking.stated, checking.typed
    cells = {
        line.cell_id(column): (line, span_ns)
        for line in lines_of(checking.entries, stated)
        for column, span_ns in enumerate(stated.spans)
    }
    origin = f"{checking.user.author}: {typed.note}" if typed.note else checking.user.author
    for cell in {cell.id: cell for cell in typed.cells}.values():
        if cell.id not in cells:
            faults[cell.id] = sheet_text("cell_gone")
            continue
        line, span_ns = cells[cell.id]
        grams = typed_grams(cell.text, typed.language)
        if isinstance(grams, FilledText):
            faults[cell.id] = grams
            continue
        newest = stated.newest(line, span_ns)
        if grams == (None if newest is None else newest.grams):
            continue
        why = _not_allowed(checking, line, span_ns)
        if why is not None:
            faults[cell.id] = why
            continue
        version = 0 if newest is None else newest.recorded_ns
        new = replace(figure_of(stated.asked, line, span_ns), grams=grams, origin=origin)
        yield EntryChange(cell=cell.id, new=new, old=newest, version=version, meanwhile=version != cell.seen)


def _not_allowed(checking: _Checking, line: SheetLine, span_ns: tuple[int, int]) -> Sentence | None:
    asked, entries = checking.typed.asked, checking.entries
    planned = asked.kind is SheetKind.PLANS
    if not checking.user.may(right_for(asked.kind), asked.shop):
        return sheet_text("cell_not_yours")
    if span_ns[0] > entries.clock_ns() and not planned:
        return sheet_text("cell_not_begun")
    if planned and checking.stated.closed:
        return entry_text("plan_stands", month=NamedMonth(month_of(asked.day)))
    closed = closed_months(entries.plant, checking.stated.facts, figure_of(asked, line, span_ns))
    return sheet_text("cell_closed", month=NamedMonth(closed[0])) if closed else None


def _asked_about(checking: _Checking, figures: list[Figure], cells: list[str]) -> dict[str, list[Sentence]]:
    """By cell, what a person is asked before it is stored."""
    found: dict[str, list[Sentence]] = {}
    book = book_of(checking.connection, checking.entries, figures)
    days = {} if book is None else unusual(book, figures)
    now_ns = checking.entries.clock_ns()
    for index, (figure, cell) in enumerate(zip(figures, cells, strict=True)):
        told = [*_beside_the_last(checking, figure)]
        if not told and index in days:
            told.append(_of_day(days[index]))
        if figure.end_ns > now_ns:
            told.append(sheet_text("unusual_running"))
        if book is not None and checking.typed.asked.kind is SheetKind.SURVEYS:
            told += _beside_the_books(book, checking, figure)
        if told:
            found[cell] = told
    return found


def _asked_about_plans(
    checking: _Checking, figures: Sequence[Figure], cells: Sequence[str]
) -> tuple[dict[str, list[Sentence]], list[Sentence]]:
    """By cell, what a person is asked of plans; and what is remarked of all of them."""
    plans = [_plan_of(checking.typed, figure) for figure in figures]
    before = plans_before(checking.connection, checking.entries, checking.stated.facts, plans)
    if before is None:
        return {}, []
    found = {
        cells[index]: [
            sheet_text("unusual_plan", **refusal.parameters)
            if refusal.code is RefusalCode.PLAN_UNUSUAL
            else _of_day(refusal)
        ]
        for index, refusal in unusual_plans(before, plans).items()
    }
    return found, plan_remarks(before, plans)


def _of_day(refusal: FileRefusal) -> Sentence:
    return sheet_text(_UNUSUAL_DAY[refusal.code], **refusal.parameters)


def _beside_the_last(checking: _Checking, figure: Figure) -> Iterator[Sentence]:
    usual = checking.stated.usual(SheetLine(figure.unit, figure.product, figure.basis))
    how = unusual_beside(figure.grams or 0, usual)
    if usual is not None and how is not None:
        low, high, middle = (_shown(grams) for grams in (usual.low, usual.high, usual.middle))
        more, less = sorted((figure.grams or 0, usual.middle), reverse=True)
        times = Decimal(f"{more / less:.1f}") if less else Decimal(0)
        names = {"low": low, "high": high, "middle": middle, "count": usual.count, "times": times}
        yield sheet_text(f"unusual_{how.value}", **names)


def _beside_the_books(book: Book, checking: _Checking, figure: Figure) -> Iterator[Sentence]:
    """A survey far from what was counted: DOMAIN's rule for month-end surveys."""
    place = place_of(book.plant, figure.shop, figure.unit, figure.product)
    if place is None:
        return
    made = book.total(place, *checking.typed.asked.days)
    if made.grams and abs((figure.grams or 0) - made.grams) > SURVEY_SHARE * made.grams:
        share = Decimal(f"{100 * abs((figure.grams or 0) - made.grams) / made.grams:.1f}")
        yield sheet_text("unusual_survey", share=share, books=_shown(made.grams), limit=round(100 * SURVEY_SHARE))


def _shown(grams: int) -> Decimal:
    return shown_tonnes(grams).normalize()


@dataclass(frozen=True, slots=True)
class _Saying:
    """A sentence within another."""

    say: Told

    def told(self, language: Language) -> str:
        return self.say(language)
