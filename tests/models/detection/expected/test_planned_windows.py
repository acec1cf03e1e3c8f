"""Planned standstills: what is planned is no drop, what overruns is, and what comes back gets its time."""

import pytest

from models.detection.finding import FindingKind
from models.detection.judgement import Basis
from models.works.codes import UnitState
from tests.models.detection.minutes_of import Face, Turn, Works, caster, furnace, hours, line, mine

PLANNED = (UnitState.PLANNED, Basis.REPAIR)


def test_a_unit_that_stands_in_its_window_is_planned_and_nothing_is_found() -> None:
    works = Works(bf3=furnace(line(100, (24, 0), (36, 100))), windows={"bf3": [(24, 36)]}).until(35)
    assert works.turns("bf3")[1:] == [Turn(pytest.approx(24, abs=0.2), *PLANNED)]
    status = works.watch.statuses["bf3"]
    assert (status.severity, status.expected_t_per_h, status.drop_pct) == (0, 0.0, None)
    assert works.episodes() == []


def test_a_unit_that_works_in_its_window_is_not_said_to_stand() -> None:
    works = Works(bf3=furnace(), windows={"bf3": [(24, 36)]}).until(40)
    assert [turn.state for turn in works.turns("bf3")] == [UnitState.OK]


def test_silence_in_a_window_is_no_fault_of_data() -> None:
    heard = line(1, (25, 0), (35, 1))
    works = Works(bf3=furnace(line(100, (24, 0), (36, 100)), heard=heard), windows={"bf3": [(24, 36)]}).until(36)
    assert works.episodes() == []


@pytest.mark.parametrize(("length_h", "allowed_h"), [(2, 0.2), (5, 0.5), (10, 1.0), (200, 1.0)])
def test_a_window_that_is_overrun_by_an_hour_or_a_tenth_is_told(length_h: int, allowed_h: float) -> None:
    end = 24 + length_h
    works = Works(bf3=furnace(line(100, (24, 0))), windows={"bf3": [(24, end)]}, step_s=120).until(end + 2)
    (episode,) = works.episodes()
    assert (episode.finding.kind, episode.finding.severity) == (FindingKind.OVERRUN, 1)
    assert (hours(episode.finding.since_s), hours(episode.finding.found_s)) == (
        end,
        pytest.approx(end + allowed_h, abs=0.07),
    )
    assert works.state("bf3") == (UnitState.STOPPED, Basis.OVERRUN)


def test_an_overrun_ends_when_the_unit_works_again() -> None:
    works = Works(bf3=furnace(line(100, (24, 0), (40, 100))), windows={"bf3": [(24, 34)]}).until(48)
    (episode,) = works.episodes()
    assert episode.cleared_s is not None
    assert 40 < hours(episode.cleared_s) < 40.2


def test_a_unit_that_is_back_before_the_end_of_its_window_overruns_nothing() -> None:
    works = Works(bf3=furnace(line(100, (24, 0), (30, 100))), windows={"bf3": [(24, 34)]}).until(60)
    assert works.episodes() == []


def test_a_standstill_that_goes_on_after_its_window_is_an_overrun_and_not_a_stop_at_once() -> None:
    works = Works(bf3=furnace(line(100, (24, 0), (34.8, 100))), windows={"bf3": [(24, 34)]}).until(48)
    assert works.episodes() == [], "48 minutes late is less than an hour and a tenth"


def test_a_stop_some_time_after_a_window_is_a_stop() -> None:
    works = Works(bf3=furnace(line(100, (24, 0), (34, 100), (60, 0))), windows={"bf3": [(24, 34)]}).until(61)
    assert [episode.finding.kind for episode in works.episodes()] == [FindingKind.STOP]


def test_a_unit_that_comes_back_slowly_ramps_up_and_is_not_slow() -> None:
    rising = line(100, (24, 0), (60, 30), (70, 50), (80, 70), (90, 85), (100, 100))
    works = Works(bf3=furnace(rising, piece_t=250.0), windows={"bf3": [(24, 60)]}).until(110)
    assert [turn.state for turn in works.turns("bf3")] == [
        UnitState.OK,
        UnitState.PLANNED,
        UnitState.RAMP_UP,
        UnitState.OK,
    ]
    assert works.turns("bf3")[2].hour == pytest.approx(60, abs=0.02)
    assert works.turns("bf3")[3].hour == pytest.approx(100, abs=1.0)
    assert works.episodes() == []


