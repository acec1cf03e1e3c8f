"""Boilers and turbines as parts of a plant.yaml."""

from typing import Any

from collector.simulation.beside import boilers
from collector.simulation.catalogue import NAMESPACE

_LOAD = {"en": "load", "ru": "нагрузка", "kk": "жүктеме"}
_NAMES = {
    "boiler": {"en": "Boiler", "ru": "Котёл", "kk": "Қазан"},
    "turbine": {"en": "Turbine", "ru": "Турбина", "kk": "Турбина"},
}
_KINDS = (
    ("boiler", boilers.BOILERS, boilers.BOILER_GCAL_H, "Gcal/h"),
    ("turbine", boilers.TURBINES, boilers.TURBINE_GCAL_H, "MW"),
)


def section() -> dict[str, Any]:
    """What `heat_supply` says of them, and of the coal."""
    sources = {
        f"{kind}s": [
            {"unit": f"{kind}{number}", "gcal_h": gcal_h, "load": f"{kind}{number}.load"}
            for number in range(1, count + 1)
        ]
        for kind, count, gcal_h, _ in _KINDS
    }
    return {**sources, "coal": boilers.PRODUCT}


def units(opcua_source: str) -> list[dict[str, Any]]:
    """Each with its load."""
    return [
        {
            "code": f"{kind}{number}",
            "kind": kind,
            "names": {language: f"{name} {number}" for language, name in _NAMES[kind].items()},
            "tags": [_load(f"{kind}{number}.load", unit_of_measure, opcua_source)],
        }
        for kind, count, _, unit_of_measure in _KINDS
        for number in range(1, count + 1)
    ]


def _load(tag: str, unit_of_measure: str, opcua_source: str) -> dict[str, Any]:
    return {
        "signal": tag.partition(".")[2],
        "names": _LOAD,
        "kind": "gauge",
        "source": opcua_source,
        "node": f"nsu={NAMESPACE};s={boilers.node(tag)}",
        "unit_of_measure": unit_of_measure,
        "low": -1,
        "high": 200,
        # Simulated time leaps by a minute between two polls while it catches up.
        "cadence": "60s",
    }
