"""Tonnes over whole taps: what a healthy furnace taps by chance is no slow-down, and a real one is found."""

from bisect import bisect_left
from itertools import accumulate
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.detection.judgement import Basis
from models.detection.pace import Pace, limit_over
from models.works.codes import UnitState
from models.works.limits import PACE_BY_KIND
from tests.models.detection.minutes_of import ALL, Face, Works, furnace, hours, line
from tests.models.detection.small_works import DAY, HOUR, MINUTE, RATES
from tests.support.budget import examples

RATE_T_PER_H = RATES["bf3"]
LIMIT = PACE_BY_KIND["blast_furnace"]
MONTH_DAYS = 30


def taps(seed: int, days: int, slow_from_day: int | None = None, share: float = 1.0) -> list[tuple[int, float]]:
    """8-14 taps a day of 200-900 t: the furnace makes iron steadily within some percent, and a tap takes most of it.

    From `slow_from_day` on the furnace makes `share` of that.
    """
    chance = Random(seed)
    a_day = chance.uniform(8, 14)
    found: list[tuple[int, float]] = []
    at_s, hearth_t = 0.0, chance.uniform(0, 200)
    while True:
        wait_s = DAY / a_day * chance.uniform(0.7, 1.3)
        at_s += wait_s
        if at_s >= days * DAY:
            return found
        slow = slow_from_day is not None and at_s > slow_from_day * DAY
        hearth_t += RATE_T_PER_H * wait_s / HOUR * chance.gauss(1.0, 0.03) * (share if slow else 1.0)
        tapped_t = min(900.0, hearth_t * chance.uniform(0.85, 1.0))
        if tapped_t >= 200:
            hearth_t -= tapped_t
            found.append((int(at_s), round(tapped_t, 1)))


def watched(found: list[tuple[int, float]], days: int, step_s: int = 10 * MINUTE) -> Works:
    return Works(bf3=furnace(ALL, events=found), step_s=step_s).until(24 * days)


def low_by_the_clock(found: list[tuple[int, float]], days: int, window_h: int) -> float:
    """The share of the time in which a window of whole hours by the clock is below the limit."""
    ends = [end_s for end_s, _ in found]
    sums = [0.0, *accumulate(tonnes for _, tonnes in found)]
    due_t = window_h * RATE_T_PER_H * LIMIT.raise_pct / 100
    instants = range(DAY, days * DAY, 10 * MINUTE)
    low = sum(
        sums[bisect_left(ends, at_s)] - sums[bisect_left(ends, at_s - window_h * HOUR)] < due_t for at_s in instants
    )
    return low / len(instants)


def test_the_taps_are_as_the_trade_has_them() -> None:
    for seed in range(20):
        found = taps(seed, MONTH_DAYS)
        assert 8 * MONTH_DAYS <= len(found) + 8 <= 15 * MONTH_DAYS
        assert all(200 <= tonnes <= 900 for _, tonnes in found)
        assert sum(tonnes for _, tonnes in found) == pytest.approx(MONTH_DAYS * 5000, rel=0.02)


@pytest.mark.parametrize("seed", range(12))
def test_a_healthy_furnace_is_never_slow_in_a_month_where_a_window_by_the_clock_alarms_every_day(seed: int) -> None:
    found = taps(seed, MONTH_DAYS)
    works = watched(found, MONTH_DAYS)
    assert works.episodes() == []
    assert {turn.state for turn in works.turns("bf3")} == {UnitState.OK}
    assert 0.03 <= low_by_the_clock(found, MONTH_DAYS, 8) <= 0.35


def test_over_many_furnaces_the_window_of_eight_hours_by_the_clock_alarms_as_often_as_it_is_said_to() -> None:
    shares = [low_by_the_clock(taps(seed, MONTH_DAYS), MONTH_DAYS, 8) for seed in range(60)]
    assert 0.06 <= sum(shares) / len(shares) <= 0.27


@settings(max_examples=examples(40), derandomize=True)
@given(st.integers(100, 100_000))
def test_no_run_of_whole_taps_of_a_healthy_furnace_is_low(seed: int) -> None:
    pace = Pace()
    before_s = 0
    for end_s, tonnes in taps(seed, MONTH_DAYS):
        pace.mark(end_s, tonnes, RATE_T_PER_H * (end_s - before_s) / HOUR)
        before_s = end_s
        assert pace.low(LIMIT, RATE_T_PER_H) is None


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("share", "within_h"), [(0.6, 24), (0.75, 36)])
def test_a_furnace_that_makes_too_little_with_its_blast_full_is_found_within_a_day_or_so(
    seed: int, share: float, within_h: int
) -> None:
    works = watched(taps(seed, 9, slow_from_day=6, share=share), 9)
    slow = [episode.finding for episode in works.episodes(data=False)]
    assert [6 * 24 < hours(finding.found_s) <= 6 * 24 + within_h for finding in slow] == [True]
    assert works.state("bf3") == (UnitState.SLOW, Basis.PACE)


def test_what_is_between_the_limits_of_a_day_is_no_slow_down_of_a_day() -> None:
    works = Works(bf3=furnace(output=line(100, (48, 87)))).until(48 + 30)
    assert works.episodes() == []


def test_a_tap_that_is_told_late_does_not_make_the_time_before_it_slow() -> None:
    ends = [(round(2.4 * HOUR * number), 500.0) for number in range(1, 60)]
    cut = line(1, (50, 0), (62, 1))
    works = Works(bf3=furnace(events=ends, heard=cut), step_s=MINUTE).until(120)
    assert [episode.finding.kind.is_data for episode in works.episodes()] == [True]


def test_a_gap_in_counting_makes_the_pace_begin_anew() -> None:
    gap = line(0, (60, 1), (60.02, 0))
    slow = line(100, (40, 80))
    assert Works(bf3=furnace(output=slow)).until(66).state("bf3") == (UnitState.SLOW, Basis.PACE)
    assert Works(bf3=furnace(output=slow, uncertain=line(0, (48, 1), (48.02, 0)))).until(66).episodes() == []
    assert Works(bf3=Face(output=ALL, piece_t=500.0, uncertain=gap)).until(80).episodes() == []


@settings(derandomize=True)
@given(st.lists(st.tuples(st.integers(1, 20_000), st.floats(0, 900), st.floats(-5, 900)), max_size=60))
def test_a_window_is_as_short_as_it_can_be_and_covers_what_was_due(
    marks: list[tuple[int, float, float]],
) -> None:
    pace, end_s = Pace(fewest=1), 0
    for gap_s, tonnes, due_t in marks:
        end_s += gap_s
        pace.mark(end_s, tonnes, due_t)
    low = pace.over(1000.0)
    if low is None:
        assert not marks or pace.expected[-1] < 1000.0
    else:
        assert low.expected_t >= 1000.0 - 1e-6
        assert low.end_s == end_s
        first = pace.ends_s.index(low.start_s)
        assert pace.expected[-1] - pace.expected[first + 1] < 1000.0


def test_old_marks_are_forgotten_and_the_windows_of_the_others_stay() -> None:
    pace = Pace()
    for number in range(10_000):
        pace.mark(number * 600, 100.0, 100.0)
    assert len(pace.ends_s) <= 2048
    window = pace.over(2400.0)
    assert window is not None
    assert (window.actual_t, window.expected_t) == pytest.approx((2400.0, 2400.0))


def test_a_window_of_half_the_length_asks_for_a_deeper_drop() -> None:
    assert limit_over(85, 1.0) == pytest.approx(0.85)
    assert limit_over(85, 0.25) == pytest.approx(0.70)
    assert limit_over(85, 4.0) == pytest.approx(0.925)
