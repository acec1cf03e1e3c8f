"""A works with a heat network, as its plant.yaml, and what its gauges read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from collector.config.load import load
from collector.config.settings import Settings
from tests.collector.service.works_document import NOON_NS, NS, node, works_yaml, write_works

NOON_S = NOON_NS // NS
EVERY_S = 60
GAUGES = {"outdoor": "degC", "t1": "degC", "t2": "degC", "flow": "t/h"}
HEAT: dict[str, Any] = {
    "networks": [
        {
            "code": "town",
            "names": {"en": "Temirtau", "ru": "Темиртау", "kk": "Теміртау"},
            "outdoor": "chp.outdoor",
            "supply": "chp.t1",
            "return": "chp.t2",
            "flow": "chp.flow",
            "graph": [
                {"outdoor": -30, "supply": 110, "return": 70},
                {"outdoor": 8, "supply": 65, "return": 45},
            ],
            "regime_flow": 4000,
            "outdoor_hours": 3,
            "limits": {"clause": "item 547", "approver": "chief engineer", "frost_outdoor": -20},
        }
    ],
    "boilers": [{"unit": "boiler1", "gcal_h": 80}, {"unit": "boiler2", "gcal_h": 80}],
    "coal": "coal_raw",
}


def heated_settings(folder: Path, **sections: object) -> Settings:
    """plant.yaml of the small works with a power plant of one network."""
    document = works_yaml(**{"heat_supply": HEAT, **sections})
    gauge = {"kind": "gauge", "source": "plc", "cadence": f"{EVERY_S}s"}
    tags = [{**gauge, "signal": name, "node": node(name), "unit_of_measure": unit} for name, unit in GAUGES.items()]
    units = [{"code": "chp", "kind": "chp", "names": {"en": "CHP"}, "tags": tags}]
    units += [{"code": f"boiler{n}", "kind": "boiler", "names": {"en": f"Boiler {n}"}, "tags": []} for n in (1, 2)]
    document["shops"].append({"code": "power", "names": {"en": "Power"}, "units": units})
    return load(write_works(folder, document))


def gauge_rows(hours: range, **values: float) -> Iterator[tuple[str, float, float]]:
    """(tag, seconds after noon, value) of each minute of these hours after noon. Values waver: none is stuck."""
    for at_s in range(hours.start * 3600, hours.stop * 3600, EVERY_S):
        wave = 0.01 if at_s // EVERY_S % 2 else -0.01
        for name, value in values.items():
            yield f"chp.{name}", at_s, value + wave
