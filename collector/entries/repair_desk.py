"""How people enter repairs at the desk, in the ledger: with the rights of who does it, and in that person's name."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import apsw

from collector.entries.desk_actions import asked as answered
from collector.entries.desk_actions import bounded, refused
from collector.entries.entry_file import EntryFile
from collector.entries.plans import enter_repair
from collector.entries.sheet_texts import sheet_text
from collector.errors import EntryRefused
from collector.sentence import Sentence
from collector.storage.ledger import configurations
from models.access.unit_right import may_for_unit
from models.access.user import Right, User
from models.stated.plan import Repair
from models.works.calendar import HOUR_NS
from models.works.localize import Language

DAY_NS = 24 * HOUR_NS
SHOWN_AFTER_NS = 31 * DAY_NS
"""A repair that ended may still be corrected while its month is open."""
LONGEST_NS = 1100 * DAY_NS
"""Three years; a relining takes months, and a wrong year is a slip."""
LONG_NS = 60 * DAY_NS
"""Longer ones are asked about: a capital repair of a furnace takes less."""


class LedgerRepairDesk:
    """Fulfils `models.access.repair_desk.RepairDesk`."""

    def __init__(self, entries: EntryFile) -> None:
        self._entries = entries

    def repairs(self, shop: str, span_ns: tuple[int, int] | None = None) -> Sequence[Repair]:
        """See `RepairDesk`."""
        first_ns, end_ns = span_ns or (self._entries.clock_ns() - SHOWN_AFTER_NS, 2**63)
        near = (item for item in self._standing() if item.end_ns > first_ns and item.start_ns < end_ns)
        ours = [item for item in near if self._shop(item) == shop]
        return sorted(ours, key=lambda item: (item.start_ns, item.unit))

    def unusual(self, repair: Repair) -> Sequence[Callable[[Language], str]]:
        """See `RepairDesk`."""
        return [item.told for item in self._asked_about(repair)]

    def put(self, user: User, repair: Repair) -> str:
        """See `RepairDesk`."""
        self._may_plan(user, repair)
        stated = replace(repair, approved_by=bounded(repair.approved_by), author=user.author, withdrawn=False)
        answered(lambda: _check(stated))
        return answered(lambda: enter_repair(self._entries, stated)).name

    def withdraw(self, user: User, repair: Repair) -> None:
        """See `RepairDesk`."""
        self._may_plan(user, repair)
        answered(lambda: enter_repair(self._entries, replace(repair, author=user.author, withdrawn=True)))

    def _may_plan(self, user: User, repair: Repair) -> None:
        known = repair.unit in self._entries.plant.units
        if not (known and may_for_unit(user, Right.PLAN, self._entries.plant, repair.unit)):
            raise refused("not_your_right")
        # The name decides which repair is moved: it may be one of another shop.
        for item in self._standing():
            if item.name == repair.name and not may_for_unit(user, Right.PLAN, self._entries.plant, item.unit):
                raise refused("not_your_right")

    def _standing(self) -> Sequence[Repair]:
        def read(connection: apsw.Connection) -> Sequence[Repair]:
            return configurations.facts(connection, self._entries.plant).repairs

        return answered(lambda: self._entries.look(read))

    def _shop(self, repair: Repair) -> str:
        unit = self._entries.plant.units.get(repair.unit)
        return "" if unit is None else unit.shop

    def _asked_about(self, repair: Repair) -> Sequence[Sentence]:
        found: list[Sentence] = []
        if repair.end_ns - repair.start_ns > LONG_NS:
            found.append(sheet_text("repair_long", days=(repair.end_ns - repair.start_ns) // DAY_NS))
        if repair.end_ns <= self._entries.clock_ns():
            found.append(sheet_text("repair_over"))
        for item in self._standing():
            shared = max(item.start_ns, repair.start_ns) < min(item.end_ns, repair.end_ns)
            if item.unit == repair.unit and item.name != repair.name and shared:
                found.append(sheet_text("repair_overlaps", name=item.name, author=item.author))
        return found


def _check(repair: Repair) -> None:
    if repair.end_ns <= repair.start_ns:
        raise EntryRefused(sheet_text("repair_ends_early"))
    if repair.end_ns - repair.start_ns > LONGEST_NS:
        raise EntryRefused(sheet_text("repair_too_long"))
    if not repair.approved_by:
        raise EntryRefused(sheet_text("repair_unapproved"))
