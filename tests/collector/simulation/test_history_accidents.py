"""The simulated works has accidents of its own places, numbered by year, and people and hours of its months."""

from datetime import date
from pathlib import Path

import pytest

from collector.config.load import load
from collector.simulation.history_accidents import history_accidents, history_people
from collector.simulation.plant_config import plant_yaml
from models.stated.accident import accident_day
from models.stated.measure import MeasureKind
from models.tables.accident_rates import StatedSafety, accident_figures
from models.works.month import shifted
from models.works.place import ALL
from models.works.plant import Plant

TODAY = date(2026, 11, 30).toordinal()
FIRST = date(2024, 11, 1).toordinal()


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    file = tmp_path / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    settings = load(file)
    kinds = {each.code for each in settings.accidents.kinds}
    causes = {"", *(each.code for each in settings.accidents.causes)}
    for word in history_accidents(settings.plant, FIRST, TODAY):
        assert word.kind in kinds
        assert word.cause in causes
        assert word.note.startswith("SIMULATED")
    return settings.plant


def test_accidents_are_of_places_of_the_works_and_numbered_by_year(plant: Plant) -> None:
    found = history_accidents(plant, FIRST, TODAY)
    assert len(found) == 12
    assert len({word.number for word in found}) == 12
    for word in found:
        assert word.number.endswith(str(date.fromordinal(accident_day(plant, word)).year))
        assert word.unit == ALL or plant.units[word.unit].shop == word.shop
    assert TODAY - accident_day(plant, found[-1]) == 9


def test_both_rates_come_out_of_ten_months_of_the_simulated_works(plant: Plant) -> None:
    people = list(history_people(FIRST, TODAY))
    assert {each.kind for each in people} == {MeasureKind.EMPLOYED, MeasureKind.HOURS_WORKED}
    january = date(2026, 1, 1).toordinal()
    stated = StatedSafety(history_accidents(plant, FIRST, TODAY), people)
    made = accident_figures(plant, stated, (january, shifted(january, 10)))
    assert made.unreported == ()
    assert made.per_1000.value is not None
    assert made.ltifr.value is not None
    assert made.victims > made.fatal > 0
