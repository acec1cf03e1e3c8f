"""A true counter is counted whole, however coarse its steps, however jittered its stamps, however thin its readings.

And what is not true is still found: spikes, zeros that come and go, resets, rollovers.
"""

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.counting.counter_step import GREATEST_STEP_S, JITTER_POLLS, TotalizerRule
from models.counting.increment import IncrementFlag
from models.counting.resolution import learned_resolution
from models.counting.totalizer_state import TotalizerState
from models.works.codes import Reason
from models.works.plant import Tag
from tests.models.counting.counter_book import ALMATY, T0, CounterBook, S, book, totalizer
from tests.support.budget import examples

RATE = 1300.0
POLL_S = 1.0


def belt(*, cadence_s: float = POLL_S, resolution: float = 0.0, modulus: float | None = None) -> Tag:
    return totalizer(modulus=modulus, max_rate_per_h=RATE, back_step=0.0, resolution=resolution, cadence_s=cadence_s)


def feed(counted: CounterBook, *values: float, start_s: float = 0, every_s: float = 1) -> None:
    for index, value in enumerate(values):
        counted.feed(T0 + round((start_s + index * every_s) * S), value)


@st.composite
def true_readings(draw: st.DrawFn) -> tuple[float, list[tuple[int, float]]]:
    """(the step in t, readings in the order they came) of a counter whose curve never passes the greatest rate."""
    step_t = draw(st.floats(0.01, RATE / 3600 * GREATEST_STEP_S))
    true_t = draw(st.floats(0, 50_000))
    time_s, readings = 0.0, []
    jitter = st.floats(-JITTER_POLLS * POLL_S, JITTER_POLLS * POLL_S)
    for _ in range(draw(st.integers(2, 12))):
        share = draw(st.one_of(st.just(1.0), st.just(0.0), st.floats(0, 1)))
        polls = draw(st.sampled_from([1, 1, 1, 2, 5, 60, 600]))
        for _ in range(draw(st.integers(1, 20))):
            time_s += polls * POLL_S
            true_t += share * RATE / 3600 * polls * POLL_S
            shown = true_t // step_t * step_t
            readings.append((T0 + 10 * S + round((time_s + draw(jitter)) * S), shown))
    return step_t, readings


@pytest.mark.long
@settings(max_examples=examples(400))
@given(data=true_readings(), through_bytes=st.booleans())
def test_any_true_curve_in_any_steps_with_any_jitter_counts_its_growth_without_a_gap(
    data: tuple[float, list[tuple[int, float]]], through_bytes: bool
) -> None:
    step_t, readings = data
    counted = book(belt(), through_bytes=through_bytes)
    counted.feed_all(readings)
    grown_t = readings[-1][1] - readings[0][1]
    assert not counted.gaps
    assert abs(counted.total / 1e6 - grown_t) <= step_t + 1e-5
    assert all(grams > 0 for grams in counted.sums().values())


@pytest.mark.long
@settings(max_examples=examples(300))
@given(data=true_readings(), start=st.floats(0, 600))
def test_a_true_curve_that_passes_the_rollover_is_counted_as_well(
    data: tuple[float, list[tuple[int, float]]], start: float
) -> None:
    step_t, readings = data
    modulus = 50_000.0
    first_t = modulus - start
    shown = [(time_ns, (first_t + value - readings[0][1]) % modulus) for time_ns, value in readings]
    counted = book(belt(modulus=modulus))
    counted.feed_all(shown)
    assert not counted.gaps
    assert abs(counted.total / 1e6 - (readings[-1][1] - readings[0][1])) <= step_t + 1e-5


@pytest.mark.long
@settings(max_examples=examples(300))
@given(data=true_readings())
def test_readings_that_come_in_the_order_of_jittered_stamps_are_counted_as_well(
    data: tuple[float, list[tuple[int, float]]],
) -> None:
    step_t, readings = data
    counted = book(belt())
    counted.feed_all(sorted(readings))
    grown_t = max(value for _, value in readings) - min(readings)[1]
    assert not counted.gaps
    assert abs(counted.total / 1e6 - grown_t) <= step_t + 1e-5


