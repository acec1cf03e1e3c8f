"""Faults of data are reported as such: never as a drop of output, and never in place of one that holds."""

from dataclasses import replace

import pytest

from models.detection.evidence.source_link import STILL_S
from models.detection.finding import FindingKind
from models.detection.judgement import Basis
from models.works.codes import Quality, UnitState
from tests.models.detection.minutes_of import (
    ALL,
    NONE,
    UNTOLD,
    Face,
    Line,
    Turn,
    Works,
    caster,
    converter,
    furnace,
    hours,
    line,
    mine,
)

OK = (UnitState.OK, Basis.WORKS)
STOPPED = (UnitState.STOPPED, Basis.ACTIVITY_STOP)
STALE = (UnitState.STALE, Basis.SILENT)


def kinds(works: Works) -> list[FindingKind]:
    """What was found, in output and in data."""
    return [episode.finding.kind for episode in works.episodes()]


def test_a_belt_at_zero_with_a_live_source_is_stopped_and_never_stale() -> None:
    works = Works(mine1=mine(line(100, (2, 0)))).until(4)
    assert works.turns("mine1") == [Turn(0.017, *OK), Turn(3.0, *STOPPED)]
    (found,) = works.episodes()
    assert (found.finding.kind, hours(found.finding.since_s)) == (FindingKind.STOP, 2.0)
    assert works.watch.statuses["mine1"].drop_pct == 100.0


def test_a_silent_source_is_stale_after_thirty_seconds_and_says_nothing_of_output() -> None:
    works = Works(mine1=mine(heard=line(1, (2, 0))), step_s=10).until(6)
    assert works.turns("mine1") == [Turn(0.003, *OK), Turn(2.011, *STALE)]
    status = works.watch.statuses["mine1"]
    assert (status.severity, status.actual_t_per_h, hours(status.judgement.since_s)) == (4, None, 2.0)
    assert kinds(works) == [FindingKind.STALE]


def test_a_unit_that_is_read_every_two_minutes_is_stale_after_six() -> None:
    works = Works(coke1=Face(piece_t=15.0, heard=line(1, (2, 0))), step_s=10, cadence_s=120.0).until(2.2)
    assert works.turns("coke1")[1] == Turn(2.103, *STALE)


def test_values_and_stamps_that_stand_still_are_a_frozen_controller_and_never_a_stop() -> None:
    frozen = mine(output=line(100, (2, 0)), moved=line(1, (2, 0)))
    works = Works(mine1=frozen, step_s=10).until(6)
    (_, bad) = works.turns("mine1")
    assert (bad.state, bad.basis) == (UnitState.BAD, Basis.FROZEN)
    assert bad.hour == pytest.approx(2 + STILL_S / 3600, abs=0.01)
    assert kinds(works) == [FindingKind.BAD]


def test_a_belt_at_zero_whose_server_gives_no_new_stamp_is_stopped_for_an_unchanged_value_is_a_reading() -> None:
    works = Works(mine1=mine(line(100, (2, 0), (5, 100)), moved=line(1, (2, 0), (5, 1))), step_s=10).until(8)
    assert [turn.state for turn in works.turns("mine1")][:2] == [UnitState.OK, UnitState.STOPPED]
    assert works.state("mine1") == OK
    assert kinds(works) == [FindingKind.STOP]


def test_a_furnace_without_new_stamps_stands_only_where_all_that_it_shows_has_fallen() -> None:
    silent = line(1, (2, 0))
    stands = Works(bf3=furnace(line(100, (2, 0)), moved=silent)).until(4)
    assert stands.state("bf3") == STOPPED
    warm = Works(bf3=furnace(line(100, (2, 0)), falls=ALL, moved=silent)).until(4)
    assert warm.state("bf3")[0] is UnitState.BAD


def test_a_controller_that_hangs_in_a_pause_of_its_converter_is_told_as_data() -> None:
    faces = {f"bof{number}": converter(1.0, stands=[(30, 99)]) for number in (1, 2, 3)}
    works = Works(**{code: replace(face, moved=line(1, (30, 0))) for code, face in faces.items()}).until(36)
    assert {episode.finding.kind for episode in works.episodes()} == {FindingKind.BAD}


def test_a_shop_that_stands_is_told_where_its_server_never_moved_a_stamp_in_a_pause() -> None:
    faces = {f"bof{number}": converter(number * 0.7, stands=[(30, 99)]) for number in (1, 2, 3)}
    works = Works(**{code: replace(face, moved=face.activity) for code, face in faces.items()}).until(36)
    assert {episode.finding.kind for episode in works.episodes() if episode.cleared_s is None} == {FindingKind.STOP}


def test_a_value_that_stands_still_while_its_stamps_move_on_is_no_frozen_controller() -> None:
    works = Works(mine1=mine(line(0), steady=True)).until(3)
    assert works.state("mine1") == STOPPED


def test_a_source_that_tells_changes_alone_is_not_called_frozen_in_its_usual_pauses() -> None:
    pauses = Line(tuple(range(0, 7200, 300)), tuple(float(number % 2) for number in range(24)))
    works = Works(mine1=mine(moved=pauses)).until(2)
    assert [turn.basis for turn in works.turns("mine1")][-1] is Basis.WORKS
    assert works.unit("mine1").evidence.link.longest_pause_s == 300


