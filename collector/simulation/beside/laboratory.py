"""The laboratory's database: silicon in the iron of BF 3, a sample each ten minutes."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

_EVERY_S = 600


@dataclass(frozen=True, slots=True)
class Assay:
    """`silicon_pct` of the iron that ran at `taken_s` (UTC seconds)."""

    silicon_pct: float
    taken_s: int


def assays(seed: int, after_s: int, until_s: int) -> list[Assay]:
    """The samples of (after_s, until_s]."""
    return [
        Assay(round(Random(f"{seed}:assay:{number}").gauss(0.55, 0.08), 3), number * _EVERY_S)
        for number in range(after_s // _EVERY_S + 1, until_s // _EVERY_S + 1)
    ]


class Laboratory:
    """Its table, in a SQLite file."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.execute("pragma journal_mode=wal")
        self._connection.execute("create table if not exists assays (furnace int, silicon real, taken_at text)")

    def enter(self, found: list[Assay]) -> None:
        """Enter samples of BF 3."""
        rows = [(3, each.silicon_pct, datetime.fromtimestamp(each.taken_s, UTC).isoformat(" ")) for each in found]
        self._connection.executemany("insert into assays values (?, ?, ?)", rows)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
