from collections.abc import Mapping
from pathlib import Path

import pytest

from collector.simulation.book import TruthBook
from collector.simulation.ironmaking import BlastFurnace
from collector.simulation.options import SimulationOptions
from collector.simulation.parameters import USUAL, WorksParameters
from collector.simulation.simulated_works import SimulatedWorks
from collector.simulation.unit import Stocks
from collector.simulation.works_model import WorksModel
from tests.collector.simulation.hand_clock import START_NS, HandClock

START_S = 1_763_000_000
DAY_S = 86400
WORKS = frozenset({"mine1", "coke1", "sinter1", "bf3", "chp"})
STEEL = frozenset({"bf2", "bf3", "bf4", "bof1", "bof2", "bof3", "cast1", "cast2", "hsm"})


def made_t(
    days: float,
    only: frozenset[str],
    pace: Mapping[str, float],
    parameters: WorksParameters = USUAL,
) -> dict[str, float]:
    """Tonnes of each unit in `days` after a first day at its usual pace."""
    works = WorksModel(4, START_S, parameters=parameters, only=only)
    works.advance(START_S + DAY_S, frozenset())
    before = totals(works)
    works.advance(START_S + (1 + days) * DAY_S, frozenset(), pace)
    return {code: tonnes - before[code] for code, tonnes in totals(works).items()}


def totals(works: WorksModel) -> dict[str, float]:
    return {
        unit.code: (sum(unit.shown.counters.values()) + sum(event.grams for event in unit.shown.finished)) / 1e6
        for unit in works.units
    }


@pytest.mark.parametrize("unit", ["mine1", "coke1", "sinter1", "bf3"])
def test_a_unit_makes_as_much_less_as_its_pace_is_lower(unit: str) -> None:
    usual, slow = made_t(3, frozenset({unit}), {}), made_t(3, frozenset({unit}), {unit: 0.7})
    assert slow[unit] / usual[unit] == pytest.approx(0.7, abs=0.04)


@pytest.mark.long
def test_a_slow_steel_shop_is_felt_by_its_casters_and_slow_casting_and_rolling_by_nobody_before_them() -> None:
    usual = made_t(2, STEEL, {})
    slow = made_t(2, STEEL, dict.fromkeys(("bof1", "bof2", "bof3"), 0.7))
    heats = [sum(made[code] for code in ("bof1", "bof2", "bof3")) for made in (usual, slow)]
    slabs = [made["cast1"] + made["cast2"] for made in (usual, slow)]
    assert heats[1] / heats[0] == pytest.approx(0.7, abs=0.05)
    assert slabs[1] / slabs[0] == pytest.approx(0.7, abs=0.08)
    later = made_t(2, STEEL, {"cast1": 0.5, "hsm": 0.6})
    assert later["cast1"] / usual["cast1"] < 0.6
    assert later["hsm"] / usual["hsm"] == pytest.approx(0.6, abs=0.05)
    assert later["bof1"] == usual["bof1"]


def test_the_heat_plant_sends_less_water_and_the_washery_takes_less_coal() -> None:
    works = WorksModel(4, START_S, only=frozenset({"chp", "washery"}), parameters=WorksParameters(stocks=Stocks(9e4)))
    gauges = {unit.code: unit.shown.gauges for unit in works.units}
    works.advance(START_S + 3600, frozenset())
    flow, feed = gauges["chp"]["flow"], gauges["washery"]["feed"]
    works.advance(START_S + 3700, frozenset(), {"chp": 0.5, "washery": 0.5})
    assert gauges["chp"]["flow"] == pytest.approx(flow / 2, rel=0.1)
    assert gauges["washery"]["feed"] == pytest.approx(feed / 2.6, rel=0.1)


def test_the_blast_of_a_slow_furnace_goes_down_and_comes_back_within_the_hour() -> None:
    works = WorksModel(4, START_S, only=frozenset({"bf3"}))
    blast = works.units[0].shown.gauges
    works.advance(START_S + 7200, frozenset(), {"bf3": 0.6})
    assert blast["blast"] == pytest.approx(0.6 * 6000, rel=0.05)
    works.advance(START_S + 10_800, frozenset())
    assert blast["blast"] == pytest.approx(6000, rel=0.06)


def test_a_poor_burden_makes_less_iron_with_a_full_blast() -> None:
    sound, poor = (WorksModel(4, START_S, only=frozenset({"bf3"})) for _ in range(2))
    furnace = poor.units[0]
    assert isinstance(furnace, BlastFurnace)
    furnace.burden_yield = 0.8
    for works in (sound, poor):
        works.advance(START_S + 4 * DAY_S, frozenset())
    assert totals(poor)["bf3"] / totals(sound)["bf3"] == pytest.approx(0.8, abs=0.04)
    assert furnace.shown.gauges["blast"] == pytest.approx(6000, rel=0.05)


@pytest.mark.long
def test_a_part_of_the_works_makes_what_it_makes_in_the_whole() -> None:
    whole = WorksModel(6, START_S)
    whole.advance(START_S + DAY_S / 2, frozenset())
    for code in WORKS:
        alone = WorksModel(6, START_S, only=frozenset({code}))
        alone.advance(START_S + DAY_S / 2, frozenset())
        assert totals(alone)[code] == totals(whole)[code]
    assert made_t(0.5, STEEL, {}).keys() == STEEL


@pytest.mark.long
def test_parameters_change_the_works_and_not_one_another_s_stocks() -> None:
    few = WorksParameters(taps_factor=0.7, tap_spread=0.2, noise=1.5, stocks=Stocks(hot_metal_t=500.0))
    works, usual = WorksModel(4, START_S, parameters=few), WorksModel(4, START_S)
    for each in (works, usual):
        each.advance(START_S + 2 * DAY_S, frozenset())
    taps = [len(next(unit for unit in each.units if unit.code == "bf3").shown.finished) for each in (works, usual)]
    assert taps[0] / taps[1] == pytest.approx(0.7, abs=0.08)
    assert few.stocks == Stocks(hot_metal_t=500.0)


@pytest.mark.long
async def test_a_slow_down_on_demand_slows_its_unit_down_for_as_long_as_it_stands(
    clock: HandClock, tmp_path: Path
) -> None:
    options = SimulationOptions(
        seed=11,
        start_ns=START_NS,
        speed=3600,
        book=tmp_path / "book.db",
        faults=("sinter1-slow40@+8s:5s",),
        tick_s=0.02,
    )
    instants = []
    async with SimulatedWorks(options, host_ns=clock.host_ns, elapsed_ns=clock.elapsed_ns) as works:
        for _ in range(3):
            await clock.pass_s(works, 5)
            instants.append(works.time_ns)
    book = TruthBook.open(tmp_path / "book.db")
    usual, slow = (
        book.counted("sinter1.sinter_total", *span) for span in ((START_NS, instants[0]), (instants[0], instants[1]))
    )
    assert slow / usual == pytest.approx(0.6, abs=0.08)
    assert [fault.name for fault in book.faults()] == ["sinter1-slow40"]
    book.close()