def test_never_heard_is_missing_and_at_a_start_no_finding() -> None:
    works = Works(bf3=furnace(heard=NONE), mine1=mine(), step_s=10).until(0.015)
    assert works.state("bf3") == (UnitState.MISSING, Basis.NEVER)
    assert works.episodes() == []
    works.until(1)
    assert [(episode.finding.unit, episode.finding.kind) for episode in works.episodes()] == [
        ("bf3", FindingKind.MISSING)
    ]


def test_bad_quality_is_told_after_ten_minutes_and_never_as_a_drop() -> None:
    works = Works(mine1=mine(line(100, (2, 0)), quality=line(Quality.GOOD, (2, Quality.BAD)))).until(5)
    assert works.turns("mine1") == [Turn(0.017, *OK), Turn(2.183, UnitState.BAD, Basis.BAD_QUALITY)]
    assert kinds(works) == [FindingKind.BAD]
    brief = Works(mine1=mine(quality=line(Quality.GOOD, (2, Quality.BAD), (2.15, Quality.GOOD)))).until(5)
    assert brief.episodes() == []


def test_an_uncertain_value_is_not_good_enough_for_a_stop() -> None:
    works = Works(mine1=mine(line(0), quality=line(Quality.UNCERTAIN))).until(3)
    assert works.state("mine1") == (UnitState.BAD, Basis.BAD_QUALITY)


def test_a_signal_of_which_a_live_source_says_nothing_is_told_after_ten_minutes() -> None:
    works = Works(mine1=mine(quality=line(Quality.GOOD, (2, UNTOLD)))).until(3)
    assert works.turns("mine1")[1] == Turn(2.183, UnitState.BAD, Basis.BAD_QUALITY)


@pytest.mark.parametrize(
    ("code", "face", "basis"),
    [
        ("bf3", furnace(line(100, (6, 0)), falls=ALL, output=ALL), Basis.ZERO_BUT_WORKS),
        ("mine1", mine(line(100, (6, 0)), output=ALL), Basis.ZERO_BUT_WORKS),
        ("cast1", Face(activity=line(100, (6, 0)), output=ALL, piece_t=29.0), Basis.ZERO_BUT_WORKS),
        ("bf3", furnace(falls=line(100, (6, 0))), Basis.OTHER_ZERO),
        ("mine1", mine(output=line(100, (6, 0))), Basis.WORKS_BUT_NO_OUTPUT),
        ("hsm", Face(output=line(100, (6, 0))), Basis.WORKS_BUT_NO_OUTPUT),
        ("bf3", furnace(output=line(100, (6, 0))), Basis.WORKS_BUT_NO_OUTPUT),
        ("hsm", Face(looked=line(1, (6, 0))), Basis.UNREAD),
        ("bf3", furnace(looked=line(1, (6, 0))), Basis.UNREAD),
        ("mine1", mine(steady=True), Basis.STUCK),
    ],
)
def test_signals_that_contradict_each_other_are_a_fault_of_data(code: str, face: Face, basis: Basis) -> None:
    works = Works(**{code: face}).until(12)
    assert works.state(code) == (UnitState.BAD, basis)
    assert kinds(works) == [FindingKind.BAD], "nothing was said of output meanwhile"


def test_blast_at_zero_with_normal_blast_temperature_is_told_before_a_stop_could_be() -> None:
    works = Works(bf3=furnace(line(100, (6, 0)), falls=ALL, output=ALL), step_s=10).until(7)
    (_, bad) = works.turns("bf3")
    assert bad.hour == pytest.approx(6 + 300 / 3600, abs=0.01)


def test_blast_at_zero_with_blast_temperature_that_falls_is_a_stop() -> None:
    works = Works(bf3=furnace(line(100, (6, 0)))).until(7)
    assert works.state("bf3") == STOPPED


def test_heats_that_are_lost_are_a_fault_of_data_where_blows_come_and_go_without_them() -> None:
    blown = converter(0.5)
    lost = Face(activity=blown.activity, events=[event for event in blown.all_events if event[0] < 8 * 3600])
    works = Works(bof2=lost, bof3=converter(1.5)).until(14)
    assert works.state("bof2") == (UnitState.BAD, Basis.WORKS_BUT_NO_OUTPUT)
    assert kinds(works) == [FindingKind.BAD]


def test_a_stop_that_stood_when_the_link_was_lost_still_stands_when_it_is_back() -> None:
    works = Works(bf3=furnace(line(100, (2, 0), (8, 100)), heard=line(1, (3, 0), (6, 1)))).until(2.5)
    stop = works.finding("bf3")
    works.until(5)
    assert works.state("bf3") == STALE
    assert {episode.finding.kind for episode in works.episodes()} == {FindingKind.STOP, FindingKind.STALE}
    works.until(7)
    assert works.state("bf3") == STOPPED
    assert works.finding("bf3") is not None
    assert stop is not None
    assert works.finding("bf3").found_s == stop.found_s  # type: ignore[union-attr]
    works.until(9)
    output = works.episodes("bf3", data=False)
    assert [(episode.finding.kind, episode.finding.found_s) for episode in output] == [(FindingKind.STOP, stop.found_s)]
    assert output[0].cleared_s is not None
    assert 8.0 < hours(output[0].cleared_s) < 8.2, "output alone clears it"


