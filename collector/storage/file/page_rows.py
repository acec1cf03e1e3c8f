"""The rows of a table out of the sound pages of a damaged file: of the table's own tree, and of an index that has all.

Which tree is which the schema says. Where a page of the schema itself is broken, the trees are where a new file of this
version has them, if all that can be read of the schema says the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import apsw

from collector.storage.file.sound_pages import PageUse, SoundPages
from collector.storage.file.sql import rows, value
from collector.storage.file.tree_rows import LOST, Cell, holes, tree_rows

Key = tuple[Any, ...]


@dataclass(slots=True)
class FoundRows:
    """`names`: the columns of `rows`. `holes`: the keys before and after each loss; None where there is none."""

    names: Sequence[str] = ()
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    holes: list[tuple[Key | None, Key | None]] = field(default_factory=lambda: [(None, None)])


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    default: Any
    key: int


class PageRows:
    """Reads tables of the old file, one after the other. `fresh`: a new file of the present version."""

    def __init__(self, pages: SoundPages, fresh: apsw.Connection) -> None:
        self._pages, self._fresh = pages, fresh
        schema = tree_rows(pages, 1)
        entries = [cell[1] for cell in schema if cell is not LOST]
        self._roots: dict[str, int] = {str(entry[1]): int(entry[3] or 0) for entry in entries}
        self._sql: dict[str, str] = {str(entry[1]): str(entry[4] or "") for entry in entries}
        if LOST in schema:
            self._roots |= self._as_in_a_new_file()
        self._sequence = self._read_sequence()

    def read(self, table: str) -> FoundRows:
        """All that can be read of a table."""
        root = self._roots.get(table)
        if root is None:
            return FoundRows()
        columns, numbered = self._columns(table)
        cells = tree_rows(self._pages, root)
        found = FoundRows([column.name for column in columns])
        found.rows = [_row(cell, columns, numbered=numbered) for cell in cells if cell is not LOST]
        found.holes = list(_holes(cells, columns, numbered=numbered))
        if numbered:
            found.holes = [hole for hole in found.holes if self._is_loss(table, *hole)]
        if found.holes and numbered:
            self._fill(table, columns, found)
        return found

    def _is_loss(self, table: str, before: Key | None, after: Key | None) -> bool:
        """Row ids that follow each other have none between them; the highest that was ever given is noted."""
        first = before[0] if before else 0
        end = after[0] if after else self._highest(table, first + 1) + 1
        return bool(end > first + 1)

    def _highest(self, table: str, unknown: int) -> int:
        """The highest row id that a table ever had."""
        if self._sequence is None or "AUTOINCREMENT" not in self._sql.get(table, ""):
            return unknown
        return self._sequence.get(table, 0)

    def _fill(self, table: str, columns: Sequence[_Column], found: FoundRows) -> None:
        """Take what an index has, if it has all columns. If the index is whole, nothing is lost."""
        for index in list(rows(self._fresh, f"PRAGMA index_list({table})")):
            if index[4]:
                continue  # of some rows alone
            indexed = [row[2] for row in rows(self._fresh, f"PRAGMA index_xinfo('{index[1]}')")]
            names = [_row_id_name(columns) if name is None else str(name) for name in indexed]
            if {column.name for column in columns} - set(names) or index[1] not in self._roots:
                continue
            cells = tree_rows(self._pages, self._roots[index[1]])
            order = [names.index(column.name) for column in columns]
            found.rows += [tuple(cell[1][at] for at in order) for cell in cells if cell is not LOST]
            if LOST not in cells:
                found.holes = []

    def _columns(self, table: str) -> tuple[list[_Column], bool]:
        """The columns in the order of the file, and whether the table has row ids."""
        with_sql = self._fresh if table not in self._sql else apsw.Connection(":memory:")
        if table in self._sql:
            with_sql.execute(self._sql[table])
        numbered = not next(row[4] for row in rows(with_sql, "PRAGMA table_list") if row[1] == table)
        columns = [
            _Column(str(row[1]), None if row[4] is None else value(with_sql, f"SELECT {row[4]}"), int(row[5]))
            for row in list(rows(with_sql, f"PRAGMA table_info({table})"))
        ]
        if with_sql is not self._fresh:
            with_sql.close()
        if not numbered:
            columns.sort(key=lambda column: (column.key == 0, column.key))
        return columns, numbered

    def _as_in_a_new_file(self) -> Mapping[str, int]:
        new = {
            str(name): int(root)
            for name, root in rows(self._fresh, "SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0")
        }
        if any(self._roots[name] != new.get(name) for name in self._roots if self._roots[name]):
            return {}
        places = {name: self._pages.place(root) for name, root in new.items()}
        return {name: new[name] for name, place in places.items() if place is not None and place.use == PageUse.ROOT}

    def _read_sequence(self) -> dict[str, int] | None:
        """The highest row id of each table that counts them and had a row; None where that is not known."""
        root = self._roots.get("sqlite_sequence")
        cells = [LOST] if root is None else tree_rows(self._pages, root)
        if LOST in cells:
            return None
        return {str(cell[1][0]): int(cell[1][1]) for cell in cells if cell is not LOST}


def _row(cell: Cell, columns: Sequence[_Column], *, numbered: bool) -> tuple[Any, ...]:
    row_id, values = cell
    # A row that was written before a column was added has none of it.
    whole = (*values, *(column.default for column in columns[len(values) :]))
    if not numbered:
        return whole
    return tuple(row_id if item is None and column.key else item for item, column in zip(whole, columns, strict=True))


def _holes(
    cells: Sequence[Cell | None], columns: Sequence[_Column], *, numbered: bool
) -> Iterator[tuple[Key | None, Key | None]]:
    size = sum(column.key > 0 for column in columns)
    for before, after in holes(cells):
        keys = [None if cell is None else ((cell[0],) if numbered else cell[1][:size]) for cell in (before, after)]
        yield keys[0], keys[1]


def _row_id_name(columns: Sequence[_Column]) -> str:
    return next(column.name for column in columns if column.key)
