"""The journal's rows: how a delivery is written, read, found damaged and passed by its consumers. SQL, no threads."""

from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from collector.storage.file.sql import one, rows, value
from collector.storage.journal.schema import checksum

EVERY_SOURCE = "*"
"""The source of an entry that stands for a range of rows that were lost whole."""

LEDGER, SINK = "ledger", "sink"
_DAMAGED_KEPT = 1000
"""Damaged blobs kept as evidence. A failing disk damages many; the losses themselves are all recorded in `gap`."""

_DIFFERS = "checksum differs in the journal"

HEAD = "CAST(source AS BLOB), received_ns, oldest_ns, newest_ns, line_count"
"""Read so that damaged text does not stop the reading of its neighbours."""

Head = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One delivery.

    `lines`: telemetry as line protocol, one whole gzip member (None: no database is configured), `line_count` of them.
    `facts`: what the ledger's consumer needs, opaque here (b"": nothing). `oldest_ns`, `newest_ns`: the span of its
    readings (UTC ns); `received_ns`: the host's clock at receipt.
    """

    source: str
    received_ns: int
    lines: bytes | None
    line_count: int
    facts: bytes
    oldest_ns: int
    newest_ns: int


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as one consumer reads it: the ledger gets no `lines`, the sink no `facts` (b"").

    `damaged`: the facts did not survive. Nothing of it can be counted; the span oldest_ns..newest_ns is an uncertain
    gap for the counters of `source`, which is `EVERY_SOURCE` where whole rows were lost.
    """

    seq: int
    entry: JournalEntry
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class JournalGap:
    """A span of which `part` (facts, lines or rows) of what `source` gave was lost in the file, and why."""

    source: str
    start_ns: int
    end_ns: int
    part: str
    cause: str
    recorded_ns: int


def insert(
    connection: apsw.Connection, entry: JournalEntry, *, unsent: bool, damaged: bool = False, seq: int | None = None
) -> int:
    """Add a row; its sequence number (`seq`: the one that it is to have)."""
    head = (entry.source, entry.received_ns, entry.oldest_ns, entry.newest_ns, entry.line_count)
    connection.execute(
        "INSERT INTO entry (seq, source, received_ns, oldest_ns, newest_ns, line_count, unsent, damaged, facts_crc, "
        "lines_crc, facts, lines) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            seq,
            *head,
            unsent,
            damaged,
            checksum(*head, entry.facts),
            checksum(*head, entry.lines),
            entry.facts,
            entry.lines,
        ),
    )
    return connection.last_insert_rowid()


def read_facts(connection: apsw.Connection, after: int, max_lines: int) -> tuple[list[StoredEntry], list[int]]:
    """(entries beyond `after` in order, the numbers of those found damaged: set them aside, then read again)."""
    found: list[StoredEntry] = []
    broken: list[int] = []
    total = 0
    for seq, *head, damaged, crc, facts in rows(
        connection,
        f"SELECT seq, {HEAD}, damaged, facts_crc, facts FROM entry WHERE seq > ? ORDER BY seq",  # noqa: S608
        (after,),
    ):
        known = readable_head(head)
        if known is None or not _whole(known, facts, crc):
            broken.append(seq)
            continue
        source, received, oldest, newest, count = known
        entry = JournalEntry(source, received, None, count, facts, oldest, newest)
        found.append(StoredEntry(seq, entry, damaged=bool(damaged)))
        total += max(1, count)
        if total >= max_lines:
            break
    return found, broken


def read_lines(
    connection: apsw.Connection, max_lines: int, *, newest_first: bool
) -> tuple[list[StoredEntry], list[int]]:
    """(entries whose telemetry waits, up to `max_lines` and at least one, the numbers of those found damaged)."""
    found: list[StoredEntry] = []
    broken: list[int] = []
    total = 0
    for seq, *head, crc, lines in rows(
        connection,
        f"SELECT seq, {HEAD}, lines_crc, lines "  # noqa: S608
        f"FROM entry WHERE unsent = 1 ORDER BY seq {'DESC' if newest_first else 'ASC'}",
    ):
        known = readable_head(head)
        if known is None or lines is None or not _whole(known, lines, crc):
            broken.append(seq)
            continue
        source, received, oldest, newest, count = known
        if found and total + count > max_lines:
            break
        found.append(StoredEntry(seq, JournalEntry(source, received, lines, count, b"", oldest, newest)))
        total += count
        if total >= max_lines:
            break
    return found, broken


def readable_head(row: Sequence[object]) -> Head | None:
    """What stands beside the blobs, from the columns `HEAD`; None if that itself is damaged."""
    source, received, oldest, newest, count = row
    match source, received, oldest, newest, count:
        case bytes(), int(), int(), int(), int():
            return source.decode(errors="replace"), received, oldest, newest, count
    return None


def _whole(head: Head, blob: object, crc: object) -> bool:
    return isinstance(blob, bytes | None) and checksum(*head, blob) == crc


