"""Reads what can still be read of a damaged file, row by row, into a fresh one.

SQLite reads as far as it comes. Where pages have checksums, all others are then read one by one (`page_rows`): a broken
page costs its own rows and no others. Without checksums nothing tells which pages are sound: SQLite comes from both
ends.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from collector.storage.file.page_rows import PageRows
from collector.storage.file.sound_pages import SoundPages
from collector.storage.file.sql import pragma, rows
from collector.storage.file.summed_disk import connect

# Text that is no text (UnicodeDecodeError) and tables that are not what they were (SQLError) are damage too.
_DAMAGE = (apsw.CorruptError, apsw.NotADBError, apsw.IOError, apsw.SQLError, UnicodeDecodeError)
_LONGEST_PROBE = 1_000_000
"""Row ids that are asked for one by one between two breaks. A wider gap is given up, for the start
waits for this."""


Key = tuple[Any, ...]
"""What a table is in the order of: the row id, else the columns of its key."""


@dataclass(frozen=True, slots=True)
class Hole:
    """The keys of the rows right before and after a loss; None if no row was read on that side."""

    before: Key | None
    after: Key | None


@dataclass(slots=True)
class Part:
    """What came of one table, and where rows may be missing."""

    rows: int = 0
    holes: list[Hole] = field(default_factory=list)

    @property
    def damaged(self) -> bool:
        """Whether any row may be lost."""
        return bool(self.holes)

    @property
    def before(self) -> int | None:
        """The first key column next to the first loss, if it is a number."""
        return _first_number(self.holes[0].before) if self.holes else None

    @property
    def after(self) -> int | None:
        """The first key column next to the last loss, if it is a number."""
        return _first_number(self.holes[-1].after) if self.holes else None


def _first_number(key: Key | None) -> int | None:
    return key[0] if key and isinstance(key[0], int) else None


ALL_LOST = Hole(None, None)


@dataclass(slots=True)
class Salvaged:
    """What was found wrong, where the damaged file is now, when that was, and what came of each table."""

    finding: str
    aside: Path
    at_ns: int
    parts: dict[str, Part] = field(default_factory=dict)

    @property
    def damaged(self) -> bool:
        """Whether any row may be lost."""
        return any(part.damaged for part in self.parts.values())


def salvage(found: Salvaged, fresh: apsw.Connection, vfs: str | None) -> None:
    """Copy the rows of its tables from the file that was set aside, which is not changed, and say what came of each.

    A table that is unreadable stays empty. Raises apsw.Error where `fresh` cannot be written: then try again later.
    """
    aside = found.aside
    with contextlib.ExitStack() as stack:
        pages = SoundPages.open(aside)
        if pages is not None:
            stack.callback(pages.close)
        old = _opened(aside, vfs)
        if old is not None:
            stack.callback(old.close)
        by_page = None if pages is None else PageRows(pages, fresh)
        for table in list(found.parts):
            fresh.execute("BEGIN")
            found.parts[table] = _Copy(old, fresh, table).run(by_page)
            fresh.execute("COMMIT")


def _opened(aside: Path, vfs: str | None) -> apsw.Connection | None:
    """None where SQLite can make nothing of it."""
    try:
        old = connect(aside, apsw.SQLITE_OPEN_READWRITE, vfs)
    except apsw.Error:
        return None
    try:
        # The evidence stays as it was found: nothing of its log is played into it.
        old.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        old.execute("PRAGMA wal_autocheckpoint = 0; PRAGMA cell_size_check = ON")
        pragma(old, "user_version")
    except _DAMAGE:
        old.close()
        return None
    return old


@dataclass(slots=True)
class _Walk:
    """The last key before the first loss, the first key after the last one, and whether reading broke off."""

    before: Key | None = None
    after: Key | None = None
    lost: bool = False
    broken: bool = False


class _Copy:
    def __init__(self, old: apsw.Connection | None, fresh: apsw.Connection, table: str) -> None:
        self._old, self._fresh, self._table = old, fresh, table
        self.part = Part()

    def run(self, by_page: PageRows | None) -> Part:
        """`by_page`: reads beyond what is broken; None: nothing tells what is sound."""
        if not self._through_sqlite(beyond=by_page is None) and by_page is not None:
            found = by_page.read(self._table)
            self._insert = _insert(self._table, found.names)
            for values in found.rows:
                self._put(values)
            self.part.holes = [Hole(before, after) for before, after in found.holes]
        return self.part

    def _through_sqlite(self, *, beyond: bool) -> bool:
        """Whether nothing was lost. `beyond`: come from the other end too, and ask for rows between two breaks."""
        table, part = self._table, self.part
        part.holes = [ALL_LOST]
        if self._old is None:
            return False
        try:
            there = {str(row[1]) for row in rows(self._old, f"PRAGMA table_info({table})")}
            same_version = pragma(self._old, "user_version") == pragma(self._fresh, "user_version")
        except _DAMAGE:
            return False
        columns = [(str(row[1]), int(row[5])) for row in rows(self._fresh, f"PRAGMA table_info({table})")]
        names = [name for name, _ in columns if name in there]
        # A column that an older version did not have is no damage.
        if not names or (same_version and len(names) < len(columns)):
            return False
        keys = [name for name, _ in sorted(columns, key=lambda item: item[1]) if dict(columns)[name]]
        numbered = _is_numbered(self._fresh, table)
        key = ["rowid"] if numbered else keys
        self._insert = _insert(table, names)
        self._select = f"SELECT {', '.join((*key, *names))} FROM {table} NOT INDEXED"  # noqa: S608 - our own names
        self._key_size = len(key)
        up = self._walk(", ".join(key))
        before, after = up.before, up.after
        if up.broken and beyond:
            after = self._walk(", ".join(f"{name} DESC" for name in key)).before
        part.holes = [Hole(before, after)] if up.broken or up.lost else []
        if up.broken and beyond and numbered:
            self._probe(part.before, part.after)
        return not part.holes

    def _walk(self, order: str) -> _Walk:
        """Copy in `order` until the end or a break."""
        walk = _Walk()
        try:
            for row in self._read(f"{self._select} ORDER BY {order}"):
                key, values = row[: self._key_size], row[self._key_size :]
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
                for row in self._read(f"{self._select} WHERE rowid = {number}"):
                    self._put(row[self._key_size :])
            except _DAMAGE:
                continue

    def _read(self, sql: str) -> Iterator[tuple[Any, ...]]:
        assert self._old is not None  # noqa: S101 - asked of what was opened alone
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


def _insert(table: str, names: Sequence[str]) -> str:
    marks = ", ".join("?" for _ in names)
    return f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - our own names


def _is_numbered(connection: apsw.Connection, table: str) -> bool:
    """Whether the table has row ids (no WITHOUT ROWID)."""
    listed = {str(row[1]): bool(row[4]) for row in rows(connection, "PRAGMA table_list")}
    return not listed[table]
