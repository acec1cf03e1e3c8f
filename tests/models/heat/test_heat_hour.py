from dataclasses import replace

import pytest

from models.heat.heat_hour import HeatDoubt, HeatVerdict, deviation_pct, heat_hour, outdoor_mean
from tests.models.heat.heat_works import HOUR_S, LIMITS, NETWORK, by_graph, measured, read

AT = 1_736_000_000 // HOUR_S * HOUR_S


def test_an_hour_by_the_graph_gives_its_heat_beside_the_demand() -> None:
    hour = heat_hour(NETWORK, AT, measured(AT, **by_graph(AT)))
    assert hour.verdict is HeatVerdict.BY_GRAPH
    assert (hour.heat_gcal, hour.demand_gcal) == (pytest.approx(112), pytest.approx(112))
    assert (hour.short_by, hour.return_off_by) == (pytest.approx(0), pytest.approx(0))


@pytest.mark.parametrize(
    ("t1", "t2", "verdict"),
    [
        (77.6, 52.0, HeatVerdict.BY_GRAPH),  # 3 % of 80
        (77.5, 52.0, HeatVerdict.OFF_GRAPH),
        (82.5, 52.0, HeatVerdict.OFF_GRAPH),
        (80.0, 53.6, HeatVerdict.OFF_GRAPH),  # T2 by itself
        (77.0, 52.0, HeatVerdict.OFF_GRAPH),  # by 3 degC is not yet low
        (76.9, 52.0, HeatVerdict.LOW),
        (70.0, 52.0, HeatVerdict.LOW),
        (69.9, 50.0, HeatVerdict.VERY_LOW),
    ],
)
def test_an_hour_is_what_its_deviation_makes_it(t1: float, t2: float, verdict: HeatVerdict) -> None:
    assert heat_hour(NETWORK, AT, measured(AT, **by_graph(AT, t1, t2))).verdict is verdict


def test_below_80_degrees_in_frost_is_told_as_dangerous_whatever_the_graph_says() -> None:
    cold = measured(AT, outdoor=-25.0, **by_graph(AT, 79.9, 55))
    assert heat_hour(NETWORK, AT, cold).verdict is HeatVerdict.FROST
    mild = measured(AT, outdoor=-10.0, **by_graph(AT, 79.0, 52))
    assert heat_hour(NETWORK, AT, mild).verdict is HeatVerdict.BY_GRAPH


def test_percents_are_of_the_degrees_that_are_due() -> None:
    assert deviation_pct(97, 100) == -3


def test_without_one_of_the_outdoor_hours_there_is_no_verdict_and_no_demand() -> None:
    hours = measured(AT, **by_graph(AT))
    del hours["outdoor"][AT - 2 * HOUR_S]
    hour = heat_hour(NETWORK, AT, hours)
    assert (hour.verdict, hour.no_verdict, hour.outdoor) == (None, HeatDoubt.NO_OUTDOOR, None)
    assert (hour.heat_gcal, hour.demand_gcal) == (pytest.approx(112), None)
    assert hour.short_by is None


def test_an_outdoor_hour_of_which_little_was_read_is_not_known() -> None:
    assert outdoor_mean([read("outdoor", 0, -5), read("outdoor", HOUR_S, -7, known_s=2000.0)]) is None
    assert outdoor_mean([read("outdoor", 0, -5), read("outdoor", HOUR_S, -7)]) == -6
    assert outdoor_mean([]) is None


@pytest.mark.parametrize(
    ("t1", "t2", "g", "reason"),
    [
        (80.0, 52.0, -100.0, HeatDoubt.FLOW_REVERSED),
        (50.0, 52.0, 4000.0, HeatDoubt.RETURN_ABOVE_SUPPLY),
        (50.0, 52.0, -100.0, HeatDoubt.FLOW_REVERSED),  # a heat above 0, made of two wrong signs
    ],
)
def test_no_heat_is_counted_of_water_that_flows_back_or_returns_hotter(
    t1: float, t2: float, g: float, reason: HeatDoubt
) -> None:
    hour = heat_hour(NETWORK, AT, measured(AT, **by_graph(AT, t1, t2, g)))
    assert (hour.heat_gcal, hour.demand_gcal, hour.no_heat) == (None, None, reason)


@pytest.mark.parametrize(
    ("tag", "no_verdict", "no_heat"),
    [
        ("t1", HeatDoubt.SUPPLY_STUCK, HeatDoubt.SUPPLY_STUCK),
        ("t2", None, HeatDoubt.RETURN_STUCK),
        ("g", None, HeatDoubt.FLOW_STUCK),
    ],
)
def test_a_sensor_that_stood_still_for_a_shift_is_not_believed(
    tag: str, no_verdict: HeatDoubt | None, no_heat: HeatDoubt
) -> None:
    hours = by_graph(AT)
    hours[tag] = replace(hours[tag], still_s=LIMITS.stuck_s)
    hour = heat_hour(NETWORK, AT, measured(AT, **hours))
    assert (hour.no_verdict, hour.no_heat, hour.heat_gcal) == (no_verdict, no_heat, None)


def test_an_outdoor_sensor_that_stood_still_for_a_shift_makes_no_verdict() -> None:
    hours = measured(AT, **by_graph(AT))
    hours["outdoor"][AT - HOUR_S] = replace(hours["outdoor"][AT - HOUR_S], still_s=LIMITS.stuck_s)
    assert heat_hour(NETWORK, AT, hours).no_verdict is HeatDoubt.OUTDOOR_STUCK


def test_a_gap_is_neither_cold_nor_heat() -> None:
    hour = heat_hour(NETWORK, AT, measured(AT))
    assert (hour.verdict, hour.no_verdict, hour.no_heat) == (None, HeatDoubt.NO_SUPPLY, HeatDoubt.NO_FLOW)


def test_heat_and_demand_are_of_the_seconds_that_are_known() -> None:
    hours = by_graph(AT)
    hours["q"] = replace(hours["q"], known_s=1800.0)
    hour = heat_hour(NETWORK, AT, measured(AT, **hours))
    assert (hour.heat_gcal, hour.demand_gcal, hour.heat_known_s) == (pytest.approx(56), pytest.approx(56), 1800)