def set_aside(connection: apsw.Connection, seq: int, now_ns: int) -> list[JournalGap]:
    """Keep apart what of a row is damaged, and record the losses, which are returned.

    The row stays, marked, until its consumers passed it.

    If not even its source and span can be read, the loss is one of any source, as wide as it may have been.
    """
    row = one(
        connection,
        f"SELECT {HEAD}, damaged, unsent, facts_crc, facts, lines_crc, lines FROM entry WHERE seq = ?",  # noqa: S608
        (seq,),
    )
    if row is None:
        return []
    found: list[JournalGap] = []
    damaged, unsent, facts_crc, facts, lines_crc, lines = row[5:]
    readable = readable_head(row[:5])
    head = readable or _widest_head(connection, seq, row[1:4], now_ns)
    if readable is None or not _whole(head, facts, facts_crc):
        _keep_damaged(connection, seq, "facts", facts, now_ns)
        found.append(JournalGap(head[0], head[2], head[3], "facts", _DIFFERS, now_ns))
        damaged, facts = 1, b""
    if unsent and (readable is None or lines is None or not _whole(head, lines, lines_crc)):
        _keep_damaged(connection, seq, "lines", lines, now_ns)
        found.append(JournalGap(head[0], head[2], head[3], "lines", _DIFFERS, now_ns))
        unsent, lines = 0, None
    connection.execute(
        "UPDATE entry SET source = ?, received_ns = ?, oldest_ns = ?, newest_ns = ?, line_count = ?, damaged = ?, "
        "unsent = ?, facts_crc = ?, facts = ?, lines_crc = ?, lines = ? WHERE seq = ?",
        (*head, damaged, unsent, checksum(*head, facts), facts, checksum(*head, lines), lines, seq),
    )
    for gap in found:
        add_gap(connection, gap)
    return found


def _widest_head(connection: apsw.Connection, seq: int, numbers: Sequence[object], now_ns: int) -> Head:
    before = one(connection, "SELECT received_ns FROM entry WHERE seq < ? ORDER BY seq DESC LIMIT 1", (seq,))
    after = one(connection, "SELECT received_ns FROM entry WHERE seq > ? ORDER BY seq LIMIT 1", (seq,))
    beside = (*(before or ()), *(after or (now_ns,)), *numbers)
    instants = [instant for instant in beside if isinstance(instant, int)] or [now_ns]
    return EVERY_SOURCE, now_ns, min(instants), max(instants), 0


def _keep_damaged(connection: apsw.Connection, seq: int, part: str, content: object, now_ns: int) -> None:
    connection.execute(
        "INSERT INTO damaged (seq, part, recorded_ns, content) VALUES (?, ?, ?, ?)",
        (seq, part, now_ns, content if isinstance(content, bytes) else repr(content).encode()),
    )
    connection.execute("DELETE FROM damaged WHERE id <= ?", (connection.last_insert_rowid() - _DAMAGED_KEPT,))


def add_gap(connection: apsw.Connection, gap: JournalGap) -> None:
    """Record a loss."""
    connection.execute(
        "INSERT INTO gap (source, start_ns, end_ns, part, cause, recorded_ns) VALUES (?, ?, ?, ?, ?, ?)",
        (gap.source, gap.start_ns, gap.end_ns, gap.part, gap.cause, gap.recorded_ns),
    )


def gaps(connection: apsw.Connection) -> list[JournalGap]:
    """Every recorded loss, oldest first."""
    sql = "SELECT source, start_ns, end_ns, part, cause, recorded_ns FROM gap ORDER BY id"
    return [JournalGap(*row) for row in rows(connection, sql)]


def mark_sent(connection: apsw.Connection, seqs: Sequence[int]) -> None:
    """The database has, or finally refused, all telemetry of these rows; it gives its room back at once."""
    connection.executemany("UPDATE entry SET unsent = 0, lines = NULL WHERE seq = ?", [(seq,) for seq in seqs])


def set_cursor(connection: apsw.Connection, consumer: str, seq: int) -> None:
    """Note how far a consumer came."""
    connection.execute("INSERT OR REPLACE INTO cursor (consumer, seq) VALUES (?, ?)", (consumer, seq))


def cursor(connection: apsw.Connection, consumer: str) -> int:
    """How far a consumer came; 0 at first."""
    return int(value(connection, "SELECT seq FROM cursor WHERE consumer = ?", (consumer,)) or 0)


def delete_passed(connection: apsw.Connection) -> int:
    """Delete the rows that every consumer passed; how many."""
    connection.execute("DELETE FROM entry WHERE unsent = 0 AND seq <= ?", (cursor(connection, LEDGER),))
    return connection.changes()


def newest_seq(connection: apsw.Connection) -> int:
    """The highest number ever given, also where its row is gone."""
    return int(value(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'entry'") or 0)


def number_beyond(connection: apsw.Connection, seq: int) -> None:
    """Give only numbers above `seq` from now on."""
    if newest_seq(connection) >= seq:
        return
    connection.execute("DELETE FROM sqlite_sequence WHERE name = 'entry'")
    connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('entry', ?)", (seq,))


def oldest_unsent_ns(connection: apsw.Connection) -> int | None:
    """The receipt of the oldest entry of which lines wait; None if none do."""
    found = value(connection, "SELECT received_ns FROM entry WHERE unsent = 1 ORDER BY seq LIMIT 1")
    return found if isinstance(found, int) else None  # a damaged one is told when it is read
