"""Spans are laid into 5-minute buckets to the gram."""

from hypothesis import given
from hypothesis import strategies as st

from models.counting.counter_step import CountedSpan
from models.counting.increment import Increment, IncrementFlag
from models.counting.split import reading_increment, split, withdrawn
from tests.models.counting.counter_book import ALMATY, T0, S

T0_S = T0 // S


def laid(start_ns: int, end_ns: int, grams: int) -> list[Increment]:
    return split(CountedSpan(start_ns, end_ns, grams), "bf3.coal", "bf3", "coal_raw", zone=ALMATY)


def test_largest_remainders_get_the_grams_left_over_the_earlier_bucket_first() -> None:
    # 100 s, 300 s, 100 s of 10 g: 2, 6, 2. Of 11 g: 2.2, 6.6, 2.2.
    start = T0 + 200 * S
    assert [item.grams for item in laid(start, start + 500 * S, 10)] == [2, 6, 2]
    assert [item.grams for item in laid(start, start + 500 * S, 11)] == [2, 7, 2]
    assert [item.grams for item in laid(T0, T0 + 600 * S, 5)] == [3, 2]


def test_a_span_that_ends_on_a_boundary_gives_nothing_to_the_next_bucket() -> None:
    (only,) = laid(T0 + 10 * S, T0 + 300 * S, 7)
    assert (only.start_s, only.end_s, only.grams) == (T0_S, T0_S + 300, 7)


@given(start=st.integers(0, 10**13), length=st.integers(1, 3600 * S - 1), grams=st.integers(1, 10**13))
def test_shares_sum_exactly_lie_in_aligned_buckets_and_are_positive(start: int, length: int, grams: int) -> None:
    items = laid(T0 + start, T0 + start + length, grams)
    assert sum(item.grams for item in items) == grams
    assert all(item.grams > 0 and item.start_s % 300 == 0 and item.end_s == item.start_s + 300 for item in items)
    assert items[0].start_s * S <= T0 + start + length
    assert items[-1].start_s * S < T0 + start + length


@given(start=st.integers(0, 10**13), length=st.integers(1, 10**14), grams=st.integers(1, 10**13))
def test_what_is_withdrawn_takes_back_exactly_what_was_laid(start: int, length: int, grams: int) -> None:
    items = laid(T0 + start, T0 + start + length, grams)
    back = withdrawn(items)
    assert [(item.start_s, item.end_s, -item.grams) for item in back] == [
        (item.start_s, item.end_s, item.grams) for item in items
    ]


def test_a_span_of_the_longest_gap_counts_whole_over_its_own_extent() -> None:
    (coarse,) = laid(T0 + 10 * S, T0 + 3610 * S, 7)
    assert (coarse.start_s, coarse.end_s, coarse.grams) == (T0_S, T0_S + 3900, 7)
    assert coarse.flags == IncrementFlag.COARSE
    assert len(laid(T0 + 10 * S, T0 + 3610 * S - 1, 7)) > 1


def test_a_coarse_span_across_a_month_of_the_plants_zone_says_so() -> None:
    month_s = T0_S - 5 * 3600  # 2026-01-01 00:00 in Almaty
    (across,) = laid((month_s - 7200) * S, (month_s + 1) * S, 7)
    assert across.flags == IncrementFlag.COARSE | IncrementFlag.ACROSS_MONTH
    (up_to,) = laid((month_s - 7200) * S, month_s * S, 7)
    assert up_to.flags == IncrementFlag.COARSE
    assert up_to.end_s == month_s


def test_no_growth_lays_nothing_but_its_reading_can_be_noted() -> None:
    assert laid(T0, T0 + 600 * S, 0) == []
    noted = reading_increment("bf3.coal", "bf3", "coal_raw", T0 + 300 * S, 2)
    assert (noted.start_s, noted.grams, noted.readings) == (T0_S + 300, 0, 2)
