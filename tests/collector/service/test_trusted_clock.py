"""The host's clock is one witness among others: what a step of it moves, and what it does not."""

from dataclasses import dataclass

import pytest

from collector.errors import ClockImpossible
from collector.service.trusted_clock import UNHEARD_NS, TrustedClock
from models.works.calendar import NS

NOW_NS = 1_790_751_600 * NS
HOUR_NS, DAY_NS, YEAR_NS = 3600 * NS, 86_400 * NS, 365 * 86_400 * NS
STEPS_NS = [HOUR_NS, -HOUR_NS, DAY_NS, -DAY_NS, YEAR_NS, -NOW_NS]


@dataclass
class Stand:
    """A host whose clock is `off_ns` from the true time, and a device with a true clock."""

    off_ns: int = 0
    true_ns: int = NOW_NS

    def __post_init__(self) -> None:
        self.clock = TrustedClock(lambda: self.true_ns + self.off_ns, lambda: self.true_ns - NOW_NS)

    def poll(self, source: str = "plc", *, device_off_ns: int = 0, seconds: float = 10) -> int:
        """A poll later a delivery with a new stamp comes. Gives by how much it is booked off the true time."""
        self.true_ns += round(seconds * NS)
        received_ns = self.clock()
        self.clock.hear(source, received_ns, self.true_ns + device_off_ns - NS, None)
        return self.clock() - self.true_ns


@pytest.mark.parametrize("step_ns", STEPS_NS)
def test_a_step_that_the_stamps_of_a_source_contradict_moves_nothing_however_long_it_lasts(step_ns: int) -> None:
    stand = Stand()
    assert [stand.poll() for _ in range(3)] == [0, 0, 0]
    stand.off_ns = step_ns
    assert [stand.poll() for _ in range(500)] == [0] * 500
    assert f"wrong by {step_ns // NS:+d} s" in stand.clock.fault
    assert "chronyc makestep" in stand.clock.fault
    stand.off_ns = 0
    assert (stand.poll(), stand.clock.fault) == (0, "")


@pytest.mark.parametrize("off_ns", STEPS_NS[:-1])
def test_a_step_that_makes_it_right_is_taken_with_the_next_stamp(off_ns: int) -> None:
    stand = Stand(off_ns)
    assert [stand.poll() for _ in range(3)] == [off_ns] * 3
    stand.off_ns = 0
    assert (stand.poll(), stand.clock.fault) == (0, "")


def test_a_start_in_1970_is_left_as_soon_as_the_clock_is_set() -> None:
    stand = Stand(-NOW_NS)
    stand.clock()
    stand.off_ns = 0
    assert stand.clock() == stand.true_ns


@pytest.mark.parametrize("step_ns", [HOUR_NS, -HOUR_NS])
def test_without_a_witness_a_step_is_believed_after_half_a_minute(step_ns: int) -> None:
    stand = Stand()
    stand.clock()
    stand.off_ns = step_ns
    assert stand.clock() == stand.true_ns
    stand.true_ns += UNHEARD_NS + NS
    assert stand.clock() == stand.true_ns + step_ns


def test_what_waited_while_the_machine_was_suspended_does_not_hold_the_time_back() -> None:
    """The machine's own clock stood, so a message of before agrees with it; the next ones say what time it is."""
    stand = Stand()
    for _ in range(3):
        stand.poll("broker")
    stand.off_ns = HOUR_NS  # the true time went on by an hour, and both stood here
    stand.clock.hear("broker", stand.clock(), stand.true_ns + NS, None)
    assert stand.poll("broker", device_off_ns=HOUR_NS) == HOUR_NS


def test_what_proves_that_the_time_went_on_is_received_then() -> None:
    """As of a machine that was suspended for an hour: the first answer is of now, and not of an hour before."""
    stand = Stand()
    for _ in range(3):
        stand.poll()
    stand.off_ns = HOUR_NS
    assert stand.clock.hear("plc", stand.clock(), stand.true_ns + HOUR_NS, None) == HOUR_NS
    assert stand.clock.hear("plc", stand.clock(), stand.true_ns + HOUR_NS + NS, None) == 0


def test_a_device_whose_clock_is_off_says_nothing() -> None:
    stand = Stand()
    for _ in range(3):
        stand.poll(device_off_ns=5 * HOUR_NS)
    stand.off_ns = DAY_NS
    for _ in range(6):
        stand.poll(device_off_ns=5 * HOUR_NS)
    assert stand.clock() == stand.true_ns + DAY_NS, "believed, as if nobody had been asked"


def test_a_source_that_went_silent_does_not_stand_against_those_that_speak() -> None:
    stand = Stand()
    for _ in range(3):
        stand.poll("left")
        stand.poll("stays", device_off_ns=HOUR_NS)
    stand.off_ns = HOUR_NS
    assert stand.poll("left") == 0
    assert [stand.poll("stays", device_off_ns=HOUR_NS) for _ in range(40)][-1] == HOUR_NS


def test_at_a_start_nothing_is_taken_while_record_and_sources_contradict_the_host() -> None:
    stand = Stand(YEAR_NS)
    stand.clock.recorded_ns = NOW_NS - HOUR_NS
    stand.poll()
    with pytest.raises(ClockImpossible, match="one of them is wrong"):
        stand.poll()
    stand.off_ns = 0
    assert (stand.poll(), stand.clock.fault) == (0, "")


def test_at_a_start_a_device_that_is_older_than_the_record_is_wrong_by_itself() -> None:
    stand = Stand()
    stand.clock.recorded_ns = NOW_NS - HOUR_NS
    assert [stand.poll(device_off_ns=-30 * DAY_NS) for _ in range(3)] == [0, 0, 0]


def test_at_a_start_after_years_of_standing_the_host_is_believed() -> None:
    stand = Stand()
    stand.clock.recorded_ns = NOW_NS - 3 * YEAR_NS
    assert [stand.poll() for _ in range(3)] == [0, 0, 0]
