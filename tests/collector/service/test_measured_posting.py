"""Readings of gauges on their way into a real ledger."""

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from collector.service.journal_facts import JournalFacts
from collector.sources.base import Delivery
from collector.storage.ledger import measured as ledger_measured
from collector.storage.ledger.ledger import Ledger
from models.counting.measured_hour import MeasuredHour
from models.counting.reading import Backfill, ReadingBatch
from models.works.codes import Quality
from models.works.measured_tag import MeasuredTag
from models.works.plant import Plant
from tests.collector.service.steel_works import Clock, open_ledger, opened_parts, posting_of, stored
from tests.collector.service.works_document import NOON_NS, NS
from tests.support.ledger_calls import commit

NOON_S = NOON_NS // NS


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Ledger]:
    one = open_ledger(tmp_path / "data", Clock())
    yield one
    await one.close()


@pytest.fixture
def gauge(plant: Plant) -> str:
    return next(tag.name for tag in plant.tags if tag.kind == "gauge")


@pytest.fixture
def measuring(plant: Plant, gauge: str) -> Plant:
    return replace(plant, measured={gauge: MeasuredTag(gauge, (10.0,))})


def _readings(gauge: str, *rows: tuple[float, float], **facts: object) -> JournalFacts:
    return JournalFacts(measured=[(gauge, NOON_NS + round(at_s * NS), value) for at_s, value in rows], **facts)  # type: ignore[arg-type]


def _hours(ledger: Ledger, gauge: str) -> tuple[MeasuredHour, ...]:
    return ledger.read(partial(ledger_measured.hours, tags=[gauge], start_s=0, end_s=2**60))[gauge]


async def test_hours_grow_over_steps_and_a_step_that_is_repeated_after_a_kill_counts_once(
    ledger: Ledger, measuring: Plant, gauge: str
) -> None:
    posting = posting_of(measuring, ledger)
    for seq, at_s in enumerate(range(0, 7200, 2), start=1):
        done = posting.post([stored(seq, _readings(gauge, (at_s, 12.0 if at_s < 600 else 8.0)))], {})
        assert await commit(ledger, done.changes)
        if seq % 400 == 0:
            assert not await commit(ledger, done.changes), "what is in is in"
    first, second = _hours(ledger, gauge)
    assert (first.start_s, first.known_s, first.above_s, first.times_above) == (NOON_S, 3600.0, (600.0,), (1,))
    assert first.mean == pytest.approx((600 * 12 + 3000 * 8) / 3600)
    assert (second.known_s, second.above_s, second.times_above) == (3598.0, (0.0,), (0,))


async def test_a_confirmed_value_stands_and_a_tag_that_is_measured_no_more_is_passed_over(
    ledger: Ledger, measuring: Plant, plant: Plant, gauge: str
) -> None:
    entries = [stored(1, _readings(gauge, (0, 12.0)))]
    entries += [stored(1 + look, JournalFacts(coverage={gauge: 1}), at_s=look) for look in range(1, 61)]
    await commit(ledger, posting_of(measuring, ledger).post(entries, {}).changes)
    assert _hours(ledger, gauge)[0].known_s == 60
    done = posting_of(plant, ledger).post([stored(100, _readings(gauge, (61, 12.0)))], {})
    assert (done.changes.measured, done.changes.rejections) == ([], [])


async def test_a_history_of_changes_fills_the_time_of_an_outage(ledger: Ledger, measuring: Plant, gauge: str) -> None:
    facts = [
        _readings(gauge, (0, 8.0)),
        _readings(gauge, (0, 8.0), (900, 12.0), (1800, 8.0), backfilled=Backfill.CHANGES),
        _readings(gauge, (1801, 8.0)),
    ]
    posting = posting_of(measuring, ledger)
    await commit(ledger, posting.post([stored(1 + at, each) for at, each in enumerate(facts)], {}).changes)
    (hour,) = _hours(ledger, gauge)
    assert (hour.known_s, hour.above_s) == (1801.0, (900.0,))


async def test_who_asks_what_changed_since_a_step_is_told_each_hour_once(
    ledger: Ledger, measuring: Plant, gauge: str
) -> None:
    posting = posting_of(measuring, ledger)
    for seq, at_s in enumerate((0, 2, 3600, 3602), start=1):
        await commit(ledger, posting.post([stored(seq, _readings(gauge, (at_s, 1.0)))], {}).changes)
    assert ledger.read(partial(ledger_measured.changed_after, step=0)) == ([(gauge, NOON_S), (gauge, NOON_S + 3600)], 4)
    assert ledger.read(partial(ledger_measured.changed_after, step=2)) == ([(gauge, NOON_S + 3600)], 4)
    assert ledger.read(partial(ledger_measured.changed_after, step=4)) == ([], 4)


async def test_what_a_source_delivers_of_a_measured_gauge_is_in_its_hour(
    tmp_path: Path, measuring: Plant, gauge: str
) -> None:
    index = measuring.tag_index()
    source = measuring.tags[index[gauge]].source
    deliveries = []
    for at_s in range(0, 60, 2):
        at_ns = NOON_NS + at_s * NS
        quality = Quality.BAD if at_s == 30 else Quality.GOOD
        deliveries.append(
            Delivery(source, at_ns, ReadingBatch.of(source, at_ns, [(index[gauge], 5.0, at_ns, quality)]))
        )
    async with opened_parts(tmp_path, measuring) as parts:
        await parts.take(*deliveries)
        await parts.settle()
        (hour,) = _hours(parts.ledger, gauge)
        assert (hour.known_s, hour.mean, hour.still_s) == (58.0, 5.0, 58.0)
