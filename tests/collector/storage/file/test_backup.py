"""A backup taken while the service writes is whole, and what is restored from it goes on where it stood."""

import asyncio
from pathlib import Path

import apsw
import pytest

from collector.access.access_file import AccessFile
from collector.errors import BackupFailed
from collector.storage.file.backup import back_up, restore
from models.access.user import User, UserRole
from tests.collector.storage.journal.journals import entry, opened


def count(file: Path) -> int:
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return int(connection.execute("SELECT count(*) FROM entry").fetchall()[0][0])
    finally:
        connection.close()


async def test_a_backup_beside_a_busy_writer_is_one_moment_and_stops_nobody(tmp_path: Path) -> None:
    data, to = tmp_path / "data", tmp_path / "backup"
    data.mkdir()
    journal = opened(data)
    written = 0

    async def write() -> None:
        nonlocal written
        while True:
            await journal.append(entry(written, size=5_000))
            written += 1

    writer = asyncio.create_task(write())
    await asyncio.sleep(0.3)
    before = written
    shares: list[float] = []
    await asyncio.to_thread(back_up, data, to, lambda _name, share: shares.append(share))
    after = written
    assert after > before, "the writer went on"
    assert before <= count(to / "journal.db") <= after
    assert shares[-1] == 1.0
    assert (to.stat().st_mode & 0o777) == 0o700
    writer.cancel()
    await asyncio.gather(writer, return_exceptions=True)
    await journal.close()

    there = tmp_path / "elsewhere"
    kept = count(to / "journal.db")
    assert [file.name for file in restore(to, there)] == ["journal.db"]
    again = opened(there)
    assert again.depth().rows == kept
    assert await again.append(entry(0)) == kept + 1
    await again.close()


async def test_what_would_be_overwritten_is_refused(tmp_path: Path) -> None:
    data, to = tmp_path / "data", tmp_path / "backup"
    data.mkdir()
    journal = opened(data)
    await journal.append(entry(1))
    back_up(data, to)
    with pytest.raises(BackupFailed, match="is not empty"):
        back_up(data, to)
    with pytest.raises(BackupFailed, match="end the service and move them away first"):
        restore(to, data)
    await journal.close()


async def test_a_damaged_or_half_backup_is_not_restored(tmp_path: Path) -> None:
    data, to = tmp_path / "data", tmp_path / "backup"
    data.mkdir()
    journal = opened(data)
    for number in range(50):
        await journal.append(entry(number, size=5_000))
    await journal.close()
    back_up(data, to)
    raw = bytearray((to / "journal.db").read_bytes())
    raw[8192:60_000] = b"\xff" * (60_000 - 8192)
    (to / "journal.db").write_bytes(raw)
    with pytest.raises(BackupFailed, match="take another backup"):
        restore(to, tmp_path / "new")
    assert not (tmp_path / "new" / "journal.db").exists()
    (to / "backup.json").unlink()
    with pytest.raises(BackupFailed, match="no whole backup"):
        restore(to, tmp_path / "new")
    with pytest.raises(BackupFailed, match="check data_dir"):
        back_up(tmp_path / "empty", tmp_path / "b2")


def test_users_come_back_and_nobody_is_signed_in_by_a_session_of_then(tmp_path: Path) -> None:
    access = AccessFile(tmp_path / "data")
    access.add(User(name="dana", full_name="Dana A.", roles=(UserRole.DISPATCHER,)), "blast furnace 3", "root")
    session = access.sign_in("dana", "blast furnace 3")
    assert session is not None
    back_up(tmp_path / "data", tmp_path / "backup")
    assert access.user_of(session.token) == session.user
    access.sign_out(session.token)
    restore(tmp_path / "backup", tmp_path / "restored")
    restored = AccessFile(tmp_path / "restored")
    assert restored.user_of(session.token) is None
    assert restored.sign_in("dana", "blast furnace 3") is not None
