import pytest

from collector.errors import ConfigurationError
from collector.simulation.clock import SimulatedClock
from collector.simulation.options import parse_start
from tests.collector.simulation.hand_clock import START_NS, HandClock

SECOND = 1_000_000_000


def test_simulated_time_catches_up_with_the_host_and_then_keeps_step(clock: HandClock) -> None:
    clock.host_ns_now = START_NS + 590 * SECOND
    simulated = SimulatedClock(START_NS, 60, clock.host_ns, clock.elapsed_ns)
    seen = []
    for _ in range(15):
        clock.elapsed_ns_now += SECOND
        clock.host_ns_now += SECOND
        seen.append((simulated.now_ns() - START_NS) // SECOND)
    assert seen[:9] == [60 * n for n in range(1, 10)]
    assert seen[9:] == [600, 601, 602, 603, 604, 605]


def test_simulated_time_never_goes_back_nor_ahead_of_the_host(clock: HandClock) -> None:
    clock.host_ns_now = START_NS + 10 * SECOND
    simulated = SimulatedClock(START_NS, 1000, clock.host_ns, clock.elapsed_ns)
    clock.elapsed_ns_now += SECOND
    assert simulated.now_ns() == START_NS + 10 * SECOND
    clock.host_ns_now -= 5 * SECOND
    assert simulated.now_ns() == START_NS + 10 * SECOND


@pytest.mark.parametrize(("ahead_s", "speed"), [(1, 1.0), (-1, 0.5)])
def test_a_start_in_the_future_or_a_speed_below_one_is_refused(clock: HandClock, ahead_s: int, speed: float) -> None:
    with pytest.raises(ConfigurationError, match="give"):
        SimulatedClock(clock.host_ns_now + ahead_s * SECOND, speed, clock.host_ns, clock.elapsed_ns)


def test_a_start_is_a_duration_ago_or_a_time_with_its_zone() -> None:
    assert parse_start("6h", START_NS) == START_NS - 6 * 3600 * SECOND
    assert parse_start("2025-11-23T00:00+05:00", START_NS) == 1_763_838_000 * SECOND
    for text in ("2025-11-23T00:00", "yesterday", "6 h"):
        with pytest.raises(ConfigurationError, match="6h or 2025-11-23"):
            parse_start(text, START_NS)
