"""Detection as it runs in the service: what it tells, keeps and takes up again, over a real ledger."""

from pathlib import Path

import pytest
import structlog

from collector.errors import StorageFull
from collector.service.trends import Expectation
from collector.storage.ledger import detection as ledger_detection
from collector.storage.ledger import outbox
from models.detection.finding import FindingKind
from models.stated.plan import Repair, RepairKind
from models.works.codes import UnitState
from tests.collector.service.watched_works import NS, Live, live
from tests.models.detection.minutes_of import Face, Works, furnace, hours, line, mine, small_furnace
from tests.models.detection.small_works import HOUR, START_S
from tests.support.faulty_disk import faulty_disk
from tests.support.ledger_calls import published, record

STOPS = line(100, (0.5, 0), (1.0, 100))


async def test_a_stop_is_kept_as_a_drop_that_begins_and_ends_and_is_handed_to_alerts(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace(STOPS))
    async with works.running():
        await works.until(0.55)
        assert works.drops() == []
        await works.until(0.7)
        (drop,) = works.drops()
        assert (drop.unit, drop.kind, drop.severity, drop.product) == ("bf3", FindingKind.STOP, 1, "pig_iron")
        assert (hours(drop.start_s), drop.end_s) == (0.5, None)
        assert drop.evidence["en"].startswith(
            "BF 3 has stood since 00:30: at 00:35 blast was 0.0 of 360,000 m3/h (0 %)"
        )
        assert set(drop.evidence) == {"en", "ru", "kk"}
        ((finding,), certain) = works.told[-1]
        assert (finding.key, finding.evidence["kk"][:6], certain) == ("output:bf3:pig_iron", "3-пеш:", True)
        assert works.state("bf3") is UnitState.STOPPED
        await works.until(1.3)
        (drop,) = works.drops()
        assert drop.end_s is not None
        assert 1.0 < hours(drop.end_s) < 1.15
        assert works.told[-1][0] == []
        assert works.state("bf3") is UnitState.RAMP_UP


