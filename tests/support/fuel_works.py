"""A works with three fuels, as its plant.yaml, and what its gauges read."""

from pathlib import Path
from typing import Any

from collector.config.load import load
from collector.config.settings import Settings
from tests.collector.service.works_document import node, works_yaml, write_works

GAUGES = {"gas": ("Nm3/h", 60_000), "coal": ("t/h", 300), "flare": ("Nm3/h", 400_000)}
FLOWS = {"gas": 10_000.0, "coal": 50.0, "flare": 20_000.0}
"""340 and 900 GJ/h; 70 GJ/h are flared."""
HOURLY_GJ = 340 + 900


def _fuel(code: str, kind: str, value: float, kg_per_gj: float, **more: object) -> dict[str, Any]:
    return {
        "code": code,
        "names": {"en": f"{code} of the CHP", "ru": f"{code}, ТЭЦ", "kk": f"{code}, ЖЭО"},
        "kind": kind,
        "burned_at": "chp",
        "flow": f"chp.{code}",
        "calorific_value": {"value": value, "source": "laboratory, certificate 112"},
        "co2": {"kg_per_gj": kg_per_gj, "source": "approved method"},
        **more,
    }


FUEL: dict[str, Any] = {
    "fuels": [
        _fuel("gas", "natural_gas", 34.0, 56.1),
        _fuel("coal", "coal", 18.0, 94.6),
        _fuel("flare", "blast_furnace_gas", 3.5, 260.0, flared=True),
    ],
    "per_tonne_of": ["pig_iron"],
}


def fuelled_settings(folder: Path, **sections: object) -> Settings:
    """plant.yaml of the small works with a power plant that burns gas and coal."""
    document = works_yaml(**{"fuel": FUEL, **sections})
    gauge = {"kind": "gauge", "source": "plc", "cadence": "60s", "low": 0}
    tags = [
        {**gauge, "signal": name, "node": node(name), "unit_of_measure": unit, "high": high}
        for name, (unit, high) in GAUGES.items()
    ]
    units = [{"code": "chp", "kind": "chp", "names": {"en": "CHP"}, "tags": tags}]
    document["shops"].append({"code": "power", "names": {"en": "Power"}, "units": units})
    return load(write_works(folder, document))
