"""Promise 1: what was acknowledged is on the disk, whatever happens next."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import apsw
import pytest

from collector.errors import QueueFileTooNew, StorageFull
from collector.service.loop_lag import LoopLag
from collector.storage.journal.journal import LedgerMark
from collector.storage.journal.schema import JOURNAL
from tests.collector.storage.journal.journals import ALONE, START_NS, entry, facts, opened
from tests.support.faulty_disk import faulty_disk

ROOT = Path(__file__).resolve().parents[4]
FRAME = 4096 + 24


async def test_the_sync_precedes_the_acknowledgement(tmp_path: Path) -> None:
    with faulty_disk("recorded") as disk:
        journal = opened(tmp_path, vfs="recorded")
        for number in range(5):
            disk.events.clear()
            await journal.append(entry(number))
            own = [kind for kind, name in disk.events if name.endswith("-wal")]
            assert "write" in own
            assert own[-1] == "sync", "something was written after the last sync before the acknowledgement"
        await journal.close()


async def test_no_acknowledgement_is_given_while_the_sync_hangs(tmp_path: Path) -> None:
    with faulty_disk("hanging") as disk:
        journal = opened(tmp_path, vfs="hanging")
        await journal.append(entry(0))
        disk.gate.clear()
        waiting = asyncio.ensure_future(journal.append(entry(1)))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        disk.gate.set()
        assert await waiting == 2
        await journal.close()


async def test_many_intakes_share_one_sync(tmp_path: Path) -> None:
    with faulty_disk("grouped") as disk:
        journal = opened(tmp_path, vfs="grouped")
        await journal.append(entry(0))
        disk.events.clear()
        disk.sync_s = 0.05
        await asyncio.gather(*(journal.append(entry(number)) for number in range(1, 101)))
        assert disk.events.count(("sync", "journal.db-wal")) <= 4
        assert len(await facts(journal)) == 101
        await journal.close()


@pytest.mark.alone
async def test_the_event_loop_goes_on_while_every_sync_takes_half_a_second(tmp_path: Path) -> None:
    with faulty_disk("slow") as disk:
        journal = opened(tmp_path, vfs="slow")
        disk.sync_s = 0.5
        lag = LoopLag()
        measuring = asyncio.create_task(lag.run())
        for first in range(0, 30, 10):
            await asyncio.gather(*(journal.append(entry(first + number, size=100_000)) for number in range(10)))
            stored = await journal.read_sink(5)
            await journal.done("sink", [item.seq for item in stored])
            await journal.advance("ledger", first)
        measuring.cancel()
        disk.sync_s = 0.0
        await journal.close()
        assert lag.worst_ms < 50


async def test_a_torn_log_gives_a_prefix_that_holds_everything_acknowledged(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    journal = opened(whole)
    log = whole / "journal.db-wal"
    acknowledged = []
    for number in range(12):
        await journal.append(entry(number, size=40 if number % 3 else 9000))
        acknowledged.append(log.stat().st_size)
    image = tmp_path / "image"
    shutil.copytree(whole, image)
    await journal.close()
    random = Random(1)
    size = acknowledged[-1]
    frames = range(32, size + 1, FRAME)
    lengths = {0, 1, 31, *frames, *(frame + step for frame in frames for step in (-1, 1)), size}
    lengths |= {random.randrange(size) for _ in range(40)}
    for length in sorted(cut for cut in lengths if 0 <= cut <= size):
        torn = tmp_path / f"torn{length}"
        shutil.copytree(image, torn)
        (torn / "journal.db-shm").unlink(missing_ok=True)
        (torn / "journal.db-mark").unlink()  # the cut took it too: it is synced by nobody
        os.truncate(torn / "journal.db-wal", length)
        again = opened(torn)
        found = await facts(again)
        assert found == [f"facts {number}" for number in range(len(found))]
        assert len(found) >= sum(mark <= length for mark in acknowledged)
        assert await again.append(entry(99)) == len(found) + 1
        await again.close()
        shutil.rmtree(torn)


async def test_garbage_in_the_tail_of_the_log_is_never_read_as_an_entry(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    journal = opened(whole)
    for number in range(6):
        await journal.append(entry(number))
    image = tmp_path / "image"
    shutil.copytree(whole, image)
    await journal.close()
    log = (image / "journal.db-wal").read_bytes()
    random = Random(2)
    for attempt in range(30):
        broken = bytearray(log)
        at = random.randrange(32, len(log))
        broken[at : at + 8] = random.randbytes(8)
        folder = tmp_path / f"broken{attempt}"
        shutil.copytree(image, folder)
        (folder / "journal.db-shm").unlink(missing_ok=True)
        (folder / "journal.db-wal").write_bytes(broken)
        again = opened(folder)
        found = await facts(again)
        kept = [item for item in found if item]
        assert kept == [f"facts {number}" for number in range(len(kept))]
        assert len(kept) == 6 or (found[-1] == "" and again.losses == 1), "what was acknowledged is told as lost"
        await again.close()


_CHILD = """
import asyncio, sys
from pathlib import Path
from tests.collector.storage.journal.journals import entry, opened
async def main():
    journal = opened(Path(sys.argv[1]))
    number = journal.newest_seq
    while True:
        told = await asyncio.gather(*(journal.append(entry(number + step)) for step in range(3)))
        print(max(told), flush=True)
        number += 3
