"""Reads what can still be read of a damaged file, row by row, into a fresh one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from collector.storage.file.sql import pragma, rows
from collector.storage.file.summed_disk import connect

# Text that is no text (UnicodeDecodeError) and tables that are not what they were (SQLError) are damage too.
_DAMAGE = (apsw.CorruptError, apsw.NotADBError, apsw.IOError, apsw.SQLError, UnicodeDecodeError)
_LONGEST_PROBE = 1_000_000
"""Row ids that are asked for one by one between two breaks. A wider gap is given up, for the start
waits for this."""


@dataclass(slots=True)
class Part:
    """What came of one table.

    `before` and `after` are the first key column (the row id, if there is one) next to the first and the last break;
    None if no row was read on that side, or if the key is not a number.
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

    A table that is unreadable stays empty. Raises apsw.Error where `fresh` cannot be written: then try again later.
    """
    found = Salvaged(finding, aside, {table: Part(damaged=True) for table in tables})
    try:
        old = connect(aside, apsw.SQLITE_OPEN_READWRITE, vfs)
    except apsw.Error:
        return found
    try:
        # The evidence stays as it was found: nothing of its log is played into it.
        old.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        try:
            old.execute("PRAGMA wal_autocheckpoint = 0; PRAGMA cell_size_check = ON")
            same_version = pragma(old, "user_version") == pragma(fresh, "user_version")
        except _DAMAGE:
            return found
        for table in tables:
            fresh.execute("BEGIN")
            found.parts[table] = _Copy(old, fresh, table).run(same_version)
            fresh.execute("COMMIT")
    finally:
        old.close()
    return found


@dataclass(slots=True)
class _Walk:
    """The last key before the first loss, the first key after the last one, and whether reading broke off."""

    before: Any = None
    after: Any = None
    lost: bool = False
    broken: bool = False


class _Copy:
    def __init__(self, old: apsw.Connection, fresh: apsw.Connection, table: str) -> None:
        self._old, self._fresh, self._table = old, fresh, table
        self.part = Part()

    def run(self, same_version: bool) -> Part:
        table, part = self._table, self.part
        try:
            there = {str(row[1]) for row in rows(self._old, f"PRAGMA table_info({table})")}
        except _DAMAGE:
            part.damaged = True
            return part
        columns = [(str(row[1]), int(row[5])) for row in rows(self._fresh, f"PRAGMA table_info({table})")]
        names = [name for name, _ in columns if name in there]
        # A column that an older version did not have is no damage.
        part.damaged = not names or (same_version and len(names) < len(columns))
        if not names:
            return part
        keys = [name for name, _ in sorted(columns, key=lambda item: item[1]) if dict(columns)[name]]
        numbered = _is_numbered(self._fresh, table)
        key = ["rowid"] if numbered else keys
        marks = ", ".join("?" for _ in names)
        self._insert = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - our own names
        self._select = f"SELECT {key[0]}, {', '.join(names)} FROM {table} NOT INDEXED"  # noqa: S608
        ascending, descending = ", ".join(key), ", ".join(f"{name} DESC" for name in key)
        up = self._walk(ascending)
        before, after = up.before, up.after
        if up.broken:
            after = self._walk(descending).before
        if up.broken or up.lost:
            part.damaged = True
            part.before, part.after = (key if isinstance(key, int) else None for key in (before, after))
        if up.broken and numbered:
            self._probe(part.before, part.after)
        return part

    def _walk(self, order: str) -> _Walk:
        """Copy in `order` until the end or a break."""
        walk = _Walk()
        try:
            for key, *values in self._read(f"{self._select} ORDER BY {order}"):
                if not self._put(values):
                    walk.lost, walk.after = True, None
                elif not walk.lost:
                    walk.before = key
                elif walk.after is None:
                    walk.after = key
        except _DAMAGE:
            walk.broken = True
        return walk

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

    def _put(self, values: Sequence[Any]) -> bool:
        """False if the row is there already, or is garbage that no longer fits its table."""
        try:
            self._fresh.execute(self._insert, values)
        except (apsw.ConstraintError, apsw.MismatchError):
            return False
        except apsw.IOError as error:
            # Not damage of the old file: giving its rows up for this would lose them.
            raise apsw.FullError(f"the new file cannot be written: {error}") from error
        self.part.rows += self._fresh.changes()
        return self._fresh.changes() == 1


def _is_numbered(connection: apsw.Connection, table: str) -> bool:
    """Whether the table has row ids (no WITHOUT ROWID)."""
    listed = {str(row[1]): bool(row[4]) for row in rows(connection, "PRAGMA table_list")}
    return not listed[table]
