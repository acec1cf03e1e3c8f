"""Dirty buckets of a real ledger become rows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.service.publishing import Publishing
from collector.service.roll_up import RollUp
from collector.service.roll_up_work import Work
from collector.storage.ledger import book_reader, configurations, outbox
from collector.storage.ledger.outbox_queue import OutboxQueue
from collector.storage.ledger.reads import DirtyBucket
from models.counting.increment import BUCKET_S, Increment, IncrementFlag
from models.counting.output_plan import OutputPlan
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.desk_data import OutputPoint
from models.tables.hour_rows import hour_rows
from models.tables.month_rows import month_rows
from models.tables.row_fields import DAY_TABLE, HOUR_TABLE, MONTH_TABLE, SHIFT_TABLE
from models.tables.so_far import so_far
from models.works.calendar import HOUR_NS, hour_bounds, hours_between, local_date
from models.works.month import month_of, shifted
from models.works.plant import Calendar, Plant
from models.works.table import Row
from tests.collector.service.steel_works import Clock, WorksParts, delivery_of, opened_parts, tap
from tests.collector.service.works_document import COAL, NOON_NS, NS, works_settings
from tests.support.budget import examples
from tests.support.ledger_calls import buckets, dirty, post, published

NOON_S = NOON_NS // NS
ALWAYS = (0, 2**62)


def _actual(rows: Sequence[Row], **tags: str) -> list[float | int | str]:
    return [row.fields["actual_t"] for row in rows if tags.items() <= dict(row.key.tags).items()]


async def _coal(parts: WorksParts, *points: tuple[float, float]) -> None:
    for at_s, tonnes in points:
        await parts.take(delivery_of(parts.batch((COAL, at_s, tonnes))))


async def test_rows_are_those_of_the_model_for_every_hour_and_day(plant: Plant, tmp_path: Path) -> None:
    clock = Clock(NOON_NS + 30 * HOUR_NS)
    async with opened_parts(tmp_path / "data", plant, clock=clock) as parts:
        await _coal(parts, *((600.0 * number, 5.0 * number) for number in range(160)))
        await parts.take(delivery_of(events=(tap("1", 0), tap("2", 80_000)), received_ns=NOON_NS))
        await parts.settle()
        plan = OutputPlan(plant)
        year = local_date(plant.zone, clock()).year
        book = parts.ledger.read(lambda connection: book_reader.read_book(connection, plan, year, now_ns=clock()))
        hours = [hour_bounds(plant.zone, NOON_NS + number * HOUR_NS) for number in range(-2, 30)]
        wanted = [
            row for hour in hours for row in hour_rows(book, buckets(parts.ledger, hour[0] // NS, hour[1] // NS), hour)
        ]
        assert len(wanted) > 50
        assert _by_key(published(parts.ledger, HOUR_TABLE, *ALWAYS)) == _by_key(wanted)
        today = local_date(plant.zone, NOON_NS).toordinal()
        month = month_of(today)
        months = [row for start in (month, shifted(month, 1)) for row in month_rows(book, start)]
        assert _by_key(published(parts.ledger, MONTH_TABLE, *ALWAYS)) == _by_key(months)
        forecasts = Forecasts(book, today - 2, today + 4)
        wanted = [row for day in range(today - 2, today + 4) for row in day_rows(book, forecasts, day)]
        assert _by_key(published(parts.ledger, DAY_TABLE, *ALWAYS)) == _by_key(wanted)
        assert sum(_actual(wanted, level="unit", product="coal_raw")) == pytest.approx(159 * 5)  # type: ignore[arg-type]
        assert dirty(parts.ledger, 10) == []


def _by_key(rows: Sequence[Row]) -> dict[object, object]:
    return {row.key: dict(row.fields) for row in rows}


async def test_a_day_that_runs_says_what_was_due_by_now_and_one_that_is_over_does_not(
    plant: Plant, tmp_path: Path
) -> None:
    mine = replace(plant.units["mine1"], daily_target_t={"coal_raw": 4800.0})
    plant = replace(plant, units={**plant.units, "mine1": mine})
    clock = Clock(NOON_NS + 3 * HOUR_NS + HOUR_NS // 2)
    async with opened_parts(tmp_path / "data", plant, clock=clock) as parts:
        await _coal(parts, *((10.0 * number, 0.5 * number) for number in range(1261)))
        await parts.settle()
        await parts.roll_up.refresh()
        hours = [OutputPoint.of(row) for row in published(parts.ledger, HOUR_TABLE, *ALWAYS)]
        for level in ("unit", "shop", "site"):
            (row,) = _by_level(published(parts.ledger, DAY_TABLE, *ALWAYS), level)
            found = so_far((hour for hour in hours if hour.level == level), clock())
            assert found.due_t is not None
            assert row.fields["target_so_far_t"] == pytest.approx(float(found.due_t), abs=0.001)
            assert row.fields["attainment_so_far_pct"] == float(found.attainment_pct or 0)
            left = row.fields["month_to_date_target_t"] - row.fields["month_to_date_due_t"]  # type: ignore[operator]
            assert 0 < left < row.fields["target_t"], "what is not due yet is a part of the day"  # type: ignore[operator]
        clock.now_ns += 48 * HOUR_NS
        await parts.roll_up.refresh()
        for row in published(parts.ledger, DAY_TABLE, *ALWAYS):
            assert row.fields.keys().isdisjoint({"target_so_far_t", "attainment_so_far_pct"})
            assert row.fields["month_to_date_due_t"] == row.fields["month_to_date_target_t"]


async def test_a_row_whose_last_tonne_moved_away_vanishes(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant, clock=Clock(NOON_NS + 3 * HOUR_NS)) as parts:
        await parts.take(delivery_of(events=(tap("17", 3000),), received_ns=NOON_NS))
        await parts.settle()
        assert _actual(published(parts.ledger, HOUR_TABLE, NOON_NS, NOON_NS + 1), level="unit") == [400.0]
        await parts.take(delivery_of(events=(tap("17", 3700, 390.0),), received_ns=NOON_NS))
        await parts.settle()
        assert published(parts.ledger, HOUR_TABLE, NOON_NS, NOON_NS + 1) == []
        assert _actual(published(parts.ledger, HOUR_TABLE, *ALWAYS), level="unit") == [390.0]
        assert _actual(published(parts.ledger, DAY_TABLE, *ALWAYS), level="site", product="pig_iron") == [390.0]


async def test_a_withdrawn_row_is_deleted_in_the_database_too(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant, clock=Clock(NOON_NS + 3 * HOUR_NS), telemetry=True) as parts:
        await parts.take(delivery_of(events=(tap("17", 3000),), received_ns=NOON_NS))
        await parts.settle()
        await OutboxQueue(parts.ledger).done(await OutboxQueue(parts.ledger).take(1000))
        await parts.take(delivery_of(events=(tap("17", 3700, 390.0),), received_ns=NOON_NS))
        await parts.settle()
        withdrawn = [item for item in await OutboxQueue(parts.ledger).take(1000) if item.row is None]
        assert {item.key.time_ns for item in withdrawn} == {NOON_NS}
        assert all(item.delete_first for item in withdrawn)


async def test_completeness_falls_by_the_clock_alone_when_nothing_comes_any_more(plant: Plant, tmp_path: Path) -> None:
    clock = Clock(NOON_NS + 600 * NS)
    async with opened_parts(tmp_path / "data", plant, clock=clock) as parts:
        await _coal(parts, *((10.0 * number, 0.1 * number) for number in range(60)))
        await parts.settle()
        full = _completeness(parts)
        clock.now_ns += 600 * NS
        await parts.roll_up.refresh()
        half = _completeness(parts)
        clock.now_ns += 2 * HOUR_NS
        await parts.roll_up.refresh()
        assert (full, half) == (100.0, pytest.approx(50.0, abs=2))
        assert _completeness(parts) == pytest.approx(100 / 6, abs=1)


async def test_an_hour_in_which_the_collector_stopped_is_not_complete_after_its_next_start(
    plant: Plant, tmp_path: Path
) -> None:
    clock = Clock(NOON_NS + 600 * NS)
    async with opened_parts(tmp_path / "data", plant, clock=clock) as parts:
        await _coal(parts, *((10.0 * number, 0.1 * number) for number in range(60)))
        await parts.settle()
        assert _completeness(parts) == 100.0
    clock.now_ns += 50 * HOUR_NS
    async with opened_parts(tmp_path / "data", plant, clock=clock) as parts:
        await parts.roll_up.refresh()
        assert _completeness(parts) == pytest.approx(100 / 6, abs=1)
        (day,) = _by_level(published(parts.ledger, DAY_TABLE, *ALWAYS), "unit")
        assert day.fields["completeness_pct"] == pytest.approx(100 / 6 / 24, abs=0.1)


def _completeness(parts: WorksParts) -> object:
    (row,) = _by_level(published(parts.ledger, HOUR_TABLE, NOON_NS, NOON_NS + 1), "unit")
    return row.fields["completeness_pct"]


def _by_level(rows: Sequence[Row], level: str) -> list[Row]:
    return [row for row in rows if dict(row.key.tags)["level"] == level]


async def test_a_unit_that_is_gone_from_the_plant_leaves_nothing_dirty(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant, clock=Clock(NOON_NS + HOUR_NS)) as parts:
        await _coal(parts, (0, 0.0), (60, 1.0))
        await parts.take(delivery_of(events=(tap("1", 60),), received_ns=NOON_NS))
        await parts.consumer.catch_up()
        kept = {code: unit for code, unit in plant.units.items() if code != "mine1"}
        smaller = replace(plant, units=kept, tags=tuple(tag for tag in plant.tags if tag.unit != "mine1"))
        roll_up = RollUp(parts.ledger, OutputPlan(smaller), Publishing(), parts.clock)
        await roll_up.run()
        assert dirty(parts.ledger, 10) == []
        rows = published(parts.ledger, HOUR_TABLE, *ALWAYS)
        coal = [row for row in rows if dict(row.key.tags)["product"] == "coal_raw"]
        assert {dict(row.key.tags)["unit"] for row in coal} == {"unclaimed", "all"}, "what it made stays in the totals"
        assert {row.fields["actual_t"] for row in coal} == {1.0}


async def test_the_sender_is_woken_after_each_commit(plant: Plant, tmp_path: Path) -> None:
    woken: list[int] = []
    async with opened_parts(tmp_path / "data", plant, clock=Clock(NOON_NS + HOUR_NS)) as parts:
        await _coal(parts, (0, 0.0), (60, 1.0))
        await parts.consumer.catch_up()
        publishing = Publishing(to_outbox=True, wake=lambda: woken.append(parts.ledger.read(outbox.size)))
        roll_up = RollUp(parts.ledger, OutputPlan(plant), publishing, parts.clock)
        await roll_up.run()
        assert woken
        assert all(woken)


async def test_what_was_rolled_up_before_a_database_came_is_queued_for_it(plant: Plant, tmp_path: Path) -> None:
    async with opened_parts(tmp_path / "data", plant, clock=Clock(NOON_NS + HOUR_NS)) as parts:
        await post(parts.ledger, [Increment(COAL, "mine1", "coal_raw", NOON_S, NOON_S + 300, 5_000_000, 30)])
        await parts.roll_up.run()
        assert parts.ledger.read(outbox.size) == 0
        queued = 0
        while filled := await parts.ledger.write(partial(outbox.fill, limit=2)):
            queued += filled
        assert (
            queued == parts.ledger.read(outbox.size) == 11
        )  # unit, shop and site by hour, day, month; unit and shop by shift


_BUCKETS = st.builds(
    lambda unit, slot, slots: (unit, NOON_S + slot * BUCKET_S, NOON_S + (slot + slots) * BUCKET_S),
    st.sampled_from(["mine1", "bf3", "gone"]),
    st.integers(0, 4000),
    st.sampled_from([1, 1, 1, 12, 700]),
)


async def test_one_more_reading_does_not_read_the_books_anew(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    read_book = book_reader.read_book

    def counting(*arguments: object, **named: object) -> object:
        read.append(1)
        return read_book(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(book_reader, "read_book", counting)
    async with opened_parts(tmp_path / "data", plant, clock=Clock(NOON_NS + 30 * HOUR_NS)) as parts:
        wide = Increment(COAL, "mine1", "coal_raw", NOON_S, NOON_S + 90_000, 5_000_000, 30, IncrementFlag.COARSE)
        await post(parts.ledger, [wide])
        await parts.roll_up.run()
        assert read
        read.clear()
        for number in range(3):
            start_s = NOON_S + 100_000 + 300 * number
            await post(parts.ledger, [Increment(COAL, "mine1", "coal_raw", start_s, start_s + 300, 5_000_000, 30)])
            await parts.roll_up.run()
        assert read == []
        (month,) = _by_level(published(parts.ledger, MONTH_TABLE, *ALWAYS), "unit")[-1:]
        assert month.fields["actual_t"] == 15.0


@settings(max_examples=examples(60))
@given(st.data())
def test_work_holds_every_hour_and_day_that_a_dirty_bucket_touches(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    if not _PLAN:
        _PLAN.append(OutputPlan(works_settings(tmp_path_factory.mktemp("plan")).plant))
    plan = _PLAN[0]
    spans = data.draw(st.lists(_BUCKETS, min_size=1, max_size=60))
    dirty = [DirtyBucket(unit, "p", start, end, version) for version, (unit, start, end) in enumerate(spans)]
    until_ns = NOON_NS + 3000 * BUCKET_S * NS
    work = Work()
    for bucket in data.draw(st.permutations(dirty)):
        work.add(plan, [bucket], until_ns)
    assert work.settled == len(dirty) - 1
    for bucket in dirty:
        end_s = min(bucket.end_s, until_ns // NS)
        assert set(hours_between(plan.plant.zone, bucket.start_s * NS, end_s * NS)) <= work.hours.keys()
        first = local_date(plan.plant.zone, bucket.start_s * NS).toordinal()
        assert work.since["p"] <= first
        if bucket.start_s < end_s:
            last = local_date(plan.plant.zone, end_s * NS - 1).toordinal()
            assert set(range(first, last + 1)) <= work.days
            assert work.across_days or first == last
            assert any(shift.start_ns <= bucket.start_s * NS < shift.end_ns for shift in work.shifts)


_PLAN: list[OutputPlan] = []


async def test_other_shifts_another_day_and_another_zone_leave_no_row_of_before_behind(
    plant: Plant, tmp_path: Path
) -> None:
    clock = Clock(NOON_NS + 30 * HOUR_NS)
    async with opened_parts(tmp_path / "data", plant, clock=clock) as parts:
        await parts.ledger.write(lambda connection: configurations.keep(connection, plant, clock()))
        await _coal(parts, *((600.0 * number, 5.0 * number) for number in range(160)))
        await parts.settle()
        assert len(published(parts.ledger, SHIFT_TABLE, *ALWAYS)) > 3
    zone = ZoneInfo("Asia/Kolkata")  # half an hour beside Almaty's, so hours begin at other instants too
    calendar = Calendar(zone=zone, day_start=time(7), shift_starts=(time(7), time(15), time(23)))
    shops = {code: replace(shop, calendar=calendar) for code, shop in plant.shops.items()}
    other = replace(plant, zone=zone, shops=shops)
    async with opened_parts(tmp_path / "data", other, clock=clock) as parts:
        await parts.ledger.write(lambda connection: configurations.keep(connection, other, clock()))
        await parts.settle()
        starts = {row.key.time_ns for row in published(parts.ledger, SHIFT_TABLE, *ALWAYS)}
        assert {datetime.fromtimestamp(start // NS, zone).hour for start in starts} <= {7, 15, 23}
        hours = published(parts.ledger, HOUR_TABLE, *ALWAYS)
        assert {datetime.fromtimestamp(row.key.time_ns // NS, zone).minute for row in hours} == {0}
        for table in (DAY_TABLE, MONTH_TABLE):
            stamps = [row.key.time_ns for row in published(parts.ledger, table, *ALWAYS)]
            assert {datetime.fromtimestamp(stamp // NS, zone).time() for stamp in stamps} == {time(0)}
        days = published(parts.ledger, DAY_TABLE, *ALWAYS)
        assert sum(_actual(days, level="unit", product="coal_raw")) == pytest.approx(159 * 5)  # type: ignore[arg-type]
