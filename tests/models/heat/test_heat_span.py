from datetime import date
from zoneinfo import ZoneInfo

import pytest

from models.heat.heat_hour import HeatHour, HeatVerdict, heat_hour
from models.heat.heat_span import HeatSpan, heat_days, heat_span, under_heating
from models.works.calendar import NS, date_bounds
from tests.models.heat.heat_works import HOUR_S, LIMITS, NETWORK, by_graph, measured

BERLIN = ZoneInfo("Europe/Berlin")
"""Its clocks went back on 26 October 2025."""


def hour_of(start_s: int, short: float) -> HeatHour:
    return heat_hour(NETWORK, start_s, measured(start_s, **by_graph(start_s, 80.0 - short)))


def hours_of(day: date, zone: ZoneInfo, short: float) -> list[HeatHour]:
    start, end = (edge // NS for edge in date_bounds(zone, day))
    return [hour_of(at, short) for at in range(start, end, HOUR_S)]


def test_a_day_of_25_hours_has_25_hours_of_heat_and_of_demand() -> None:
    day = date(2025, 10, 26)
    hours = hours_of(day, BERLIN, 5.0)
    found = heat_days(hours, BERLIN, (day.toordinal(), day.toordinal() + 1), 2**40)[day.toordinal()]
    assert (len(hours), found.hours, found.judged, found.under_heated_h) == (25, 25, 25, 25)
    assert found.heat_gcal == pytest.approx(25 * 4000 * 23 / 1000)
    assert found.demand_gcal == pytest.approx(25 * 112)
    assert found.of_demand_pct == pytest.approx(92 / 112 * 100)


def test_seven_of_52_days_were_under_heated_by_10_degrees_in_the_mean() -> None:
    first = date(2025, 11, 1).toordinal()
    short = [9.0, 11.0, 10.0, 8.0, 12.0, 10.0, 10.0] + [1.0] * 45
    hours = [hour for number, by in enumerate(short) for hour in hours_of(date.fromordinal(first + number), BERLIN, by)]
    found = under_heating(heat_days(hours, BERLIN, (first, first + 52), 2**40), LIMITS)
    assert (found.cold, found.days, found.judged) == (7, 52, 52)
    assert found.mean_short_by == pytest.approx(10)
    assert (found.hours, found.judged_hours) == (7 * 24, 52 * 24)


def test_a_day_of_which_too_little_is_known_is_neither_warm_nor_cold() -> None:
    day = date(2025, 11, 1)
    hours = hours_of(day, BERLIN, 12.0)
    found = under_heating(heat_days(hours[:17], BERLIN, (day.toordinal(), day.toordinal() + 1), 2**40), LIMITS)
    assert (found.days, found.judged, found.cold, found.mean_short_by) == (1, 0, 0, None)
    assert found.hours == 17
    assert under_heating({1: heat_span(hours[:18], 24)}, LIMITS).cold == 1


def test_the_running_day_has_the_hours_that_ended() -> None:
    day = date(2025, 11, 1)
    start_s = date_bounds(BERLIN, day)[0] // NS
    days = heat_days(
        hours_of(day, BERLIN, 0.0)[:6], BERLIN, (day.toordinal(), day.toordinal() + 2), start_s + 6 * HOUR_S + 900
    )
    assert {at: span.hours for at, span in days.items()} == {day.toordinal(): 6}


def test_heat_without_a_demand_is_told_alone_and_never_compared() -> None:
    known = heat_hour(NETWORK, 0, measured(0, **by_graph(0)))
    no_outdoor = heat_hour(NETWORK, HOUR_S, {tag: {HOUR_S: hour} for tag, hour in by_graph(HOUR_S).items()})
    span = heat_span([known, no_outdoor], 2)
    assert (span.heat_gcal_alone, span.heat_gcal, span.demand_gcal) == (
        pytest.approx(224),
        pytest.approx(112),
        pytest.approx(112),
    )
    assert (span.judged, span.heat_known_h) == (1, 2)


def test_a_span_of_which_nothing_is_known_has_no_figures() -> None:
    span = heat_span([], 24)
    assert span == HeatSpan(
        hours=24, judged=0, under_heated_h=0, heat_known_h=0.0, both_known_h=0.0, heat_gcal_alone=None,
        heat_gcal=None, demand_gcal=None, short_by=None,
    )  # fmt: skip
    assert span.of_demand_pct is None
    assert not span.is_judged


@pytest.mark.parametrize(
    ("verdict", "is_cold"),
    [(HeatVerdict.BY_GRAPH, False), (HeatVerdict.OFF_GRAPH, False), (HeatVerdict.LOW, True), (HeatVerdict.FROST, True)],
)
def test_an_hour_off_the_graph_within_the_limits_is_no_under_heating(verdict: HeatVerdict, is_cold: bool) -> None:
    assert verdict.is_under_heating is is_cold
