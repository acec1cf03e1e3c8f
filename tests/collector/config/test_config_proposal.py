"""Proposed rules replace the present ones; every fault is reported with the line of the proposal and its fix."""

from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest

from collector.config.proposal import read_proposal
from collector.config.settings import Settings
from collector.errors import ConfigurationError
from models.works.limits import PaceLimit
from models.works.plant import Plant, RepairShift

Load = Callable[..., Settings]
PRESENT = """\
limits:
  pace: {mine: {window: 8h, raise_pct: 70, clear_pct: 80}}
detection:
  kinds: {blast_furnace: {stop_after: 10m, no_event_after: 6h}}
  units: {bf3: {stop_pct: 12}}
  repair_shifts: [{units: [mine1], start: "08:00", end: "14:00"}]
"""
Proposed = Callable[[str], Plant]


@pytest.fixture
def proposed(load_text: Load, plant_text: str, tmp_path: Path) -> Proposed:
    present = load_text(plant_text + PRESENT).plant

    def read(text: str) -> Plant:
        file = tmp_path / "proposed.yaml"
        file.write_text(text, encoding="utf-8")
        return read_proposal(file, present, tmp_path / "plant.yaml")

    return read


def test_what_a_proposal_does_not_name_stays_as_it_is(proposed: Proposed) -> None:
    plant = proposed(
        "detection:\n  kinds: {blast_furnace: {stop_after: 3m}}\nlimits: {pace: {mine: {raise_pct: 75}}}\n"
    )
    rules = plant.detection.of("bf3", "blast_furnace")
    assert (rules.stop_after_s, rules.no_event_s, rules.stop_pct) == (180, 21600, 12.0)
    assert plant.limits.of_kind("mine") == PaceLimit(8, 75.0, 80.0)
    assert plant.units["mine1"].repair_shifts == (RepairShift(time(8), time(14)),)


def test_null_switches_a_present_rule_off_and_a_list_takes_the_place_of_the_present_one(proposed: Proposed) -> None:
    plant = proposed("detection: {kinds: {blast_furnace: {no_event_after: null}}, repair_shifts: []}\n")
    assert plant.detection.of("bf3", "blast_furnace").no_event_s is None
    assert plant.units["mine1"].repair_shifts == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("detection:\n  units: {bf9: {stop_after: 3m}}\n", ":2 detection.units.bf9: 'bf9' is not a unit of this plant"),
        ("limits:\n  pace:\n    mine: {raise_pct: 90}\n", ":3 limits.pace.mine.clear_pct: 80 is below raise_pct 90"),
        (
            "detection: {kinds: {mill: {stop_pct: 5}}}\n",
            ":1 detection.kinds.mill: no unit of this plant is of the kind",
        ),
        ("detecton: {}\n", ":1 detecton: the key is unknown; did you mean detection?"),
        ("shops: []\n", ":1 shops: the key is unknown; known here: detection, limits"),
        ("detection: 5\n", ":1 detection: 5 is not a mapping"),
        ("detection:\n", ":1 detection: no value is not a mapping"),
        ("", ":1 proposes nothing; give the section detection or limits"),
        ("detection: {units: {bf3: {stop_after: 3}}}\n", ":1 detection.units.bf3.stop_after: 3 is not a duration"),
        ("- a\n", ":1 the file has no keys"),
    ],
)
def test_each_fault_of_a_proposal_is_one_line_with_its_place_and_its_fix(
    proposed: Proposed, text: str, words: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        proposed(text)
    (line,) = str(caught.value).splitlines()
    assert f"proposed.yaml{words}" in line


def test_a_proposal_that_is_not_there_is_reported(proposed: Proposed, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no such file"):
        read_proposal(tmp_path / "none.yaml", proposed("limits: {}\n"), tmp_path / "plant.yaml")
