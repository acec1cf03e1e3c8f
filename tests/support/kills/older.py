"""Makes a ledger one of the version before: what the next start has to upgrade."""

import contextlib
from pathlib import Path

import apsw

from collector.storage.file.page_sums import remove_sums
from collector.storage.ledger.schema import LEDGER
from collector.storage.ledger.seal_heads import heads_path

VERSION_6 = """
DROP TABLE IF EXISTS alarm;
DROP TABLE IF EXISTS damage; DROP TABLE IF EXISTS seal; ALTER TABLE health DROP COLUMN stale;
DROP TABLE stop_statement; DROP TABLE desk_save; DROP TABLE signature;
ALTER TABLE anchor DROP COLUMN residue; PRAGMA user_version = 6
"""


def make_older(folder: Path) -> None:
    """As version 6 wrote it: no checksums, no seals. Nobody may have it open."""
    path = folder / LEDGER.name
    with contextlib.closing(apsw.Connection(str(path))) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        if list(connection.execute("PRAGMA user_version")) != [(LEDGER.version,)]:
            return
        # The log is read first: without the sums nobody checks what comes out of it.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        remove_sums(path)
        heads_path(path).unlink(missing_ok=True)
        connection.execute(f"BEGIN IMMEDIATE; {VERSION_6}; COMMIT")
