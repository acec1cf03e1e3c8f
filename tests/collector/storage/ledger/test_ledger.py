"""The ledger: one step whole or not at all, nothing twice, nothing forgotten, and files of older versions."""

import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import apsw
import pytest

from collector.errors import CannotStart, QueueFileTooNew, StorageFull
from collector.storage.file.summed_disk import connect
from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger import statements as ledger_statements
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.schema import LEDGER
from models.counting.counter_step import Anchor
from models.counting.increment import BUCKET_S, EventRevision, IncrementFlag, UncertainGap
from models.counting.totalizer_state import TotalizerState
from tests.collector.storage.journal.journals import refused
from tests.collector.storage.ledger.ledgers import START_NS, START_S, S, event, increment, opened, step
from tests.support.faulty_disk import faulty_disk
from tests.support.ledger_calls import anchors_around, buckets, commit, dirty

FIXTURE = Path(__file__).resolve().parents[3] / "cases" / "ledger_v1" / "ledger.db"


async def test_a_step_that_is_repeated_changes_nothing(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    assert await commit(ledger, step(3, 0, 1)) is True
    assert await commit(ledger, step(3, 0, 1)) is False
    assert await commit(ledger, step(2, 5)) is False
    assert ledger.read(ledger_reads.totals) == {"mine1.coal_total": 2_000_000}
    assert ledger.mark().seq == 3
    await ledger.close()


async def test_everything_of_a_step_is_in_or_nothing_is(tmp_path: Path) -> None:
    with faulty_disk("ledger_full") as disk:
        ledger = opened(tmp_path, vfs="ledger_full")
        await commit(ledger, step(1, 0))
        whole = LedgerChanges(
            journal_seq=2,
            increments=[increment(number) for number in range(300)],
            states={"mine1.coal_total": b"new"},
            anchors_put=[("mine1.coal_total", START_NS, 5.0)],
            events=[event("T-1", 400_000_000)],
            gaps=[UncertainGap("mine1.coal_total", START_NS, START_NS + S, "reset")],
            rejections=[refused(1)],
        )
        disk.full = True
        with pytest.raises(StorageFull):
            await commit(ledger, whole)
        disk.full = False
        assert (ledger.mark().seq, ledger.read(ledger_reads.totalizer_states)) == (1, {"mine1.coal_total": b"state 1"})
        assert (
            ledger.read(ledger_reads.events),
            ledger.read(ledger_reads.gaps),
            ledger.read(ledger_reads.event_sequences),
        ) == ([], [], {})
        assert anchors_around(ledger, "mine1.coal_total", START_NS) == (None, None)
        assert await commit(ledger, whole)
        assert ledger.read(ledger_reads.totals)["mine1.coal_total"] == 301_000_000
        assert ledger.read(ledger_reads.events) == [event("T-1", 400_000_000)]
        await ledger.close()


async def test_the_sync_precedes_the_end_of_a_commit(tmp_path: Path) -> None:
    with faulty_disk("ledger_sync") as disk:
        ledger = opened(tmp_path, vfs="ledger_sync")
        disk.events.clear()
        await commit(ledger, step(1, 0))
        own = [kind for kind, name in disk.events if name == "ledger.db-wal"]
        assert "write" in own
        assert own[-1] == "sync"
        await ledger.close()


async def test_what_was_recorded_is_never_changed_and_can_be_asked_for_as_it_was_known(tmp_path: Path) -> None:
    now_ns = START_NS
    ledger = opened(tmp_path, clock_ns=lambda: now_ns)
    await commit(ledger, step(1, 0, grams=5))
    now_ns += 100 * S
    await commit(ledger, step(2, 0, grams=7))
    now_ns += 3600 * S
    await commit(ledger, step(3, 0, grams=-2))
    (now,) = buckets(ledger, START_S, START_S + BUCKET_S)
    assert (now.grams, now.readings) == (10, 15)
    (then,) = buckets(ledger, START_S, START_S + BUCKET_S, known_ns=START_NS + 1800 * S)
    assert (then.grams, then.readings) == (12, 10)
    assert buckets(ledger, START_S, START_S + BUCKET_S, known_ns=START_NS - 3600 * S) == []
    await ledger.close()


async def test_the_time_of_recording_never_goes_back_even_when_the_clock_does(tmp_path: Path) -> None:
    now_ns = START_NS + 7200 * S
    ledger = opened(tmp_path, clock_ns=lambda: now_ns)
    await commit(ledger, step(1, 0))
    now_ns = START_NS
    await commit(ledger, replace(step(2, 0), gaps=[UncertainGap("mine1.coal_total", 1, 2, "reset")]))
    assert ledger.mark().recorded_ns == START_NS + 7200 * S
    assert buckets(ledger, START_S, START_S + BUCKET_S, known_ns=START_NS + 3600 * S) == []
    await ledger.close()


async def test_an_increment_inside_one_bucket_is_kept_there_and_a_longer_one_by_its_own_span(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    inside = replace(increment(0, 3), start_s=START_S + 10, end_s=START_S + 20)
    coarse = replace(increment(0, 9), end_s=START_S + 5400, flags=IncrementFlag.COARSE)
    await commit(ledger, LedgerChanges(journal_seq=1, increments=[inside, coarse]))
    spans = [(item.start_s, item.end_s, item.grams) for item in buckets(ledger, START_S, START_S + 7200)]
    assert spans == [(START_S, START_S + 300, 3), (START_S, START_S + 5400, 9)]
    assert [item.grams for item in buckets(ledger, START_S, START_S + 3600)] == [3]
    await ledger.close()


def _tap(ledger: Ledger, year: int) -> EventRevision | None:
    found = ledger.read(partial(ledger_reads.newest_events, unit="bf3", tag="bf3.taps", year=year, key="T-1"))
    return next(iter(found), None)


async def test_later_events_of_a_number_are_found_with_it_and_other_numbers_are_not(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    keys = ("T-1", "T-1 (2)", "T-1 (3)", "T-1 (x)", "T-10", "T-1 (2) b")
    await commit(ledger, LedgerChanges(journal_seq=1, events=[event(key, 400) for key in keys]))
    found = ledger.read(partial(ledger_reads.newest_events, unit="bf3", tag="bf3.taps", year=2026, key="T-1"))
    assert {item.key for item in found} == {"T-1", "T-1 (2)", "T-1 (3)"}
    await ledger.close()


async def test_events_are_revised_and_not_overwritten(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await commit(ledger, LedgerChanges(journal_seq=1, events=[event("T-1", 400, sequence=5)]))
    later = event("T-1", 380, sequence=6, end_ns=START_NS + S)
    await commit(ledger, LedgerChanges(journal_seq=2, events=[later]))
    assert _tap(ledger, 2026) == later
    assert _tap(ledger, 2025) is None
    assert ledger.read(ledger_reads.events) == [later]
    assert ledger.read(ledger_reads.event_sequences) == {"bf3.taps": 6}
    assert (
        ledger.read(partial(ledger_reads.last_event_end_ns, tag="bf3.taps", before_ns=START_NS + 2 * S)) == START_NS + S
    )
    await ledger.close()
    direct = apsw.Connection(str(tmp_path / "ledger.db"))
    assert list(direct.execute("SELECT revision, grams FROM event ORDER BY id")) == [(1, 400), (2, 380)]
    direct.close()


async def test_every_ring_resumes_at_its_event_recorded_last(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    assert ledger.read(ledger_reads.event_sequences) == {}
    taps = [event(f"T-{number}", 400, sequence=number) for number in (7, 8, 3)]  # the ring started anew
    heats = [replace(event("H-1", 300, sequence=91), tag="bof1.heats"), replace(event("H-1", 310), sequence=0)]
    replayed = replace(heats[1], tag="bof1.heats")
    await commit(ledger, LedgerChanges(journal_seq=1, events=[*taps, heats[0], replayed]))
    assert ledger.read(ledger_reads.event_sequences) == {"bf3.taps": 3, "bof1.heats": 91}
    await ledger.close()


async def test_kept_readings_are_found_on_both_sides_and_at_the_instant_itself(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    put = [("mine1.coal_total", START_NS + number * S, float(number)) for number in range(3)]
    await commit(ledger, LedgerChanges(journal_seq=1, anchors_put=put))
    await commit(ledger, LedgerChanges(journal_seq=2, anchors_delete=[("mine1.coal_total", START_NS + S)]))
    first, last = Anchor(START_NS, 0.0), Anchor(START_NS + 2 * S, 2.0)
    assert anchors_around(ledger, "mine1.coal_total", START_NS + S) == (first, last)
    assert anchors_around(ledger, "mine1.coal_total", START_NS) == (first, first)
    assert anchors_around(ledger, "mine1.coal_total", 0) == (None, first)
    assert anchors_around(ledger, "other", START_NS) == (None, None)
    await ledger.close()


async def test_a_bucket_that_becomes_dirty_while_it_is_rolled_up_stays_dirty(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await commit(ledger, step(1, 0, 1))
    taken = dirty(ledger, 10)
    assert [(item.unit, item.product, item.start_s, item.end_s) for item in taken] == [
        ("mine1", "coal_raw", START_S, START_S + 600)
    ]
    await commit(ledger, step(2, 0))
    await ledger.write(partial(ledger_changes.clear_dirty, version=taken[-1].version))
    assert [(item.start_s, item.end_s) for item in dirty(ledger, 10)] == [(START_S, START_S + 300)]
    await ledger.close()


async def test_buckets_that_do_not_join_are_dirty_each_for_itself(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    await commit(ledger, step(1, 0, 2, 3))
    spans = [(item.start_s, item.end_s) for item in dirty(ledger, 10)]
    assert spans == [(START_S, START_S + 300), (START_S + 600, START_S + 1200)]
    await ledger.close()


async def test_a_demo_and_a_real_works_never_share_a_ledger(tmp_path: Path) -> None:
    await opened(tmp_path / "demo", demo=True).close()
    with pytest.raises(CannotStart, match="simulated"):
        opened(tmp_path / "demo", demo=False)
    await opened(tmp_path / "real", demo=False).close()
    with pytest.raises(CannotStart, match="real works"):
        opened(tmp_path / "real", demo=True)
    unsaid = opened(tmp_path / "demo")
    assert unsaid.demo
    await unsaid.close()


async def test_a_ledger_of_version_one_is_backed_up_and_upgraded_with_every_figure(tmp_path: Path) -> None:
    shutil.copy(FIXTURE, tmp_path / "ledger.db")
    ledger = opened(tmp_path)
    assert ledger.mark().seq == 41
    assert ledger.read(ledger_reads.totals) == {"bf3.taps": 410_000_000, "mine1.coal_total": 12 * 25_000_000 + 66}
    assert {item.readings for item in buckets(ledger, 0, 2**40)} == {0}
    assert [item.key for item in ledger.read(ledger_reads.events)] == ["T-7"]
    assert TotalizerState.from_bytes(ledger.read(ledger_reads.totalizer_states)["mine1.coal_total"]).base == Anchor(
        1_789_999_100 * S, 4711.5
    )
    assert len(ledger.read(ledger_reads.gaps)) == 1
    anew = {(item.unit, item.product) for item in dirty(ledger, 100)}
    assert anew >= {("bf3", "pig_iron"), ("mine1", "coal_raw")}, "rows that the older version did not know are made"
    assert not ledger.read(ledger_statements.read).all_figures
    await commit(ledger, step(42, 0))
    assert buckets(ledger, START_S, START_S + 300)[0].readings == 5
    await ledger.close()
    backup = tmp_path / "ledger.db.v1.bak"
    was = apsw.Connection(str(backup), flags=apsw.SQLITE_OPEN_READONLY)
    assert list(was.execute("PRAGMA user_version")) == [(1,)]
    assert list(was.execute("SELECT sum(grams) FROM increment")) == [(12 * 25_000_000 + 66 + 410_000_000,)]
    was.close()
    again = opened(tmp_path)
    assert again.mark().seq == 42
    await again.close()


async def test_an_upgrade_that_cannot_be_backed_up_changes_nothing(tmp_path: Path) -> None:
    shutil.copy(FIXTURE, tmp_path / "ledger.db")
    (tmp_path / "ledger.db.v1.bak").mkdir()
    before = (tmp_path / "ledger.db").read_bytes()
    with pytest.raises(CannotStart, match=r"ledger\.db"):
        opened(tmp_path)
    assert (tmp_path / "ledger.db").read_bytes()[100:] == before[100:]


async def test_a_newer_or_foreign_file_is_refused_with_the_next_step(tmp_path: Path) -> None:
    await opened(tmp_path).close()
    direct = connect(tmp_path / "ledger.db", apsw.SQLITE_OPEN_READWRITE)
    direct.execute(f"ALTER TABLE gap ADD COLUMN newer INTEGER; PRAGMA user_version = {LEDGER.version + 1}")
    with pytest.raises(QueueFileTooNew, match="start that version"):
        opened(tmp_path)
    direct.execute("PRAGMA application_id = 1")
    direct.close()
    with pytest.raises(CannotStart, match="not a ledger of Tundish"):
        opened(tmp_path)


async def test_a_damaged_ledger_is_set_aside_saved_where_it_can_be_and_the_gap_told(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    for seq in range(1, 60):
        await commit(ledger, step(seq, *range(seq * 40, seq * 40 + 40)))
    await ledger.close()
    file = tmp_path / "ledger.db"
    content = bytearray(file.read_bytes())
    direct = apsw.Connection(str(file))
    pages = [
        page for (page,) in direct.execute("SELECT pageno FROM dbstat WHERE name = 'increment' AND pagetype = 'leaf'")
    ]
    direct.close()
    for page in pages[len(pages) // 2 : len(pages) // 2 + 2]:
        content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    file.write_bytes(content)
    again = opened(tmp_path)
    assert list(tmp_path.glob("ledger.db.corrupt-*"))
    (gap,) = again.read(ledger_reads.gaps)
    assert gap.tag == "*"
    assert "damaged" in gap.cause
    assert 0 < again.read(ledger_reads.totals)["mine1.coal_total"] < 59 * 40 * 1_000_000
    assert dirty(again, 1), "the figures are to be rolled up anew"
    await again.close()
