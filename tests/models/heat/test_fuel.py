"""Fuel of hours, days and months: what is not known is not zero, and a share or a GJ/t is told only where it holds."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from models.counting.measured_hour import MeasuredHour
from models.heat.fuel import FuelUse
from models.heat.fuel_hour import FuelDoubt, fuel_hour
from models.heat.fuel_report import FuelReport, fuel_hours, fuel_report, fuel_whole
from models.heat.specific_use import MadeInDay, SpecificDoubt
from models.works.calendar import NS, date_bounds
from tests.models.heat.fuel_works import BY_GAUGE, COAL, FLARE, GAS, USE, hours
from tests.models.heat.heat_works import read

ALMATY, WARSAW = ZoneInfo("Asia/Almaty"), ZoneInfo("Europe/Warsaw")
FIRST = date(2026, 10, 1).toordinal()
START_S = date_bounds(ALMATY, date.fromordinal(FIRST))[0] // NS
HOURLY_GJ = 340 + 900 + 1400


def report(
    measured: dict[str, list[MeasuredHour]],
    *,
    days: int = 1,
    made: tuple[MadeInDay, ...] = (),
    until_h: int | None = None,
    use: FuelUse = USE,
) -> FuelReport:
    until_s = START_S + (24 * days if until_h is None else until_h) * 3600
    return fuel_report(use, fuel_hours(use, measured, until_s), made, ALMATY, (FIRST, FIRST + days), until_s)


def steel(tonnes: float | None, *, day: int = 0, begins_h: int = 0) -> MadeInDay:
    start_s = START_S + (24 * day + begins_h) * 3600
    return MadeInDay(product="steel", day=FIRST + day, start_s=start_s, end_s=start_s + 86_400, tonnes=tonnes)


def test_an_hour_of_gas_and_of_coal_gives_its_energy() -> None:
    by_tag = {tag: {each.start_s: each for each in found} for tag, found in hours(0, 1).items()}
    assert fuel_hour(GAS, 0, by_tag).energy_gj == pytest.approx(10_000 * 34 / 1000)
    assert fuel_hour(COAL, 0, by_tag).energy_gj == pytest.approx(50 * 18)
    value = {"chp.value": {0: read("chp.value", 0, 35.0)}}
    assert fuel_hour(BY_GAUGE, 0, by_tag | value).energy_gj == pytest.approx(350)


def test_half_an_hour_that_is_known_gives_half_of_it_and_the_power_of_the_whole() -> None:
    half = fuel_hour(GAS, 0, {"chp.gas": {0: read("chp.gas", 0, 10_000, known_s=1800)}})
    assert (half.amount, half.energy_gj) == (5_000, pytest.approx(170))
    assert half.gj_per_h == pytest.approx(340)


@pytest.mark.parametrize(
    ("hour", "doubt"),
    [
        (None, FuelDoubt.NO_FLOW),
        (read("chp.gas", 0, 10_000, least=-3.0), FuelDoubt.FLOW_REVERSED),
        (read("chp.gas", 0, 10_000, still_s=8 * 3600), FuelDoubt.FLOW_STUCK),
    ],
)
def test_what_cannot_be_believed_counts_nothing_and_says_why(hour: MeasuredHour | None, doubt: FuelDoubt) -> None:
    found = fuel_hour(GAS, 0, {"chp.gas": {} if hour is None else {0: hour}})
    assert (found.amount, found.energy_gj, found.doubt) == (None, None, doubt)


def test_a_valve_that_is_shut_for_a_month_is_believed() -> None:
    found = fuel_hour(GAS, 0, {"chp.gas": {0: read("chp.gas", 0, 0.0, still_s=30 * 86_400)}})
    assert (found.energy_gj, found.doubt) == (0.0, None)


def test_without_its_calorific_value_a_gas_has_an_amount_and_no_energy() -> None:
    short = {"chp.value": {0: read("chp.value", 0, 35.0, known_s=600)}}
    found = fuel_hour(BY_GAUGE, 0, {"chp.gas": {0: read("chp.gas", 0, 10_000)}, **short})
    assert (found.amount, found.energy_gj, found.doubt) == (10_000, None, FuelDoubt.NO_CALORIFIC_VALUE)


def test_a_day_has_energy_share_flare_and_carbon_dioxide() -> None:
    span = report(hours(START_S, 24)).days[FIRST]
    assert span.energy_gj == pytest.approx(24 * HOURLY_GJ), "what is flared heats nothing"
    assert span.natural_pct == pytest.approx(340 / HOURLY_GJ * 100)
    assert span.flared_nm3 == pytest.approx(24 * 20_000)
    tonnes = 24 * (340 * 56.1 + 900 * 94.6 + 1400 * 260 + 70 * 260) / 1000
    assert span.co2_t == pytest.approx(tonnes), "what is flared goes into the air as well"
    assert (span.energy_known_h, span.co2_known_h, span.hours) == (24, 24, 24)


def test_two_hours_that_a_meter_did_not_speak_are_not_zero_and_stand_beside_the_figure() -> None:
    measured = hours(START_S, 24)
    del measured["chp.gas"][5:7]
    span = report(measured).days[FIRST]
    gas = span.totals[0]
    assert (gas.known_h, gas.amount, gas.doubt) == (22, pytest.approx(220_000), FuelDoubt.NO_FLOW)
    assert (span.energy_known_h, span.hours) == (22, 24)
    assert span.natural_pct == pytest.approx(340 / HOURLY_GJ * 100), "of the 22 hours in which each fuel is known"


def test_a_share_is_not_told_of_less_than_three_quarters_of_the_day_and_names_what_lacks() -> None:
    measured = hours(START_S, 24)
    del measured["chp.coal"][:7]
    span = report(measured).days[FIRST]
    assert (span.natural_pct, span.share_lacks) == (None, COAL)
    del measured["chp.flare"]
    assert report(measured).days[FIRST].flared_nm3 is None


def test_a_works_that_burned_nothing_has_no_share() -> None:
    span = report(hours(START_S, 24, gas=0.0, coal=0.0, furnace_gas=0.0)).days[FIRST]
    assert (span.energy_gj, span.natural_pct, span.share_lacks) == (0, None, None)


def test_the_day_on_which_clocks_go_back_has_25_hours() -> None:
    day = date(2026, 10, 25)
    start_s, end_s = (edge // NS for edge in date_bounds(WARSAW, day))
    assert (end_s - start_s) // 3600 == 25
    days = (day.toordinal(), day.toordinal() + 1)
    found = fuel_report(USE, fuel_hours(USE, hours(start_s, 25), end_s), (), WARSAW, days, end_s)
    span = found.days[days[0]]
    assert (span.hours, span.energy_known_h) == (25, 25)
    assert span.energy_gj == pytest.approx(25 * HOURLY_GJ)


def test_a_tonne_of_steel_took_the_fuel_of_its_own_day() -> None:
    measured = hours(START_S, 48)
    for hour in range(8):  # before its production day begins
        measured["chp.coal"][hour] = read("chp.coal", START_S + hour * 3600, 300.0)
    made = steel(5_000, begins_h=8)
    (found,) = report(measured, days=2, made=(made,)).specific.values()
    assert found.gj_per_t == pytest.approx(24 * HOURLY_GJ / 5_000)


def test_an_hour_that_lacks_is_taken_as_the_mean_of_the_others_and_two_are_too_many() -> None:
    measured = hours(START_S, 24)
    del measured["chp.gas"][3]
    (found,) = report(measured, made=(steel(5_000),)).specific.values()
    assert found.gj_per_t == pytest.approx(24 * HOURLY_GJ / 5_000)
    del measured["chp.gas"][3]
    (found,) = report(measured, made=(steel(5_000),)).specific.values()
    assert (found.gj_per_t, found.doubt) == (None, SpecificDoubt.FUEL_NOT_KNOWN)


@pytest.mark.parametrize(
    ("made", "until_h", "doubt"),
    [
        (steel(None), 24, SpecificDoubt.OUTPUT_NOT_KNOWN),
        (steel(0.0), 24, SpecificDoubt.NOTHING_MADE),
        (steel(2_500.0), 12, SpecificDoubt.DAY_RUNS),
    ],
)
def test_no_gj_per_tonne_where_the_output_is_not_known_is_zero_or_not_whole_yet(
    made: MadeInDay, until_h: int, doubt: SpecificDoubt
) -> None:
    (found,) = report(hours(START_S, 24), made=(made,), until_h=until_h).specific.values()
    assert (found.gj_per_t, found.doubt) == (None, doubt)


def test_a_month_is_told_of_the_days_that_are_known_and_says_of_how_many() -> None:
    measured = hours(START_S, 96)
    del measured["chp.coal"][30:40]
    made = tuple(steel(tonnes, day=day) for day, tonnes in enumerate((5_000.0, 5_000.0, 4_000.0, 6_000.0)))
    found = report(measured, days=4, made=made)
    month = found.specific_months["steel", FIRST + 3]
    assert (month.days, month.of_days) == (3, 4)
    assert month.gj_per_t == pytest.approx(3 * 24 * HOURLY_GJ / 15_000)
    assert found.months[FIRST + 3].energy_gj == pytest.approx(96 * HOURLY_GJ - 10 * 900)
    second = found.specific_months["steel", FIRST + 1]
    assert (second.gj_per_t, second.doubt) == (None, SpecificDoubt.FUEL_NOT_KNOWN), "one day of two is known"


def test_fuel_of_a_day_on_which_nothing_was_made_belongs_to_the_month() -> None:
    made = (steel(5_000.0), steel(0.0, day=1), steel(5_000.0, day=2))
    found = report(hours(START_S, 72), days=3, made=made)
    assert found.specific["steel", FIRST + 1].doubt is SpecificDoubt.NOTHING_MADE
    month = found.specific_months["steel", FIRST + 2]
    assert (month.days, month.of_days) == (3, 3)
    assert month.gj_per_t == pytest.approx(72 * HOURLY_GJ / 10_000)
    none = report(hours(START_S, 24), made=(steel(0.0),)).specific_months["steel", FIRST]
    assert (none.gj_per_t, none.doubt) == (None, SpecificDoubt.NOTHING_MADE)


def test_flared_gas_alone_is_no_energy_and_no_share() -> None:
    span = report(hours(START_S, 24), use=replace(USE, fuels=(FLARE,))).days[FIRST]
    assert (span.energy_gj, span.natural_pct, span.share_lacks) == (None, None, None)
    assert span.flared_nm3 == pytest.approx(480_000)


def test_days_that_are_joined_are_the_month_that_is_counted_at_once() -> None:
    measured = hours(START_S, 96)
    del measured["chp.coal"][30:40]
    measured["chp.gas"][70] = read("chp.gas", START_S + 70 * 3600, 10_000, least=-1.0)
    until_s = START_S + 96 * 3600
    month = report(measured, days=4).months[FIRST + 3]
    whole = fuel_whole(USE, fuel_hours(USE, measured, until_s), ALMATY, (FIRST, FIRST + 4), until_s)
    assert [each.doubts for each in month.totals] == [each.doubts for each in whole.totals]
    assert (month.hours, month.burned_h) == (whole.hours, whole.burned_h) == (96, 85)
    assert month.energy_gj == pytest.approx(whole.energy_gj)
    assert month.natural_pct == pytest.approx(whole.natural_pct)
