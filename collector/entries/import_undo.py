"""An import is taken back: what it stated is again as it stood before. Everything that was said stays on record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import apsw

from collector.entries import spans
from collector.entries.entry_file import EntryFile
from collector.entries.entry_texts import entry_text
from collector.entries.figures import closed_months
from collector.errors import EntryRefused
from collector.sentence import NamedMonth
from collector.storage.ledger import configurations, imports
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.changes import after_all
from collector.storage.ledger.imports import ImportRun
from models.stated.facts import plan_identity
from models.stated.figure import Figure
from models.stated.plan import PlanEntry


@dataclass(frozen=True, slots=True)
class Undone:
    """How many entries were put back, and those that stay: something later took their place."""

    count: int
    later: Sequence[Figure | PlanEntry]


def undo_import(entries: EntryFile, number: int, author: str) -> Undone:
    """Take an import back.

    Raises EntryRefused: there is none of that number, it was taken back already, or a month of it is closed.
    """

    def post(connection: apsw.Connection) -> Undone:
        run = imports.found(connection, number)
        if run is None:
            raise EntryRefused(entry_text("no_import", number=str(number)))
        if run.undone_by is not None:
            raise EntryRefused(entry_text("import_undone_already", number=str(number), author=run.undone_by))
        undo = _undo_plans if run.what == imports.PLANS else _undo_figures
        undone = undo(entries, connection, run, author)
        imports.end_undone(connection, number, author, entries.clock_ns())
        return undone

    return entries.write(post)


def _undo_figures(entries: EntryFile, connection: apsw.Connection, run: ImportRun, author: str) -> Undone:
    facts = configurations.facts(connection, entries.plant)
    # A file may state a figure twice: what stood before the first of them is put back, once.
    first: dict[int, int] = {}
    later: list[Figure] = []
    for row in imports.entry_ids(connection, "figure", run.number):
        figure = ledger_statements.revision(connection, row)
        closed = closed_months(entries.plant, facts, figure)
        if closed:
            month = NamedMonth(closed[0])
            raise EntryRefused(entry_text("import_of_closed_month", number=str(run.number), month=month))
        standing = ledger_statements.standing(connection, figure)
        if standing is None or ledger_statements.import_of(connection, standing) != run.number:
            later.append(figure if standing is None else ledger_statements.revision(connection, standing))
        else:
            first.setdefault(standing, row)
    gone, back = [], []
    for standing, row in first.items():
        figure, before = ledger_statements.revision(connection, standing), ledger_statements.before(connection, row)
        gone.append(figure)
        origin = f"{author}: import {run.number} undone"
        back.append(replace(figure, grams=None, origin=origin) if before is None else before)
    ledger_statements.add(connection, back, spans.of_figures((*gone, *back)), after_all(connection, entries.clock_ns()))
    return Undone(len(back), later)


def _undo_plans(entries: EntryFile, connection: apsw.Connection, run: ImportRun, author: str) -> Undone:
    facts = ledger_statements.read(connection, span_ns=None)
    newest = {plan_identity(plan): plan for plan in facts.all_plans}
    back: dict[object, PlanEntry] = {}
    later: list[PlanEntry] = []
    for plan, before in ledger_statements.plans_of(connection, run.number):
        if plan.month in facts.closed_months:
            raise EntryRefused(entry_text("plan_stands", month=NamedMonth(plan.month)))
        if newest[plan_identity(plan)].recorded_ns != plan.recorded_ns:
            later.append(plan)
        else:
            grams = None if before is None else before.grams
            back.setdefault(plan_identity(plan), replace(plan, grams=grams, author=author))
    dirty = [spans.of_plan(entries.plant, plan) for plan in back.values()]
    ledger_statements.add(connection, back.values(), dirty, after_all(connection, entries.clock_ns()))
    return Undone(len(back), later)
