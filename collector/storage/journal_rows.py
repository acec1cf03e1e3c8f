"""The journal's rows: how an intake is written, read, found damaged and passed by its consumers. SQL, no threads."""

from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from collector.storage.journal_schema import checksum
from collector.storage.sql import one, rows, value

EVERY_SOURCE = "*"
"""The source of an entry that stands for a range of rows that were lost whole."""

LEDGER, SINK = "ledger", "sink"
_DAMAGED_KEPT = 1000


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One intake.

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


def insert(connection: apsw.Connection, entry: JournalEntry, *, unsent: bool, damaged: bool = False) -> int:
    """Add a row; its sequence number."""
    head = (entry.source, entry.received_ns, entry.oldest_ns, entry.newest_ns, entry.line_count)
    connection.execute(
        "INSERT INTO entry (source, received_ns, oldest_ns, newest_ns, line_count, unsent, damaged, facts_crc, "
        "lines_crc, facts, lines) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*head, unsent, damaged, checksum(*head, entry.facts), checksum(*head, entry.lines), entry.facts, entry.lines),
    )
    return connection.last_insert_rowid()


def read_facts(connection: apsw.Connection, after: int, max_lines: int) -> tuple[list[StoredEntry], list[int]]:
    """(entries beyond `after` in order, the numbers of those among them whose facts are found damaged now)."""
    found: list[StoredEntry] = []
    broken: list[int] = []
    total = 0
    for seq, source, received, oldest, newest, count, damaged, crc, facts in rows(
        connection,
        "SELECT seq, source, received_ns, oldest_ns, newest_ns, line_count, damaged, facts_crc, facts "
        "FROM entry WHERE seq > ? ORDER BY seq",
        (after,),
    ):
        whole = checksum(source, received, oldest, newest, count, facts) == crc
        if not whole:
            broken.append(seq)
        entry = JournalEntry(source, received, None, count, facts if whole else b"", oldest, newest)
        found.append(StoredEntry(seq, entry, damaged=bool(damaged) or not whole))
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
    for seq, source, received, oldest, newest, count, crc, lines in rows(
        connection,
        "SELECT seq, source, received_ns, oldest_ns, newest_ns, line_count, lines_crc, lines "  # noqa: S608
        f"FROM entry WHERE unsent = 1 ORDER BY seq {'DESC' if newest_first else 'ASC'}",
    ):
        if lines is None or checksum(source, received, oldest, newest, count, lines) != crc:
            broken.append(seq)
            continue
        if found and total + count > max_lines:
            break
        found.append(StoredEntry(seq, JournalEntry(source, received, lines, count, b"", oldest, newest)))
        total += count
        if total >= max_lines:
            break
    return found, broken


def set_facts_aside(connection: apsw.Connection, seq: int, now_ns: int) -> None:
    """Keep the damaged facts apart; the row stays, marked, until its consumers passed it."""
    row = one(
        connection,
        "SELECT source, received_ns, oldest_ns, newest_ns, line_count, facts FROM entry WHERE seq = ?",
        (seq,),
    )
    if row is None:
        return
    *head, facts = row
    _keep_damaged(connection, seq, "facts", facts, now_ns)
    connection.execute(
        "UPDATE entry SET damaged = 1, facts = x'', facts_crc = ? WHERE seq = ?",
        (checksum(head[0], head[1], head[2], head[3], head[4], b""), seq),
    )
    add_gap(connection, JournalGap(head[0], head[2], head[3], "facts", "checksum differs in the journal", now_ns))


def set_lines_aside(connection: apsw.Connection, seq: int, now_ns: int) -> None:
    """Keep the damaged telemetry apart; nothing of the row waits for the database any more."""
    row = one(connection, "SELECT source, oldest_ns, newest_ns, lines FROM entry WHERE seq = ? AND unsent = 1", (seq,))
    if row is None:
        return
    source, oldest, newest, lines = row
    _keep_damaged(connection, seq, "lines", lines or b"", now_ns)
    connection.execute("UPDATE entry SET lines = NULL, unsent = 0 WHERE seq = ?", (seq,))
    add_gap(connection, JournalGap(source, oldest, newest, "lines", "checksum differs in the journal", now_ns))


def _keep_damaged(connection: apsw.Connection, seq: int, part: str, content: bytes, now_ns: int) -> None:
    connection.execute(
        "INSERT INTO damaged (seq, part, recorded_ns, content) VALUES (?, ?, ?, ?)", (seq, part, now_ns, content)
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
    """The database has, or finally refused, all telemetry of these rows."""
    connection.executemany("UPDATE entry SET unsent = 0 WHERE seq = ?", [(seq,) for seq in seqs])


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
