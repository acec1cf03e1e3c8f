"""Stops and slow-downs of single units: when they are found, and when they are over."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.detection.finding import FindingKind
from models.detection.judgement import Basis
from models.works.codes import Quality, UnitState
from tests.models.detection.minutes_of import Face, Line, Turn, Works, furnace, hours, line, mine
from tests.models.detection.small_works import DAY, HOUR, RATES
from tests.support.budget import examples

OK = (UnitState.OK, Basis.WORKS)
SLOW_BLAST = (UnitState.SLOW, Basis.ACTIVITY_SLOW)


def output_of(works: Works, code: str) -> list[tuple[FindingKind, float, float | None]]:
    """(kind, when it was found, when it ended) of drops of output, in hours."""
    return [
        (
            episode.finding.kind,
            hours(episode.finding.found_s),
            None if episode.cleared_s is None else hours(episode.cleared_s),
        )
        for episode in works.episodes(code, data=False)
    ]


@pytest.mark.parametrize(
    ("code", "face", "after_min", "severity"),
    [
        ("bf3", furnace(line(100, (6, 0))), 5, 1),
        ("bf3", furnace(line(100, (6, 9))), 5, 1),
        ("mine1", mine(line(100, (6, 0))), 60, 2),
        ("mine1", mine(line(100, (6, 4))), 60, 2),
        ("hsm", Face(activity=line(100, (6, 0))), 30, 2),
    ],
)
def test_a_unit_whose_activity_falls_to_nothing_is_stopped_after_its_time(
    code: str, face: Face, after_min: int, severity: int
) -> None:
    works = Works(**{code: face}).until(9)
    (_, stopped) = works.turns(code)
    assert stopped.state is UnitState.STOPPED
    assert stopped.hour == pytest.approx(6 + after_min / 60, abs=0.04)
    finding = works.finding(code)
    assert finding is not None
    assert (finding.kind, finding.severity) == (FindingKind.STOP, severity)
    assert hours(finding.since_s) == pytest.approx(6, abs=0.04)
    assert finding.lost_t == pytest.approx(3 * RATES[code], rel=0.02), "all that was due since it stood"


def test_a_stop_that_lasts_keeps_what_led_to_it_and_when_that_was_read() -> None:
    works = Works(bf3=furnace(line(100, (6, 5), (8, 1)))).until(9)
    judgement = works.watch.statuses["bf3"].judgement
    assert judgement.facts["activity_pct"] == pytest.approx(5, abs=0.1)
    assert hours(judgement.read_s) == pytest.approx(6.1, abs=0.05)
    assert hours(judgement.since_s) == pytest.approx(6, abs=0.02)


def test_a_stop_shows_the_last_good_reading_while_the_instrument_gives_none() -> None:
    quality = line(Quality.GOOD, (7, Quality.BAD), (7.1, Quality.GOOD))
    works = Works(bf3=furnace(line(100, (6, 5)), quality=quality)).until(7.05)
    assert works.state("bf3") == (UnitState.STOPPED, Basis.ACTIVITY_STOP)
    assert works.watch.statuses["bf3"].judgement.facts["activity_pct"] == pytest.approx(5, abs=0.1)


@pytest.mark.parametrize(("code", "minutes"), [("bf3", 4), ("mine1", 55), ("hsm", 15)])
def test_a_standstill_that_is_shorter_than_that_is_none(code: str, minutes: int) -> None:
    face = Face(activity=line(100, (6, 0), (6 + minutes / 60, 100)), piece_t=500.0 if code == "bf3" else 20.0)
    assert Works(**{code: face}).until(9).turns(code) == [Turn(0.017, *OK)]


def test_a_furnace_at_eleven_percent_of_blast_does_not_stand_but_is_slow() -> None:
    works = Works(bf3=furnace(line(100, (6, 11)))).until(7)
    assert works.state("bf3") == SLOW_BLAST


def test_a_furnace_that_is_not_tapped_for_four_hours_with_its_blast_low_is_stopped() -> None:
    works = Works(bf3=furnace(line(100, (5, 45)), output=line(100, (5, 0)))).until(12)
    assert works.state("bf3") == (UnitState.STOPPED, Basis.NO_EVENT)
    last_tap_s = works.unit("bf3").evidence.output.last_s
    assert last_tap_s is not None
    stop = works.finding("bf3")
    assert stop is not None
    (turn,) = [turn for turn in works.turns("bf3") if turn.state is UnitState.STOPPED]
    assert turn.hour == pytest.approx(hours(last_tap_s) + 4, abs=0.02)


def test_a_furnace_without_a_tap_for_four_hours_is_stopped_though_it_blew_in_full_after_the_last() -> None:
    taps = [(round(hour * HOUR), 500.0) for hour in (0.5, 2.9, 5.3)]
    works = Works(bf3=furnace(line(100, (7, 45)), events=taps)).until(9.6)
    assert works.state("bf3") == (UnitState.STOPPED, Basis.NO_EVENT)


def test_a_furnace_on_slow_blast_is_tapped_seldom_and_that_is_no_fault_of_data() -> None:
    works = Works(bf3=furnace(line(100, (48, 55)))).until(48 + 48)
    assert {turn.state for turn in works.turns("bf3")} == {UnitState.OK, UnitState.SLOW}


def test_a_furnace_with_full_blast_and_no_tap_for_four_hours_has_a_fault_of_data() -> None:
    works = Works(bf3=furnace(output=line(100, (6, 0)))).until(14)
    assert works.state("bf3") == (UnitState.BAD, Basis.WORKS_BUT_NO_OUTPUT)
    assert output_of(works, "bf3") == []


def test_a_battery_without_a_push_for_two_of_its_usual_intervals_is_stopped_until_the_next_push() -> None:
    works = Works(coke1=Face(piece_t=15.0, output=line(100, (6, 0), (7, 100)))).until(9)
    interval_h = 15.0 / RATES["coke1"]
    assert [turn.basis for turn in works.turns("coke1")] == [Basis.WORKS, Basis.NO_EVENT, Basis.RAMP_UP]
    stopped, again = works.turns("coke1")[1:]
    assert 6 + interval_h <= stopped.hour <= 6 + 2 * interval_h + 0.02
    assert 7.0 <= again.hour <= 7 + interval_h + 0.02


def test_a_stop_is_over_when_the_unit_has_worked_for_some_minutes_and_not_by_a_flicker() -> None:
    flicker = line(100, (6, 0), (7, 60), (7.05, 0), (8, 100))
    works = Works(bf3=furnace(flicker)).until(9)
    ((kind, found, over),) = output_of(works, "bf3")
    assert (kind, found) == (FindingKind.STOP, pytest.approx(6.083, abs=0.02))
    assert over == pytest.approx(8.1, abs=0.04)


def test_blast_below_85_percent_for_most_of_half_an_hour_is_slow_and_not_before() -> None:
    works = Works(bf3=furnace(line(100, (6, 84)))).until(6.35)
    assert works.state("bf3") == OK
    works.until(7)
    assert works.state("bf3") == SLOW_BLAST
    finding = works.finding("bf3")
    assert finding is not None
    assert (finding.kind, finding.severity) == (FindingKind.SLOW, 2)
    assert works.watch.statuses["bf3"].drop_pct == pytest.approx(16, abs=0.5)


def test_a_slow_down_of_the_blast_clears_at_92_percent_and_not_below() -> None:
    works = Works(bf3=furnace(line(100, (6, 80), (9, 91), (12, 93)), output=line(100))).until(15)
    ((kind, found, over),) = output_of(works, "bf3")
    assert kind is FindingKind.SLOW
    assert 6 < found <= 6.52
    assert over is not None
    assert 12 < over <= 12.52


@settings(max_examples=examples(10), derandomize=True)
@given(st.lists(st.integers(86, 91), min_size=40, max_size=40), st.booleans())
def test_nothing_flaps_between_85_and_92(levels: list[int], slow_before: bool) -> None:
    changes = tuple((6 + number / 4, level) for number, level in enumerate(levels))
    blast = line(100, (4, 80), *changes) if slow_before else line(100, *changes)
    works = Works(bf3=furnace(blast, output=line(100))).until(16)
    assert [turn.state for turn in works.turns("bf3")] == [UnitState.OK, UnitState.SLOW][: 1 + slow_before]


def test_a_slow_down_that_becomes_a_stop_stays_one_finding() -> None:
    works = Works(bf3=furnace(line(100, (6, 70), (8, 0)))).until(9)
    (episode,) = works.episodes("bf3")
    assert (episode.finding.kind, episode.finding.severity) == (FindingKind.STOP, 1)
    assert hours(episode.finding.found_s) < 7, "found as a slow-down"
    assert hours(episode.finding.since_s) <= 6.02


def test_a_belt_that_carries_too_little_for_its_window_is_slow_until_it_carries_enough() -> None:
    works = Works(mine1=mine(line(100, (30, 60), (42, 100)))).until(90)
    ((kind, found, over),) = output_of(works, "mine1")
    assert kind is FindingKind.SLOW
    assert 30 < found <= 42
    assert over is not None
    assert 42 < over <= 66
    assert [turn.basis for turn in works.turns("mine1")] == [Basis.WORKS, Basis.PACE, Basis.WORKS]


def test_a_slow_down_of_two_days_is_over_within_a_day_of_full_output_and_is_not_told_again_as_a_trend() -> None:
    works = Works(bf3=furnace(output=line(100, (120, 70), (168, 100)))).until(168 + 120)
    ((kind, found, over),) = output_of(works, "bf3")
    assert kind is FindingKind.SLOW
    assert 120 < found <= 144
    assert over is not None
    assert 168 < over <= 168 + 24


def test_a_deeper_drop_is_found_in_a_shorter_window() -> None:
    found = [
        output_of(Works(mine1=mine(line(100, (30, percent)))).until(60), "mine1")[0][1] for percent in (20, 50, 70)
    ]
    assert found == sorted(found)
    assert found[0] < 33


def test_a_healthy_unit_with_an_instrument_that_drifts_down_has_a_fault_of_data() -> None:
    drifting = Line(tuple(range(0, 5 * DAY, HOUR)), tuple(max(80.0, 100 - number / 3) for number in range(120)))
    works = Works(bf3=furnace(drifting, output=line(100), falls=line(100))).until(5 * 24)
    assert works.state("bf3") == (UnitState.BAD, Basis.DISAGREES)
    assert output_of(works, "bf3") == []


def test_an_instrument_that_steps_down_at_once_is_a_fault_of_data_after_a_day_of_full_output() -> None:
    works = Works(bf3=furnace(line(100, (48, 78)), output=line(100), falls=line(100))).until(48 + 30)
    assert works.state("bf3") == (UnitState.BAD, Basis.DISAGREES)
    ((_, found, over),) = output_of(works, "bf3")
    assert found < 48.6
    assert over is not None
    assert 48 + 20 < over < 48 + 28
    works.until(48 + 72)
    assert works.state("bf3") == (UnitState.BAD, Basis.DISAGREES)


def test_a_furnace_whose_blast_and_output_fall_together_is_slow_for_as_long_as_that_lasts() -> None:
    works = Works(bf3=furnace(line(100, (48, 78)))).until(48 + 96)
    assert {turn.state for turn in works.turns("bf3")} == {UnitState.OK, UnitState.SLOW}


def test_a_unit_without_a_target_is_judged_by_its_signals_alone() -> None:
    works = Works(mine1=mine(line(100, (6, 30), (20, 0))), rates={"mine1": 0.0}).until(22)
    assert [turn.basis for turn in works.turns("mine1")] == [Basis.WORKS, Basis.ACTIVITY_STOP]
    assert works.watch.statuses["mine1"].drop_pct is None


def test_a_mill_between_two_coils_when_we_come_back_has_not_stood_since_we_left() -> None:
    works = Works(step_s=10, hsm=Face(activity=line(100, (3, 0), (3.2, 100)))).until(1)
    left_s = works.watch.at_s
    works.watch.was_away(left_s, left_s + round(2.05 * 3600))
    works.now_s += round(2.05 * 3600)
    assert {turn.state for turn in works.until(3.19).turns("hsm")} == {UnitState.OK}


def test_a_mill_that_rested_when_we_left_and_rests_when_we_come_back_has_not_stood_all_the_time() -> None:
    works = Works(step_s=10, hsm=Face(activity=line(100, (0.99, 0), (1, 100), (2.99, 0), (3.05, 100)))).until(1)
    left_s = works.watch.at_s
    assert works.unit("hsm").evidence.standstill.since_s is not None
    works.watch.was_away(left_s, left_s + 2 * HOUR)
    works.now_s += 2 * HOUR
    assert {turn.state for turn in works.until(3.04).turns("hsm")} == {UnitState.OK}


@pytest.mark.parametrize("away_s", [40 * 60, HOUR])
def test_a_mill_that_was_watched_for_a_minute_has_not_been_without_a_coil_while_we_were_away(away_s: int) -> None:
    works = Works(step_s=10, hsm=Face(activity=line(0, (away_s / HOUR + 0.05, 100)), events=[])).until(0.02)
    left_s = works.watch.at_s
    works.watch.was_away(left_s, left_s + away_s)
    works.now_s += away_s
    assert {turn.state for turn in works.until(away_s / HOUR + 0.1).turns("hsm")} == {UnitState.OK}
