"""The counting rules of the works, one by one. Belt scale: 1,500 t/h at most, modulus 1,000,000 t, jitter 0.5 t."""

import json

import pytest

from models.counting.counter_step import TotalizerRule
from models.counting.increment import IncrementFlag
from models.counting.totalizer import step
from models.counting.totalizer_state import TotalizerState
from models.works.codes import Quality, Reason
from tests.models.counting.counter_book import ALMATY, T0, CounterBook, S, book, totalizer


def feed(counted: CounterBook, *values: float, start_s: int = 0, every_s: int = 10) -> None:
    """Feed values 10 s apart, from `start_s` after T0."""
    for index, value in enumerate(values):
        counted.feed(T0 + (start_s + index * every_s) * S, value)


def test_growth_within_the_greatest_rate_counts() -> None:
    belt = book()
    feed(belt, 1000.0, 1004.0, 1008.1)
    assert belt.total == 8_100_000
    assert not belt.gaps


@pytest.mark.parametrize("rate", [1e16, None])
def test_a_leap_that_no_ledger_can_keep_is_refused_whatever_rate_is_allowed(rate: float | None) -> None:
    belt = book(totalizer(modulus=None, max_rate_per_h=rate))
    feed(belt, 1000.0, 1004.0, 1e13, 1008.0)
    assert belt.total == 8_000_000
    assert not belt.gaps
    assert [refused.reason for refused in belt.rejections] == [Reason.RATE_TOO_HIGH]
    assert "more than the 9007199255 that are counted at once at the most" in belt.rejections[0].detail
    assert "correct max_rate_per_h" in belt.rejections[0].detail


def test_the_first_reading_ever_counts_nothing_but_is_a_reading() -> None:
    belt = book()
    feed(belt, 1000.0)
    assert (belt.total, belt.readings) == (0, 1)


def test_grams_round_half_to_even_and_telescope() -> None:
    rule = TotalizerRule.of(totalizer(grams_per_unit=1.0), ALMATY)
    assert [rule.grams(value) for value in (0.5, 1.5, 2.5, 3.5)] == [0, 2, 2, 4]
    belt = book(totalizer(grams_per_unit=1.0, back_step=0.0))
    feed(belt, *(index * 0.3 for index in range(101)))
    assert belt.total == 30


@pytest.mark.parametrize(
    ("previous", "current", "grams", "gaps"),
    [
        (999_998.0, 2.0, 4_000_000, 0),
        (950_000.0, 3.0, 0, 1),  # near the modulus, but 50,003 t in 10 s: a reset
        (949_999.0, 3.0, 0, 1),
        (1_000_000.0, 0.5, 500_000, 0),
    ],
)
def test_a_rollover_counts_only_from_near_the_modulus_and_within_the_rate(
    previous: float, current: float, grams: int, gaps: int
) -> None:
    belt = book()
    feed(belt, previous, current, *(current + index for index in range(1, 4)))
    assert (belt.total, len(belt.gaps)) == (grams + 3_000_000, gaps)


def test_a_rollover_is_accepted_from_exactly_95_percent_of_the_modulus() -> None:
    for previous, grams in ((95.0, 6_000_000), (94.9, 0)):
        belt = book(totalizer(modulus=100.0, max_rate_per_h=3600.0))
        feed(belt, previous, 1.0)
        assert belt.total == grams


def test_a_rollover_says_that_it_wrapped() -> None:
    rule = TotalizerRule.of(totalizer(), ALMATY)
    state = step(rule, TotalizerState(), T0, 999_999.0, Quality.GOOD).state
    (counted,) = step(rule, state, T0 + 10 * S, 1.0, Quality.GOOD).counted
    assert (counted.grams, counted.wrapped) == (2_000_000, True)


def test_jitter_keeps_the_high_water_mark_and_counts_nothing_twice() -> None:
    belt = book()
    feed(belt, 100.0, 99.6, 99.9, 100.0, 99.5, 101.0)
    assert belt.total == 1_000_000
    assert not belt.gaps
    assert belt.readings == 6


def test_a_slow_fall_is_not_mistaken_for_jitter() -> None:
    belt = book()
    feed(belt, *(100 - index * 0.3 for index in range(10)))
    assert (belt.total, belt.gaps) == (0, [])
    feed(belt, 97.5, 97.7, 97.9, 98.1, start_s=100)
    assert (belt.total, len(belt.gaps)) == (600_000, 1)


def test_jitter_back_over_the_rollover_is_no_jump() -> None:
    belt = book()
    feed(belt, 999_999.9, 0.2, 999_999.9, 0.3)
    assert belt.total == 400_000
    assert not belt.gaps
    assert not belt.rejections


def test_a_reset_becomes_the_new_base_marks_the_gap_and_guesses_nothing() -> None:
    belt = book()
    feed(belt, 5000.0, 12.0, 14.0, 16.0)
    assert (belt.total, belt.gaps) == (0, [])
    feed(belt, 18.0, 20.0, start_s=40)
    assert belt.total == 8_000_000
    (gap,) = belt.gaps
    assert (gap.start_ns, gap.end_ns) == (T0, T0 + 10 * S)
    assert "5000.0" in gap.cause
    assert "12.0" in gap.cause


