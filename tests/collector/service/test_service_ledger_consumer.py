"""The ledger follows the journal: through cancellations, a full disk and restarts."""

import asyncio
import contextlib
import random
from pathlib import Path
from typing import Any

import pytest

from collector.errors import CannotStart, StorageFull
from collector.service import ledger_consumer
from collector.service.ledger_consumer import GATHER_S, PASS_S, LedgerConsumer
from collector.storage.ledger.changes import LedgerChanges
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, delivery_of, grams, opened_parts, posting_of, running, soon, tap
from tests.collector.service.works_document import BELT, COAL, TAPS
from tests.support.faulty_disk import faulty_disk
from tests.support.ledger_calls import commit

TONNE = 1_000_000


async def test_the_consumer_posts_what_the_journal_holds_and_the_journal_forgets_it(
    plant: Plant, tmp_path: Path
) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts, running(parts.consumer.run()):
        for number in range(5):
            await parts.take(delivery_of(parts.batch((COAL, number * 60, number * 2.0))))
        await soon(lambda: grams(parts.ledger) == {COAL: 8 * TONNE})
        await soon(lambda: parts.journal.depth().rows == 0)
        assert parts.consumer.behind == 0
        assert set(parts.consumer.last_output_ns) == {"mine1"}


async def test_a_consumer_that_is_cancelled_in_the_middle_of_a_commit_never_counts_twice(
    plant: Plant, tmp_path: Path
) -> None:
    draw = random.Random(4)
    with faulty_disk("slow-consumer") as disk:
        async with opened_parts(tmp_path / "data", plant, vfs="slow-consumer") as parts:
            disk.sync_s = 0.01
            for number in range(40):
                taps = (tap(str(number), number * 60),)
                await parts.take(delivery_of(parts.batch((COAL, number * 60, number * 2.0)), events=taps))
                following = asyncio.create_task(parts.consumer.run())
                await asyncio.sleep(draw.uniform(0, 0.04))
                following.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await following
            await parts.consumer.catch_up()
            assert grams(parts.ledger) == {COAL: 78 * TONNE, TAPS: 40 * 400 * TONNE}
            assert parts.consumer.behind == 0


async def test_while_the_disk_is_full_the_ledger_waits_and_then_goes_on_by_itself(plant: Plant, tmp_path: Path) -> None:
    with faulty_disk("full-consumer") as disk:
        async with opened_parts(tmp_path / "data", plant, vfs="full-consumer") as parts:
            await parts.take(delivery_of(parts.batch((COAL, 0, 0.0))), delivery_of(parts.batch((COAL, 60, 7.0))))
            disk.full = True
            async with running(parts.consumer.run()):
                await soon(lambda: parts.consumer.failing)
                assert "free space" in parts.consumer.failing
                assert grams(parts.ledger) == {}
                with pytest.raises(StorageFull):
                    await parts.take(delivery_of(parts.batch((COAL, 120, 9.0))))
                assert "free space" in parts.intake.storage_full
                assert parts.intake.counts["plc"].held == 1
                assert parts.intake.counts["plc"].accepted == 2
                disk.full = False
                await soon(lambda: grams(parts.ledger) == {COAL: 7 * TONNE})
                await soon(lambda: not parts.consumer.failing)
                await parts.take(delivery_of(parts.batch((COAL, 120, 9.0))))
                assert parts.intake.storage_full == ""
                await soon(lambda: grams(parts.ledger) == {COAL: 9 * TONNE})


async def test_a_keep_alive_does_not_say_that_a_full_disk_has_room_again(plant: Plant, tmp_path: Path) -> None:
    with faulty_disk("full-keep-alive") as disk:
        async with opened_parts(tmp_path / "data", plant, vfs="full-keep-alive") as parts:
            disk.full = True
            with pytest.raises(StorageFull):
                await parts.take(delivery_of(parts.batch((COAL, 0, 0.0))))
            await parts.take(delivery_of())
            disk.full = False
            assert "free space" in parts.intake.storage_full


async def test_states_survive_a_restart(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        await parts.take(delivery_of(parts.batch((COAL, 0, 100.0))), delivery_of(parts.batch((COAL, 60, 101.0))))
        await parts.consumer.catch_up()
    async with opened_parts(tmp_path / "data", plant) as parts:
        await parts.take(delivery_of(parts.batch((COAL, 120, 103.0))), delivery_of(parts.batch((COAL, 60, 101.0))))
        await parts.consumer.catch_up()
        assert grams(parts.ledger) == {COAL: 3 * TONNE}


async def test_what_was_in_the_journal_alone_is_in_the_ledger_after_a_restart(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        await parts.take(delivery_of(parts.batch((COAL, 0, 100.0))), delivery_of(parts.batch((COAL, 60, 101.0))))
    async with opened_parts(tmp_path / "data", plant) as parts:
        await parts.consumer.catch_up()
        assert grams(parts.ledger) == {COAL: TONNE}


async def test_a_state_of_a_newer_version_is_told_with_its_counter(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant, clock=Clock()) as parts:
        await commit(parts.ledger, LedgerChanges(journal_seq=1, states={COAL: b'{"version":99}'}))
        with pytest.raises(CannotStart, match=r"mine1\.coal.*version 99"):
            LedgerConsumer(parts.journal, parts.ledger, posting_of(plant, parts.ledger), lambda _changes: None)


async def test_what_holds_nothing_for_the_ledger_costs_it_no_commit_and_waits_for_nothing_that_does(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts:
        commits, write = 0, parts.ledger.write

        def counted(call: Any) -> Any:  # noqa: ANN401 - as the ledger's
            nonlocal commits
            commits += 1
            return write(call)

        monkeypatch.setattr(parts.ledger, "write", counted)
        async with running(parts.consumer.run()):
            for number in range(8):
                await parts.take(delivery_of(parts.batch((BELT, number, 500.0))))
                await asyncio.sleep(2 * GATHER_S)
            assert (commits, parts.consumer.behind) == (0, 0)
            await parts.take(delivery_of(parts.batch((COAL, 0, 0.0))), delivery_of(parts.batch((COAL, 60, 7.0))))
            assert parts.consumer.behind > 0
            await soon(lambda: grams(parts.ledger) == {COAL: 7 * TONNE}, within_s=PASS_S / 2)
            assert 1 <= commits <= 2
            assert parts.ledger.mark().seq == parts.journal.newest_seq


async def test_the_ledger_lets_nothing_pass_for_longer_than_it_says(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_consumer, "PASS_S", 0.3)
    async with opened_parts(tmp_path / "data", plant, telemetry=True) as parts, running(parts.consumer.run()):
        await parts.take(delivery_of(parts.batch((BELT, 0, 500.0))))
        await soon(lambda: parts.ledger.mark().seq == parts.journal.newest_seq)


async def test_a_ledger_that_is_far_behind_the_journal_is_told_until_it_caught_up(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened_parts(tmp_path / "data", plant) as parts:
        await parts.take(*(delivery_of(parts.batch((COAL, number * 60, number * 2.0))) for number in range(3)))
        assert parts.consumer.lag() == "", "it waits for a moment, as it does at every poll"
        monkeypatch.setattr(ledger_consumer, "FAR_BEHIND_S", 0.0)
        assert "the ledger is 3 entries behind the journal" in parts.consumer.lag()
        await parts.consumer.catch_up()
        assert parts.consumer.lag() == ""
