"""The labelled drops: that the tables are what they say, and that findings are counted as they should be."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from benchmarks.drops.consequences import has_consequences
from benchmarks.drops.distort import distorted
from benchmarks.drops.evaluate import Judged, judge
from benchmarks.drops.expected import expected_of
from benchmarks.drops.generate import differing
from benchmarks.drops.intervals import clopper_pearson, poisson_upper
from benchmarks.drops.report import GATE, rows
from benchmarks.drops.scenario import (
    DAY_S,
    HELD_OUT,
    HOUR_S,
    TUNING,
    WORKS,
    Disturbance,
    Scenario,
    ScenarioKind,
    ScenarioLabel,
    What,
)
from benchmarks.drops.tables import read_scenarios
from benchmarks.drops.works_parameters import HELD_OUT_PARAMETERS, TUNING_PARAMETERS
from models.detection.finding import Episode, Finding, FindingKind
from models.detection.minutes.observed import NO_QUALITY, UnitMinutes, WorksMinutes

STOP = ScenarioLabel(units=("bf3",), kind=FindingKind.STOP, start_s=10_000, end_s=20_000, tolerance_s=1000)
FOLLOWS = ScenarioLabel(
    units=("bof1", "bof2"), kind=FindingKind.SLOW, start_s=14_000, end_s=20_000, tolerance_s=1000, causes=("bf3",)
)
FROZEN = ScenarioLabel(units=("hsm",), kind=FindingKind.STALE, start_s=10_000, end_s=20_000, tolerance_s=1000)


def scenario(*labels: ScenarioLabel, disturbances: tuple[Disturbance, ...] = ()) -> Scenario:
    return Scenario(
        code="it",
        kind=ScenarioKind.STOP,
        part=TUNING,
        seed=1,
        parameters="usual",
        start=date(2025, 3, 1),
        days=2,
        units=("bf3", "bof1", "bof2", "hsm"),
        disturbances=disturbances,
        labels=labels,
    )


def episode(
    unit: str, kind: FindingKind, at_s: int, *, cause: str = "", severity: int = 2, cleared_s: int | None = None
) -> Episode:
    """Found `at_s` after the scenario's start."""
    start_s = scenario().start_s
    finding = Finding(
        kind=kind,
        shop="shop",
        unit=unit,
        product="",
        severity=severity,
        since_s=start_s + at_s,
        found_s=start_s + at_s,
        cause_unit=cause,
    )
    return Episode(finding, None if cleared_s is None else start_s + cleared_s)


def judged(labels: tuple[ScenarioLabel, ...], *episodes: Episode) -> Judged:
    return judge(scenario(*labels), episodes)


def test_there_are_hundreds_of_scenarios_and_half_of_them_are_held_out() -> None:
    scenarios = read_scenarios()
    assert len(scenarios) >= 260
    assert len({each.code for each in scenarios}) == len(scenarios)
    assert sum(each.part == HELD_OUT for each in scenarios) >= len(scenarios) / 2
    assert {each.kind for each in scenarios} == set(ScenarioKind)
    dropped = {unit for each in scenarios for label in each.labels if not label.kind.is_data for unit in label.units}
    assert dropped == {unit for each in scenarios for unit in each.units}


def test_what_is_held_out_shares_no_seed_and_no_works_with_what_may_be_tuned_on() -> None:
    used = {
        part: {(each.seed, each.parameters) for each in read_scenarios() if each.part == part}
        for part in (TUNING, HELD_OUT)
    }
    assert not {seed for seed, _ in used[TUNING]} & {seed for seed, _ in used[HELD_OUT]}
    assert {name for _, name in used[TUNING]} <= set(TUNING_PARAMETERS)
    assert {name for _, name in used[HELD_OUT]} <= set(HELD_OUT_PARAMETERS)
    for works in HELD_OUT_PARAMETERS.values():
        assert works not in TUNING_PARAMETERS.values()


def test_the_tables_are_what_the_drafts_give() -> None:
    assert differing() == []


def test_every_label_lies_within_its_scenario_and_names_units_of_it() -> None:
    for each in read_scenarios():
        for label in each.labels:
            assert 0 <= label.start_s < label.end_s <= each.days * DAY_S, each.code
            assert set(label.units) <= set(each.units), each.code
            assert set(label.causes) <= set(each.units) - set(label.units), each.code


