"""A file that one process closes and opens again keeps its locks, also against programs that are not ours."""

import asyncio
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from collector.errors import StorageFull
from collector.storage.file import sqlite_file
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.changes import set_number
from tests.collector.storage.ledger.ledgers import opened

LOOK = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM meta').fetchone()[0])"


def looked_at_by_another(path: Path) -> None:
    """As somebody with a database browser does."""
    subprocess.run([sys.executable, "-c", LOOK, str(path)], check=True, capture_output=True, timeout=30)


def locks_of(path: Path) -> list[str]:
    """The POSIX locks of this process on a file, as the kernel lists them."""
    node = path.stat().st_ino
    rows = Path("/proc/locks").read_text().splitlines()
    return [row for row in rows if " POSIX " in row and f":{node} " in row and f" {os.getpid()} " in row]


async def test_a_close_waits_for_who_reads_and_the_file_that_is_opened_again_is_locked(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    begun, go_on = threading.Event(), threading.Event()

    def read_long(connection: object) -> None:
        begun.set()
        go_on.wait(20)

    reading = asyncio.create_task(asyncio.to_thread(ledger.read, read_long))
    await asyncio.to_thread(begun.wait, 20)
    closing = asyncio.create_task(ledger.close())
    await asyncio.sleep(0.3)
    assert not closing.done()
    with pytest.raises(StorageFull, match="is being closed"):
        ledger.read(ledger_reads.totals)
    go_on.set()
    await asyncio.gather(reading, closing)
    assert not ledger.left_open

    again = opened(tmp_path)
    path = tmp_path / "ledger.db"
    log = path.with_name(f"{path.name}-wal")
    await again.write(lambda connection: set_number(connection, "proof", 1))
    assert log.exists()
    assert locks_of(path), "SQLite holds the file for this process"
    looked_at_by_another(path)
    assert log.exists(), "whoever looks removes no log that we write"
    await again.write(lambda connection: set_number(connection, "proof", 2))
    await again.close()


async def test_a_reader_that_does_not_end_is_told_and_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "READERS_END_WITHIN_S", 0.2)
    ledger = opened(tmp_path)
    begun, go_on = threading.Event(), threading.Event()

    def read_long(connection: object) -> None:
        begun.set()
        go_on.wait(20)

    reading = asyncio.create_task(asyncio.to_thread(ledger.read, read_long))
    await asyncio.to_thread(begun.wait, 20)
    await ledger.close()
    assert ledger.left_open
    go_on.set()
    await reading
