"""Who stated what and when: files and sheets of the desk, by the numbers under which they are undone."""

import apsw

from collector.entries.entry_file import EntryFile
from collector.storage.ledger import imports
from collector.storage.ledger import statements as ledger_statements
from models.access.file_desk import ListedStatement
from models.stated.entry_sheet import plan_as_figure
from models.stated.figure import Figure
from models.works.plant import Calendar, Plant

FIRST_FIGURES = 4
"""Figures of one that are told one by one."""


def listed_statements(entries: EntryFile, limit: int) -> list[ListedStatement]:
    """The newest `limit`, the newest first."""

    def read(connection: apsw.Connection) -> list[ListedStatement]:
        return [_statement(connection, entries.plant, run) for run in imports.listed(connection, limit)]

    return entries.look(read)


def first_figures(connection: apsw.Connection, plant: Plant, number: int, *, planned: bool) -> list[Figure]:
    """The first that were stated under a number; plans as they stand on a sheet."""
    if planned:
        plans = [plan for plan, _ in ledger_statements.plans_of(connection, number)]
        return [plan_as_figure(calendar_of(plant, plan.shop), plan) for plan in plans[:FIRST_FIGURES]]
    rows = imports.entry_ids(connection, "figure", number)
    return [ledger_statements.revision(connection, row) for row in rows[:FIRST_FIGURES]]


def calendar_of(plant: Plant, shop: str) -> Calendar:
    """That of a shop; of the whole works, and of a shop that is gone, that of the works."""
    known = plant.shops.get(shop)
    return Calendar(zone=plant.zone) if known is None else known.calendar


def _statement(connection: apsw.Connection, plant: Plant, run: imports.ImportRun) -> ListedStatement:
    planned = run.what == imports.PLANS
    return ListedStatement(
        number=run.number,
        planned=planned,
        shops=tuple(imports.shops(connection, "plan" if planned else "figure", run.number)),
        author=run.author,
        recorded_ns=run.recorded_ns,
        file=run.file,
        figures=tuple(first_figures(connection, plant, run.number, planned=planned)),
        count=run.entries,
        undone_by=run.undone_by or "",
    )
