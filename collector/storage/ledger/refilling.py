"""Rows that a salvage lost, out of backups: only of a backup that has all else exactly as the ledger has it.

A ledger that was restored once and went on is another one than a later backup of its former self. So each row of the
backup that is not in a hole must be here, as it is there.
"""

import contextlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import apsw

from collector.storage.file.salvage import Hole
from collector.storage.file.sql import FILE_ERRORS, rows
from collector.storage.file.summed_disk import connect
from collector.storage.ledger import seals
from collector.storage.ledger.changes import RECORDING_S, number
from models.works.calendar import NS

_KEY_COLUMNS = {seals.INCREMENT: 4}
"""Columns of a table's key, which come first; of the others the row number."""


def refill(connection: apsw.Connection, part: str, holes: Sequence[Hole], backups: Sequence[Path]) -> int:
    """How many rows came back into the holes of a table whose rows never change."""
    count = 0
    for backup in backups:
        with contextlib.suppress(*FILE_ERRORS, OSError):
            with contextlib.closing(connect(backup, apsw.SQLITE_OPEN_READONLY)) as other:
                found = _missing(connection, other, part, holes)
            for row in found or ():
                names = seals.columns(part)
                marks = ", ".join("?" * len(names))
                connection.execute(f"INSERT INTO {part} ({', '.join(names)}) VALUES ({marks})", row)  # noqa: S608
            count += len(found or ())
    return count


def _missing(
    connection: apsw.Connection, other: apsw.Connection, part: str, holes: Sequence[Hole]
) -> list[tuple[Any, ...]] | None:
    """The rows of the backup that are missing in a hole; None if it has others than we do."""
    size = _KEY_COLUMNS.get(part, 1)
    until_s = number(other, "recorded_ns") // NS // RECORDING_S * RECORDING_S
    ours = _in_order(connection, part)
    mine = next(ours, None)
    found = []
    for row in _in_order(other, part):
        if part == seals.INCREMENT and row[3] >= until_s:
            continue  # it was still being recorded
        while mine is not None and mine[:size] < row[:size]:
            mine = next(ours, None)
        if mine is not None and mine[:size] == row[:size]:
            if mine != row:
                return None
        elif any(_is_in(row[:size], hole) for hole in holes):
            found.append(row)
        else:
            return None
    return found


def _is_in(key: tuple[Any, ...], hole: Hole) -> bool:
    return (hole.before is None or hole.before < key) and (hole.after is None or key < hole.after)


def _in_order(connection: apsw.Connection, part: str) -> Iterator[tuple[Any, ...]]:
    names = seals.columns(part)
    order = ", ".join(names[: _KEY_COLUMNS.get(part, 1)])
    return rows(connection, f"SELECT {', '.join(names)} FROM {part} ORDER BY {order}")  # noqa: S608 - our own names


def still_missing(connection: apsw.Connection, part: str, holes: Sequence[Hole]) -> list[Hole]:
    """Of a table with row numbers without a hole of their own: the holes in which numbers are missing."""
    left = []
    for hole in holes:
        first, last = (hole.before or (0,))[0], hole.after and hole.after[0]
        sql = f"SELECT id FROM {part} WHERE id > ? AND (? IS NULL OR id < ?) ORDER BY id"  # noqa: S608
        there = (int(row[0]) for row in rows(connection, sql, (first, last, last)))
        numbers = [first, *there, *([] if last is None else [last])]
        if last is None or any(later > earlier + 1 for earlier, later in pairwise(numbers)):
            left.append(hole)
    return left
