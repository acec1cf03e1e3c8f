"""The numbers of a ledger whose own are lost: how far it came in the journal, and when it recorded last."""

import contextlib
from pathlib import Path

import apsw

from collector.storage.file.sql import FILE_ERRORS, value
from collector.storage.file.summed_disk import connect
from collector.storage.journal import rows as journal_rows
from collector.storage.journal.schema import JOURNAL
from collector.storage.ledger.changes import number, set_number

_RECORDED = "SELECT max((SELECT ifnull(max(recorded_s), 0) * 1000000000 FROM increment), {})"
_TABLES = ("event", "gap", "figure", "plan", "configuration")


def count_again(connection: apsw.Connection, path: Path) -> None:
    """Put what is missing of `meta`, as far as other places tell it."""
    if number(connection, "cursor") == 0:
        # The journal's copy of the cursor: at most one step behind. Counted from the start, the journal would add what
        # is in the sums already.
        journal = path.with_name(JOURNAL.name)
        with contextlib.suppress(*FILE_ERRORS, OSError):
            if journal.exists():
                with contextlib.closing(connect(journal, apsw.SQLITE_OPEN_READONLY)) as other:
                    set_number(connection, "cursor", journal_rows.cursor(other, journal_rows.LEDGER))
    if number(connection, "recorded_ns") == 0:
        others = ", ".join(f"(SELECT ifnull(max(recorded_ns), 0) FROM {table})" for table in _TABLES)  # noqa: S608
        set_number(connection, "recorded_ns", int(value(connection, _RECORDED.format(others))))
