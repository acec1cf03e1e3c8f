from pathlib import Path

import pytest
import yaml

from collector.config.load import load
from collector.simulation.catalogue import tag_kinds
from collector.simulation.plant_config import plant_yaml


def test_the_written_configuration_is_accepted_and_says_simulated(tmp_path: Path) -> None:
    path = tmp_path / "plant.yaml"
    path.write_text(plant_yaml("opc.tcp://127.0.0.1:4840", extra_doubles=3), encoding="utf-8")
    settings = load(path)
    assert settings.plant.simulated
    assert all("SIMULATED" in name for name in settings.plant.site_names.values())
    names = {tag.name: tag for tag in settings.plant.tags}
    assert set(names) == set(tag_kinds()) | {"load.d00000", "load.d00001", "load.d00002"}
    assert names["bf3.blast"].conversion.factor == pytest.approx(60)
    assert names["mine1.coal_total"].grams_per_unit == 1e6
    assert {one.name: one.counted_at for one in settings.plant.reported}["pig_iron"] == ("bf2", "bf3", "bf4")


def test_further_sections_stand_in_the_written_configuration_as_given() -> None:
    text = plant_yaml("opc.tcp://127.0.0.1:4840", "./kept", poll="250ms", sections={"desk": {"port": 0}})
    document = yaml.safe_load(text)
    assert document["data_dir"] == "./kept"
    assert document["desk"] == {"port": 0}
    assert document["sources"][0]["poll"] == "250ms"
    assert text.startswith("# A SIMULATED works")


def test_rules_of_detection_are_added_to_the_works_own_repair_shifts() -> None:
    rules = {"kinds": {"blast_furnace": {"stop_after": "20s"}}}
    document = yaml.safe_load(plant_yaml("opc.tcp://127.0.0.1:4840", sections={"detection": rules}))
    assert document["detection"]["kinds"] == rules["kinds"]
    assert [shift["units"] for shift in document["detection"]["repair_shifts"]] == [["mine1"], ["mine2"]]
