"""A configuration that is too deep, too long or too clever with aliases is refused in one line, at once."""

import time

import pytest

from tests.collector.config.conftest import Faults, Load

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 10)
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: " + "[" * 100_000, "plant.yaml:1 is over 32 levels deep; look for a bracket"),
        ("{a: " * 100_000, "plant.yaml:1 is over 32 levels deep"),
        ("\n".join(" " * depth + "a:" for depth in range(40)), "plant.yaml:33 is over 32 levels deep"),
        (LAUGHS, "plant.yaml:7 makes over 2,000,000 values; write out what its aliases"),
        ("a: &a {b: *a}", "plant.yaml:1 is nested without end"),
        ("a: " + "x" * 17_000_000, "plant.yaml:1 the file is over 16 MB; split it"),
    ],
)
def test_a_text_beyond_a_bound_is_refused_by_its_line_and_at_once(faults: Faults, text: str, words: str) -> None:
    began = time.process_time()
    (line,) = faults(text)
    assert line.startswith(words)
    assert time.process_time() - began < 10


def test_aliases_of_an_ordinary_file_are_taken(load_text: Load, plant_text: str) -> None:
    shared = plant_text.replace('calendar: {day_start: "08:00"', 'calendar: &days {day_start: "08:00"', 1)
    assert shared != plant_text
    assert load_text(shared).plant.shops


@pytest.mark.parametrize(("kind", "meant"), [("mien", "mine"), ("blast_furnce", "blast_furnace"), ("castr", "caster")])
def test_a_kind_of_unit_that_is_nearly_a_known_one_is_asked_about(
    faults: Faults, plant_text: str, kind: str, meant: str
) -> None:
    (line,) = faults(plant_text.replace("kind: blast_furnace", f"kind: {kind}", 1))
    assert f"no rules are for '{kind}'; did you mean {meant}?" in line
    assert f"detection.kinds.{kind}" in line


@pytest.mark.parametrize("kind", ["sinter_strand", "lime_kiln", "chp", "load_generator"])
def test_a_kind_of_its_own_is_sound(load_text: Load, plant_text: str, kind: str) -> None:
    found = load_text(plant_text.replace("kind: blast_furnace", f"kind: {kind}", 1))
    assert found.plant.units["bf3"].kind == kind


def test_a_kind_that_is_nearly_a_known_one_is_sound_with_rules_of_its_own(load_text: Load, plant_text: str) -> None:
    own = plant_text.replace("kind: blast_furnace", "kind: mines", 1)
    found = load_text(own + "detection: {kinds: {mines: {together: false}}}\n")
    assert found.plant.units["bf3"].kind == "mines"