def test_every_drop_is_labelled_and_what_is_planned_is_not() -> None:
    for each in read_scenarios():
        worked = [it for it in each.disturbances if it.what in WORKS]
        planned = each.kind in (ScenarioKind.REPAIR, ScenarioKind.RAMP_UP, ScenarioKind.QUIET)
        assert planned == (not each.labels), each.code
        if not planned and worked:
            labelled = {unit for label in each.labels for unit in label.units}
            assert labelled & {it.unit for it in worked}, each.code


def test_drops_upstream_of_simulated_units_have_their_consequences_measured() -> None:
    chained = [each for each in read_scenarios() if has_consequences(each) and each.kind is ScenarioKind.CONSEQUENCE]
    assert all(any(label.causes for label in each.labels) for each in chained)


def test_windows_of_plan_are_ascending_and_apart() -> None:
    for each in read_scenarios():
        for windows in expected_of(each).windows.values():
            assert all(first.end_s <= second.start_s for first, second in pairwise(windows)), each.code


def test_a_finding_within_a_label_and_its_tolerance_finds_it_and_one_outside_is_false() -> None:
    found = judged((STOP,), episode("bf3", FindingKind.SLOW, 20_500), episode("bf3", FindingKind.STOP, 12_000))
    assert found.found[0].delay_s == 2000
    assert found.false == []
    early = judged((STOP,), episode("bf3", FindingKind.STOP, 9_999), episode("bf3", FindingKind.STOP, 21_001))
    assert early.found[0].found_s is None
    assert len(early.false) == 2


def test_a_finding_of_another_unit_is_false() -> None:
    outcome = judged((STOP,), episode("hsm", FindingKind.STOP, 12_000, severity=1))
    assert (len(outcome.false), outcome.found[0].found_s) == (1, None)


def test_a_fault_of_data_told_as_output_is_a_wrong_cause_also_soon_after_it() -> None:
    outcome = judged(
        (FROZEN,),
        episode("hsm", FindingKind.STOP, 12_000),
        episode("hsm", FindingKind.SHIFT_SHORT, 30_000),
        episode("hsm", FindingKind.MISSING, 12_500),
        episode("hsm", FindingKind.STOP, 9_000),
    )
    assert len(outcome.wrong_cause) == 2
    assert len(outcome.false) == 1
    assert outcome.found[0].delay_s == 2500


def test_a_consequence_told_without_its_cause_is_found_and_counted_as_such() -> None:
    told = judged((STOP, FOLLOWS), episode("bof2", FindingKind.SLOW, 15_000, cause="bf3"))
    assert (told.found[1].delay_s, told.cause_missed, told.cause_wrong) == (1000, [], [])
    without = judged((STOP, FOLLOWS), episode("bof1", FindingKind.SLOW, 15_000))
    assert (without.found[1].delay_s, len(without.cause_missed)) == (1000, 1)
    wrong = judged((STOP, FOLLOWS), episode("bof1", FindingKind.SLOW, 15_000, cause="hsm"))
    assert len(wrong.cause_wrong) == 1


def test_a_consequence_may_be_found_as_soon_as_its_cause_began() -> None:
    outcome = judged((STOP, FOLLOWS), episode("bof1", FindingKind.SLOW, 11_000, cause="bf3"))
    assert (outcome.found[1].delay_s, outcome.false) == (0, [])


def test_a_root_told_as_the_consequence_of_a_sound_unit_has_a_wrong_cause() -> None:
    assert len(judged((STOP,), episode("bf3", FindingKind.STOP, 12_000, cause="hsm")).cause_wrong) == 1
    assert judged((STOP, FOLLOWS), episode("bf3", FindingKind.STOP, 12_000)).cause_wrong == []


def test_what_stands_when_the_next_label_begins_has_found_that_one_too_but_a_false_one_has_not() -> None:
    again = replace(STOP, start_s=40_000, end_s=50_000)
    standing = judged((STOP, again), episode("bf3", FindingKind.STOP, 11_000, cleared_s=45_000))
    assert [found.delay_s for found in standing.found] == [1000, 0]
    false = judged((again,), episode("bf3", FindingKind.STOP, 11_000, cleared_s=45_000))
    assert (false.found[0].found_s, len(false.false)) == (None, 1)


