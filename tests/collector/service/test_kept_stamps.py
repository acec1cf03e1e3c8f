"""A server that keeps the stamp of an unchanged value answers all the same; a controller that hangs is found."""

from dataclasses import replace

import numpy as np
import pytest

from collector.service.kept_stamps import KeptStamps
from collector.service.observer import Observer
from collector.sources.base import Delivery
from collector.storage.ledger.changes import LedgerChanges
from models.counting.increment import Increment
from models.counting.reading import ReadingBatch
from models.detection.expected.expected import SteadyExpected
from models.detection.judgement import Basis
from models.detection.watched import watched_units
from models.detection.works_watch import WorksWatch
from models.works.codes import Quality, UnitState
from models.works.detection_rules import RuleSet
from tests.models.detection.small_works import HOUR, PLANT, RATES, START_S, only

NS = 1_000_000_000
INDEX = PLANT.tag_index()
MINE, FURNACE = "mine1.made", "bf3.blast"


def batch(at_s: int, *rows: tuple[str, float, int], quality: Quality = Quality.GOOD) -> ReadingBatch:
    """Rows of (tag, value, seconds of its stamp from the start), received `at_s` after it."""
    cells = [(INDEX[tag], value, (START_S + stamp_s) * NS, quality) for tag, value, stamp_s in rows]
    return ReadingBatch.of("plc", (START_S + at_s) * NS, cells)


def moved_of_mine(*, mine: tuple[float, int], furnace_ticks: bool, alone: bool, upto_s: int = 300) -> list[bool]:
    """By poll of ten seconds, whether the mine's counter that stands is movement or confirmed."""
    kept = KeptStamps(PLANT, np.array([alone and tag.name == MINE for tag in PLANT.tags]))
    told = []
    for at_s in range(0, upto_s, 10):
        stamp_s = at_s if furnace_ticks else min(at_s, 20)
        moved, confirmed = kept.taken(batch(at_s, (MINE, *mine), (FURNACE, float(stamp_s), stamp_s)))
        told.append(bool(moved[0] or confirmed[0]))
    return told


def test_an_unchanged_value_is_confirmed_after_a_minute_while_its_source_moves_elsewhere() -> None:
    told = moved_of_mine(mine=(7.0, 0), furnace_ticks=True, alone=False)
    assert told == [True] + [False] * 5 + [True] * 24


def test_where_nothing_of_the_source_moves_only_a_counter_alone_is_confirmed() -> None:
    assert sum(moved_of_mine(mine=(7.0, 0), furnace_ticks=False, alone=False)) == 1 + 3
    assert sum(moved_of_mine(mine=(7.0, 0), furnace_ticks=False, alone=True)) == 1 + 24


@pytest.mark.parametrize("quality", [Quality.GOOD, Quality.BAD])
def test_a_source_that_stamps_each_scan_and_values_that_are_not_good_confirm_nothing(quality: Quality) -> None:
    kept = KeptStamps(PLANT, np.ones(len(PLANT.tags), dtype=np.bool_))
    if quality is Quality.GOOD:
        kept.taken(batch(0, (FURNACE, 5.0, 0)))
        kept.taken(batch(10, (FURNACE, 5.0, 10)))
    kept.taken(batch(20, (MINE, 7.0, 20), quality=quality))
    for at_s in range(30, 300, 10):
        _, confirmed = kept.taken(batch(at_s, (MINE, 7.0, 20), (FURNACE, float(at_s), at_s), quality=quality))
        assert not confirmed.any()


def judged(*, stamps_scans: bool, with_belt: bool = False) -> tuple[UnitState, Basis]:
    """What a mine is judged to be whose counter stands for 40 minutes after two hours of work, and all else with it."""
    plant = only("mine1")
    plant = replace(plant, tags=tuple(tag for tag in plant.tags if tag.product is not None or with_belt))
    index, units = plant.tag_index(), watched_units(plant, RuleSet())
    observer, watch = Observer(plant, units), WorksWatch(plant, RuleSet())
    for at_s in range(10, 2 * HOUR + 2400, 10):
        run_s = min(at_s, 2 * HOUR)
        counted = run_s // 60 * 10.0  # it shows whole tens, once a minute
        stamp_s = run_s if stamps_scans else run_s // 60 * 60
        cells = [(index[MINE], counted, (START_S + stamp_s) * NS, Quality.GOOD)]
        if with_belt:
            cells.append((index["mine1.belt"], 600.0 + run_s / 1000, (START_S + run_s) * NS, Quality.GOOD))
        readings = ReadingBatch.of("plc", (START_S + at_s) * NS, cells)
        observer.taken(Delivery("plc", readings.received_ns, readings), readings)
        grown = 10_000_000 if at_s <= 2 * HOUR and at_s % 60 == 0 else 0
        counts = [Increment(MINE, "mine1", "coal_raw", START_S, START_S + 300, grown, 1)]
        observer.posted(LedgerChanges(journal_seq=1, increments=counts))
        watch.step(START_S + at_s, observer.take_samples(), SteadyExpected(RATES))
    judgement = watch.statuses["mine1"].judgement
    return judgement.state, judgement.basis


def test_a_unit_with_a_counter_alone_stands_where_its_server_keeps_stamps_and_is_hung_where_it_stamps_scans() -> None:
    state, basis = judged(stamps_scans=False)
    assert state is not UnitState.BAD, basis
    assert judged(stamps_scans=True) == (UnitState.BAD, Basis.FROZEN)


@pytest.mark.parametrize("stamps_scans", [True, False])
def test_a_gateway_that_stands_still_while_the_belt_shows_work_is_hung_whatever_it_stamps(
    *, stamps_scans: bool
) -> None:
    assert judged(stamps_scans=stamps_scans, with_belt=True) == (UnitState.BAD, Basis.FROZEN)


def test_a_counter_beyond_2_53_that_rises_by_one_at_each_scan_is_not_a_value_that_stands() -> None:
    kept = KeptStamps(PLANT, np.array([False for _ in PLANT.tags]))
    for at_s in range(0, 60, 10):
        kept.taken(batch(at_s, (MINE, 2**63 + at_s, at_s), (FURNACE, 7.0, 0)))
    told = [
        bool(kept.taken(batch(at_s, (MINE, 2**63 + at_s, at_s), (FURNACE, 7.0, 0)))[1][1]) for at_s in range(60, 90, 10)
    ]
    assert told == [True] * 3, "the source gives no new stamps to unchanged values, so the furnace's stands"
