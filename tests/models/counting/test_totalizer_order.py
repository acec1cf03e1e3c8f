"""Proof by many examples: the order of arrival, repetition and restarts never change what is counted."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.counting.counter_step import Anchor, TotalizerRule, growth, redundant
from models.counting.increment import IncrementFlag
from models.works.codes import Quality
from models.works.plant import Tag
from tests.models.counting.counter_book import ALMATY, T0, S, book, totalizer
from tests.support.budget import examples

RATE_PER_H = 3600.0  # 1 t a second


@st.composite
def series(draw: st.DrawFn, *, modulus: float, step_s: st.SearchStrategy[int]) -> list[tuple[int, float]]:
    """A counter that only grows, by at most 1 t a second, and starts anew at `modulus`."""
    time_s = draw(st.integers(0, 600))
    total_g = draw(st.integers(0, round(modulus * 1e6) - 1))
    readings = []
    for _ in range(draw(st.integers(1, 14))):
        readings.append((T0 + time_s * S, (total_g % round(modulus * 1e6)) / 1e6))
        gap_s = draw(step_s)
        time_s += gap_s
        total_g += draw(st.integers(0, gap_s * 1_000_000))
    return readings


SHORT = st.integers(1, 900)
MIXED = st.one_of(st.integers(1, 20), st.integers(1, 900), st.integers(3000, 9000))


def tag(modulus: float | None) -> Tag:
    return totalizer(modulus=modulus, max_rate_per_h=RATE_PER_H, back_step=0.0)


@settings(max_examples=examples(300))
@given(data=st.data(), modulus=st.sampled_from([100.0, 1_000.0, 50_000.0, 1_000_000.0]))
def test_any_order_of_arrival_gives_the_same_bucket_sums_to_the_gram(data: st.DataObject, modulus: float) -> None:
    readings = data.draw(series(modulus=modulus, step_s=MIXED))
    in_order, shuffled = book(tag(modulus)), book(tag(modulus))
    in_order.feed_all(readings)
    shuffled.feed_all(data.draw(st.permutations(readings)))
    assert shuffled.sums() == in_order.sums()
    assert not shuffled.rejections


@pytest.mark.long
@settings(max_examples=examples(300))
@given(data=st.data(), modulus=st.sampled_from([10.0, 20.0, 50.0, 150.0]))
def test_any_order_gives_the_same_sums_where_the_counter_turns_many_times_a_bucket(
    data: st.DataObject, modulus: float
) -> None:
    readings = data.draw(series(modulus=modulus, step_s=st.integers(1, 40)))
    in_order, shuffled = book(tag(modulus)), book(tag(modulus))
    in_order.feed_all(readings)
    shuffled.feed_all(data.draw(st.permutations(readings)))
    assert shuffled.sums() == in_order.sums()
    assert not shuffled.rejections


@settings(max_examples=examples(200))
@given(readings=series(modulus=1_000_000.0, step_s=MIXED))
def test_the_total_is_the_true_growth_and_no_bucket_is_negative(readings: list[tuple[int, float]]) -> None:
    counted = book(tag(None))
    # Unrolled, so that the counter never starts anew.
    laps, unrolled, last = 0, [], -1.0
    for time_ns, value in readings:
        laps += value < last
        last = value
        unrolled.append((time_ns, value + laps * 1_000_000))
    counted.feed_all(unrolled)
    rule = TotalizerRule.of(tag(None), ALMATY)
    assert counted.total == rule.grams(unrolled[-1][1]) - rule.grams(unrolled[0][1])
    assert all(grams > 0 for grams in counted.sums().values())
    assert not counted.gaps


@settings(max_examples=examples(200))
@given(data=st.data())
def test_a_rollover_that_is_seen_counts_the_true_growth(data: st.DataObject) -> None:
    modulus_g = 100_000_000_000
    grown = data.draw(st.lists(st.tuples(st.integers(1, 900), st.floats(0, 1)), min_size=1, max_size=30))
    total_g = data.draw(st.integers(modulus_g * 95 // 100, modulus_g - 1))
    first_g, time_s = total_g, 0
    counted = book(tag(100_000.0))
    counted.feed(T0, total_g / 1e6)
    for gap_s, share in grown:
        time_s += gap_s
        total_g += int(gap_s * 1_000_000 * share)
        counted.feed(T0 + time_s * S, (total_g % modulus_g) / 1e6)
    assert counted.total == total_g - first_g
    assert not counted.gaps


@settings(max_examples=examples(200))
@given(data=st.data(), modulus=st.sampled_from([100.0, 1_000.0, 1_000_000.0]))
def test_a_batch_fed_twice_changes_nothing(data: st.DataObject, modulus: float) -> None:
    readings = data.draw(st.permutations(data.draw(series(modulus=modulus, step_s=SHORT))))
    counted = book(tag(modulus))
    counted.feed_all(readings)
    sums, seen, anchors = counted.sums(), counted.readings, dict(counted.anchors)
    counted.feed_all(readings)
    assert (counted.sums(), counted.readings, counted.anchors) == (sums, seen, anchors)
    assert not counted.rejections


NOISE = st.lists(
    st.tuples(
        st.integers(0, 4000),
        st.one_of(st.floats(0, 100), st.sampled_from([0.0, 0.1, 95.0, 99.9, 100.0])),
        st.sampled_from(list(Quality)),
    ),
    max_size=40,
)


@settings(max_examples=examples(300))
@given(noise=NOISE, modulus=st.sampled_from([None, 100.0]), back_step=st.sampled_from([0.0, 0.5, 10.0]))
def test_no_noise_makes_a_bucket_negative_or_loses_the_meaning_of_the_anchors(
    noise: list[tuple[int, float, Quality]], modulus: float | None, back_step: float
) -> None:
    counted = book(totalizer(modulus=modulus, max_rate_per_h=200.0, back_step=back_step))
    for time_s, value, quality in noise:
        counted.feed(T0 + time_s * S, value, quality)
    assert all(grams > 0 for grams in counted.sums().values())
    kept = [Anchor(time_ns, value) for time_ns, value in sorted(counted.anchors.items())]
    assert counted.total == sum(growth(counted.counter.rule, *pair).grams for pair in pairwise(kept))


@pytest.mark.long
@settings(max_examples=examples(200))
@given(noise=NOISE, modulus=st.sampled_from([None, 100.0]))
def test_a_restart_at_any_point_changes_nothing(noise: list[tuple[int, float, Quality]], modulus: float | None) -> None:
    plain = book(totalizer(modulus=modulus, max_rate_per_h=200.0))
    restarted = book(totalizer(modulus=modulus, max_rate_per_h=200.0), through_bytes=True)
    for time_s, value, quality in noise:
        assert plain.feed(T0 + time_s * S, value, quality) == restarted.feed(T0 + time_s * S, value, quality)


@pytest.mark.parametrize("poll_s", [1, 10])
def test_a_day_in_order_keeps_two_anchors_a_bucket_and_counts_a_reading_a_cadence(poll_s: int) -> None:
    counted = book(totalizer(max_rate_per_h=1500.0, cadence_s=10.0))
    for second in range(0, 7200, poll_s):
        counted.feed(T0 + second * S, 1000 + second * 0.25)
    assert len(counted.anchors) == 2 * 24
    assert counted.readings == 720
    assert counted.total == round((7200 - poll_s) * 0.25 * 1e6)


def test_a_late_reading_shares_out_anew_what_a_gap_was_laid_over() -> None:
    counted = book()
    counted.feed_all([(T0, 1000.0), (T0 + 600 * S, 1200.0)])
    assert counted.sums() == {
        (T0 // S, T0 // S + 300): 100_000_000,
        (T0 // S + 300, T0 // S + 600): 100_000_000,
    }
    counted.feed(T0 + 300 * S, 1090.0)
    assert counted.sums() == {
        (T0 // S, T0 // S + 300): 90_000_000,
        (T0 // S + 300, T0 // S + 600): 110_000_000,
    }


def test_a_late_reading_that_contradicts_its_neighbours_is_refused_and_changes_nothing() -> None:
    counted = book()
    counted.feed_all([(T0, 1000.0), (T0 + 600 * S, 1200.0)])
    before = counted.sums()
    for value in (990.0, 1210.0, 1_199_000.0, 3.0):
        counted.feed(T0 + 300 * S, value)
    assert counted.sums() == before
    assert [str(item.reason) for item in counted.rejections][:2] == ["late_inconsistent"] * 2
    assert len(counted.rejections) == 4


def test_a_late_reading_is_never_a_reset() -> None:
    counted = book()
    counted.feed_all([(T0, 1000.0), (T0 + 600 * S, 1200.0)])
    state = counted.state
    counted.feed(T0 + 300 * S, 3.0)
    assert counted.state == state
    assert not counted.gaps


def test_a_late_reading_inside_a_coarse_span_brings_it_back_to_buckets() -> None:
    counted = book()
    counted.feed_all([(T0, 0.0), (T0 + 7200 * S, 200.0)])
    assert [item.flags for item in counted.increments if item.grams] == [IncrementFlag.COARSE]
    counted.feed(T0 + 3599 * S, 100.0)
    counted.feed(T0 + 5000 * S, 150.0)
    assert counted.total == 200_000_000
    assert (T0 // S, T0 // S + 7200) not in counted.sums()


def test_late_jitter_counts_nothing_and_is_no_fault() -> None:
    counted = book()
    counted.feed_all([(T0, 1000.0), (T0 + 600 * S, 1200.0), (T0 + 300 * S, 999.8), (T0 + 310 * S, 1200.3)])
    assert counted.total == 200_000_000
    assert not counted.rejections


def test_a_late_reading_of_bad_quality_never_enters_a_sum() -> None:
    counted = book()
    counted.feed_all([(T0, 1000.0), (T0 + 600 * S, 1200.0)])
    before = counted.sums()
    counted.feed(T0 + 300 * S, 1010.0, Quality.BAD)
    assert counted.sums() == before
    assert counted.rejections[0].reason == "bad_quality"


def test_a_late_reading_that_fits_neither_side_of_a_reset_is_refused() -> None:
    counted = book()
    counted.feed_all([(T0, 1000.0), *((T0 + (600 + 10 * index) * S, 5.0 + index) for index in range(4))])
    counted.feed(T0 + 300 * S, 500.0)
    assert counted.rejections[0].reason == "late_inconsistent"
    counted.feed_all([(T0 + 100 * S, 1004.0), (T0 + 500 * S, 2.0)])
    assert counted.total == 10_000_000


def test_a_late_jump_is_refused_even_where_it_would_lead_over_to_a_reset() -> None:
    counted = book(totalizer(modulus=100.0, max_rate_per_h=200.0))
    counted.feed_all([(T0, 10.0), *((T0 + (100 + index) * S, 1.0 + index / 100) for index in range(4))])
    assert len(counted.gaps) == 1
    counted.feed(T0 + 50 * S, 99.9)
    assert counted.total == 30_000
    assert counted.rejections[0].reason == "late_inconsistent"


def test_a_late_reading_cannot_add_a_turn_of_the_counter_that_had_no_time() -> None:
    counted = book(totalizer(modulus=100.0, max_rate_per_h=36.0, back_step=0.0, resolution=90.0))
    counted.feed_all([(T0, 10.0), (T0 + 10 * S, 12.0), (T0 + 5 * S, 97.0)])
    assert counted.total == 2_000_000
    assert counted.rejections[0].reason == "late_inconsistent"


def test_a_backlog_that_arrives_after_a_newer_reading_keeps_no_more_anchors_than_one_in_order() -> None:
    counted = book()
    counted.feed_all([(T0, 1000.0), (T0 + 3000 * S, 1300.0)])
    for second in range(10, 3000, 10):
        counted.feed(T0 + second * S, 1000 + second * 0.1)
    assert len(counted.anchors) == 2 * 10 + 1
    assert counted.readings == 301
    assert set(counted.sums().values()) == {30_000_000}


def test_a_reading_older_than_seen_jitter_counts_as_growth_but_not_twice_as_a_reading() -> None:
    counted = book()
    counted.feed_all([(T0, 100.0), (T0 + 20 * S, 99.9), (T0 + 10 * S, 100.2), (T0 + 20 * S, 99.9)])
    assert counted.total == 200_000
    assert counted.readings == 2


def test_an_anchor_is_kept_where_its_neighbours_alone_would_leave_a_turn_in_doubt() -> None:
    turning = tag(100.0)
    in_order, shuffled = book(turning), book(turning)
    readings = [(T0, 96.0), (T0 + 10 * S, 97.0), (T0 + 150 * S, 96.5), (T0 + 290 * S, 98.0)]
    in_order.feed_all(readings)
    shuffled.feed_all([readings[0], readings[1], readings[3], readings[2]])
    assert in_order.total == shuffled.total == 102_000_000
    steady = book(turning)
    steady.feed_all([(T0 + index * 50 * S, 10.0 + index * 10) for index in range(4)])
    assert sorted(steady.anchors.values()) == [10.0, 30.0, 40.0]  # from 10 to 40 in 150 s a turn would fit in


def test_an_anchor_is_kept_where_its_neighbours_alone_would_count_less() -> None:
    pulses = TotalizerRule.of(totalizer(modulus=100.0, max_rate_per_h=36.0, back_step=0.0, resolution=90.0), ALMATY)
    assert not redundant(pulses, Anchor(T0, 10.0), Anchor(T0 + 5 * S, 97.0), Anchor(T0 + 10 * S, 12.0))