def test_a_rate_above_the_maximum_is_refused_and_said() -> None:
    belt = book()
    feed(belt, 1000.0, 1500.0)
    assert belt.total == 0
    (rejection,) = belt.rejections
    assert rejection.reason is Reason.RATE_TOO_HIGH
    assert "1500" in rejection.detail


def test_a_spike_is_forgotten_when_the_counter_comes_back() -> None:
    belt = book()
    feed(belt, 1000.0, 9000.0, 1008.0, 1012.0)
    assert belt.total == 12_000_000
    assert not belt.gaps
    assert belt.state.suspect is None


def test_elapsed_time_alone_never_makes_a_refused_jump_plausible() -> None:
    belt = book()
    feed(belt, 1000.0, 1500.0)
    belt.feed(T0 + 48 * 3600 * S, 1500.0)  # 500 t in 48 h would be believed, had it not been refused in 10 s
    belt.feed(T0 + 49 * 3600 * S, 1499.8)
    assert belt.total == 0
    assert len(belt.rejections) == 3


def test_three_later_readings_that_agree_make_a_refused_jump_a_reset_upward() -> None:
    belt = book()
    feed(belt, 1000.0, 9000.0, 9004.0, 9008.0)
    assert (belt.total, belt.gaps) == (0, [])
    feed(belt, 9012.0, 9016.0, start_s=40)
    (gap,) = belt.gaps
    assert (gap.start_ns, gap.end_ns) == (T0, T0 + 10 * S)
    assert belt.total == 16_000_000  # what grew since the first of them; the jump itself counts zero
    assert len(belt.rejections) == 3


def test_refused_readings_that_do_not_agree_never_become_a_base() -> None:
    belt = book()
    feed(belt, 1000.0, *([9000.0, 5000.0] * 2000), start_s=0)
    assert belt.total == 0
    assert not belt.gaps
    assert belt.state.base is not None
    assert belt.state.base.value == 1000.0


def test_a_repeated_suspect_confirms_nothing() -> None:
    belt = book()
    feed(belt, 1000.0, 9000.0)
    for _ in range(5):
        belt.feed(T0 + 10 * S, 9000.0)
    assert belt.state.suspect is not None
    assert belt.state.suspect.confirmed == 0


def test_bad_quality_never_enters_a_sum_and_uncertain_is_flagged() -> None:
    belt = book()
    belt.feed(T0, 1000.0)
    belt.feed(T0 + 10 * S, 1004.0, Quality.BAD)
    assert belt.rejections[0].reason is Reason.BAD_QUALITY
    belt.feed(T0 + 20 * S, 1008.0, Quality.UNCERTAIN)
    belt.feed(T0 + 30 * S, 1012.0)
    belt.feed(T0 + 40 * S, 1016.0)
    flags = [item.flags for item in belt.increments if item.grams]
    assert flags == [IncrementFlag.UNCERTAIN, IncrementFlag.UNCERTAIN, IncrementFlag.NONE]
    assert belt.total == 16_000_000


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (float("nan"), Reason.NOT_A_NUMBER),
        (float("inf"), Reason.NOT_A_NUMBER),
        (1e308, Reason.NOT_A_NUMBER),
        (-1.0, Reason.OUT_OF_RANGE),
        (1_000_000.5, Reason.OUT_OF_RANGE),
    ],
)
def test_a_value_that_the_counter_cannot_show_is_refused(value: float, reason: Reason) -> None:
    belt = book()
    feed(belt, 1000.0, value, 1008.0)
    assert [item.reason for item in belt.rejections] == [reason]
    assert belt.total == 8_000_000


def test_a_counter_so_long_unread_that_it_may_have_turned_is_counted_at_least_and_marked_uncertain() -> None:
    belt = book(totalizer(modulus=1000.0, max_rate_per_h=1500.0))
    belt.feed(T0, 100.0)
    belt.feed(T0 + 3600 * S, 200.0)
    assert belt.total == 100_000_000
    assert len(belt.gaps) == 1
    assert belt.increments[-2].flags & IncrementFlag.UNCERTAIN


def test_a_pulse_counter_may_step_by_its_resolution_at_once() -> None:
    tag = totalizer(resolution=1.0, back_step=0.0)
    pulses = book(tag)
    feed(pulses, 7.0, 7.0, 8.0, 8.0, 9.0, every_s=1)
    assert pulses.total == 2_000_000
    assert not pulses.rejections


def test_without_a_greatest_rate_every_rise_counts() -> None:
    open_ended = book(totalizer(modulus=None, max_rate_per_h=None))
    feed(open_ended, 0.0, 500_000.0)
    assert open_ended.total == 500_000_000_000


def test_a_rule_that_cannot_count_is_refused_with_what_is_missing() -> None:
    with pytest.raises(ValueError, match="max_rate_per_h"):
        TotalizerRule.of(totalizer(max_rate_per_h=None), ALMATY)
    with pytest.raises(ValueError, match="grams_per_unit"):
        TotalizerRule.of(totalizer(grams_per_unit=0.0), ALMATY)


def test_a_state_of_another_version_or_of_garbage_is_refused() -> None:
    parts = json.loads(TotalizerState().to_bytes())
    with pytest.raises(ValueError, match="version 99"):
        TotalizerState.from_bytes(json.dumps({**parts, "version": 99}).encode())
    for garbage in (b"", b"[]", b"{}", b'{"version":1}', b"\xff"):
        with pytest.raises(ValueError, match=r".+"):
            TotalizerState.from_bytes(garbage)