def test_two_episodes_of_one_drop_count_once_and_each_false_one_counts() -> None:
    outcome = judged(
        (STOP,),
        *(episode("bf3", FindingKind.STOP, at_s) for at_s in (11_000, 15_000)),
        *(episode("hsm", FindingKind.STOP, at_s, severity=1) for at_s in (11_000, 15_000)),
    )
    row = rows([outcome])[GATE]
    assert (row.found, row.required, row.false, row.false_p1) == (1, 1, 2, 2)


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [(0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0), (95, 100, 0.8872, 0.9836), (50, 100, 0.3983, 0.6017)],
)
def test_shares_have_exact_intervals(hits: int, trials: int, low: float, high: float) -> None:
    assert clopper_pearson(hits, trials) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize(("events", "upper"), [(0, 2.9957), (1, 4.7439), (10, 16.9622)])
def test_rates_have_exact_upper_limits(events: int, upper: float) -> None:
    assert poisson_upper(events) == pytest.approx(upper, abs=1e-3)


def columns(minutes: int = 10) -> WorksMinutes:
    """A mill that ends a coil in every minute, and a counter of 2 t a minute."""
    start_s = scenario().start_s
    yes = np.ones(minutes, dtype=np.bool_)
    unit = UnitMinutes(
        values={"speed": np.arange(minutes, dtype=np.float32) + 1},
        quality={"speed": np.full(minutes, 2, dtype=np.uint8)},
        heard=yes,
        moved=yes.copy(),
        looked=yes.copy(),
        uncertain=~yes,
        counted_t=np.full(minutes, 2.0),
        event_end_s=start_s + 60 * np.arange(minutes) + 30,
        event_t=np.full(minutes, 20.0),
    )
    return WorksMinutes(start_s, {"hsm": unit})


def fault(what: What, signal: str = "", amount: float = 0.0) -> Disturbance:
    return Disturbance(what=what, unit="hsm", start_s=180, end_s=360, signal=signal, amount=amount)


def test_after_a_cut_link_counts_come_at_once_and_events_become_known_at_its_end() -> None:
    unit = distorted(columns(), [fault(What.CUT)]).units["hsm"]
    assert unit.counted_t is not None
    assert np.isnan(unit.counted_t[3:6]).all()
    assert unit.counted_t[6] == 8.0
    assert unit.event_known_s is not None
    assert (unit.event_known_s - columns().start_s).tolist() == [30, 90, 150, 360, 360, 360, 390, 450, 510, 570]
    assert unit.quality["speed"].tolist() == [2] * 3 + [NO_QUALITY] * 3 + [2] * 4
    told = dict(distorted(columns(), [fault(What.CUT)]).samples())
    assert [len(sample["hsm"].events) for sample in told.values()] == [1, 1, 1, 0, 0, 0, 4, 1, 1, 1]


def test_a_plc_that_hangs_is_heard_and_does_not_move() -> None:
    unit = distorted(columns(), [fault(What.FREEZE)]).units["hsm"]
    assert unit.heard.all()
    assert unit.moved.tolist() == [True] * 3 + [False] * 3 + [True] * 4
    assert unit.values["speed"].tolist() == [1, 2, 3, 3, 3, 3, 7, 8, 9, 10]
    assert unit.counted_t is not None
    assert unit.counted_t.tolist() == [2, 2, 2, 0, 0, 0, 8, 2, 2, 2]


@pytest.mark.parametrize(
    ("what", "shown"),
    [(What.ZERO, [3, 0, 0, 0, 7]), (What.STUCK, [3, 2, 2, 2, 7]), (What.SHIFT, [3, 4, 4.375, 4.5, 7])],
)
def test_a_faulty_sensor_shows_what_is_not_there(what: What, shown: list[float]) -> None:
    unit = distorted(columns(), [fault(what, "speed", 25.0)]).units["hsm"]
    assert unit.values["speed"][2:7].tolist() == shown
    assert unit.event_t.sum() == 200.0


def test_a_reset_loses_one_minute_s_count_and_says_so() -> None:
    unit = distorted(columns(), [fault(What.RESET)]).units["hsm"]
    assert unit.counted_t is not None
    assert np.flatnonzero(np.isnan(unit.counted_t)).tolist() == [3]
    assert np.flatnonzero(unit.uncertain).tolist() == [3]


def test_labels_last_as_long_as_the_least_that_can_be_told() -> None:
    for each in read_scenarios():
        for label in each.labels:
            if each.kind is ScenarioKind.SLOW and label.required and not label.causes:
                assert label.end_s - label.start_s >= 12 * HOUR_S
