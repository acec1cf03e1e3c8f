"""A counter that a shift man sets to 0 at 08:00 and 20:00: what it shows is counted, what nobody saw is bounded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.counting.increment import IncrementFlag
from models.counting.planned_reset import is_small_as_planned
from models.counting.tag_gap import tag_gaps
from models.works.calendar import wall_ns
from models.works.plant import Tag
from tests.models.counting.counter_book import ALMATY, CounterBook, S, book, totalizer
from tests.support.budget import examples

TONNE = 1_000_000
EIGHT = wall_ns(ALMATY, date(2026, 9, 30), time(8))
RATE = 1500.0
"""Tonnes an hour at the most."""


def shift_counter(**keys: object) -> Tag:
    tag = totalizer(modulus=None, max_rate_per_h=RATE)
    return replace(tag, resets=(time(8), time(20)), reset_within_s=900.0, **keys)


def at(seconds: float) -> int:
    """So many seconds after 08:00."""
    return EIGHT + round(seconds * S)


def fed(readings: Sequence[tuple[float, float]], tag: Tag | None = None) -> CounterBook:
    found = book(tag or shift_counter(), through_bytes=True)
    found.feed_all([(at(seconds), value) for seconds, value in readings])
    return found


def test_a_reset_at_its_time_counts_at_once_and_marks_what_lay_between_two_looks() -> None:
    found = fed([(-20, 8000.0), (-10, 8003.0), (0, 0.0), (10, 2.5), (20, 5.0)])
    assert found.total == 8 * TONNE
    (gap,) = found.gaps
    assert (gap.start_ns, gap.end_ns) == (at(-10), at(0))
    assert "set to 0 as planned" in gap.cause
    assert tag_gaps([shift_counter()], found.gaps, "")[0].most_t == pytest.approx(RATE * 10 / 3600)
    assert is_small_as_planned(shift_counter(), gap), "nobody is told of it each shift"
    assert not found.rejections


def test_a_shift_man_who_comes_ten_minutes_late_or_early_is_still_on_time() -> None:
    for minutes in (-14, -10, 10, 14):
        found = fed([(minutes * 60 - 10, 8003.0), (minutes * 60, 0.5), (minutes * 60 + 10, 3.0)])
        assert found.total == 3 * TONNE, minutes
        assert len(found.gaps) == 1


def test_a_reset_at_another_time_is_proved_by_later_readings_as_ever() -> None:
    found = fed([(3590, 8003.0), (3600, 0.5), (3610, 3.0), (3620, 5.5), (3630, 8.0)])
    (gap,) = found.gaps
    assert "counter was reset from 8003.0" in gap.cause
    assert not is_small_as_planned(shift_counter(), gap)
    assert found.total == round(7.5 * TONNE)


def test_a_reset_that_was_missed_goes_on_counting() -> None:
    found = fed([(seconds, 8000 + seconds / 4) for seconds in range(-600, 1800, 10)])
    assert found.total == 2390 / 4 * TONNE
    assert not found.gaps


def test_a_zero_that_comes_and_goes_at_eight_was_no_reset() -> None:
    found = fed([(-20, 8000.0), (-10, 8003.0), (0, 0.0), (10, 8006.0), (20, 8009.0), (30, 8012.0)])
    assert found.total == 12 * TONNE


def test_a_counter_that_was_unread_over_its_reset_counts_the_least_and_says_so() -> None:
    # It showed 100 t at 07:00 and 300 t at 10:00, of which all may be of after the reset.
    found = fed([(-3600, 100.0), (7200, 300.0), (7210, 302.0)])
    assert found.total == 202 * TONNE
    (gap,) = found.gaps
    assert "unseen" in gap.cause
    assert not is_small_as_planned(shift_counter(), gap)
    # Of 5,000 t it cannot have made all since 07:45: it was not reset.
    assert not fed([(-3600, 4000.0), (7200, 5000.0), (7210, 5002.0)]).gaps


def test_a_fall_while_unread_counts_what_it_shows_and_the_gap_ends_when_the_reset_was_due() -> None:
    found = fed([(-3600, 8000.0), (7200, 300.0), (7210, 302.0)])
    assert found.total == 302 * TONNE
    (gap,) = found.gaps
    assert (gap.start_ns, gap.end_ns) == (at(-3600), at(900))


def test_swapped_stamps_near_the_reset_are_jitter_and_no_reset() -> None:
    found = fed([(60, 20.0), (70, 22.0), (80, 21.0), (90, 24.0)])
    assert found.total == 4 * TONNE
    assert not found.gaps


def test_what_counts_since_the_reset_is_marked_as_uncertain() -> None:
    found = fed([(-10, 8003.0), (0, 1.0)])
    assert all(item.flags & IncrementFlag.UNCERTAIN for item in found.increments if item.grams)


@pytest.mark.long
@settings(max_examples=examples(15))
@example(lates=[0, 0, 0, 0], rates=[1400] * 4, poll_s=10)
@given(
    st.lists(st.integers(-899, 899), min_size=4, max_size=4),
    st.lists(st.integers(0, 1400), min_size=4, max_size=4),
    st.sampled_from([10, 17, 40]),
)
def test_of_four_shifts_nothing_is_lost_but_what_lay_between_two_looks(
    lates: list[int], rates: list[int], poll_s: int
) -> None:
    resets = [number * 43_200 + late for number, late in enumerate(lates)]
    found, value, truth = book(shift_counter()), 500.0, 0.0
    for seconds in range(-3600, 4 * 43_200 - 3600, poll_s):
        shift = sum(reset <= seconds for reset in resets)
        reset_now = any(seconds - poll_s < reset <= seconds for reset in resets)
        grown = rates[shift % 4] * poll_s / 3600
        truth += grown if found.state.base is not None else 0.0
        since = next((seconds - reset for reset in resets if seconds - poll_s < reset <= seconds), 0)
        value = rates[shift % 4] * since / 3600 if reset_now else value + (grown if found.state.base else 0.0)
        found.feed(at(seconds), value)
    bound_g = sum((gap.most_t or 0.0) for gap in tag_gaps([shift_counter()], found.gaps, "")) * 1e6
    assert found.total <= truth * 1e6 + 10_000
    assert truth * 1e6 - found.total <= bound_g + 10_000
    assert all(is_small_as_planned(shift_counter(cadence_s=poll_s), gap) for gap in found.gaps)
    assert len(found.gaps) <= 4
