"""Promise 10: the queue is bounded, drops only what nobody counts on, and says what it dropped."""

from dataclasses import replace
from pathlib import Path

import pytest

from collector import host
from collector.errors import StorageFull
from collector.storage.file.status import journal_status
from collector.storage.journal.journal import JournalEntry
from tests.collector.storage.journal.journals import ALONE, START_NS, WIDE, entry, facts, opened, refused

DAY_NS = 86_400 * 10**9


async def test_a_row_goes_only_after_both_consumers_passed_it(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    for number in range(4):
        await journal.append(entry(number))
    await journal.advance("ledger", 3)
    assert journal.depth().rows == 4
    await journal.done("sink", [1, 2, 4])
    assert journal.depth().rows == 2
    assert await facts(journal) == ["facts 2", "facts 3"]
    assert [item.seq for item in await journal.read_sink(10)] == [3]
    await journal.done("sink", [3])
    await journal.advance("ledger", 4)
    assert journal.depth().rows == 0
    await journal.close()
    again = opened(tmp_path)
    assert await again.append(entry(9)) == 5, "a number was given twice"
    await again.close()


async def test_telemetry_drains_live_first_and_whole_entries_at_a_time(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    for number in range(5):
        await journal.append(replace(entry(number), line_count=100))
    assert [item.seq for item in await journal.read_sink(250)] == [5, 4]
    assert [item.seq for item in await journal.read_sink(1)] == [5]
    assert [item.seq for item in await journal.read("sink", after=0, max_lines=100)] == [1]
    assert all(item.entry.facts == b"" for item in await journal.read_sink(500))
    await journal.close()


async def test_sent_telemetry_takes_no_room_while_the_ledger_is_behind(tmp_path: Path) -> None:
    journal = opened(tmp_path, limits=replace(WIDE, max_bytes=1_000_000))
    for number in range(200):
        seq = await journal.append(entry(number, size=20_000))
        await journal.done("sink", [seq])
    assert await facts(journal) == [f"facts {number}" for number in range(200)]
    await journal.close()


async def test_without_a_database_nothing_waits_for_one(tmp_path: Path) -> None:
    journal = opened(tmp_path, consumers=ALONE)
    await journal.append(entry(0))
    await journal.advance("ledger", 1)
    assert journal.depth().rows == 0
    await journal.close()


async def test_over_its_bytes_the_oldest_unsent_telemetry_gives_way_and_is_told(tmp_path: Path) -> None:
    journal = opened(tmp_path, limits=replace(WIDE, max_bytes=1_000_000))
    for number in range(100):
        await journal.append(entry(number, size=20_000))
        await journal.advance("ledger", number + 1)
    assert journal.depth().bytes <= 1_000_000
    assert journal.dropped_lines > 40
    left = [item.seq for item in await journal.read_sink(10_000)]
    assert left[0] == 100
    assert left == sorted(left, reverse=True)
    await journal.close()
    status = journal_status(tmp_path)
    assert sum(item.lines for item in status.dropped) == 100 - len(left)
    assert {(item.source, item.cause) for item in status.dropped} == {("plc", "max_bytes")}
    assert min(item.oldest_ns for item in status.dropped) == START_NS


async def test_what_the_ledger_has_not_taken_is_never_dropped(tmp_path: Path) -> None:
    journal = opened(tmp_path, limits=replace(WIDE, max_bytes=1_000_000))
    stored = 0
    while journal.depth().bytes < 970_000:
        await journal.append(entry(stored, size=20_000))
        stored += 1
    with pytest.raises(StorageFull, match="ledger has not taken"):
        await journal.append(entry(stored, size=20_000))
    assert await facts(journal) == [f"facts {number}" for number in range(stored)]
    await journal.advance("ledger", stored)
    await journal.append(entry(100, size=20_000))
    await journal.close()


async def test_telemetry_older_than_the_bound_gives_way(tmp_path: Path) -> None:
    now_ns = START_NS
    journal = opened(tmp_path, limits=replace(WIDE, max_age_days=2), clock_ns=lambda: now_ns)
    for number in range(3):
        await journal.append(entry(number))
    await journal.advance("ledger", 3)
    now_ns = START_NS + 3 * DAY_NS
    await journal.append(entry(3 * 86_400))
    assert [item.seq for item in await journal.read_sink(100)] == [4]
    assert journal.dropped_lines == 3
    await journal.close()


async def test_free_space_is_kept_on_the_disk(tmp_path: Path) -> None:
    much = host.free_bytes(tmp_path) * 2
    journal = opened(tmp_path, limits=replace(WIDE, min_free_bytes=much))
    with pytest.raises(StorageFull, match="min_free_bytes"):
        await journal.append(entry(0, size=50_000))
    await journal.close()


async def test_an_intake_and_its_rejections_are_stored_together(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    only_refused = JournalEntry("plc", START_NS, None, 0, b"", START_NS, START_NS)
    await journal.append(only_refused, [refused(1), refused(2)])
    await journal.close()
    assert journal_status(tmp_path).quarantine == {"open": 2}


async def test_refused_rows_are_set_aside_with_the_mark_that_the_rest_is_sent(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    await journal.append(entry(0))
    await journal.done("sink", [1], [refused(5)])
    await journal.close()
    status = journal_status(tmp_path)
    assert (status.unsent_entries, status.quarantine) == (0, {"open": 1})


async def test_the_depth_tells_rows_bytes_and_the_age_of_the_oldest_unsent(tmp_path: Path) -> None:
    journal = opened(tmp_path, clock_ns=lambda: START_NS + 60 * 10**9)
    assert journal.depth().oldest_unsent_age_s == 0.0
    for number in range(3):
        await journal.append(entry(number, size=50_000))
    depth = journal.depth()
    assert depth.rows == 3
    assert depth.bytes > 150_000
    assert depth.oldest_unsent_age_s == 60.0
    await journal.done("sink", [1])
    assert journal.depth().oldest_unsent_age_s == 59.0
    await journal.close()


async def test_reading_facts_for_the_ledger_loads_no_telemetry(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    for number in range(20):
        await journal.append(entry(number, size=100_000))
    assert all(item.entry.lines is None for item in await journal.read("ledger", after=0, max_lines=100))
    await journal.close()
