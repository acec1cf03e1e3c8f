"""What the journal lost, told so that it cannot pass unseen: an entry marked damaged that the ledger reads in turn."""

import apsw

from collector.storage.file.salvage import Part, Salvaged
from collector.storage.file.sql import one
from collector.storage.journal import rows as journal_rows
from collector.storage.journal.rows import EVERY_SOURCE, LEDGER, JournalEntry, JournalGap


def record_losses(
    connection: apsw.Connection,
    salvaged: Salvaged | None,
    *,
    created: bool,
    ledger: tuple[int, int] | None,
    now_ns: int,
) -> None:
    """Compare the file just opened with what was salvaged and with the ledger's (cursor, time of recording).

    Three losses are told: rows of a damaged file; a journal that is missing though the ledger knows of one; rows that
    were deleted here as passed, but which the ledger, restored from an older copy, does not have.
    """
    ledger_seq, ledger_ns = ledger or (0, 0)
    passed = journal_rows.cursor(connection, LEDGER)
    newest = journal_rows.newest_seq(connection)
    journal_rows.number_beyond(connection, max(ledger_seq, passed))
    if salvaged is not None and salvaged.parts["entry"].damaged:
        start_ns, end_ns = _span(connection, salvaged.parts["entry"], ledger_ns, now_ns)
        cause = f"the journal was damaged ({salvaged.finding}) and is set aside as {salvaged.aside.name}"
        _report(connection, start_ns, end_ns, cause, now_ns)
    elif max(newest, passed) < ledger_seq:
        cause = "the journal is missing" if created else "the journal is older than the ledger"
        _report(connection, ledger_ns, max(ledger_ns, now_ns), cause, now_ns)
    if ledger is not None and passed > ledger_seq:
        _report(connection, ledger_ns, max(ledger_ns, now_ns), "the ledger is older than the journal", now_ns)
    if ledger is not None and passed != ledger_seq:
        # The ledger's own file has the last word: what it does not have must not be deleted as passed.
        # Where both agree nothing is written, so that a service starts on a full disk too.
        journal_rows.set_cursor(connection, LEDGER, ledger_seq)


def _report(connection: apsw.Connection, start_ns: int, end_ns: int, cause: str, now_ns: int) -> None:
    journal_rows.add_gap(connection, JournalGap(EVERY_SOURCE, start_ns, end_ns, "rows", cause, now_ns))
    lost = JournalEntry(EVERY_SOURCE, now_ns, None, 0, b"", start_ns, end_ns)
    journal_rows.insert(connection, lost, unsent=False, damaged=True)


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
