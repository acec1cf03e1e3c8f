"""Checksums of pages: what reads, writes and upgrades see of them."""

import contextlib
import threading
import time
from pathlib import Path

import apsw
import pytest

from collector.errors import StorageDamaged
from collector.storage.file.backup import back_up, restore
from collector.storage.file.page_sums import PageSums, remove_sums, sums_paths
from collector.storage.file.summed_disk import connect
from collector.storage.ledger import reads as ledger_reads
from tests.collector.storage.ledger import ledgers
from tests.support.ledger_calls import commit

WRITE = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE


def summed(path: Path) -> apsw.Connection:
    PageSums.make(path).close()
    connection = connect(path, WRITE)
    connection.execute("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL").fetchall()
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)")
    return connection


def broken(path: Path) -> list[int]:
    sums = PageSums.open(path)
    assert sums is not None
    with contextlib.closing(sums), path.open("rb") as file:
        return sums.broken(file)


def test_a_transaction_larger_than_the_cache_reads_its_own_pages(tmp_path: Path) -> None:
    with contextlib.closing(summed(tmp_path / "x.db")) as connection:
        connection.execute("PRAGMA cache_size = 10; BEGIN")
        for _ in range(3):
            for number in range(400):
                connection.execute("INSERT OR REPLACE INTO t VALUES (?, ?)", (number, str(number) * 500))
        assert list(connection.execute("SELECT count(*) FROM t")) == [(400,)]
        connection.execute("COMMIT")
    assert broken(tmp_path / "x.db") == []


def test_a_long_text_is_proved_too(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with contextlib.closing(summed(path)) as connection:
        connection.execute("INSERT INTO t VALUES (1, ?)", ("tonnes " * 5000,))
    with contextlib.closing(connect(path, apsw.SQLITE_OPEN_READONLY)) as connection:
        assert list(connection.execute("SELECT length(text) FROM t WHERE text LIKE '%tonnes'")) == []
        assert list(connection.execute("SELECT length(text) FROM t")) == [(35000,)]
    content = bytearray(path.read_bytes())
    content[content.index(b"tonnes tonnes", 5 * 4096)] ^= 1
    path.write_bytes(content)
    with (
        contextlib.closing(connect(path, apsw.SQLITE_OPEN_READONLY)) as connection,
        pytest.raises(apsw.CorruptError, match="not as it was written"),
    ):
        list(connection.execute("SELECT text FROM t"))


def test_a_page_that_turns_in_the_log_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with contextlib.closing(summed(path)) as connection:
        for number in range(50):
            connection.execute("INSERT INTO t VALUES (?, ?)", (number, f"tonnes {number}"))
        log = tmp_path / "x.db-wal"
        content = bytearray(log.read_bytes())
        content[content.rindex(b"tonnes 49")] ^= 1
        with log.open("r+b") as file:
            file.write(content)
        with (
            contextlib.closing(connect(path, apsw.SQLITE_OPEN_READONLY)) as reader,
            pytest.raises(apsw.CorruptError, match="in the log"),
        ):
            list(reader.execute("SELECT sum(length(text)) FROM t"))
        with pytest.raises(apsw.CorruptError, match="in the log"):
            connection.execute("PRAGMA wal_checkpoint").fetchall()
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)


@pytest.mark.parametrize("lost", [0, 1])
async def test_one_lost_file_of_sums_is_made_anew_from_the_other(lost: int, tmp_path: Path) -> None:
    ledger = ledgers.opened(tmp_path)
    await commit(ledger, ledgers.step(1, 1, 2, 3))
    await ledger.close()
    files = sums_paths(tmp_path / "ledger.db")
    files[lost].unlink()
    ledger = ledgers.opened(tmp_path)
    assert ledger.read(ledger_reads.totals) == {"mine1.coal_total": 3_000_000}
    await ledger.close()
    assert files[0].read_bytes()[8192:] == files[1].read_bytes()[8192:]
    assert broken(tmp_path / "ledger.db") == []


async def test_no_command_reads_a_ledger_whose_sums_are_gone_and_a_start_makes_them_anew(tmp_path: Path) -> None:
    ledger = ledgers.opened(tmp_path)
    await commit(ledger, ledgers.step(1, 1))
    await ledger.close()
    remove_sums(tmp_path / "ledger.db")
    from collector.storage.file.status import ledger_status

    with pytest.raises(StorageDamaged, match="checksums are missing"):
        ledger_status(tmp_path)
    await ledgers.opened(tmp_path).close()
    assert broken(tmp_path / "ledger.db") == []
    assert ledger_status(tmp_path).cursor == 1


async def test_a_backup_has_sums_and_a_turned_bit_is_not_copied_into_one(tmp_path: Path) -> None:
    data = tmp_path / "data"
    ledger = ledgers.opened(data)
    for seq in range(1, 40):
        await commit(ledger, ledgers.step(seq, *range(seq * 20, seq * 20 + 20)))
    await ledger.close()
    back_up(data, tmp_path / "backup")
    assert broken(tmp_path / "backup" / "ledger.db") == []
    restore(tmp_path / "backup", tmp_path / "there")
    again = ledgers.opened(tmp_path / "there")
    assert sum(again.read(ledger_reads.totals).values()) == 39 * 20 * 1_000_000
    await again.close()
    content = bytearray((data / "ledger.db").read_bytes())
    content[-2000] ^= 16
    (data / "ledger.db").write_bytes(content)
    from collector.errors import BackupFailed

    with pytest.raises(BackupFailed, match="not as it was written"):
        back_up(data, tmp_path / "second")


def test_who_waits_for_a_locked_file_holds_up_no_other_thread(tmp_path: Path) -> None:
    """Held up, each of the short pauses takes as long as SQLite's own, a tenth of a second: fifty take five."""
    path = tmp_path / "x.db"
    summed(path).close()
    waits = connect(path, apsw.SQLITE_OPEN_READONLY)
    waits.set_busy_timeout(4_000)
    found: list[str] = []

    def read() -> None:
        try:
            waits.execute("SELECT * FROM t").fetchall()
        except apsw.BusyError as error:
            found.append(str(error))

    with contextlib.closing(connect(path, WRITE)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        other.execute("BEGIN EXCLUSIVE")
        reading = threading.Thread(target=read)
        reading.start()
        time.sleep(0.3)  # its first waits are short
        for _ in range(50):
            time.sleep(0.001)
        assert reading.is_alive()
        reading.join()
    assert found == ["database is locked"]
    waits.close()
