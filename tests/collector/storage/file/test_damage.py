"""Promise 10: damage of any kind costs what it hit and no more, is told, and never keeps the service from starting."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import apsw
import pytest

from collector.errors import CannotStart, StorageDamaged
from collector.storage.file import opening, pages_trusted
from collector.storage.file.status import journal_status, ledger_status
from collector.storage.file.summed_disk import connect
from collector.storage.journal.journal import LedgerMark
from collector.storage.ledger import outbox
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.outbox_queue import OutboxQueue
from tests.collector.storage.journal import journals
from tests.collector.storage.journal.journals import START_NS, WIDE, entry, facts, refused
from tests.collector.storage.ledger import ledgers
from tests.support.faulty_disk import faulty_disk
from tests.support.ledger_calls import buckets, commit, dirty, publish, published

PAGE = 4096


def change(file: Path, sql: str) -> None:
    with contextlib.closing(connect(file, apsw.SQLITE_OPEN_READWRITE)) as connection:
        connection.execute(sql)


def break_pages(file: Path, *pages: int) -> None:
    content = bytearray(file.read_bytes())
    for page in pages:
        content[page * PAGE : (page + 1) * PAGE] = b"\xff" * PAGE
    file.write_bytes(content)


def set_aside(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*.corrupt-*") if not path.name.endswith(("-wal", "-shm"))]


async def filled_journal(folder: Path, count: int = 100) -> None:
    journal = journals.opened(folder)
    for number in range(count):
        await journal.append(entry(number, size=3000))
    await journal.close()


async def test_text_that_cannot_be_read_costs_its_own_row_of_a_damaged_file(tmp_path: Path) -> None:
    await filled_journal(tmp_path)
    file = tmp_path / "journal.db"
    change(file, "UPDATE entry SET source = CAST(x'ff' AS TEXT) WHERE seq = 30")
    break_pages(file, file.stat().st_size // PAGE - 5)
    journal = journals.opened(tmp_path, ledger=LedgerMark(0, START_NS))
    kept = [item for item in await journal.read("ledger", after=0, max_lines=1000) if not item.damaged]
    assert {1, 29, 31} <= {item.seq for item in kept}
    assert len(kept) >= 95
    assert await journal.gaps()
    await journal.close()


async def test_rows_that_no_longer_fit_their_table_are_told_as_lost(tmp_path: Path) -> None:
    await filled_journal(tmp_path, 50)
    file = tmp_path / "journal.db"
    change(
        file,
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'newest_ns', 'newest_xx') "
        "WHERE name = 'entry'",
    )
    journal = journals.opened(tmp_path, ledger=LedgerMark(7, START_NS))
    (lost,) = await journal.read("ledger", after=7, max_lines=1000)
    assert lost.damaged
    assert (lost.entry.source, lost.entry.oldest_ns) == ("*", START_NS)
    assert await journal.append(entry(1)) > 7
    await journal.close()
    assert set_aside(tmp_path)


@pytest.mark.parametrize(
    "damage", ["source = CAST(x'ff41' AS TEXT)", "received_ns = 'x'", "oldest_ns = NULL", "line_count = 1.5"]
)
async def test_a_damaged_head_is_set_aside_and_neither_reads_nor_appends_stop(damage: str, tmp_path: Path) -> None:
    now_ns = START_NS + 3600 * 10**9
    journal = journals.opened(tmp_path)
    for number in range(5):
        await journal.append(entry(number))
    await journal.close()
    # A column that is NOT NULL can hold NULL on a damaged page all the same.
    change(
        tmp_path / "journal.db",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') "
        "WHERE name = 'entry'",
    )
    change(tmp_path / "journal.db", f"UPDATE entry SET {damage} WHERE seq = 1")
    journal = journals.opened(tmp_path, limits=replace(WIDE, max_age_days=1), clock_ns=lambda: now_ns)
    await journal.append(entry(5))
    stored = await journal.read("ledger", after=0, max_lines=100)
    assert [item.seq for item in stored] == [1, 2, 3, 4, 5, 6]
    assert [item.damaged for item in stored] == [True] + [False] * 5
    lost = stored[0].entry
    assert lost.oldest_ns <= START_NS <= lost.newest_ns
    assert [item.seq for item in await journal.read_sink(100)] == [6, 5, 4, 3, 2]
    await journal.advance("ledger", 6)
    now_ns += 2 * 86_400 * 10**9
    await journal.append(entry(6))
    assert {gap.part for gap in await journal.gaps()} == {"facts", "lines"}
    await journal.close()


async def test_a_disk_without_room_for_the_saved_rows_leaves_everything_for_the_next_start(tmp_path: Path) -> None:
    await filled_journal(tmp_path)
    file = tmp_path / "journal.db"
    break_pages(file, 20)
    before = file.read_bytes()
    with faulty_disk("salvage_full") as disk:
        disk.full = True
        for _ in range(2):
            with pytest.raises(CannotStart, match="the disk has room"):
                journals.opened(tmp_path, vfs="salvage_full")
    assert file.read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if ".corrupt-" in path.name], "copies pile up on the full disk"
    journal = journals.opened(tmp_path)
    assert len(await facts(journal)) > 80
    await journal.close()


async def test_a_file_system_without_links_sets_aside_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    await filled_journal(tmp_path)
    break_pages(tmp_path / "journal.db", 20)
    before = (tmp_path / "journal.db").read_bytes()
    monkeypatch.setattr(os, "link", refuse)
    journal = journals.opened(tmp_path)
    assert len(await facts(journal)) > 80
    await journal.close()
    (aside,) = set_aside(tmp_path)
    assert (tmp_path / aside).read_bytes() == before


async def test_a_full_disk_does_not_keep_the_service_from_starting(tmp_path: Path) -> None:
    journal = journals.opened(tmp_path)
    await journal.append(entry(0))
    await journal.advance("ledger", 1)
    await journal.close()
    with faulty_disk("start_full") as disk:
        disk.full = True
        journal = journals.opened(tmp_path, vfs="start_full", ledger=LedgerMark(1, START_NS))
        disk.full = False
        assert await journal.append(entry(1)) == 2
        await journal.close()
        disk.full = True
        with pytest.raises(CannotStart, match="the disk has room"):
            journals.opened(tmp_path, vfs="start_full", ledger=LedgerMark(99, START_NS))
        with pytest.raises(CannotStart, match="the disk has room"):
            ledgers.opened(tmp_path, vfs="start_full")


async def test_damage_that_shows_only_in_use_is_set_aside_at_the_next_start(tmp_path: Path) -> None:
    ledger = ledgers.opened(tmp_path)
    for seq in range(1, 40):
        await commit(ledger, ledgers.step(seq, *range(seq * 40, seq * 40 + 40)))
    file = tmp_path / "ledger.db"
    await ledger.close()
    ledger = ledgers.opened(tmp_path)
    whole = file.read_bytes()
    break_pages(file, *range(3, len(whole) // PAGE))
    with pytest.raises(StorageDamaged, match="start the service"):
        ledger.read(ledger_reads.totals)
    file.write_bytes(whole)  # nothing to be seen at the next start
    await ledger.close()
    assert (tmp_path / "ledger.db.damaged").exists()
    again = ledgers.opened(tmp_path)
    assert set_aside(tmp_path)
    assert again.read(ledger_reads.totals) == {"mine1.coal_total": 39 * 40 * 1_000_000}
    assert await commit(again, ledgers.step(10_000, 1))
    await again.close()
    assert not (tmp_path / "ledger.db.damaged").exists()


async def test_what_a_damaged_outbox_may_have_lost_is_sent_again(tmp_path: Path) -> None:
    ledger = ledgers.opened(tmp_path)
    await publish(ledger, [ledgers.row(number) for number in range(20)], to_outbox=True)
    await OutboxQueue(ledger).done((await OutboxQueue(ledger).take(100))[:5])
    await ledger.close()
    root = apsw.Connection(str(tmp_path / "ledger.db"))
    (page,) = [row[0] for row in root.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'outbox'")]
    root.close()
    break_pages(tmp_path / "ledger.db", page - 1)
    ledger = ledgers.opened(tmp_path)
    assert {item.key for item in await OutboxQueue(ledger).take(100)} == {ledgers.key(number) for number in range(20)}
    await ledger.close()


async def test_a_damaged_item_of_the_outbox_gives_way_to_the_present_row(tmp_path: Path) -> None:
    ledger = ledgers.opened(tmp_path)
    await publish(ledger, [ledgers.row(number) for number in range(3)], to_outbox=True)
    await ledger.close()
    change(tmp_path / "ledger.db", "UPDATE outbox SET fields = '{\"actual' WHERE revision = 2")
    change(tmp_path / "ledger.db", "UPDATE outbox SET tags = '[' WHERE revision = 3")
    ledger = ledgers.opened(tmp_path)
    first, second = await OutboxQueue(ledger).take(10)
    assert (first.row, second.row) == (ledgers.row(0), ledgers.row(1))
    assert second.delete_first
    assert ledger.read(outbox.size) == 2
    await ledger.close()


def damaged_copies(folder: Path, seeds: int) -> Iterator[Path]:
    """Copies of the files in `folder`, each with one file damaged in one way."""
    for seed in range(seeds):
        random = Random(seed)
        copy = folder.with_name(f"{folder.name}-{seed}")
        shutil.copytree(folder, copy)
        file = random.choice(sorted(copy.iterdir()))
        content = bytearray(file.read_bytes())
        at = random.randrange(len(content))
        match random.choice(("bits", "bytes", "page", "tail")):
            case "bits":
                content[at] ^= 1 << random.randrange(8)
            case "bytes":
                for _ in range(random.randrange(1, 200)):
                    content[random.randrange(min(100, len(content) - 1), len(content))] = random.randrange(256)
            case "page":
                start = at // PAGE * PAGE
                content[start : start + PAGE] = random.randbytes(len(content[start : start + PAGE]))
            case "tail":
                del content[at:]
        file.write_bytes(content)
        yield copy
        shutil.rmtree(copy)


async def use(folder: Path) -> None:
    """What a service does with its files; twice is no more than once."""
    ledger = ledgers.opened(folder)
    try:
        mark = ledger.mark()
        journal = journals.opened(folder, ledger=mark)
        try:
            stored = await journal.read("ledger", after=mark.seq, max_lines=10_000)
            while sent := await journal.read_sink(20):
                await journal.done("sink", [item.seq for item in sent])
            seq = await journal.append(entry(999))
            assert stored == [] or stored[-1].seq < seq
            assert [item.seq for item in await journal.read("ledger", after=seq - 1, max_lines=10)] == [seq]
            await journal.gaps()
        finally:
            await journal.close()
        for read in (ledger_reads.totalizer_states, ledger_reads.totals, ledger_reads.gaps):
            ledger.read(read)
        ledger.read(ledger_reads.event_sequences), buckets(ledger, 0, 2**40), dirty(ledger, 10**6)
        published(ledger, "output_hour", 0, 2**62)
        await OutboxQueue(ledger).take(1000)
        await commit(ledger, ledgers.step(10**6, 3))
    finally:
        await ledger.close()
    journal_status(folder), ledger_status(folder)


@pytest.mark.long
@pytest.mark.parametrize("large", [False, True], ids=["looked through", "too large to be looked through"])
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "cut off"])
async def test_after_any_damage_the_second_start_at_the_latest_works(
    closed: bool, large: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (opening, pages_trusted) if large else ():
        monkeypatch.setattr(module, "LOOKED_THROUGH", 4 * PAGE)
    whole = tmp_path / "whole"
    journal, ledger = journals.opened(whole), ledgers.opened(whole)
    for number in range(60):
        await journal.append(entry(number, size=400 if number % 5 else 20_000), [refused(number)])
    await journal.advance("ledger", 10)
    for seq in range(1, 30):
        await commit(ledger, ledgers.step(seq, *range(seq * 10, seq * 10 + 10)))
    await publish(ledger, [ledgers.row(number) for number in range(60)], to_outbox=True)
    image = tmp_path / "image"
    if not closed:
        shutil.copytree(whole, image, ignore=shutil.ignore_patterns("*-shm"))
    await journal.close()
    await ledger.close()
    for folder in damaged_copies(whole if closed else image, 60):
        try:
            with contextlib.suppress(StorageDamaged):
                await use(folder)
            await use(folder)
        except CannotStart as error:
            # Where the mark of the file itself is hit it may be another program's: then it is not touched.
            if "is not a" not in str(error) and "newer version" not in str(error):
                raise
