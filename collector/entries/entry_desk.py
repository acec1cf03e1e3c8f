"""How people state figures at the desk, in the ledger: with the rights of who does it, and in that person's name."""

from collections.abc import Sequence
from dataclasses import replace

import apsw

from collector.entries.desk_actions import asked as answered
from collector.entries.desk_actions import bounded, refused
from collector.entries.entry_file import EntryFile
from collector.entries.import_undo import undo_import
from collector.entries.sheet_saves import check_sheet, save_sheet
from collector.entries.sheets import read_sheet
from collector.storage.ledger import imports
from collector.storage.ledger import statements as ledger_statements
from models.access.entry_desk import CheckedSheet, EntrySheet, ListedSave, TypedSheet
from models.access.user import Right, User
from models.stated.entry_sheet import AskedSheet

LISTED = 20
"""Saves of a shop that are shown: some days of one."""
LOOKED_THROUGH = 200
"""Imports that are looked through for them."""
FIRST_FIGURES = 4
"""Figures of a save that are told one by one."""


class LedgerEntryDesk:
    """Fulfils `models.access.entry_desk.EntryDesk`."""

    def __init__(self, entries: EntryFile) -> None:
        self._entries = entries

    def sheet(self, asked: AskedSheet) -> EntrySheet:
        """See `EntryDesk`."""
        return answered(lambda: read_sheet(self._entries, asked))

    def check(self, user: User, typed: TypedSheet) -> CheckedSheet:
        """See `EntryDesk`."""
        self._may_state(user, typed.asked.shop)
        return answered(lambda: check_sheet(self._entries, user, replace(typed, note=bounded(typed.note))))

    def save(self, user: User, typed: TypedSheet) -> int:
        """See `EntryDesk`."""
        self._may_state(user, typed.asked.shop)
        return answered(lambda: save_sheet(self._entries, user, replace(typed, note=bounded(typed.note))))

    def undo(self, user: User, number: int) -> int:
        """See `EntryDesk`."""
        # What an import stated never changes, so it may be asked before the transaction that undoes it.
        for shop in answered(lambda: self._entries.look(lambda connection: _shops_to_undo(connection, number))):
            self._may_state(user, shop)
        return len(answered(lambda: undo_import(self._entries, number, user.author)).later)

    def saves(self, shop: str) -> Sequence[ListedSave]:
        """See `EntryDesk`."""
        return answered(lambda: self._entries.look(lambda connection: _saves(connection, shop)))

    def _may_state(self, user: User, shop: str) -> None:
        if shop not in self._entries.plant.shops or not user.may(Right.STATE_FIGURES, shop):
            raise refused("not_your_right")


def _shops_to_undo(connection: apsw.Connection, number: int) -> Sequence[str]:
    """The shops for which a person needs the right. Plans have none here: they are undone by who may plan."""
    run = imports.found(connection, number)
    return [""] if run is not None and run.what != imports.FIGURES else imports.shops(connection, number)


def _saves(connection: apsw.Connection, shop: str) -> list[ListedSave]:
    found: list[ListedSave] = []
    for run in imports.listed(connection, LOOKED_THROUGH):
        if len(found) == LISTED:
            break
        if run.what != imports.FIGURES or shop not in imports.shops(connection, run.number):
            continue
        rows = imports.entry_ids(connection, "figure", run.number)
        found.append(
            ListedSave(
                number=run.number,
                author=run.author,
                recorded_ns=run.recorded_ns,
                file=run.file,
                figures=tuple(ledger_statements.revision(connection, row) for row in rows[:FIRST_FIGURES]),
                count=run.entries,
                undone_by=run.undone_by or "",
            )
        )
    return found
