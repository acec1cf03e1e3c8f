"""A fall from near the modulus is a rollover if rate and step explain it, is marked if only jitter does, or a reset."""

from models.counting.increment import IncrementFlag
from tests.models.counting.counter_book import T0, CounterBook, S, book, totalizer

TONNE = 1_000_000
# 1,500 t/h are 4.17 t in 10 s; stamps may be 40 s off, which are 16.7 t; steps up to a minute's growth are 25 t.


def belt(resolution: float = 0.0) -> CounterBook:
    counted = book(totalizer(resolution=resolution), through_bytes=True)
    for poll, value in enumerate((999_960.0, 999_962.0, 999_964.0, 999_966.0)):
        counted.feed(T0 + poll * 10 * S, value)
    return counted


def flags(counted: CounterBook) -> IncrementFlag:
    return IncrementFlag(counted.increments[-2].flags | counted.increments[-1].flags)


def test_a_reset_close_to_the_modulus_is_no_rollover_of_34_tonnes() -> None:
    counted = belt()
    for poll, value in enumerate((0.0, 2.0, 4.0, 6.0, 8.0, 10.0), 4):
        counted.feed(T0 + poll * 10 * S, value)
    assert counted.total == (6 + 10) * TONNE
    (gap,) = counted.gaps
    assert (gap.start_ns, gap.end_ns) == (T0 + 30 * S, T0 + 40 * S)
    assert "34 over the rollover in 10 s is too fast for it" in gap.cause


def test_time_that_passes_makes_no_rollover_of_it() -> None:
    counted = belt()
    for time_s, value in ((40, 0.0), (50, 0.0), (600, 0.0), (1200, 1.0), (1210, 2.0)):
        counted.feed(T0 + time_s * S, value)
    assert counted.total == (6 + 2) * TONNE
    assert len(counted.gaps) == 1


def test_a_rollover_that_only_jitter_of_its_stamps_explains_counts_and_is_marked() -> None:
    counted = belt()
    counted.feed(T0 + 80 * S, 999_985.0)
    counted.feed(T0 + 90 * S, 0.0)
    assert counted.total == 40 * TONNE, "15 t in 10 s are 11 t more than the rate, and less than with stamps 40 s off"
    assert flags(counted) & IncrementFlag.UNCERTAIN
    assert not counted.gaps


def test_a_rollover_within_the_rate_counts_unmarked() -> None:
    counted = belt()
    counted.feed(T0 + 120 * S, 999_998.0)
    counted.feed(T0 + 130 * S, 1.0)
    assert counted.total == 41 * TONNE
    assert not flags(counted) & IncrementFlag.UNCERTAIN


def test_a_first_step_over_the_rollover_is_marked_for_its_step_is_not_known_yet() -> None:
    counted = book(totalizer())
    counted.feed(T0, 999_990.0)
    counted.feed(T0 + 10 * S, 1.0)
    assert counted.total == 11 * TONNE
    assert flags(counted) & IncrementFlag.UNCERTAIN


def test_a_batch_that_its_resolution_states_rolls_over_unmarked() -> None:
    counted = book(totalizer(resolution=20.0))
    counted.feed(T0, 999_990.0)
    counted.feed(T0 + 10 * S, 10.0)
    assert counted.total == 20 * TONNE
    assert not flags(counted) & IncrementFlag.UNCERTAIN


def test_a_late_reading_beside_such_a_reset_takes_nothing_back() -> None:
    counted = belt()
    for poll, value in enumerate((0.0, 2.0, 4.0, 6.0, 8.0, 10.0), 4):
        counted.feed(T0 + poll * 10 * S, value)
    counted.feed(T0 + 35 * S, 999_967.0)
    counted.feed(T0 + 45 * S, 1.0)
    assert counted.total == (6 + 10) * TONNE
