"""Time: the length of steps changes no finding, time only goes forward, and a replay finds what was found live."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.storage.ledger.minutes_codec import decode_minutes, encode_minutes
from models.detection.finding import Episode
from models.detection.judgement import Basis
from models.detection.minutes.minutes import joined
from models.detection.minutes.observed import UnitMinutes, UnitSample, WorksMinutes
from models.detection.minutes.recorder import MinuteRecorder
from models.detection.minutes.replay import replay
from models.detection.works_watch import WorksWatch
from models.works.codes import Quality, UnitState
from models.works.detection_rules import RuleSet
from tests.models.detection.minutes_of import (
    NONE,
    UNTOLD,
    Face,
    Works,
    caster,
    converter,
    furnace,
    hours,
    line,
    mine,
    small_furnace,
)
from tests.models.detection.small_works import HOUR, MINUTE, START_S
from tests.support.budget import examples

BAD_FOR_A_WHILE = line(Quality.GOOD, (6, Quality.BAD), (6.5, Quality.GOOD))
EVENTFUL: dict[str, Face] = {
    "mine1": mine(line(100, (2, 0), (5, 100))),
    "bf2": small_furnace(line(100, (3, 80), (5, 100)), quality=BAD_FOR_A_WHILE),
    "bf3": furnace(line(100, (6, 0), (7, 100)), heard=line(1, (2, 0), (3, 1))),
    "bof1": Face(activity=NONE, output=NONE),
    "bof2": converter(0.5, stands=((3, 7),)),
    "bof3": converter(1.5, stands=((3, 7),)),
    "cast1": caster(line(100, (2, 0), (2.5, 100), (6, 0))),
    "cast2": caster(line(100, (2, 0), (3, 100)), quality=line(Quality.GOOD, (5, UNTOLD), (6, Quality.GOOD))),
    "hsm": Face(activity=line(100, (4, 0), (4.2, 100), (6, 0)), moved=line(1, (3, 0), (3.5, 1))),
    "coke1": Face(piece_t=15.0, output=line(100, (4, 0), (5, 100)), looked=line(1, (7, 0))),
}
WINDOWS = {"bof1": [(0.0, 100.0)], "hsm": [(4.0, 4.5)]}
UNTIL_H = 9.0


def eventful(step_s: int) -> Works:
    return Works(step_s=step_s, windows=WINDOWS, **EVENTFUL)


def told(episodes: list[Episode]) -> list[tuple[str, str, float, float | None, str]]:
    """What was found, in order: its key, kind, when it was found and ended, and its cause."""
    return sorted(
        (
            episode.finding.key,
            episode.finding.kind.value,
            hours(episode.finding.found_s),
            None if episode.cleared_s is None else hours(episode.cleared_s),
            episode.finding.cause_unit,
        )
        for episode in episodes
    )


@pytest.mark.long
def test_steps_of_ten_seconds_and_of_a_minute_find_the_same_within_a_minute() -> None:
    often, seldom = (told(eventful(step_s).until(UNTIL_H).episodes()) for step_s in (10, 60))
    assert [(key, kind, cause) for key, kind, _, _, cause in often] == [
        (key, kind, cause) for key, kind, _, _, cause in seldom
    ]
    assert len(often) > 10
    for one, other in zip(often, seldom, strict=True):
        assert one[2] == pytest.approx(other[2], abs=1.05 / 60), one
        assert (one[3] or 0) == pytest.approx(other[3] or 0, abs=1.05 / 60), one


def test_a_step_with_an_earlier_or_the_same_time_changes_nothing() -> None:
    usual, disturbed = eventful(60), eventful(60)
    nothing = {code: UnitSample(heard=False, moved=False, uncertain=True) for code in EVENTFUL}
    for hour in range(1, 8):
        usual.until(hour)
        disturbed.until(hour)
        before = dict(disturbed.watch.statuses)
        for ago_s in (0, 1, 10 * HOUR):
            disturbed.watch.step(disturbed.watch.at_s - ago_s, nothing, disturbed.expected)
        assert disturbed.watch.statuses == before
    assert told(disturbed.episodes()) == told(usual.episodes())


def test_a_gap_of_hours_in_the_samples_is_time_in_which_nothing_was_heard() -> None:
    works = Works(mine1=mine(), hsm=Face()).until(6)
    works.step(11 * HOUR)
    assert works.state("mine1") == works.state("hsm") == (UnitState.OK, Basis.WORKS)
    works.until(20)
    assert works.episodes() == [], "what was made meanwhile is told at once, and nothing stood"


def test_a_stop_before_a_gap_in_the_samples_holds_after_it() -> None:
    works = Works(bf3=furnace(line(100, (2, 0), (12, 100)))).until(3)
    works.step(9 * HOUR)
    assert works.state("bf3")[0] is UnitState.STOPPED
    works.until(13)
    (episode,) = works.episodes()
    assert hours(episode.finding.found_s) == pytest.approx(2.083, abs=0.02)


def test_a_gap_after_which_nothing_comes_is_silence() -> None:
    works = Works(mine1=mine(heard=line(1, (6, 0)))).until(6)
    works.step(9 * HOUR)
    assert works.state("mine1") == (UnitState.STALE, Basis.SILENT)


def recorded(works: Works, until_h: float) -> dict[int, dict[str, UnitMinutes]]:
    """The hours of minutes that a live run leaves behind, as they are kept."""
    recorder = MinuteRecorder({code: watch.unit for code, watch in works.watch.units.items()})
    hours_kept: dict[int, dict[str, UnitMinutes]] = {}
    while works.now_s + works.step_s <= until_h * HOUR:
        second = works.now_s + works.step_s
        samples = works.samples(second)
        works.take(second, samples)
        recorder.add(START_S + second, samples)
        if second % MINUTE == 0:
            hours_kept |= recorder.take()
    return hours_kept


@pytest.mark.long
def test_a_replay_of_the_minutes_that_were_kept_tells_what_was_told_live() -> None:
    live = eventful(10)
    kept = [
        (start_s, code, decoded)
        for start_s, units in recorded(live, UNTIL_H).items()
        for code, minutes in units.items()
        for decoded in [decode_minutes(encode_minutes(minutes))]
        if decoded is not None
    ]
    minutes = joined(START_S, START_S + round(UNTIL_H * HOUR), kept)
    known = {code: with_events(columns, live.faces[code]) for code, columns in minutes.items()}
    again = told(replay(live.plant, RuleSet(), live.expected, WorksMinutes(START_S, known)))
    first = told(live.episodes())
    assert [(key, kind, cause) for key, kind, _, _, cause in again] == [
        (key, kind, cause) for key, kind, _, _, cause in first
    ]
    for one, other in zip(again, first, strict=True):
        assert one[2] == pytest.approx(other[2], abs=1.05 / 60), one
        assert (one[3] or 0) == pytest.approx(other[3] or 0, abs=1.05 / 60), one


def with_events(columns: UnitMinutes, face: Face) -> UnitMinutes:
    """The columns with the unit's events, each known when its ring was read next."""
    known = []
    for end_s, tonnes in face.all_events if columns.counted_t is None else ():
        read = np.flatnonzero(columns.looked[end_s // MINUTE :])
        if len(read):
            known.append((START_S + (end_s // MINUTE + int(read[0])) * MINUTE, START_S + end_s, tonnes))
    known.sort()
    return replace(
        columns,
        event_known_s=np.array([known_s for known_s, _, _ in known], np.int64),
        event_end_s=np.array([end_s for _, end_s, _ in known], np.int64),
        event_t=np.array([tonnes for _, _, tonnes in known], np.float64),
    )


def test_a_minute_is_the_mean_of_its_samples_with_the_best_quality_and_the_sum_of_what_was_counted() -> None:
    works = Works(step_s=10, mine1=mine(line(100, (0.5, 0)), quality=line(Quality.BAD, (0.502, Quality.GOOD))))
    ((start_s, units),) = recorded(works, 0.75).items()
    columns = units["mine1"]
    assert start_s == START_S
    assert columns.heard.tolist() == columns.moved.tolist() == [True] * 45 + [False] * 15
    assert columns.quality["belt"].tolist() == [0] * 30 + [2] * 15 + [255] * 15
    assert np.isnan(columns.values["belt"][:30]).all()
    assert columns.values["belt"][31:45].tolist() == [0.0] * 14
    assert columns.counted_t is not None
    assert columns.counted_t[:30] == pytest.approx(500 / 60)
    assert np.isnan(columns.counted_t[45:]).all()


def test_an_hour_of_which_a_part_was_kept_is_gone_on_with_from_the_present_minute() -> None:
    works = Works(step_s=10, mine1=mine())
    units = {code: watch.unit for code, watch in works.watch.units.items()}
    first = recorded(works, 0.5)[START_S]
    recorder = MinuteRecorder(units)
    recorder.begin(START_S + 20 * MINUTE, first)
    second = works.now_s + 10
    recorder.add(START_S + second, works.samples(second))
    columns = recorder.take()[START_S]["mine1"]
    assert columns.heard.tolist() == [True] * 20 + [False] * 10 + [True] + [False] * 29
    assert columns.counted_t is not None
    assert columns.counted_t[:20] == pytest.approx(500 / 60)


def test_hours_that_could_not_be_kept_are_taken_again() -> None:
    works = Works(step_s=60, mine1=mine())
    recorder = MinuteRecorder({code: watch.unit for code, watch in works.watch.units.items()})
    for second in (HOUR - 60, HOUR, HOUR + 60):
        recorder.add(START_S + second, works.samples(second))
        works.take(second, {})
        refused = recorder.take()
        recorder.requeue(refused)
    assert {start_s - START_S: units["mine1"].heard.sum() for start_s, units in recorder.take().items()} == {
        0: 2,
        HOUR: 1,
    }
    assert list(recorder.take()) == [START_S + HOUR]


@settings(max_examples=examples(30), derandomize=True)
@given(st.lists(st.integers(1, 2 * HOUR), min_size=1, max_size=60))
def test_no_sequence_of_steps_breaks_the_watch_or_makes_it_contradict_itself(steps: list[int]) -> None:
    works = Works(windows={"bf3": [(1, 3)]}, bf3=furnace(line(100, (1, 0), (9, 100))), mine1=mine(line(100, (4, 0))))
    for step_s in steps:
        works.step(works.now_s + step_s)
        assert works.watch.at_s == START_S + works.now_s
        for code, status in works.watch.statuses.items():
            assert status.judgement.since_s <= works.watch.at_s
            assert (status.severity == 0) == (status.judgement.state in QUIET), code
        for finding in works.watch.findings():
            assert finding.since_s <= finding.found_s <= works.watch.at_s


QUIET = (UnitState.OK, UnitState.PLANNED, UnitState.RAMP_UP)


def test_two_watches_that_see_the_same_say_the_same() -> None:
    one, other = eventful(60).until(7), eventful(60).until(7)
    assert isinstance(one.watch, WorksWatch)
    assert one.watch.statuses == other.watch.statuses
    assert one.watch.findings() == other.watch.findings()