async def test_rows_are_told_on_a_change_at_once_and_of_all_units_once_a_minute(tmp_path: Path) -> None:
    works = Live(tmp_path, Works(bf3=furnace(line(100, (1820 / HOUR, 0))), bf2=small_furnace()), to_outbox=True)
    async with works.running():
        await works.until(0.5)
        before = len(await works.rows())
        await works.until(0.65, step_s=10)
        rows = (await works.rows())[before:]
        assert published(works.ledger, "unit_state", 0, 2**62) == []
    states: dict[str, dict[int, object]] = {"bf2": {}, "bf3": {}}
    for row in rows:
        assert row.key.table == "unit_state"
        states[dict(row.key.tags)["unit"]][row.key.time_ns // NS - START_S] = row.fields["state"]
    minutes = dict.fromkeys(range(1860, 2341, 60), UnitState.OK)
    assert states["bf2"] == minutes
    stands = {second: UnitState.STOPPED for second in (2120, *minutes) if second >= 2120}
    assert states["bf3"] == {**minutes, **stands}
    stopped = rows[-1].fields
    assert (stopped["severity"], stopped["own"], stopped["drop_pct"]) == (1, 1, 100.0)
    assert works.published == before // 2 + len(minutes) + 1, "the sender is woken for each of them"


async def test_without_a_database_nothing_waits_for_one(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace(STOPS))
    async with works.running():
        await works.until(0.7)
        assert works.ledger.read(outbox.size) == 0
        assert works.now().keys() == {"bf3"}


async def test_a_restart_in_the_midst_of_a_stop_goes_on_with_the_same_drop(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace(STOPS), mine1=mine())
    async with works.running():
        await works.until(0.7)
        before = works.drops()
    works.told.clear()
    works.works.now_s += 300
    works.clock.now_ns += 300 * NS
    async with works.running():
        await works.until(0.95)
        assert works.drops() == before, "not ended, and not begun a second time"
        assert {finding.key for findings, _ in works.told for finding in findings} == {"output:bf3:pig_iron"}
        assert works.told[0][1] is False, "it is not certain yet what has ended"
        assert works.told[-1][1] is True
        await works.until(1.3)
        assert [drop.end_s is not None for drop in works.drops()] == [True]


@pytest.mark.parametrize("away_s", [300, 40 * 60, 5 * HOUR])
async def test_the_time_in_which_the_service_was_down_is_no_silence_of_its_sources(tmp_path: Path, away_s: int) -> None:
    works = live(tmp_path, bf3=furnace(), mine1=mine(), coke1=Face(piece_t=15.0))
    async with works.running():
        await works.until(1)
    works.told.clear()
    works.works.now_s += away_s
    works.clock.now_ns += away_s * NS
    async with works.running():
        await works.judge(works.works.now_s + 12)
        assert {works.state(code) for code in works.works.watch.units} == {UnitState.MISSING}, "nobody answered yet"
        await works.until(1.5 + away_s / HOUR)
        assert {works.state(code) for code in works.works.watch.units} == {UnitState.OK}
        assert [findings for findings, _ in works.told if findings] == []


async def test_a_source_that_does_not_answer_after_a_start_is_missing_since_the_start(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace(heard=line(1, (1, 0))), mine1=mine())
    async with works.running():
        await works.until(1)
    works.works.now_s += 600
    works.clock.now_ns += 600 * NS
    async with works.running():
        await works.until(1.3)
        (finding,) = works.told[-1][0]
        assert (finding.kind, finding.unit) == (FindingKind.MISSING, "bf3")
        assert finding.since_s - START_S == 1 * HOUR + 602
        assert "since our own restart at 01:10" in finding.evidence["en"]


async def test_a_source_that_was_silent_before_the_service_went_is_silent_since_then(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace(heard=line(1, (0.5, 0))), mine1=mine())
    async with works.running():
        await works.until(1)
    works.works.now_s += 600
    works.clock.now_ns += 600 * NS
    async with works.running():
        await works.until(1.3)
        (finding,) = works.told[-1][0]
        assert (finding.kind, finding.unit) == (FindingKind.STALE, "bf3")
        assert hours(finding.since_s) == pytest.approx(0.5, abs=0.02)


async def test_a_machine_that_slept_takes_its_sleep_for_no_silence_either(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace(), mine1=mine())
    async with works.running():
        await works.until(1)
        works.told.clear()
        works.works.now_s += 1800
        with structlog.testing.capture_logs() as logs:
            await works.judge(works.works.now_s + 12)
        assert [entry["event"] for entry in logs if entry["log_level"] == "warning"] == ["slept"]
        await works.until(1.8)
        assert [findings for findings, _ in works.told if findings] == []
        assert {works.state(code) for code in works.works.watch.units} == {UnitState.OK}


async def test_a_drop_that_was_over_while_the_service_was_down_is_ended(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace(STOPS))
    async with works.running():
        await works.until(0.7)
    works.works.now_s = round(1.5 * HOUR)
    works.clock.now_ns = (START_S + works.works.now_s) * NS
    async with works.running():
        await works.until(1.8)
        assert [drop.end_s is not None for drop in works.drops()] == [True]


async def test_a_start_with_nothing_observed_finds_nothing(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace(), mine1=mine(heard=line(0)))
    async with works.running():
        await works.until(0.02, step_s=10)
        assert [findings for findings, _ in works.told if findings] == []
        assert works.state("mine1") is UnitState.MISSING


async def test_minutes_are_kept_and_are_those_of_which_a_start_goes_on(tmp_path: Path) -> None:
    works = live(tmp_path, mine1=mine())
    async with works.running():
        await works.until(1.25)
    async with works.running():
        await works.until(1.5)
        found = works.ledger.read(lambda connection: ledger_detection.hours(connection, 0, 2**62))
    assert [(start_s - START_S, unit) for start_s, unit, _ in found] == [(0, "mine1"), (HOUR, "mine1")]
    assert found[0][2].heard.all()
    assert found[1][2].heard.tolist() == [True] * 30 + [False] * 30
    counted = found[1][2].counted_t
    assert counted is not None
    assert counted[:30] == pytest.approx(500 / 60)


async def test_a_clock_that_jumps_back_begins_anew_with_one_line_in_the_log(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace(line(100, (0.5, 0))), mine1=mine())
    async with works.running():
        await works.until(0.9)
        with structlog.testing.capture_logs() as logs:
            works.clock.now_ns = (START_S + round(0.75 * HOUR) + 2) * NS
            await works.detection.run()
            works.works.now_s = round(0.75 * HOUR)
            await works.until(1.0)
        assert [entry["event"] for entry in logs if entry["log_level"] == "warning"] == ["clock_jumped_back"]
        assert works.state("bf3") is UnitState.STOPPED
        assert [(drop.kind, drop.end_s) for drop in works.drops()] == [(FindingKind.STOP, None)]
        await works.until(1.05)
        found = works.ledger.read(lambda connection: ledger_detection.hours(connection, START_S, START_S + 1))
    counted = next(minutes.counted_t for _, unit, minutes in found if unit == "mine1")
    assert counted is not None
    assert counted[50:60].max() < 1.5 * 500 / 60, "no minute that came twice counts twice"


async def test_a_clock_that_goes_back_by_some_seconds_waits_for_its_time(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace())
    async with works.running():
        await works.until(0.2)
        slots = works.detection.slots
        with structlog.testing.capture_logs() as logs:
            works.clock.now_ns -= 30 * NS
            await works.detection.run()
        assert (works.detection.slots, logs) == (slots, [])


async def test_a_slot_is_judged_once_however_often_it_is_asked(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace())
    async with works.running():
        await works.until(0.1)
        for _ in range(5):
            works.clock.now_ns += NS
            await works.detection.run()
        assert works.detection.slots == 6


async def test_what_a_full_disk_refused_is_told_when_there_is_room(tmp_path: Path) -> None:
    with faulty_disk("full-detection") as disk:
        works = Live(tmp_path, Works(bf3=furnace(STOPS)), vfs="full-detection")
        async with works.running():
            for hour, refused_h in ((0.57, 0.6), (1.05, 1.1)):
                await works.until(hour)
                await works.show(round(refused_h * HOUR))
                disk.full = True
                with pytest.raises(StorageFull):
                    await works.judge(round(refused_h * HOUR))
                disk.full = False
                await works.until(refused_h + 0.05, step_s=10)
                assert [drop.end_s is None for drop in works.drops()] == [hour < 1]
            assert works.state("bf3") is UnitState.RAMP_UP


async def test_minutes_that_a_full_disk_refused_are_written_later(tmp_path: Path) -> None:
    with faulty_disk("full-minutes") as disk:
        works = Live(tmp_path, Works(mine1=mine()), vfs="full-minutes")
        async with works.running():
            await works.until(0.9)
            for minute in range(55, 65):
                await works.show(minute * 60)
                disk.full = True
                with pytest.raises(StorageFull):
                    await works.judge(minute * 60)
                disk.full = False
            await works.until(1.2)
            first, second = works.ledger.read(lambda connection: ledger_detection.hours(connection, 0, 2**62))
    assert first[2].heard.all()
    assert second[2].heard.tolist() == [True] * 12 + [False] * 48


async def test_a_repair_that_is_approved_holds_from_the_next_slot_on(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace(STOPS))
    works.expected = lambda ledger: Expectation(works.plant, ledger)
    async with works.running():
        await works.until(0.7)
        assert works.state("bf3") is UnitState.STOPPED
        window = (START_S * NS, (START_S + 2 * HOUR) * NS)
        await record(
            works.ledger,
            [
                Repair(
                    name="R1",
                    unit="bf3",
                    start_ns=window[0],
                    end_ns=window[1],
                    kind=RepairKind.CURRENT,
                    approved_by="c",
                )
            ],
        )
        await works.until(0.72)
        assert works.state("bf3") is UnitState.PLANNED
        assert [drop.end_s is not None for drop in works.drops()] == [True]
        assert works.now()["bf3"].expected_t_per_h == 0.0


async def test_what_is_expected_is_worked_out_anew_only_where_people_stated_something(tmp_path: Path) -> None:
    works = live(tmp_path, bf3=furnace())
    async with works.running():
        expected = Expectation(works.plant, works.ledger)
        first = expected()
        assert expected() is first
        assert first.t_per_h("bf3", START_S) == pytest.approx(5000 / 24)
