"""Hours of a gauge, by hand and beside a reference that looks at every second."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.counting.measured_hour import MeasuredHour
from models.counting.measuring import MeasuredHours, MeasuredState, MeasuringRule
from models.works.calendar import NS

NOON_S = 1_764_500_400  # 2025-11-30 16:00 in Almaty
LIMITS = (1.0, 2.0)
RULE = MeasuringRule("face.ch4", LIMITS, 90 * NS, ZoneInfo("Asia/Almaty"))
"""A sensor that gives a value every 30 s."""
Reading = tuple[int, float]


class Gauge:
    """Takes readings in, in steps between which its hours and its state are kept elsewhere."""

    def __init__(self, rule: MeasuringRule = RULE) -> None:
        self.rule = rule
        self.hours: dict[int, MeasuredHour] = {}
        self.state: MeasuredState | None = None

    def take(self, readings: Sequence[Reading], *, joined: bool = False) -> None:
        step = MeasuredHours(self.rule, self.state, self.hours.get)
        for at_s, value in readings:
            step.take((NOON_S + at_s) * NS, value, (NOON_S + at_s) * NS, joined=joined)
        self.hours |= step.changed
        self.state = step.state

    def stands(self, until_s: int) -> None:
        step = MeasuredHours(self.rule, self.state, self.hours.get)
        step.stands((NOON_S + until_s) * NS)
        self.hours |= step.changed
        self.state = step.state

    @property
    def first(self) -> MeasuredHour:
        return self.hours[NOON_S]


def test_a_value_stands_until_the_next_one_and_the_mean_is_weighted_by_time() -> None:
    gauge = Gauge()
    gauge.take([(0, 0.5), (30, 0.5), (60, 1.5), (90, 0.2), (150, 0.2)])
    assert gauge.first.known_s == 150
    assert gauge.first.mean == pytest.approx((60 * 0.5 + 30 * 1.5 + 60 * 0.2) / 150)
    assert (gauge.first.least, gauge.first.greatest) == (0.2, 1.5)
    assert (gauge.first.above_s, gauge.first.times_above) == ((30.0, 0.0), (1, 0))


def test_the_minutes_in_any_part_of_which_it_was_above_are_kept() -> None:
    gauge = Gauge()
    gauge.take([(0, 0.5), (30, 1.5), (60, 0.5), (90, 2.5), (150, 0.5), (180, 0.5)])
    assert gauge.first.above_minutes == (0b111, 0b110), "30-60 s is of the first minute, and not of the second"
    gauge.take([(1200, 1.2)])
    assert gauge.first.above_minutes == (0b111 | 1 << 20, 0b110), "one that was seen once, after a gap, was above then"
    gauge.take([(3590, 1.2), (3620, 0.1)])
    assert gauge.first.above_minutes[0] == 0b111 | 1 << 20 | 1 << 59
    assert gauge.hours[NOON_S + 3600].above_minutes == (0b1, 0), "what stood over the hour's end was above in both"


def test_an_hour_that_was_kept_without_minutes_does_not_pretend_to_know_them() -> None:
    gauge = Gauge()
    gauge.take([(0, 1.5), (30, 0.5)])
    gauge.hours[NOON_S] = replace(gauge.first, above_minutes=())
    gauge.take([(60, 1.5), (90, 0.5)])
    assert (gauge.first.above_minutes, gauge.first.was_above(0), gauge.first.was_above(1)) == ((), None, 0)


def test_a_gap_is_not_known_and_never_taken_for_below_the_limit() -> None:
    gauge = Gauge()
    gauge.take([(0, 1.5), (30, 1.5), (1200, 0.3), (1230, 0.3)])
    assert gauge.first.known_s == 60
    assert gauge.first.above_s[0] == 30
    assert gauge.first.mean == pytest.approx(0.9)


def test_what_was_read_once_before_a_silence_is_the_greatest_and_passed_the_limit() -> None:
    gauge = Gauge()
    gauge.take([(0, 0.4), (30, 2.6)])
    assert (gauge.first.greatest, gauge.first.times_above, gauge.first.above_s) == (2.6, (1, 1), (0.0, 0.0))


def test_a_limit_is_passed_once_however_long_the_value_stays_above_it_and_over_the_turn_of_an_hour() -> None:
    gauge = Gauge()
    gauge.take([(3540 + 30 * look, 1.2 + 0.1 * (look % 2)) for look in range(8)])
    assert (gauge.first.times_above, gauge.first.above_s) == ((1, 0), (60.0, 0.0))
    assert (gauge.hours[NOON_S + 3600].times_above, gauge.hours[NOON_S + 3600].above_s) == ((0, 0), (150.0, 0.0))


def test_a_value_at_its_limit_is_not_above_it() -> None:
    gauge = Gauge()
    gauge.take([(0, 1.0), (30, 1.0)])
    assert (gauge.first.times_above, gauge.first.above_s) == ((0, 0), (0.0, 0.0))


def test_a_sensor_that_is_stuck_shows_for_how_long_it_has_not_moved() -> None:
    gauge = Gauge()
    gauge.take([(30 * look, 0.42) for look in range(240)])
    assert gauge.first.still_s == 3600
    assert gauge.hours[NOON_S + 3600].still_s == 239 * 30
    gauge.take([(7200, 0.43), (7230, 0.44)])
    assert gauge.hours[NOON_S + 7200].still_s == 30


def test_a_value_that_the_source_confirms_stands_until_then() -> None:
    gauge = Gauge()
    gauge.take([(0, 1.5)])
    for until_s in range(60, 601, 60):
        gauge.stands(until_s)
    assert (gauge.first.known_s, gauge.first.above_s) == (600, (600.0, 0.0))
    gauge.stands(3000)
    assert gauge.first.known_s == 600, "nobody confirmed what lies between"
    gauge.stands(3060)
    assert gauge.first.known_s == 660


def test_the_same_reading_under_the_same_stamp_confirms_it_until_it_was_received() -> None:
    step = MeasuredHours(RULE, None, lambda _: None)
    for late_s in (0, 30, 60):
        step.take(NOON_S * NS, 0.7, (NOON_S + late_s) * NS)
    assert step.changed[NOON_S].known_s == 60


def test_a_history_of_changes_knows_what_lies_between_two_of_them() -> None:
    gauge = Gauge()
    gauge.take([(0, 0.7), (1800, 1.4), (3600, 0.7)], joined=True)
    assert (gauge.first.known_s, gauge.first.above_s[0]) == (3600, 1800)


def test_what_is_older_than_the_newest_reading_changes_nothing() -> None:
    gauge = Gauge()
    gauge.take([(0, 0.7), (60, 0.7)])
    before = gauge.first
    gauge.take([(30, 2.9)])
    assert gauge.first == before


def test_an_hour_keeps_the_limits_with_which_it_began() -> None:
    gauge = Gauge()
    gauge.take([(0, 1.5), (30, 1.5)])
    gauge.rule = MeasuringRule("face.ch4", (0.5,), RULE.bridge_ns, RULE.zone)
    gauge.take([(60, 1.5), (90, 0.7), (3600, 0.7), (3630, 0.7)])
    assert (gauge.first.limits, gauge.first.above_s) == (LIMITS, (90.0, 0.0))
    assert (gauge.hours[NOON_S + 3600].limits, gauge.hours[NOON_S + 3600].above_s) == ((0.5,), (30.0,))


def test_hours_are_those_of_the_works() -> None:
    gauge = Gauge(MeasuringRule("face.ch4", LIMITS, 90 * NS, ZoneInfo("Asia/Kolkata")))
    gauge.take([(1740, 0.7), (1800, 0.7), (1860, 0.7)])
    assert sorted(gauge.hours) == [NOON_S - 1800, NOON_S + 1800]
    assert [hour.known_s for hour in gauge.hours.values()] == [60, 60]


_READINGS = st.lists(
    st.tuples(st.integers(1, 200), st.sampled_from([0.0, 0.4, 1.0, 1.1, 2.0, 2.7])), min_size=1, max_size=120
)


def _stamped(readings: Sequence[tuple[int, float]]) -> list[Reading]:
    at_s, stamped = 0, []
    for apart_s, value in readings:
        at_s += apart_s
        stamped.append((at_s, value))
    return stamped


@given(_READINGS)
def test_each_second_is_counted_once(readings: list[tuple[int, float]]) -> None:
    stamped = _stamped(readings)
    gauge = Gauge()
    gauge.take(stamped)
    seconds: dict[int, list[float]] = {}
    for (at_s, value), (next_s, _) in pairwise(stamped):
        for second in range(at_s, next_s) if next_s - at_s <= 90 else ():
            seconds.setdefault((NOON_S + second) // 3600 * 3600, []).append(value)
    for start_s, hour in gauge.hours.items():
        values = seconds.get(start_s, [])
        assert hour.known_s == len(values)
        assert hour.above_s == tuple(sum(value > limit for value in values) for limit in LIMITS)
        if values:
            assert hour.mean == pytest.approx(sum(values) / len(values))


@given(_READINGS, st.lists(st.integers(0, 120), max_size=4))
def test_it_does_not_matter_in_how_many_steps_readings_come(readings: list[tuple[int, float]], cuts: list[int]) -> None:
    stamped = _stamped(readings)
    whole, cut = Gauge(), Gauge()
    whole.take(stamped)
    bounds = [0, *sorted(cuts), len(stamped)]
    for start, end in pairwise(bounds):
        if stamped[start:end]:
            cut.take(stamped[start:end])
    assert (cut.hours, cut.state) == (whole.hours, whole.state)