asyncio.run(main())
"""


@pytest.mark.long
async def test_kill_nine_in_the_middle_of_writing_loses_nothing_acknowledged(tmp_path: Path) -> None:
    random = Random(3)
    told = 0
    for _ in range(10):
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        told = max(told, int(child.stdout.readline()))
        await asyncio.sleep(random.uniform(0.0, 0.15))
        child.send_signal(signal.SIGKILL)
        rest = child.communicate()[0].split()
        told = max([told, *map(int, rest[:-1])])
        journal = opened(tmp_path, consumers=ALONE)
        found = await facts(journal)
        assert found == [f"facts {number}" for number in range(len(found))]
        assert len(found) >= told
        await journal.close()
    assert told > 30


@pytest.mark.parametrize("state", ["full", "broken"])
async def test_a_disk_that_takes_nothing_acknowledges_nothing_and_recovers_by_itself(
    state: str, tmp_path: Path
) -> None:
    with faulty_disk(state) as disk:
        journal = opened(tmp_path, vfs=state)
        await journal.append(entry(0))
        setattr(disk, state, True)
        with pytest.raises(StorageFull, match="nothing was stored"):
            await journal.append(entry(1))
        assert await facts(journal) == ["facts 0"]
        setattr(disk, state, False)
        await journal.append(entry(2))
        assert await facts(journal) == ["facts 0", "facts 2"]
        await journal.close()


@pytest.mark.parametrize("damage", ["overwritten", "truncated", "emptied", "garbage"])
async def test_a_damaged_file_is_set_aside_and_the_loss_is_an_entry_that_the_ledger_reads(
    damage: str, tmp_path: Path
) -> None:
    journal = opened(tmp_path)
    for number in range(200):
        await journal.append(entry(number, size=3000))
    await journal.close()
    file = tmp_path / "journal.db"
    content = bytearray(file.read_bytes())
    if damage == "overwritten":
        content[40 * 4096 : 60 * 4096] = Random(4).randbytes(20 * 4096)
    elif damage == "truncated":
        del content[len(content) // 2 :]
    elif damage == "emptied":
        content.clear()
    else:
        content[:] = Random(5).randbytes(len(content))
    file.write_bytes(content)
    again = opened(tmp_path, ledger=LedgerMark(20, START_NS + 20 * 10**9))
    stored = await again.read("ledger", after=20, max_lines=10_000)
    damaged = [item for item in stored if item.damaged]
    assert damaged, "the ledger is not told of the loss"
    assert {item.entry.source for item in damaged} <= {"*", "plc"}
    lost = set(range(20, 200)) - {int(item.entry.facts.split()[1]) for item in stored if not item.damaged}
    spans = [(item.entry.oldest_ns, item.entry.newest_ns) for item in damaged]
    for number in lost:
        at_ns = START_NS + number * 10**9
        assert any(start <= at_ns <= end for start, end in spans), f"nothing tells that entry {number} is lost"
    (aside,) = [path for path in tmp_path.glob("journal.db.corrupt-*") if not path.name.endswith(("-wal", "-shm"))]
    assert aside.read_bytes() == bytes(content)
    assert await again.append(entry(500)) > 20
    assert await again.gaps()
    await again.close()


async def test_one_damaged_row_is_set_aside_alone(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    for number in range(5):
        await journal.append(entry(number))
    await journal.close()
    direct = apsw.Connection(str(tmp_path / "journal.db"))
    direct.execute("UPDATE entry SET facts = x'00', lines = x'01' WHERE seq = 3")
    direct.close()
    again = opened(tmp_path)
    stored = await again.read("ledger", after=0, max_lines=100)
    assert [item.damaged for item in stored] == [False, False, True, False, False]
    assert stored[2].entry.facts == b""
    sent = await again.read_sink(100)
    assert sorted(item.seq for item in sent) == [1, 2, 4, 5]
    assert {(gap.part, gap.start_ns) for gap in await again.gaps()} == {
        ("facts", START_NS + 2 * 10**9),
        ("lines", START_NS + 2 * 10**9),
    }
    await again.close()


async def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    await journal.append(entry(0))
    await journal.close()
    direct = apsw.Connection(str(tmp_path / "journal.db"))
    direct.execute(f"ALTER TABLE gap ADD COLUMN newer INTEGER; PRAGMA user_version = {JOURNAL.version + 1}")
    direct.close()
    before = (tmp_path / "journal.db").read_bytes()
    with pytest.raises(QueueFileTooNew, match="newer version"):
        opened(tmp_path)
    assert (tmp_path / "journal.db").read_bytes() == before


async def test_a_journal_that_is_gone_while_the_ledger_knows_of_one_is_told(tmp_path: Path) -> None:
    now_ns = START_NS + 777 * 10**9
    journal = opened(tmp_path, ledger=LedgerMark(17, START_NS), clock_ns=lambda: now_ns)
    (stored,) = await journal.read("ledger", after=17, max_lines=10)
    assert stored.damaged
    assert stored.seq > 17
    assert stored.entry.oldest_ns == START_NS
    assert stored.entry.newest_ns == now_ns
    await journal.close()