def test_ramp_up_has_an_end_and_what_is_slow_after_it_is_slow() -> None:
    works = Works(
        bf3=furnace(line(100, (24, 0), (60, 50)), piece_t=250.0), windows={"bf3": [(24, 60)]}, step_s=120
    ).until(140)
    assert [turn.state for turn in works.turns("bf3")] == [
        UnitState.OK,
        UnitState.PLANNED,
        UnitState.RAMP_UP,
        UnitState.SLOW,
    ]
    assert 132 <= works.turns("bf3")[3].hour <= 133, "72 hours after a standstill of more than 24"


def test_a_short_standstill_gives_a_short_ramp_up() -> None:
    works = Works(
        bf3=furnace(line(100, (24, 0), (30, 50)), piece_t=250.0), windows={"bf3": [(24, 30)]}, step_s=120
    ).until(60)
    assert 54 <= works.turns("bf3")[3].hour <= 55, "24 hours after it"


def test_a_stop_is_followed_by_ramp_up_too() -> None:
    works = Works(bf3=furnace(line(100, (24, 0), (30, 60), (40, 100)), piece_t=250.0)).until(45)
    assert [turn.state for turn in works.turns("bf3")] == [
        UnitState.OK,
        UnitState.STOPPED,
        UnitState.RAMP_UP,
        UnitState.OK,
    ]


SHIFTS = [(24 * day + 8, 24 * day + 14) for day in range(8)]


def belt(*changes: tuple[float, float]) -> Face:
    """A belt that stands from 8 to 14 o'clock; of the others changes say how much it carries."""
    edges = sorted({0.0, *(edge for shift in SHIFTS for edge in map(float, shift)), *(hour for hour, _ in changes)})

    def value(hour: float) -> float:
        if any(low <= hour < high for low, high in SHIFTS):
            return 0.0
        return ([100.0] + [percent for at, percent in changes if at <= hour])[-1]

    return mine(line(100, *((hour, value(hour)) for hour in edges)))


def test_a_repair_shift_of_every_day_is_planned_and_not_followed_by_ramp_up() -> None:
    works = Works(mine1=belt(), daily={"mine1": SHIFTS}).until(7 * 24)
    states = [turn.state for turn in works.turns("mine1")]
    assert states[:3] == [UnitState.OK, UnitState.PLANNED, UnitState.OK]
    assert set(states) == {UnitState.OK, UnitState.PLANNED}
    assert works.episodes() == []


def test_a_slow_down_holds_through_the_repair_shifts_as_one() -> None:
    works = Works(mine1=belt((38, 60)), daily={"mine1": SHIFTS}).until(7 * 24)
    (slow,) = works.episodes()
    assert (slow.finding.kind, slow.cleared_s) == (FindingKind.SLOW, None)
    states = [turn.state for turn in works.turns("mine1")]
    after = states[states.index(UnitState.SLOW) :]
    assert after[:3] == [UnitState.SLOW, UnitState.PLANNED, UnitState.SLOW]
    assert set(after) == {UnitState.SLOW, UnitState.PLANNED}


def test_a_slow_down_is_found_over_windows_that_repair_shifts_lie_in() -> None:
    works = Works(mine1=belt((19, 60)), daily={"mine1": SHIFTS}).until(7 * 24)
    (slow,) = works.episodes()
    assert 19 < hours(slow.finding.found_s) < 19 + 12 + 6


def test_a_slow_down_is_over_where_a_repair_begins() -> None:
    works = Works(mine1=mine(line(100, (24, 60), (60, 0))), windows={"mine1": [(60, 90)]}).until(62)
    (slow,) = works.episodes()
    assert slow.cleared_s is not None
    assert hours(slow.cleared_s) == pytest.approx(60.1, abs=0.1)


def test_a_repair_shift_that_is_overrun_is_told_after_an_hour() -> None:
    late = mine(line(100, (8, 0), (16, 100)))
    works = Works(mine1=late, daily={"mine1": SHIFTS[:1]}).until(20)
    (episode,) = works.episodes()
    assert episode.finding.kind is FindingKind.OVERRUN
    assert (hours(episode.finding.found_s), hours(episode.finding.since_s)) == (pytest.approx(15, abs=0.02), 14.0)
    assert episode.cleared_s is not None
    assert 16 < hours(episode.cleared_s) < 16.2


def test_a_caster_in_repair_does_not_make_its_sibling_wait() -> None:
    works = Works(cast1=caster(line(100, (24, 0))), cast2=caster(), windows={"cast1": [(24, 60)]}).until(50)
    assert works.state("cast1") == PLANNED
    assert works.state("cast2") == (UnitState.OK, Basis.WORKS)
