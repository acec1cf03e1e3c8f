"""Who has which duty in which shift, in the file of users: entries are added, and none is changed or removed."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from collector.access.access_store import AccessStore
from collector.errors import EntryRefused
from collector.sentence import FilledText
from collector.storage.file.sql import pragma, rows
from models.alerts.incident import Recipient, Role
from models.alerts.roster import DutyChange, DutyEntry, clash, newest_entries

WITH_ROSTER = 3
"""The version of the file from which on it has a roster; an older one is upgraded by the next change."""
_ROWS = "SELECT id, role, shop, start_s, person, author, recorded_ns FROM duty"
_WITH_BEFORE = """
SELECT id, role, shop, start_s, person, author, recorded_ns, ifnull(
    (SELECT b.person FROM duty b WHERE b.start_s = d.start_s AND b.role = d.role AND b.shop = d.shop AND b.id < d.id
     ORDER BY b.id DESC LIMIT 1), '')
FROM duty d ORDER BY id DESC LIMIT ?
"""


class RosterFile:
    """A file that does not exist yet has no entries."""

    def __init__(self, folder: Path, clock_ns: Callable[[], int] = time.time_ns) -> None:
        self._store = AccessStore(folder, clock_ns)

    def between(self, start_s: int, end_s: int) -> list[DutyEntry]:
        """Every entry of shifts that begin in [start_s, end_s), in the order in which they were entered."""
        return self._found("WHERE start_s >= ? AND start_s < ? ORDER BY id", (start_s, end_s))

    def newest(self, count: int) -> list[DutyEntry]:
        """What was entered last, the newest first."""
        return self._found("ORDER BY id DESC LIMIT ?", (count,))

    def newest_changes(self, count: int) -> list[tuple[DutyEntry, str]]:
        """What was entered last, the newest first, each with who had that shift before ("": nobody)."""
        return [(_entry(row[:-1]), row[-1]) for row in self._rows(_WITH_BEFORE, (count,))]

    def enter(self, changes: Sequence[DutyChange], author: str, refusal: Callable[[DutyEntry], FilledText]) -> int:
        """Enter all or none; how many say something new.

        Raises EntryRefused if somebody entered something else meanwhile; `refusal` says what, and who.
        """
        if not changes:
            return 0
        first_s, last_s = min(each.start_s for each in changes), max(each.start_s for each in changes)
        with self._store.writing() as connection:
            sql = f"{_ROWS} WHERE start_s >= ? AND start_s <= ? ORDER BY id"
            newest = newest_entries(_entry(row) for row in rows(connection, sql, (first_s, last_s)))
            now_ns, entered = self._store.clock_ns(), 0
            for change in changes:
                before = newest.get((change.duty, change.start_s))
                other = clash(change, before)
                if other is not None:
                    raise EntryRefused(refusal(other))
                if change.person == ("" if before is None else before.person):
                    continue
                connection.execute(
                    "INSERT INTO duty (role, shop, start_s, person, author, recorded_ns) VALUES (?, ?, ?, ?, ?, ?)",
                    (change.duty.role.value, change.duty.shop, change.start_s, change.person, author, now_ns),
                )
                entered += 1
        return entered

    def _found(self, where: str, values: tuple[int, ...]) -> list[DutyEntry]:
        return [_entry(row) for row in self._rows(f"{_ROWS} {where}", values)]

    def _rows(self, sql: str, values: tuple[int, ...]) -> list[tuple[Any, ...]]:
        with self._store.reading() as connection:
            if connection is None or pragma(connection, "user_version") < WITH_ROSTER:
                return []
            return list(rows(connection, sql, values))


def _entry(row: tuple[Any, ...]) -> DutyEntry:
    number, role, shop, start_s, person, author, recorded_ns = row
    return DutyEntry(
        id=number,
        duty=Recipient(Role(role), shop),
        start_s=start_s,
        person=person,
        author=author,
        recorded_ns=recorded_ns,
    )
