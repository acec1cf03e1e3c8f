"""How people state figures at the desk, in the ledger: with the rights of who does it, and in that person's name."""

from collections.abc import Sequence
from dataclasses import replace

import apsw

from collector.entries.corrections import undo
from collector.entries.desk_actions import asked as answered
from collector.entries.desk_actions import bounded, refused
from collector.entries.entry_file import EntryFile
from collector.entries.import_undo import undo_import
from collector.entries.listed_statements import first_figures
from collector.entries.sheet_corrections import (
    check_correction,
    corrections_of,
    post_correction,
    shop_of_correction,
)
from collector.entries.sheet_saves import check_sheet, save_sheet
from collector.entries.sheets import read_sheet
from collector.storage.ledger import imports
from models.access.entry_desk import CheckedSheet, EntrySheet, ListedSave, TypedSheet, right_for
from models.access.typed_correction import CheckedCorrection, TypedCorrection
from models.access.user import Right, User
from models.stated.adjustment import Adjustment
from models.stated.entry_sheet import AskedSheet, SheetKind

LISTED = 20
"""Saves of a shop that are shown: some days of one."""
LOOKED_THROUGH = 200
"""Imports that are looked through for them."""


class LedgerEntryDesk:
    """Fulfils `models.access.entry_desk.EntryDesk`."""

    def __init__(self, entries: EntryFile) -> None:
        self._entries = entries

    def sheet(self, asked: AskedSheet) -> EntrySheet:
        """See `EntryDesk`."""
        return answered(lambda: read_sheet(self._entries, asked))

    def check(self, user: User, typed: TypedSheet) -> CheckedSheet:
        """See `EntryDesk`."""
        self._may(user, right_for(typed.asked.kind), typed.asked.shop)
        return answered(lambda: check_sheet(self._entries, user, replace(typed, note=bounded(typed.note))))

    def save(self, user: User, typed: TypedSheet) -> int:
        """See `EntryDesk`."""
        self._may(user, right_for(typed.asked.kind), typed.asked.shop)
        return answered(lambda: save_sheet(self._entries, user, replace(typed, note=bounded(typed.note))))

    def undo(self, user: User, number: int) -> int:
        """See `EntryDesk`."""
        # What an import stated never changes, so it may be asked before the transaction that undoes it.
        right, shops = answered(lambda: self._entries.look(lambda connection: _needed(connection, number)))
        for shop in shops:
            self._may(user, right, shop)
        return len(answered(lambda: undo_import(self._entries, number, user.author)).later)

    def saves(self, asked: AskedSheet) -> Sequence[ListedSave]:
        """See `EntryDesk`."""
        return answered(lambda: self._entries.look(lambda connection: self._saves(connection, asked)))

    def corrections(self, asked: AskedSheet) -> Sequence[Adjustment]:
        """See `EntryDesk`."""
        return answered(lambda: corrections_of(self._entries, asked))

    def check_correction(self, user: User, typed: TypedCorrection) -> CheckedCorrection:
        """See `EntryDesk`."""
        self._may(user, Right.CORRECT, typed.asked.shop)
        return answered(lambda: check_correction(self._entries, user, replace(typed, reason=bounded(typed.reason))))

    def correct(self, user: User, typed: TypedCorrection, *, confirmed: bool) -> str:
        """See `EntryDesk`."""
        self._may(user, Right.CORRECT, typed.asked.shop)
        wanted = replace(typed, reason=bounded(typed.reason))
        return answered(lambda: post_correction(self._entries, user, wanted, confirmed=confirmed))

    def undo_correction(self, user: User, name: str, reason: str) -> str:
        """See `EntryDesk`."""
        self._may(user, Right.CORRECT, answered(lambda: shop_of_correction(self._entries, name)))
        said = bounded(reason)
        if not said:
            raise refused("reason_missing")
        return answered(lambda: undo(self._entries, name, user.author, said)).adjustment.name

    def _may(self, user: User, right: Right, shop: str) -> None:
        if shop not in self._entries.plant.shops or not user.may(right, shop):
            raise refused("not_your_right")

    def _saves(self, connection: apsw.Connection, asked: AskedSheet) -> list[ListedSave]:
        planned = asked.kind is SheetKind.PLANS
        what, table = (imports.PLANS, "plan") if planned else (imports.FIGURES, "figure")
        found: list[ListedSave] = []
        for run in imports.listed(connection, LOOKED_THROUGH):
            if len(found) == LISTED:
                break
            if run.what != what or asked.shop not in imports.shops(connection, table, run.number):
                continue
            found.append(
                ListedSave(
                    number=run.number,
                    author=run.author,
                    recorded_ns=run.recorded_ns,
                    file=run.file,
                    figures=tuple(first_figures(connection, self._entries.plant, run.number, planned=planned)),
                    count=run.entries,
                    undone_by=run.undone_by or "",
                )
            )
        return found


def _needed(connection: apsw.Connection, number: int) -> tuple[Right, Sequence[str]]:
    """The right that undoing an import takes, and the shops at which."""
    run = imports.found(connection, number)
    if run is not None and run.what == imports.PLANS:
        return Right.PLAN, imports.shops(connection, "plan", number)
    return Right.STATE_FIGURES, imports.shops(connection, "figure", number)
