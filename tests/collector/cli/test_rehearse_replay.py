"""Replays side by side find what each finds alone."""

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from collector.cases.read import read_case
from collector.cli import rehearse_replay
from collector.cli.rehearse_replay import RuleRun, replayed
from collector.cli.rehearse_runs import with_rules_of
from collector.config.load import load
from models.works.detection_rules import RuleSet, UnitRules
from models.works.limits import OutputLimits, PaceLimit
from models.works.plant import RepairShift
from tests.collector.cli.published_cases import CASES, PLANT, first_days


@pytest.mark.long
def test_processes_of_their_own_find_the_same_and_tell_how_far_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = read_case(first_days("oxygen_pipeline", 4, tmp_path), load(PLANT).plant)
    runs = [RuleRun(case.plant, case.expected(case.plant)) for _ in range(2)]
    shares: list[float] = []
    alone = replayed(runs, case.minutes, shares.append)
    assert shares == sorted(shares)
    assert len(alone[0]) > 5
    monkeypatch.setattr(rehearse_replay, "ALONE_UNIT_MINUTES", 0)
    monkeypatch.setattr(rehearse_replay.os, "cpu_count", lambda: 2)
    reported: list[float] = []
    assert replayed(runs, case.minutes, reported.append) == alone
    assert reported
    assert all(0 <= share <= 1 for share in reported)


def test_a_case_is_held_against_rules_of_units_only_where_it_is_of_the_same_works() -> None:
    plant = load(PLANT).plant
    case = read_case(CASES / "furnace_out", plant)
    kinds, units = {"blast_furnace": UnitRules(stop_after_s=60)}, {"bf3": UnitRules(), "hsm": UnitRules()}
    rules = replace(
        plant,
        detection=RuleSet(kinds, units),
        limits=OutputLimits(units={"bf3": PaceLimit(12, 50.0, 60.0)}),
        units={**plant.units, "bf2": replace(plant.units["bf2"], repair_shifts=(RepairShift(time(8), time(9)),))},
    )
    same = with_rules_of(rules, case.plant)
    assert set(same.detection.by_unit) == {"bf3"}
    assert same.limits.of_unit("bf3", "blast_furnace") == PaceLimit(12, 50.0, 60.0)
    assert same.units["bf2"].repair_shifts == (RepairShift(time(8), time(9)),)
    other = with_rules_of(replace(rules, site="elsewhere"), case.plant)
    assert other.detection.of("bf3", "blast_furnace") == UnitRules(stop_after_s=60)
    assert other.limits.of_unit("bf3", "blast_furnace") == PaceLimit(24, 85.0, 92.0)
    assert other.units == case.plant.units
