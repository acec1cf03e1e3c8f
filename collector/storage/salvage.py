"""Reads what can still be read of a damaged file, row by row, into a fresh one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from collector.storage.sql import rows

_DAMAGE = (apsw.CorruptError, apsw.NotADBError, apsw.IOError)
_LONGEST_PROBE = 1_000_000


@dataclass(slots=True)
class Part:
    """What came of one table.

    `before` and `after` are the first key column (the row id, where there is one) next to the first and the last break;
    None where no row was read on that side, or where the key is no number.
    """

    rows: int = 0
    damaged: bool = False
    before: int | None = None
    after: int | None = None


@dataclass(slots=True)
class Salvaged:
    """What was found wrong, where the damaged file is now, and what came of each table."""

    finding: str
    aside: Path
    parts: dict[str, Part] = field(default_factory=dict)

    @property
    def damaged(self) -> bool:
        """Whether any row may be lost."""
        return any(part.damaged for part in self.parts.values())


def salvage(aside: Path, fresh: apsw.Connection, tables: Sequence[str], finding: str, vfs: str | None) -> Salvaged:
    """Copy the rows of `tables` from the file at `aside`, which is not changed.

    A table that is unreadable stays empty.
    """
    found = Salvaged(finding, aside, {table: Part(damaged=True) for table in tables})
    try:
        old = apsw.Connection(str(aside), flags=apsw.SQLITE_OPEN_READWRITE, vfs=vfs)
    except apsw.Error:
        return found
    try:
        # The evidence stays as it was found: nothing of its log is played into it.
        old.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        old.execute("PRAGMA wal_autocheckpoint = 0; PRAGMA cell_size_check = ON")
        for table in tables:
            fresh.execute("BEGIN")
            found.parts[table] = _Copy(old, fresh, table).run()
            fresh.execute("COMMIT")
    except _DAMAGE:
        if fresh.in_transaction:
            fresh.execute("ROLLBACK")
    finally:
        old.close()
    return found


class _Copy:
    def __init__(self, old: apsw.Connection, fresh: apsw.Connection, table: str) -> None:
        self._old, self._fresh, self._table = old, fresh, table
        self.part = Part()

    def run(self) -> Part:
        table, part = self._table, self.part
        try:
            there = {str(row[1]) for row in rows(self._old, f"PRAGMA table_info({table})")}
        except _DAMAGE:
            part.damaged = True
            return part
        columns = [(str(row[1]), int(row[5])) for row in rows(self._fresh, f"PRAGMA table_info({table})")]
        names = [name for name, _ in columns if name in there]
        if not names:
            part.damaged = True
            return part
        keys = [name for name, _ in sorted(columns, key=lambda item: item[1]) if dict(columns)[name]]
        numbered = _is_numbered(self._fresh, table)
        key = ["rowid"] if numbered else keys
        marks = ", ".join("?" for _ in names)
        self._insert = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - our own names
        self._select = f"SELECT {key[0]}, {', '.join(names)} FROM {table} NOT INDEXED"  # noqa: S608
        ascending, descending = ", ".join(key), ", ".join(f"{name} DESC" for name in key)
        before, broken = self._walk(ascending)
        if broken:
            part.damaged = True
            after, _ = self._walk(descending)
            part.before, part.after = (key if isinstance(key, int) else None for key in (before, after))
            if numbered:
                self._probe(part.before, part.after)
        return part

    def _walk(self, order: str) -> tuple[Any, bool]:
        """Copy in `order` until the end or a break: (the last key read, whether it broke)."""
        last = None
        try:
            for key, *values in self._read(f"{self._select} ORDER BY {order}"):
                self._put(values)
                last = key
        except _DAMAGE:
            return last, True
        return last, False

    def _probe(self, before: int | None, after: int | None) -> None:
        """Between the first and the last break may lie whole rows: ask for each."""
        if before is None or after is None or after - before > _LONGEST_PROBE:
            return
        for number in range(before + 1, after):
            try:
                for _, *values in self._read(f"{self._select} WHERE rowid = {number}"):
                    self._put(values)
            except _DAMAGE:
                continue

    def _read(self, sql: str) -> Iterator[tuple[Any, ...]]:
        return rows(self._old, sql)

    def _put(self, values: Sequence[Any]) -> None:
        try:
            self._fresh.execute(self._insert, values)
        except apsw.ConstraintError:
            return  # garbage that no longer fits its table is as lost as what cannot be read
        self.part.rows += self._fresh.changes()


def _is_numbered(connection: apsw.Connection, table: str) -> bool:
    """Whether the table has row ids (no WITHOUT ROWID)."""
    listed = {str(row[1]): bool(row[4]) for row in rows(connection, "PRAGMA table_list")}
    return not listed[table]
