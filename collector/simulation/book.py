"""The works' own book of truth: what every counter had made at each published instant, every event, every fault.

One SQLite file, written by the simulator and readable by others meanwhile. A tick's rows are committed before its
values are published, so whatever a collector can have read is in the book. The file is not synced: the book has to
outlive the collector, not the simulator.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from collector.errors import CannotStart, CollectorError, StorageFull

_SCHEMA = """
create table counter (tag text, time_ns integer, grams integer, primary key (tag, time_ns)) without rowid;
create table event (tag text, sequence integer, key text, grams integer, end_ns integer,
                    primary key (tag, sequence)) without rowid;
create table fault (id integer primary key, name text, start_ns integer, end_ns integer);
"""


@dataclass(frozen=True, slots=True)
class CounterEntry:
    """`tag` had made `grams` in all (it never wraps, never resets) when its value of `time_ns` was published."""

    tag: str
    time_ns: int
    grams: int


@dataclass(frozen=True, slots=True)
class EventEntry:
    """One heat, tap, coil, slab or push, as the ring gave it."""

    tag: str
    sequence: int
    key: str
    grams: int
    end_ns: int


@dataclass(frozen=True, slots=True)
class FaultEntry:
    """A fault that was injected, in simulated time; `end_ns` None while it lasts.

    A reset spans from the last value published before it to the first one after it: a count is lost only there.
    """

    name: str
    start_ns: int
    end_ns: int | None


class TruthBookWriter:
    """The simulator writes with it. Raises CannotStart if the file exists already: a book is of one run."""

    def __init__(self, path: Path) -> None:
        if path.exists():
            raise CannotStart(f"the book {path} already exists; move it away or name another file")
        try:
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._connection.execute("pragma journal_mode=wal")
            self._connection.execute("pragma synchronous=off")
            self._connection.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise CannotStart(
                f"the book {path} cannot be written: {error}; name a file in a folder that exists and is writable"
            ) from None

    def tick(self, counters: Iterable[CounterEntry], events: Iterable[EventEntry]) -> None:
        """Enter one tick, whole or not at all. Raises StorageFull if the file cannot take it."""
        try:
            self._enter(counters, events)
        except sqlite3.Error as error:
            raise StorageFull(
                f"the book of the simulated works cannot be written: {error}; free space, then start it again"
            ) from None

    def _enter(self, counters: Iterable[CounterEntry], events: Iterable[EventEntry]) -> None:
        self._connection.execute("begin")
        self._connection.executemany(
            "insert into counter values (?, ?, ?)", ((entry.tag, entry.time_ns, entry.grams) for entry in counters)
        )
        self._connection.executemany(
            "insert into event values (?, ?, ?, ?, ?)",
            ((entry.tag, entry.sequence, entry.key, entry.grams, entry.end_ns) for entry in events),
        )
        self._connection.execute("commit")

    def fault_began(self, name: str, start_ns: int) -> int:
        """Enter a fault that begins now; returns its number."""
        cursor = self._connection.execute("insert into fault (name, start_ns) values (?, ?)", (name, start_ns))
        return int(cursor.lastrowid or 0)

    def fault_ended(self, number: int, end_ns: int) -> None:
        """Enter the end of a fault."""
        self._connection.execute("update fault set end_ns = ? where id = ?", (end_ns, number))

    def close(self) -> None:
        """Finish; the book is one file from then on."""
        self._connection.close()


class TruthBook:
    """Reads a book: use `TruthBook.open`, also while the works runs."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @staticmethod
    def open(path: Path) -> "TruthBook":
        """Open a book. Raises CannotStart if there is none."""
        if not path.is_file():
            raise CannotStart(f"there is no book at {path}; `tundish simulate --book FILE` writes one")
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("pragma query_only=on")
        return TruthBook(connection)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def tags(self) -> list[str]:
        """Counters and event tags in the book, by name."""
        rows = self._connection.execute("select tag from counter union select tag from event order by 1")
        return [row[0] for row in rows]

    def published(self, tag: str, after_ns: int = -1) -> list[CounterEntry]:
        """Every published instant of a counter after `after_ns`, by time."""
        rows = self._connection.execute(
            "select tag, time_ns, grams from counter where tag = ? and time_ns > ? order by 2", (tag, after_ns)
        )
        return [CounterEntry(*row) for row in rows]

    def cumulative(self, tag: str, time_ns: int) -> int:
        """Grams that the counter's newest value at `time_ns` stood for. Raises CollectorError before the first one."""
        row = self._connection.execute(
            "select grams from counter where tag = ? and time_ns <= ? order by time_ns desc limit 1", (tag, time_ns)
        ).fetchone()
        if row is None:
            raise CollectorError(f"the book has no value of {tag} at or before {time_ns}; ask for a later instant")
        return int(row[0])

    def counted(self, tag: str, start_ns: int, end_ns: int) -> int:
        """Grams that a counter made between its values at the two instants."""
        return self.cumulative(tag, end_ns) - self.cumulative(tag, start_ns)

    def events(self, tag: str, start_ns: int | None = None, end_ns: int | None = None) -> list[EventEntry]:
        """The events of a tag with start_ns <= end < end_ns, by sequence."""
        rows = self._connection.execute(
            "select tag, sequence, key, grams, end_ns from event"
            " where tag = ? and end_ns >= ? and end_ns < ? order by sequence",
            (tag, start_ns if start_ns is not None else 0, end_ns if end_ns is not None else 2**62),
        )
        return [EventEntry(*row) for row in rows]

    def faults(self) -> list[FaultEntry]:
        """Every fault that was injected, in the order of its start."""
        rows = self._connection.execute("select name, start_ns, end_ns from fault order by id")
        return [FaultEntry(*row) for row in rows]
