"""Methane by the hour: a working is known as far as each of its sensors is, and a gap is never below a limit."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from models.counting.measured_hour import MeasuredHour
from models.counting.measuring import MeasuredHours, MeasuringRule
from models.detection.minutes.minutes import blank
from models.tables.above_limit import HourOutput
from models.tables.safety_rows import safety_rows
from models.tables.shapes import CALCULATED, by_name
from models.works.calendar import NS
from models.works.table import Row
from models.works.working import MethaneLimits, SafetySensor, SensorKind, Working
from tests.models.tables.test_accident_rates import PLANT, ZONE

LIMITS = MethaneLimits(local=1.0, general=0.75, clause="item 1", approved_by="A. B.")
FACE, RETURN = "mine1.ch4_face", "mine1.ch4_return"
LONGWALL = Working(
    code="longwall", names={"en": "Longwall", "ru": "Лава"}, shop="mines", unit="mine1", stuck_after_s=8 * 3600,
    sensors=(
        SafetySensor(FACE, SensorKind.METHANE, LIMITS), SafetySensor(RETURN, SensorKind.METHANE, LIMITS),
        SafetySensor("mine1.air", SensorKind.AIR_VELOCITY), SafetySensor("mine1.people", SensorKind.PEOPLE),
        SafetySensor("mine1.power", SensorKind.POWER),
    ),
)  # fmt: skip
START_S = int(datetime(2026, 11, 2, 10, tzinfo=ZONE).timestamp())


def hour(tag: str, number: int = 0, **known: object) -> MeasuredHour:
    given = {
        "known_s": 3600.0, "mean": 0.4, "least": 0.2, "greatest": 0.6, "above_s": (0.0, 0.0), "times_above": (0, 0),
        "limits": (1.0, 0.75),
    }  # fmt: skip
    return MeasuredHour(tag, START_S + number * 3600, **(given | known))  # type: ignore[arg-type]


def rows(*hours: MeasuredHour, until_s: int = START_S + 3600) -> list[Row]:
    known = {sensor.tag: [each for each in hours if each.tag == sensor.tag] for sensor in LONGWALL.sensors}
    found = safety_rows(PLANT, [LONGWALL], known, (START_S * NS, until_s * NS))
    fields = by_name(CALCULATED)["safety_hour"].fields
    assert all(name in fields for row in found for name in row.fields)
    return found


def test_a_row_has_the_worst_sensor_and_the_limits_that_were_approved() -> None:
    above = hour(FACE, mean=0.9, greatest=1.4, above_s=(600.0, 1200.0), times_above=(2, 3))
    more = hour(RETURN, known_s=1800.0, mean=0.6, greatest=1.1, above_s=(300.0, 1500.0), times_above=(1, 1))
    (row,) = rows(above, more)
    assert dict(row.key.tags) == {"site": "works", "shop": "mines", "unit": "mine1", "working": "longwall"}
    assert row.fields["methane_mean_pct"] == pytest.approx((0.9 * 3600 + 0.6 * 1800) / 5400)
    assert row.fields["methane_max_pct"] == 1.4
    assert (row.fields["minutes_above_local"], row.fields["times_above_local"]) == (10.0, 3)
    assert (row.fields["minutes_above_general"], row.fields["times_above_general"]) == (25.0, 4)
    assert row.fields["minutes_known"] == 30.0, "no more is known of the working than of each sensor"
    assert (row.fields["limit_local_pct"], row.fields["limit_general_pct"]) == (1.0, 0.75)
    assert (row.fields["sensors"], row.fields["silent_sensors"], row.fields["name_ru"]) == (2, 0, "Лава")


def test_an_hour_in_which_a_sensor_is_silent_is_told_and_is_known_for_no_minute() -> None:
    first, second, third = rows(hour(FACE), hour(RETURN), hour(FACE, 2), until_s=START_S + 3 * 3600)
    assert (first.fields["silent_sensors"], first.fields["minutes_known"]) == (0, 60.0)
    assert (second.fields["silent_sensors"], second.fields["minutes_known"]) == (2, 0.0)
    assert "methane_max_pct" not in second.fields, "nothing is known, and that is not 0"
    assert "minutes_above_local" not in second.fields
    assert (third.fields["silent_sensors"], third.fields["minutes_known"]) == (1, 0.0)
    assert third.fields["methane_max_pct"] == 0.6, "what the other one saw is told"


def test_a_gap_in_the_readings_of_a_sensor_is_neither_above_nor_below_the_limit() -> None:
    """Means of 30 s, as a longwall gives them: above the limit before and after a gap of half an hour."""
    rule = MeasuringRule(FACE, (1.0, 0.75), 90 * NS, ZONE)
    measured = MeasuredHours(rule, None, lambda _start_s: None)
    for at_s in [*range(0, 600, 30), *range(2400, 3601, 30)]:
        value = 1.2 if at_s < 600 or at_s >= 3000 else 0.5
        measured.take((START_S + at_s) * NS, value, (START_S + at_s) * NS)
    kept = [replace(each) for each in measured.changed.values() if each.start_s == START_S]
    (row,) = rows(*kept, hour(RETURN))
    assert row.fields["minutes_known"] == pytest.approx(9.5 + 20.0)
    assert row.fields["minutes_above_local"] == pytest.approx(9.5 + 10.0)
    assert row.fields["times_above_local"] == 2


def test_output_is_told_of_the_minutes_in_which_any_sensor_was_above() -> None:
    face = hour(FACE, greatest=1.4, above_s=(60.0, 150.0), above_minutes=(0b0010, 0b0111))
    other = hour(RETURN, greatest=0.9, above_s=(0.0, 30.0), above_minutes=(0, 0b1000))
    asked: list[tuple[str, int, int]] = []

    def output_of(unit: str, start_s: int, end_s: int) -> HourOutput:
        asked.append((unit, start_s, end_s))
        columns = blank(60, [], counts=True)
        columns.heard[:3] = True
        assert columns.counted_t is not None
        columns.counted_t[:3] = 5.5
        return HourOutput(["mine1.coal"], [], columns)

    known = {FACE: [face], RETURN: [other]}
    (row,) = safety_rows(PLANT, [LONGWALL], known, (START_S * NS, (START_S + 3600) * NS), (), output_of)
    fields = row.fields
    assert set(asked) == {("mine1", START_S, START_S + 3600)}
    assert (fields["above_local_minutes"], fields["above_local_known_minutes"]) == (1, 1)
    assert (fields["above_local_output_t"], fields["above_local_at"]) == (5.5, "10:01-10:02")
    assert (fields["above_general_minutes"], fields["above_general_known_minutes"]) == (4, 3)
    assert (fields["above_general_output_t"], fields["above_general_at"]) == (16.5, "10:00-10:04")


def test_of_an_hour_whose_minutes_nobody_kept_no_output_is_told() -> None:
    (row,) = rows(hour(FACE, greatest=1.4, above_s=(60.0, 150.0)), hour(RETURN))
    assert not [name for name in row.fields if name.startswith("above_")]
    (below,) = rows(hour(FACE), hour(RETURN))
    assert (below.fields["above_general_minutes"], below.fields["above_general_output_t"]) == (0, 0.0)
    assert "above_general_at" not in below.fields


def test_a_sensor_that_stood_for_a_shift_is_counted_as_stuck() -> None:
    (row,) = rows(hour(FACE, still_s=8 * 3600.0, mean=0.0, least=0.0, greatest=0.0), hour(RETURN, still_s=40.0))
    assert row.fields["stuck_sensors"] == 1


def test_air_people_and_power_stand_beside_it() -> None:
    (row,) = rows(
        hour(FACE), hour(RETURN), hour("mine1.air", mean=1.5, least=0.3, above_s=(), times_above=(), limits=()),
        hour("mine1.people", greatest=46.0, above_s=(), times_above=(), limits=()),
        hour("mine1.power", known_s=3000.0, above_s=(2400.0,), times_above=(1,), limits=(0.5,)),
    )  # fmt: skip
    assert (row.fields["air_velocity_mean"], row.fields["air_velocity_min"]) == (1.5, 0.3)
    assert row.fields["people_max"] == 46.0
    assert row.fields["minutes_power_off"] == 10.0, "of 50 minutes that are known it was on for 40"


def test_an_hour_that_began_without_limits_says_nothing_of_them() -> None:
    (row,) = rows(
        hour(FACE, above_s=(), times_above=(), limits=()), hour(RETURN, above_s=(), times_above=(), limits=())
    )
    assert "minutes_above_local" not in row.fields


def test_a_day_of_twenty_five_hours_has_as_many_rows() -> None:
    berlin = replace(PLANT, zone=ZoneInfo("Europe/Berlin"))
    start_s = int(datetime(2026, 10, 25, tzinfo=berlin.zone).timestamp())
    known = {FACE: [replace(hour(FACE), start_s=start_s + at * 3600) for at in range(25)]}
    working = replace(LONGWALL, sensors=LONGWALL.sensors[:1])
    found = safety_rows(berlin, [working], known, (start_s * NS, (start_s + 25 * 3600) * NS))
    assert [row.fields["minutes_known"] for row in found] == [60.0] * 25
