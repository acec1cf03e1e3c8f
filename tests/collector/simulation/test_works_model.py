from typing import Any

import pytest

from collector.simulation.catalogue import units
from collector.simulation.works_model import WorksModel
from models.works.codes import Quality, TagKind

START_S = 1_763_000_000
DAY_S = 86400


def picture(works: WorksModel) -> list[Any]:
    return [(unit.code, unit.shown.gauges, unit.shown.counters, unit.shown.finished) for unit in works.units]


def made_t(works: WorksModel, *codes: str) -> float:
    """All that the units counted and finished."""
    shown = [unit.shown for unit in works.units if unit.code in codes]
    grams = sum(sum(one.counters.values()) + sum(event.grams for event in one.finished) for one in shown)
    return grams / 1e6


@pytest.fixture(scope="module")
def five_days() -> WorksModel:
    works = WorksModel(3, START_S)
    works.advance(works.time_s + 5 * DAY_S, frozenset())
    return works


def test_the_same_seed_gives_the_same_works_however_the_steps_are_called() -> None:
    at_once, bit_by_bit = WorksModel(7, START_S), WorksModel(7, START_S)
    end_s = at_once.time_s + 6 * 3600
    at_once.advance(end_s, frozenset())
    for now_s in range(START_S, end_s + 1, 37):
        bit_by_bit.advance(now_s, frozenset())
    bit_by_bit.advance(end_s, frozenset())
    assert picture(at_once) == picture(bit_by_bit)
    other = WorksModel(8, START_S)
    other.advance(end_s, frozenset())
    assert picture(other) != picture(at_once)


@pytest.mark.long
@pytest.mark.parametrize(
    ("codes", "t_per_day"),
    [
        (("mine1", "mine2"), 20_000),
        (("washery",), 7_100),
        (("coke1", "coke2"), 4_200),
        (("sinter1",), 11_500),
        (("bf3",), 5_000),
        (("bf2", "bf3", "bf4"), 8_900),
        (("bof1", "bof2", "bof3"), 9_500),
        (("cast1", "cast2"), 9_250),
        (("hsm",), 8_500),
    ],
)
def test_a_day_gives_about_what_such_a_works_gives(five_days: WorksModel, codes: tuple[str], t_per_day: float) -> None:
    assert made_t(five_days, *codes) / 5 == pytest.approx(t_per_day, rel=0.06)


def test_every_event_and_gauge_stands_within_the_limits_that_the_configuration_gives(five_days: WorksModel) -> None:
    shown = {unit.code: unit.shown for unit in five_days.units}
    for unit in units():
        for tag in unit.tags:
            if tag.kind is TagKind.EVENT and tag.low is not None and tag.high is not None:
                tonnes = [event.grams / 1e6 for event in shown[unit.code].finished if event.signal == tag.signal]
                assert all(tag.low <= each <= tag.high for each in tonnes), tag
            if tag.kind is TagKind.GAUGE:
                assert tag.signal in shown[unit.code].gauges


def test_everything_is_weighed_in_whole_kilograms_and_no_unit_ends_two_events_in_a_minute(
    five_days: WorksModel,
) -> None:
    for unit in five_days.units:
        assert all(grams % 1000 == 0 for grams in unit.shown.counters.values())
        assert all(event.grams % 1000 == 0 for event in unit.shown.finished)
        minutes = [event.end_s // 60 for event in unit.shown.finished]
        assert len(set(minutes)) == len(minutes)


def test_one_converter_of_three_is_in_relining(five_days: WorksModel) -> None:
    heats = sorted(len(unit.shown.finished) for unit in five_days.units if unit.code.startswith("bof"))
    assert heats[0] == 0
    assert heats[1] > 60


@pytest.mark.long
def test_a_stopped_furnace_starves_the_converters() -> None:
    sound, hurt = WorksModel(5, START_S), WorksModel(5, START_S)
    for works, stopped in ((sound, frozenset[str]()), (hurt, frozenset({"bf3"}))):
        works.advance(works.time_s + 2 * DAY_S, stopped)
    assert made_t(hurt, "bf3") == 0
    assert made_t(hurt, "mine1") == made_t(sound, "mine1")
    assert made_t(hurt, "bof1", "bof2", "bof3") < 0.6 * made_t(sound, "bof1", "bof2", "bof3")


def test_instruments_now_and_then_say_that_they_doubt_themselves() -> None:
    works = WorksModel(1, START_S)
    seen = set()
    for _ in range(3000):
        works.advance(works.time_s + 30, frozenset())
        seen |= {works.quality("bf3.blast"), works.quality("chp.flow")}
    assert seen == {Quality.GOOD, Quality.UNCERTAIN, Quality.BAD}
    assert works.quality("mine1.coal_total") is Quality.GOOD


def test_the_two_converters_that_are_not_in_relining_make_the_same(five_days: WorksModel) -> None:
    made = sorted(made_t(five_days, code) for code in ("bof1", "bof2", "bof3"))
    assert made[2] == pytest.approx(made[1], rel=0.05), "the first by name took what metal there was"
