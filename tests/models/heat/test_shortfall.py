"""Why an hour has less heat than the graph asks for, with figures that add up."""

from dataclasses import replace

import pytest

from models.heat.heat_hour import HeatHour, HeatVerdict
from models.heat.network import HeatLimits, HeatNetwork, HeatTags
from models.heat.sentences import hour_sentences
from models.heat.shortfall import shortfall
from models.heat.temperature_graph import GraphPoint, TemperatureGraph
from models.works.localize import Language

NETWORK = HeatNetwork(
    code="town",
    names={"en": "Town"},
    unit="chp",
    tags=HeatTags(outdoor="o", supply="t1", returned="t2", flow="g", heat="q"),
    graph=TemperatureGraph.of([GraphPoint(-30, 110, 65), GraphPoint(10, 70, 45)]),
    regime_flow_t_h=4000,
    limits=HeatLimits(clause="item 1", approver="A.", frost_outdoor=-25),
)
HOUR = HeatHour(
    network="town", start_s=0, outdoor=-10, due=GraphPoint(-10, 90, 55), supply=90, returned=58, flow=3600,
    heat_gcal=3600 * 32 / 1000, heat_known_s=3600, verdict=HeatVerdict.OFF_GRAPH,
)  # fmt: skip


def test_the_parts_of_flow_return_and_supply_add_up_to_what_is_lacking() -> None:
    short = shortfall(NETWORK, HOUR)
    assert short is not None
    assert short.demand_gcal_h == 140
    assert short.gcal_h == pytest.approx(24.8)
    assert (short.by_flow, short.by_return, short.by_supply) == pytest.approx((14, 10.8, 0))
    cool = shortfall(NETWORK, replace(HOUR, supply=85.0, heat_gcal=3600 * 27 / 1000, verdict=HeatVerdict.LOW))
    assert cool is not None
    assert cool.by_flow + cool.by_return + cool.by_supply == pytest.approx(cool.gcal_h)
    assert cool.by_supply == pytest.approx(18)


def test_an_hour_known_in_half_is_compared_as_power_and_one_near_the_demand_is_none() -> None:
    half = shortfall(NETWORK, replace(HOUR, heat_gcal=3600 * 32 / 2000, heat_known_s=1800))
    assert half is not None
    assert half.gcal_h == pytest.approx(24.8)
    assert shortfall(NETWORK, replace(HOUR, heat_gcal=136.0)) is None, "within the 3 % of the graph"
    for unknown in ({"flow": None}, {"returned": None}, {"due": None}, {"heat_gcal": None}, {"verdict": None}):
        assert shortfall(NETWORK, replace(HOUR, **unknown)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "Heat is 24.8 Gcal/h (17.7 %) below the demand of 140 Gcal/h: the flow is 3,600 t/h, approved 4,000 t/h "
            "(-14 Gcal/h); the return is warmer, 58 °C where 55 °C is due (-10.8 Gcal/h).",
        ),
        (
            "ru",
            "Тепла на 24,8 Гкал/ч (17,7 %) меньше потребности в 140 Гкал/ч: расход 3 600 т/ч при утверждённом 4 000 "
            "т/ч (-14 Гкал/ч); обратная вода теплее, 58 °C при 55 °C по графику (-10,8 Гкал/ч).",
        ),
        (
            "kk",
            "Жылу 140 Гкал/сағ қажеттіліктен 24,8 Гкал/сағ (17,7 %) аз: су шығыны 3 600 т/сағ, бекітілгені 4 000 "
            "т/сағ (-14 Гкал/сағ); қайтқан су жылырақ, 58 °C, график бойынша 55 °C (-10,8 Гкал/сағ).",
        ),
    ],
)
def test_the_page_names_the_factors_while_t1_is_by_the_graph(language: Language, said: str) -> None:
    words = [each.words.replace("\N{NO-BREAK SPACE}", " ") for each in hour_sentences(NETWORK, HOUR, language)]
    assert said in words


def test_a_heat_meter_that_differs_from_flow_and_temperatures_is_told_to_be_looked_at() -> None:
    hour = replace(HOUR, returned=55.0, flow=4000.0, heat_gcal=100.0)
    (_, said) = hour_sentences(NETWORK, hour, "en")
    assert "flow, T1 and T2 do not show it" in said.words
