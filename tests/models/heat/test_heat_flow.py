import pytest

from models.heat.heat_flow import heat_gcal_h, in_mw, in_t_h


def test_four_thousand_tonnes_an_hour_at_95_and_60_degrees_are_140_gcal_an_hour_or_162_8_mw() -> None:
    assert heat_gcal_h(4000, 95, 60) == 140
    assert in_mw(140) == pytest.approx(162.82)


def test_a_flow_in_kilograms_a_second_gives_the_same_heat() -> None:
    assert heat_gcal_h(in_t_h(4000 / 3.6), 95, 60) == pytest.approx(140)