@pytest.mark.long
@settings(max_examples=examples(200))
@given(data=true_readings(), height=st.floats(100, 1e6), at=st.floats(0, 1), low=st.booleans())
def test_one_wrong_value_anywhere_in_a_true_curve_counts_nothing(
    data: tuple[float, list[tuple[int, float]]], height: float, at: float, low: bool
) -> None:
    step_t, readings = data
    where = 1 + round(at * (len(readings) - 2))
    time_ns = (readings[where - 1][0] + readings[where][0]) // 2
    assume(time_ns > readings[0][0])  # before the first reading it would be an older one of a counter that grew
    wrong = 0.0 if low else readings[where][1] + 40 + RATE / 3600 * 700 + height
    assume(wrong != readings[where - 1][1])  # a counter that stands shows nothing wrong
    counted = book(belt())
    counted.feed_all([*readings[:where], (time_ns, wrong), *readings[where:]])
    assert not counted.gaps
    assert counted.total / 1e6 <= readings[-1][1] - readings[0][1] + step_t + 1e-5
    # A few readings more, and all is counted.
    end_ns = max(time_ns for time_ns, _ in readings)
    counted.feed_all([(end_ns + (100 + index) * S, readings[-1][1]) for index in range(5)])
    assert abs(counted.total / 1e6 - (readings[-1][1] - readings[0][1])) <= 1e-5


