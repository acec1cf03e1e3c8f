"""A checksum for each group of rows that a figure depends on, chained day by day. SQL, no threads.

Checksums of pages (`page_sums`) find what turned in the file. Seals prove the rows themselves: what was salvaged from a
damaged file, what a backup holds, and what no page tells of, such as a disk that took back a page and its checksum. A
group is sealed once it cannot change any more, and stays as it is: increments by the UTC day that they lie in, in the
span in which they were recorded; all else by row numbers. Each seal's chain holds that of the seal before it; once a
day its end is written to a file of its own (`seal_heads`).

Not sealed is what is made anew from these, or of the moment: published rows, the outbox, what waits for the group,
states of counters, minutes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import apsw

from collector.storage.file.sql import one, rows, value
from collector.storage.ledger.changes import RECORDING_S, number
from models.works.calendar import NS

SCHEMA = """
CREATE TABLE seal (
    id INTEGER PRIMARY KEY AUTOINCREMENT, part TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    from_s INTEGER NOT NULL, until_s INTEGER NOT NULL, start_ns INTEGER NOT NULL, end_ns INTEGER NOT NULL,
    row_count INTEGER NOT NULL, digest BLOB NOT NULL, chain BLOB NOT NULL, broken INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX seal_of ON seal (part, first)
"""
TABLES = ("seal",)

INCREMENT = "increment"
DAY_S = 86_400
_GROUP = 5000
"""Rows of a group at most: what one look reads, and what one lost page costs where no backup has it."""

_ALWAYS = ("0", str(2**62))
_MONTH = ("(month - 719163 - 1) * 86400000000000", "(month - 719163 + 32) * 86400000000000")
"""The month as a span that holds it in every zone; 719163 is the ordinal of 1970-01-01."""

_INCREMENT_COLUMNS = ("start_s", "end_s", "counter", "recorded_s", "grams", "flags", "readings")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "counter": ("tag", "unit", "product"),
    "event": (
        *("tag", "unit", "product", "production_year", "key"),
        *("revision", "grams", "end_ns", "sequence", "recorded_ns"),
    ),
    "gap": ("tag", "start_ns", "end_ns", "cause", "recorded_ns"),
    # Whether a figure is the newest word follows from those after it.
    "figure": (
        *("start_ns", "end_ns", "shop", "unit", "product", "grams", "basis", "status", "key", "definition", "origin"),
        *("recorded_ns", "import_id"),
    ),
    "plan": ("month", "shop", "unit", "product", "grams", "author", "recorded_ns", "import_id"),
    "repair": (
        *("name", "unit", "start_ns", "end_ns", "kind", "approved_by"),
        *("author", "withdrawn", "recorded_ns"),
    ),
    "adjustment": (
        *("day", "booked_month", "shop", "unit", "product", "grams"),
        *("author", "reason", "name", "undoes", "recorded_ns"),
    ),
    "month_close": ("month", "author", "recorded_ns"),
    "closed_figure": ("month", "level", "shop", "unit", "product", "grams", "recorded_ns"),
    "month_reopening": ("month", "author", "reason", "recorded_ns"),
    "address": ("tag", "address", "recorded_ns"),
    "configuration": ("document", "recorded_ns"),
    "measure": (
        *("subject", "kind", "start", "end", "value", "growth_pct", "source", "stated_on", "author"),
        "recorded_ns",
    ),
    "milestone": (
        *("project", "milestone", "forecast", "fact", "source", "stated_on", "author"),
        "recorded_ns",
    ),
    "accident": (
        *("number", "at_ns", "shop", "unit", "kind", "cause", "victims", "fatal", "days_lost", "note", "author"),
        *("withdrawn", "recorded_ns"),
    ),
    "signature": (
        *("day", "scope", "user", "full_name", "note", "figures", "shops", "digest"),
        "recorded_ns",
    ),
}
_SPANS: Mapping[str, tuple[str, str]] = {
    "event": ("end_ns", "end_ns"),
    "gap": ("start_ns", "end_ns"),
    "figure": ("start_ns", "end_ns"),
    "repair": ("start_ns", "end_ns"),
    "plan": _MONTH,
    "adjustment": (
        "(min(day, booked_month) - 719163 - 1) * 86400000000000",
        "(max(day, booked_month) - 719163 + 32) * 86400000000000",
    ),
    "signature": ("(day - 719163 - 1) * 86400000000000", "(day - 719163 + 2) * 86400000000000"),
    "measure": ("(start - 719163 - 1) * 86400000000000", "(end - 719163 + 1) * 86400000000000"),
    "milestone": ("(stated_on - 719163 - 1) * 86400000000000", "(stated_on - 719163 + 2) * 86400000000000"),
    "accident": ("at_ns", "at_ns"),
    "month_close": _MONTH,
    "closed_figure": _MONTH,
    "month_reopening": _MONTH,
}
SEALED = (INCREMENT, *_COLUMNS)
NO_TONNES = frozenset({"signature", "measure", "milestone", "accident"})
"""Tables from which no figure is made: if their rows are lost, no tonnes are in doubt."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A group of rows of the table `part`, as it was.

    Of increments those that begin in [first, last] (UTC seconds) and were recorded in [from_s, until_s); of others
    those of the row numbers [first, last]. `start_ns`, `end_ns`: the time that the rows are about.
    """

    part: str
    first: int
    last: int
    from_s: int
    until_s: int
    start_ns: int
    end_ns: int
    row_count: int
    digest: bytes


def columns(part: str) -> tuple[str, ...]:
    """The columns of a group's rows that are sealed, in their order."""
    return _INCREMENT_COLUMNS if part == INCREMENT else ("id", *_COLUMNS[part])


def group(connection: apsw.Connection, seal: Seal) -> list[tuple[Any, ...]]:
    """The rows of a group as they are now."""
    names, span = ", ".join(columns(seal.part)), (seal.first, seal.last)
    if seal.part == INCREMENT:
        sql = (
            f"SELECT {names} FROM increment WHERE start_s BETWEEN ? AND ? AND recorded_s >= ? AND recorded_s < ? "  # noqa: S608
            "ORDER BY start_s, end_s, counter, recorded_s"
        )
        return list(rows(connection, sql, (*span, seal.from_s, seal.until_s)))
    return list(rows(connection, f"SELECT {names} FROM {seal.part} WHERE id BETWEEN ? AND ? ORDER BY id", span))  # noqa: S608


def digest(found: Sequence[tuple[Any, ...]]) -> bytes:
    """What is kept of a group's rows."""
    return blake2b(repr(list(found)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def is_sound(connection: apsw.Connection, seal: Seal) -> bool:
    """Whether a group is as it was when it was sealed."""
    return digest(group(connection, seal)) == seal.digest


def sealed(connection: apsw.Connection, part: str) -> list[tuple[int, Seal]]:
    """(number, seal) of all groups of a table that were not given up."""
    sql = f"SELECT id, {_SEAL} FROM seal WHERE broken = 0 AND part = ? ORDER BY id"  # noqa: S608 - our own names
    return [(int(row[0]), Seal(*row[1:])) for row in rows(connection, sql, (part,))]


def of_share(connection: apsw.Connection, share: int, shares: int) -> list[tuple[int, Seal]]:
    """(number, seal) of a share of all groups that were not given up."""
    sql = f"SELECT id, {_SEAL} FROM seal WHERE broken = 0 AND id % ? = ? ORDER BY id"  # noqa: S608 - our own names
    return [(int(row[0]), Seal(*row[1:])) for row in rows(connection, sql, (shares, share))]


def unsealed(connection: apsw.Connection, share: int, shares: int) -> Iterator[Seal]:
    """Groups that can change no more and have no seal: those of a share of the days, and of the day before today."""
    recorded_s = number(connection, "recorded_ns") // NS // RECORDING_S * RECORDING_S
    known = {
        int(first): int(until_s)
        for first, until_s in rows(
            connection, "SELECT first, max(until_s) FROM seal WHERE part = ? GROUP BY first", (INCREMENT,)
        )
    }
    oldest = value(connection, "SELECT min(start_s) FROM increment")
    today = recorded_s // DAY_S
    for day in range(today if oldest is None else oldest // DAY_S, today):
        first = day * DAY_S
        from_s = known.get(first, 0)
        # Rows of days that are over come late: each day is looked at once in so many shares, the new one at once.
        if from_s and day % shares != share:
            continue
        yield from _counted(connection, first, from_s, recorded_s)
    for part in _COLUMNS:
        yield from _numbered(connection, part)


def add(connection: apsw.Connection, seals: Sequence[Seal]) -> None:
    """Keep seals, each chained to the one before it."""
    for seal in seals:
        before = value(connection, "SELECT chain FROM seal ORDER BY id DESC LIMIT 1") or b""
        row = (seal.part, seal.first, seal.last, seal.from_s, seal.until_s, seal.start_ns, seal.end_ns)
        marks = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
        connection.execute(
            f"INSERT INTO seal ({_SEAL}, chain) VALUES ({marks})",  # noqa: S608
            (*row, seal.row_count, seal.digest, chained(before, seal)),
        )


def chained(before: bytes, seal: Seal) -> bytes:
    """The chain up to a seal: `before` is that up to the one before it."""
    fields = (seal.part, seal.first, seal.last, seal.from_s, seal.until_s, seal.start_ns, seal.end_ns, seal.row_count)
    return blake2b(before + repr(fields).encode() + seal.digest, digest_size=16).digest()


def head(connection: apsw.Connection) -> tuple[int, bytes] | None:
    """The number and the chain of the newest seal."""
    found = one(connection, "SELECT id, chain FROM seal ORDER BY id DESC LIMIT 1")
    return None if found is None else (int(found[0]), bytes(found[1]))


def chain_breaks(connection: apsw.Connection) -> int | None:
    """The number of the first seal that does not follow from the one before it; None if all do."""
    before = b""
    for index, (row_id, chain, *row) in enumerate(rows(connection, f"SELECT id, chain, {_SEAL} FROM seal ORDER BY id")):  # noqa: S608
        if row_id != index + 1 or chained(before, Seal(*row)) != chain:
            return index + 1
        before = chain
    return None


def give_up(connection: apsw.Connection, seal_id: int) -> None:
    """A group is lost and told so: it is not looked at again."""
    connection.execute("UPDATE seal SET broken = 1 WHERE id = ?", (seal_id,))


_SEAL = "part, first, last, from_s, until_s, start_ns, end_ns, row_count, digest"


def _counted(connection: apsw.Connection, first: int, from_s: int, until_s: int) -> Iterator[Seal]:
    draft = Seal(INCREMENT, first, first + DAY_S - 1, from_s, until_s, 0, 0, 0, b"")
    found = group(connection, draft)
    if found:
        start_s, end_s = min(row[0] for row in found), max(row[1] for row in found)
        yield Seal(
            *(INCREMENT, first, draft.last, from_s, until_s, start_s * NS, end_s * NS),
            *(len(found), digest(found)),
        )


def _numbered(connection: apsw.Connection, part: str) -> Iterator[Seal]:
    last = int(value(connection, "SELECT ifnull(max(last), 0) FROM seal WHERE part = ?", (part,)))
    start, end = _SPANS.get(part, _ALWAYS)
    while True:
        found = one(
            connection,
            f"SELECT min(id), max(id), count(*), min({start}), max({end}) "  # noqa: S608 - our own names
            f"FROM (SELECT * FROM {part} WHERE id > ? ORDER BY id LIMIT ?)",
            (last, _GROUP),
        )
        if found is None or not found[2]:
            return
        draft = Seal(part, last + 1, found[1], 0, 0, found[3], found[4], found[2], b"")
        yield Seal(
            *(part, draft.first, draft.last, 0, 0, draft.start_ns, draft.end_ns, draft.row_count),
            digest(group(connection, draft)),
        )
        last = found[1]
