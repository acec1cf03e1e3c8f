"""Completeness goes by the time for which a counter was watched, however often it was read in that time."""

from collections import defaultdict
from random import Random

import pytest

from models.counting.completeness import slot_share
from models.counting.counter_step import Anchor
from models.counting.increment import BUCKET_S
from models.counting.presence import Presence
from models.works.codes import Quality
from tests.models.counting.counter_book import T0, CounterBook, S, book, totalizer

HOUR = 3600


def share(times_s: list[float], cadence_s: float) -> float:
    """The completeness of an hour in which a counter was seen at these times."""
    presence, slots = Presence(), defaultdict[int, int](int)
    for time_s in times_s:
        presence, counted = presence.seen(T0 + round(time_s * S), round(cadence_s * S))
        slots[T0 // S + int(time_s) // BUCKET_S * BUCKET_S] += counted
    return slot_share(slots, cadence_s, T0 // S, T0 // S + HOUR, T0 + HOUR * S)


@pytest.mark.parametrize("poll_s", [1.0, 2.0, 5.0, 10.0])
def test_a_line_that_is_read_all_the_time_is_complete_however_often_it_is_read(poll_s: float) -> None:
    jitter = Random(1).uniform
    times = [number * poll_s + jitter(0, poll_s / 5) for number in range(int(HOUR / poll_s))]
    assert share(times, 10.0) > 0.99


@pytest.mark.parametrize("alive", [0.1, 0.25, 0.5, 0.75])
def test_a_line_that_is_dead_for_a_part_of_each_slot_is_complete_for_the_rest_of_it(alive: float) -> None:
    times = [float(second) for second in range(HOUR) if second % 300 < 300 * alive]
    assert share(times, 10.0) == pytest.approx(alive, abs=0.06)


def test_a_burst_makes_up_for_nothing() -> None:
    times = [slot * 300 + number / 100 for slot in range(12) for number in range(300)]
    assert share(times, 10.0) < 0.06


def test_a_counter_that_stands_under_one_stamp_is_read_all_the_same() -> None:
    counted: CounterBook = book(totalizer(cadence_s=10.0))
    for second in range(0, 600, 10):
        done = counted.counter.count(counted.state, Anchor(T0, 1000.0), Quality.GOOD, counted.around, T0 + second * S)
        counted.state = done.state
        counted.increments += done.increments
    assert counted.readings == 60
    assert counted.total == 0


def test_what_a_source_confirms_counts_by_its_cadences_and_not_twice() -> None:
    presence, _ = Presence().seen(T0, 10 * S)
    presence, counted = presence.seen(T0 + 60 * S, 10 * S, 6)
    assert counted == 6
    assert presence.seen(T0 + 60 * S, 10 * S, 6)[1] == 0
