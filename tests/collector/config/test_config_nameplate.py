"""A nameplate that the unit's own counters or targets contradict is asked about, with its value and what was meant."""

from collections.abc import Callable

import pytest

from collector.config.settings import Settings
from tests.collector.config.conftest import PLANT

Faults = Callable[..., list[str]]
Load = Callable[..., Settings]
FURNACE, MINE = "kind: blast_furnace\n", "kind: mine\n"
AT_FURNACE = "plant.yaml:15 shops[0].units[0].nameplate_t_per_day.pig_iron:"
AT_MINE = "plant.yaml:25 shops[1].units[0].nameplate_t_per_day.coal_raw:"
PLATE = "        nameplate_t_per_day: {{{}: {}}}\n"


def changed(old: str, new: str) -> str:
    assert old in PLANT
    return PLANT.replace(old, new, 1)


def of_furnace(tonnes: float) -> tuple[str, str]:
    return FURNACE, FURNACE + PLATE.format("pig_iron", tonnes)


def of_mine(tonnes: float) -> tuple[str, str]:
    return MINE, MINE + PLATE.format("coal_raw", tonnes)


@pytest.mark.parametrize(
    ("tonnes", "told"),
    [
        (900_000, ["900,000 t a day is 180 times daily_target_t (5,000)", "give what the unit was built to make"]),
        (5_200_000, ["1,040 times daily_target_t", "did you mean 5,200 (if it is given in kg)?"]),
        (217, ["217 t a day is far below daily_target_t (5,000)", "did you mean 5,208 (if it is given in t an hour)?"]),
        (50, ["50 t a day is far below daily_target_t (5,000)", "give what the unit was built to make in a day"]),
    ],
)
def test_a_nameplate_far_from_the_target_is_refused(tonnes: float, told: list[str], faults: Faults) -> None:
    (line,) = faults(changed(*of_furnace(tonnes)))
    assert line.startswith(AT_FURNACE)
    assert [words for words in told if words not in line] == []


@pytest.mark.parametrize(
    ("tonnes", "told"),
    [
        (
            900_000,
            ["900,000 t a day is more than the 36,000 t that max_rate_per_h of its counters lets through in a day"],
        ),
        (30_000_000, ["did you mean 30,000 (if it is given in kg)?"]),
    ],
)
def test_a_nameplate_beyond_what_the_counters_believe_is_refused(
    tonnes: float, told: list[str], faults: Faults
) -> None:
    (line,) = faults(changed(*of_mine(tonnes)))
    assert line.startswith(AT_MINE)
    assert [words for words in told if words not in line] == []


@pytest.mark.parametrize("tonnes", [500, 5000, 5200, 50_000])
def test_a_nameplate_that_a_unit_may_have_beside_its_target_is_taken(tonnes: float, load_text: Load) -> None:
    plant = load_text(changed(*of_furnace(tonnes))).plant
    assert plant.units["bf3"].nameplate_t_per_day == {"pig_iron": float(tonnes)}


def test_without_a_target_and_a_limit_of_the_hour_nothing_contradicts_it(load_text: Load) -> None:
    plant = load_text(changed("daily_target_t: {pig_iron: 5000}", "nameplate_t_per_day: {pig_iron: 900000}")).plant
    assert plant.units["bf3"].nameplate_t_per_day == {"pig_iron": 900_000.0}
