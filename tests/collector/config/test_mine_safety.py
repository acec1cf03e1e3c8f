"""Workings, their sensors and the limits that somebody approved: nothing is taken for law without a clause."""

from pathlib import Path

import pytest
import yaml

from collector.config.load import load
from collector.errors import ConfigurationError
from collector.simulation.plant_config import plant_yaml
from models.works.working import SensorKind

LIMITS = {"local": 1.0, "general": 0.75, "clause": "item 1 of the rules", "approved_by": "A. B."}


def works(folder: Path, **changes: object) -> Path:
    config = yaml.safe_load(plant_yaml("opc.tcp://127.0.0.1:1"))
    (mines,) = (shop for shop in config["shops"] if shop["code"] == "mines")
    gauge = dict(mines["units"][0]["tags"][0])
    for name in ("role", "nominal", "source_unit_of_measure"):
        gauge.pop(name, None)
    for signal, unit, high in (
        ("ch4", "%", 5.0),
        ("air", "m/s", 15.0),
        ("people", "1", 500.0),
        ("ch4_wide", "%", 250.0),
    ):
        tag = {**gauge, "signal": signal, "unit_of_measure": unit, "low": 0.0, "high": high}
        mines["units"][0]["tags"].append({**tag, "node": f"ns=2;s={signal}"})
    section = {
        "limits": LIMITS,
        "workings": [
            {
                "code": "longwall", "names": {"en": "Longwall"}, "unit": "mine1",
                "sensors": [{"tag": "mine1.ch4", "kind": "methane"}, {"tag": "mine1.air", "kind": "air_velocity"}],
            }
        ],
    }  # fmt: skip
    config["mine_safety"] = section | changes
    file = folder / "plant.yaml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def working(*sensors: dict[str, object], **changes: object) -> list[dict[str, object]]:
    return [{"code": "longwall", "names": {"en": "Longwall"}, "unit": "mine1", "sensors": list(sensors)} | changes]


def test_sensors_are_measured_against_the_limits_that_were_approved(tmp_path: Path) -> None:
    settings = load(works(tmp_path))
    (longwall,) = settings.workings
    assert (longwall.shop, longwall.unit, longwall.stuck_after_s) == ("mines", "mine1", 8 * 3600)
    (methane,) = longwall.of_kind(SensorKind.METHANE)
    assert methane.limits is not None
    assert (methane.limits.clause, methane.limits.approved_by) == ("item 1 of the rules", "A. B.")
    assert {tag: each.limits for tag, each in settings.plant.measured.items()} == {
        "mine1.ch4": (1.0, 0.75), "mine1.air": (),
    }  # fmt: skip


def test_a_sensor_may_have_limits_of_its_own(tmp_path: Path) -> None:
    sensor = {"tag": "mine1.ch4", "kind": "methane", "limits": {**LIMITS, "local": 2.0}}
    settings = load(works(tmp_path, limits=None, workings=working(sensor)))
    assert settings.plant.measured["mine1.ch4"].limits == (2.0, 0.75)


METHANE = {"tag": "mine1.ch4", "kind": "methane"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"limits": None}, "a sensor of methane has no limits; give limits with clause and approved_by"),
        ({"limits": {"local": 1.0, "general": 0.75, "approved_by": "A. B."}}, "mine_safety.limits.clause"),
        ({"limits": {"local": 1.0, "general": 0.75, "clause": "item 1"}}, "mine_safety.limits.approved_by"),
        ({"limits": {**LIMITS, "local": 101}}, "mine_safety.limits.local"),
        ({"limits": {**LIMITS, "general": 1.5}}, "mine_safety.limits.general: 1.5 is above local, 1"),
        (
            {"workings": working({"tag": "mine1.ch4", "kind": "methane", "limits": {**LIMITS, "general": 2}})},
            "sensors[0].limits.general: 2 is above local, 1",
        ),
        ({"workings": working({"tag": "mine1.gone", "kind": "methane"})}, "'mine1.gone' is not a tag"),
        ({"workings": working({"tag": "mine1.coal_total", "kind": "methane"})}, "is a totalizer; a sensor is a gauge"),
        ({"workings": working({"tag": "mine1.belt", "kind": "methane"})}, "'mine1.belt' is in t/h; store it in %"),
        (
            {"workings": working({"tag": "mine1.ch4_wide", "kind": "methane"})},
            "'mine1.ch4_wide' needs low and high from 0 to 100",
        ),
        ({"workings": working(METHANE, METHANE)}, "'mine1.ch4' is already a sensor"),
        ({"workings": working(METHANE, unit="mine9")}, "'mine9' is not a unit"),
        ({"workings": [*working(METHANE), *working({"tag": "mine1.air", "kind": "air_velocity"})]}, "already given"),
        (
            {"workings": working({"tag": "mine1.air", "kind": "air_velocity", "limits": LIMITS})},
            "limits are of methane, and this measures air_velocity",
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_to_write(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(ConfigurationError) as error:
        load(works(tmp_path, **changes))
    assert said in str(error.value)
    assert "mine_safety" in str(error.value)


def test_a_shape_that_is_wrong_hides_no_other_fault(tmp_path: Path) -> None:
    sensors = [{"tag": "mine1.gone", "kind": "methan"}, {"tag": "mine1.belt", "kind": "methane"}]
    bad = working(*sensors, unit="mine9", names="Longwall")
    with pytest.raises(ConfigurationError) as error:
        load(works(tmp_path, limits={**LIMITS, "general": 2.0, "clause": 5}, workings=bad, stuck_after="long"))
    told = str(error.value)
    for words in (
        *("mine_safety.stuck_after", "mine_safety.limits.clause", "mine_safety.limits.general: 2 is above local, 1"),
        *("workings[0].names", "'mine9' is not a unit", "sensors[0].kind", "'mine1.gone' is not a tag"),
        "'mine1.belt' is in t/h; store it in %",
    ):
        assert words in told, told
