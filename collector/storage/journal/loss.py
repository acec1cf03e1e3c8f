"""What the journal lost, told so that it cannot pass unseen: an entry marked damaged that the ledger reads in turn."""

from collections.abc import Sequence

import apsw
import structlog

from collector.storage.file.instant import utc_text
from collector.storage.file.salvage import Part
from collector.storage.file.sql import one
from collector.storage.file.sqlite_file import SqliteFile
from collector.storage.journal import rows as journal_rows
from collector.storage.journal.rows import EVERY_SOURCE, LEDGER, JournalEntry, JournalGap, StoredEntry

log = structlog.get_logger(__name__)


def record_losses(
    connection: apsw.Connection, file: SqliteFile, *, ledger: tuple[int, int] | None, now_ns: int
) -> None:
    """Compare the file just opened with what was salvaged and with the ledger's (cursor, time of recording).

    Four losses are told: rows of a damaged file; a journal that is missing though the ledger knows of one; entries that
    were acknowledged and went with a damaged log; rows that were deleted here as passed, but which the ledger, restored
    from an older copy, does not have.
    """
    salvaged, mark = file.salvaged, file.acknowledged
    ledger_seq, ledger_ns = ledger or (0, 0)
    passed = journal_rows.cursor(connection, LEDGER)
    newest = journal_rows.newest_seq(connection)
    journal_rows.number_beyond(connection, max(ledger_seq, passed, mark.number))
    if salvaged is not None and salvaged.parts["entry"].damaged:
        start_ns, end_ns = _span(connection, salvaged.parts["entry"], ledger_ns, now_ns)
        cause = f"the journal was damaged ({salvaged.finding}) and is set aside as {salvaged.aside.name}"
        _report(connection, start_ns, end_ns, cause, now_ns)
    elif max(newest, passed) < ledger_seq:
        cause = "the journal is missing" if file.created else "the journal is older than the ledger"
        _report(connection, ledger_ns, max(ledger_ns, now_ns), cause, now_ns)
    elif max(newest, passed, ledger_seq) < mark.number:
        last = one(connection, "SELECT received_ns FROM entry ORDER BY seq DESC LIMIT 1")
        start_ns = ledger_ns if last is None else last[0]
        lost = mark.number - max(newest, passed, ledger_seq)
        cause = f"{lost} entries that were acknowledged are not in the journal: its log was damaged or lost"
        _report(connection, start_ns, max(start_ns, mark.time_ns), cause, now_ns)
    if ledger is not None and passed > ledger_seq:
        _report(connection, ledger_ns, max(ledger_ns, now_ns), "the ledger is older than the journal", now_ns)
    if ledger is not None and passed != ledger_seq:
        # The ledger's own file has the last word: what it does not have must not be deleted as passed.
        # Where both agree nothing is written, so that a service starts on a full disk too.
        journal_rows.set_cursor(connection, LEDGER, ledger_seq)


def first_missing(after: int, found: Sequence[StoredEntry], connection: apsw.Connection) -> int | None:
    """The first number that should be among the entries beyond `after` and is not; None if all are there.

    Nothing is deleted before the ledger passed it, so its numbers follow each other. An entry that stands for what was
    lost has the first number after that.
    """
    if after < journal_rows.cursor(connection, LEDGER):
        return None
    last = after
    for item in found:
        if item.seq != last + 1 and not (item.damaged and item.entry.source == EVERY_SOURCE):
            told = one(
                connection, "SELECT 1 FROM entry WHERE damaged AND source = ? AND seq > ?", (EVERY_SOURCE, item.seq)
            )
            return None if told else last + 1
        last = item.seq
    return None


def stand_in(connection: apsw.Connection, seq: int, now_ns: int) -> None:
    """Put an entry in the place of those that are missing from `seq` on, over the time that they were of."""
    before = one(connection, "SELECT received_ns FROM entry WHERE seq < ? ORDER BY seq DESC LIMIT 1", (seq,))
    after = one(connection, "SELECT seq, received_ns FROM entry WHERE seq > ? ORDER BY seq LIMIT 1", (seq,))
    end_seq, end_ns = after or (seq + 1, now_ns)
    start_ns = before[0] if before else 0
    cause = f"{end_seq - seq} entries are not in the journal any more: a page of it is gone or older"
    _report(connection, start_ns, max(start_ns, end_ns), cause, now_ns, seq=end_seq - 1)


def tell(gap: JournalGap) -> None:
    """Say so in the log."""
    span = {"from": utc_text(gap.start_ns), "to": utc_text(gap.end_ns)}
    log.warning("journal_entries_lost", source=gap.source, part=gap.part, cause=gap.cause, **span)


def _report(
    connection: apsw.Connection, start_ns: int, end_ns: int, cause: str, now_ns: int, *, seq: int | None = None
) -> None:
    gap = JournalGap(EVERY_SOURCE, start_ns, end_ns, "rows", cause, now_ns)
    journal_rows.add_gap(connection, gap)
    lost = JournalEntry(EVERY_SOURCE, now_ns, None, 0, b"", start_ns, end_ns)
    journal_rows.insert(connection, lost, unsent=False, damaged=True, seq=seq)
    tell(gap)


def _span(connection: apsw.Connection, part: Part, ledger_ns: int, now_ns: int) -> tuple[int, int]:
    """The span of what was lost, as wide as it may have been."""
    before = after = None
    if part.before is not None:
        before = one(connection, "SELECT min(oldest_ns, received_ns) FROM entry WHERE seq = ?", (part.before,))
    if part.after is not None:
        after = one(connection, "SELECT max(newest_ns, received_ns) FROM entry WHERE seq = ?", (part.after,))
    start_ns = before[0] if before else ledger_ns
    end_ns = after[0] if after else now_ns
    return start_ns, max(start_ns, end_ns)