def test_a_stop_is_not_cleared_by_bad_quality() -> None:
    quality = line(Quality.GOOD, (3, Quality.BAD), (4, Quality.GOOD))
    works = Works(mine1=mine(line(100, (1, 0)), quality=quality)).until(5)
    (stop,) = works.episodes("mine1", data=False)
    assert stop.cleared_s is None
    assert works.unit("mine1").evidence.activity.bad_since_s is None


@pytest.mark.parametrize(
    ("code", "face"),
    [
        ("bf3", furnace(line(100, (6, 80)))),
        ("bf3", furnace(line(100, (6, 80), (7, 90)))),
        ("cast1", caster(line(100, (6, 70)))),
        ("mine1", mine(line(100, (6, 40)))),
        ("coke1", Face(piece_t=15.0, output=line(100, (6, 60)))),
    ],
)
@pytest.mark.parametrize("minutes", [9, 90])
def test_a_slow_down_that_stood_when_data_failed_still_stands_when_they_are_back(
    code: str, face: Face, minutes: int
) -> None:
    back = 14 + minutes / 60
    for fault in (
        {"heard": line(1, (14, 0), (back, 1)), "looked": line(1, (14, 0), (back, 1))},
        {"quality": line(Quality.GOOD, (14, Quality.BAD), (back, Quality.GOOD))},
    ):
        works = Works(**{code: replace(face, **fault)}).until(14)
        before = works.finding(code)
        assert before is not None
        works.until(back + 3)
        (slow,) = works.episodes(code, data=False)
        assert (slow.finding.found_s, slow.cleared_s) == (before.found_s, None)


def test_what_a_shop_is_said_to_do_holds_while_the_data_of_one_converter_fail() -> None:
    lined, first, second = Face(activity=NONE, output=NONE), converter(0.5, 2.5), converter(1.75, 2.5)
    works = Works(
        windows={"bof1": [(0, 99)]}, bof1=lined, bof2=first, bof3=replace(second, heard=line(1, (20, 0), (23, 1)))
    ).until(24)
    slow = sorted(((episode.finding.unit, episode.cleared_s) for episode in works.episodes(data=False)), key=str)
    assert slow == [("bof2", None), ("bof3", None)]
    alone = converter(0.5, stands=[(8, 40)])
    works = Works(
        windows={"bof1": [(0, 99)]}, bof1=lined, bof2=replace(alone, heard=line(1, (28, 0))), bof3=converter(1.5)
    ).until(31)
    assert [(episode.finding.unit, episode.cleared_s) for episode in works.episodes(data=False)] == [("bof2", None)]


def test_a_link_that_is_lost_and_comes_back_to_a_unit_that_worked_on_finds_nothing_of_output() -> None:
    for code, face in {
        "mine1": mine(heard=line(1, (2, 0), (5, 1))),
        "bf3": furnace(heard=line(1, (2, 0), (8, 1))),
        "hsm": Face(heard=line(1, (2, 0), (5, 1))),
        "coke1": Face(piece_t=15.0, heard=line(1, (4, 0), (7, 1))),
    }.items():
        works = Works(**{code: face}).until(30)
        assert works.state(code) == OK, code
        assert kinds(works) == [FindingKind.STALE], code


@pytest.mark.parametrize(
    ("code", "face"),
    [
        ("mine1", mine(line(100, (1, 0), (4, 100)))),
        ("bf3", furnace(line(100, (7, 0), (9, 100)))),
        ("hsm", Face(activity=line(100, (1, 0), (2, 100)), output=line(100, (1, 0), (2, 100), (3, 0)))),
        ("cast1", caster(line(100, (1, 0), (2, 100)))),
    ],
)
def test_a_unit_that_is_read_once_a_minute_is_judged_as_one_that_is_read_all_the_time(code: str, face: Face) -> None:
    often, seldom = (
        [turn for turn in works.turns(code) if turn.basis is not Basis.NEVER]
        for every_s in (10, 60)
        for works in [Works(step_s=10, cadence_s=60.0, **{code: replace(face, every_s=every_s)}).until(12)]
    )
    assert [turn.basis for turn in often] == [turn.basis for turn in seldom]
    assert len(often) > 2
    assert [turn.hour for turn in often] == pytest.approx([turn.hour for turn in seldom], abs=0.04)


def test_a_furnace_without_taps_whose_blast_is_read_once_a_minute_has_a_fault_of_data() -> None:
    works = Works(bf3=furnace(output=line(100, (6, 0)), every_s=60), step_s=10, cadence_s=60.0).until(14)
    assert works.state("bf3") == (UnitState.BAD, Basis.WORKS_BUT_NO_OUTPUT)
    assert kinds(works) == [FindingKind.BAD]