def test_a_counter_of_whole_tonnes_counts_each_tonne() -> None:
    counted = book(belt())
    feed(counted, *(second * 1000 / 3600 // 1 for second in range(46)))
    assert counted.total == 12_000_000
    assert not counted.gaps
    assert not counted.rejections


def test_two_stamps_that_stand_too_near_lose_nothing() -> None:
    counted = book(belt(cadence_s=10.0))
    for time_s, value in ((0, 100.0), (24.86, 107.0), (25.0, 114.0), (50.0, 121.0)):
        counted.feed(T0 + round(time_s * S), value)
    assert counted.total == 21_000_000
    assert not counted.gaps
    assert not counted.rejections


def test_the_first_rise_of_a_counter_may_be_a_step_of_a_minute() -> None:
    counted = book(belt())
    feed(counted, 100.0, 120.0)
    assert counted.total == 20_000_000


def test_a_batch_on_a_counter_that_moved_in_small_steps_waits_for_three_readings_that_agree() -> None:
    counted = book(belt())
    feed(counted, 100.0, 100.2, 120.0, 120.0, 120.0)
    assert (counted.total, counted.rejections) == (200_000, [])
    feed(counted, 120.0, start_s=5)
    assert counted.total == 20_000_000
    assert not counted.gaps
    assert not counted.rejections
    assert counted.readings == 6


def test_a_rise_that_steps_could_explain_and_that_goes_away_was_a_spike() -> None:
    counted = book(belt())
    feed(counted, 100.0, 100.2, 120.0, 100.6, 100.8)
    assert counted.total == 800_000
    (rejection,) = counted.rejections
    assert (rejection.reason, rejection.value) == (Reason.NOT_CONFIRMED, "120.0")
    assert rejection.time_ns == T0 + 2 * S
    assert "from 100.2 to 120.0, and was at 100.6 1 s later" in rejection.detail


def test_a_stated_resolution_leaves_no_room_for_greater_steps() -> None:
    counted = book(belt(resolution=0.1))
    feed(counted, 100.0, 115.0, 115.1, 115.2, 115.3)
    assert counted.total == 300_000
    (gap,) = counted.gaps
    assert "reset upward from 100.0 to 115.0" in gap.cause
    assert "15" in counted.rejections[0].detail


def test_a_counter_that_runs_faster_than_its_rate_is_refused_and_nothing_is_lost_when_it_slows_down() -> None:
    counted = book(belt(resolution=0.1))
    feed(counted, *(second * 2 * RATE / 3600 for second in range(120)))
    assert counted.total / 1e6 < 119 * RATE / 3600 + 2
    assert counted.rejections[-1].reason is Reason.RATE_TOO_HIGH
    feed(counted, *[119 * 2 * RATE / 3600] * 200, start_s=120)
    assert counted.total == round(119 * 2 * RATE / 3600 * 1e6)
    assert not counted.gaps


@pytest.mark.parametrize("shown", [0.0, 12.0, 999.0 - 60])
@pytest.mark.parametrize("times", [1, 2, 40])
@pytest.mark.parametrize("every_s", [1, 100, 3000])
def test_a_fall_that_comes_back_within_the_rate_counts_only_what_the_old_counter_grew(
    shown: float, times: int, every_s: int
) -> None:
    counted = book(belt())
    feed(counted, 999.0, 1000.0, *[shown] * times, 1000.2, 1000.4, every_s=every_s)
    assert counted.total == 1_400_000
    assert not counted.gaps
    (rejection,) = counted.rejections
    assert rejection.reason is Reason.NOT_CONFIRMED
    assert f"from 1000.0 to {shown!r}" in rejection.detail


def test_a_zero_and_back_that_a_new_counter_could_have_reached_is_marked_uncertain() -> None:
    counted = book(belt())
    feed(counted, 29.8, 30.0, 0.0, 30.1, 30.2, every_s=100)
    assert counted.total == 400_000
    flags = [item.flags for item in counted.increments if item.grams]
    assert flags == [IncrementFlag.NONE, IncrementFlag.UNCERTAIN, IncrementFlag.NONE]


def test_what_a_counter_grew_behind_hours_of_zeros_is_marked_uncertain() -> None:
    counted = book(belt())
    feed(counted, 1000.0, *[0.0] * 100, 1500.0, every_s=60)
    assert counted.total == 500_000_000
    assert {item.flags & IncrementFlag.UNCERTAIN for item in counted.increments if item.grams} == {
        IncrementFlag.UNCERTAIN
    }


def test_a_zero_of_a_counter_without_a_greatest_rate_counts_nothing_either() -> None:
    counted = book(totalizer(modulus=None, max_rate_per_h=None))
    feed(counted, 1000.0, 0.0, 1001.0)
    assert counted.total == 1_000_000
    assert not counted.gaps


def test_a_zero_near_the_rollover_that_goes_away_is_withdrawn() -> None:
    counted = book(belt(modulus=1_000_000.0))
    feed(counted, 999_990.0, 0.0, *(999_990 + second / 10 for second in range(2, 9)))
    assert counted.total == 800_000
    assert not counted.gaps
    (rejection,) = counted.rejections
    assert (rejection.value, rejection.time_ns) == ("0.0", T0 + S)
    assert all(grams > 0 for grams in counted.sums().values())


def test_a_spike_that_a_long_silence_made_believable_is_withdrawn() -> None:
    counted = book(belt())
    feed(counted, 100.0, 300.0, start_s=0, every_s=3000)
    assert counted.total == 200_000_000
    feed(counted, 101.0, 101.2, start_s=3001)
    assert counted.total == 1_200_000
    assert not counted.gaps
    assert counted.rejections[0].value == "300.0"


def test_a_reset_of_a_standing_belt_is_told_when_it_moves_again() -> None:
    counted = book(belt())
    feed(counted, 1000.0, *[0.0] * 600)
    assert (counted.total, counted.gaps, counted.readings) == (0, [], 601)
    feed(counted, 0.2, 0.4, start_s=601)
    (gap,) = counted.gaps
    assert (gap.start_ns, gap.end_ns) == (T0, T0 + S)
    assert counted.total == 400_000
    assert [item.start_s for item in counted.increments if item.grams] == [T0 // S + 600, T0 // S + 600]


def test_a_small_counter_that_is_reset_within_what_jitter_explains_is_found_after_it() -> None:
    counted = book(belt())
    feed(counted, *(0.5 - (second > 0) * 0.5 + second * 0.001 for second in range(60)))
    assert len(counted.gaps) == 1
    assert counted.total == 58_000


def test_an_old_state_is_read_and_its_suspect_stays_one() -> None:
    old = {
        "version": 1,
        "newest_ns": T0,
        "uncertain": False,
        "base": [T0, 1000.0],
        "suspect": {
            "level": 9000.0,
            "first": [T0 + S, 9000.0],
            "last": [T0 + S, 9000.0],
            "newest_ns": T0 + S,
            "confirmed": 0,
        },
    }
    counted = book(belt())
    counted.state = TotalizerState.from_bytes(json.dumps(old).encode())
    counted.anchors[T0] = 1000.0
    feed(counted, 9000.1, 9000.2, 9000.3, start_s=2)
    assert len(counted.gaps) == 1
    assert counted.total == 300_000


def test_a_resolution_is_the_smallest_rise_that_was_seen() -> None:
    assert learned_resolution([5.0, 5.0, 7.0, 6.0, 9.0, 10.0]) == 1.0
    assert learned_resolution([5.0, 5.0, 4.0]) is None
    assert TotalizerRule.of(belt(), ALMATY).step_g == int(RATE / 60 * 1e6)
    assert TotalizerRule.of(belt(resolution=1.0), ALMATY).step_g == 1_000_000
