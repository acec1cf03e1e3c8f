"""What the other side has taken: the numbers of files, and by row the file that said it last. One small SQLite file."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import apsw

from collector.diode.diode_file import DiodeFile
from collector.errors import CannotStart
from models.works.table import RowKey

_SCHEMA = """
CREATE TABLE IF NOT EXISTS series (series TEXT PRIMARY KEY, site TEXT NOT NULL, began_ns INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    series TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (series, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS said (
    row_table TEXT NOT NULL, tags TEXT NOT NULL, time_ns INTEGER NOT NULL, began_ns INTEGER NOT NULL,
    number INTEGER NOT NULL, PRIMARY KEY (row_table, tags, time_ns)
) WITHOUT ROWID;
"""
VOID = "void"
Span = tuple[int, int]
"""The first and the last number of a hole."""


@dataclass(frozen=True, slots=True)
class SeriesTaken:
    """Of one outbox: how many numbers were taken, the highest, and the holes below it."""

    series: str
    taken: int
    highest: int
    missing: tuple[Span, ...]


class TakenFiles:
    """Use `opened`. Blocks."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def knows(self, file: DiodeFile) -> bool:
        """Whether its number was taken. A void one says nothing of what a whole one of its number holds."""
        found = self._connection.execute(
            "SELECT kind FROM files WHERE series = ? AND number = ?", (file.series, file.number)
        ).fetchone()
        return found is not None and (found[0] != VOID or file.kind == VOID)

    def newer(self, file: DiodeFile, keys: Iterable[RowKey]) -> set[RowKey]:
        """Of these rows, those of which no later file has said anything yet."""
        found = set()
        for key in keys:
            said = self._connection.execute(
                "SELECT began_ns, number FROM said WHERE row_table = ? AND tags = ? AND time_ns = ?", _key(key)
            ).fetchone()
            if said is None or (said[0], said[1]) <= (file.began_ns, file.number):
                found.add(key)
        return found

    def take(self, file: DiodeFile, name: str, keys: Iterable[RowKey]) -> None:
        """It is in the database: note it, and its rows; synced."""
        with self._connection as connection:
            connection.execute("INSERT OR IGNORE INTO series VALUES (?, ?, ?)", (file.series, file.site, file.began_ns))
            connection.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (file.series, file.number, name, file.kind)
            )
            connection.executemany(
                "INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?, ?)",
                ((*_key(key), file.began_ns, file.number) for key in keys),
            )

    def series(self) -> list[SeriesTaken]:
        """Every outbox that was heard of, in the order in which they began."""
        found = []
        for (series,) in self._connection.execute("SELECT series FROM series ORDER BY began_ns").fetchall():
            numbers = self._connection.execute("SELECT number FROM files WHERE series = ? ORDER BY number", (series,))
            found.append(series_taken(str(series), [int(number) for (number,) in numbers]))
        return found


def series_taken(series: str, numbers: Sequence[int]) -> SeriesTaken:
    """`numbers` in their order. Pure."""
    missing = []
    expected = 1
    for number in numbers:
        if number > expected:
            missing.append((expected, number - 1))
        expected = number + 1
    return SeriesTaken(series, len(numbers), numbers[-1] if numbers else 0, tuple(missing))


@contextmanager
def opened(path: Path) -> Iterator[TakenFiles]:
    """Raises CannotStart."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = apsw.Connection(str(path))
        connection.set_busy_timeout(0)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        connection.execute(_SCHEMA)
    except (apsw.Error, OSError) as error:
        raise CannotStart(
            f"{path} cannot be used: {error}; another ingest may run, or remove it to take every file anew"
        ) from error
    try:
        yield TakenFiles(connection)
    finally:
        connection.close()


def _key(key: RowKey) -> tuple[str, str, int]:
    return key.table, "\x1f".join(f"{name}\x1e{text}" for name, text in key.tags), key.time_ns
