"""A small works as its plant.yaml, for tests of the service."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from collector.config.load import load
from collector.config.settings import Settings
from tests.support.opcua_works import URI

NS = 1_000_000_000
NOON_NS = 1_790_751_600 * NS
"""2026-09-30 12:00 in Almaty, on an hour."""

BELT, COAL, ORE, SINTER, TAPS, HEATS = "mine1.belt", "mine1.coal", "mine2.ore", "sinter1.made", "bf3.taps", "bof1.heats"
RING = {part: f"nsu={URI};s=ring_{part}" for part in ("head", "sequence", "key", "tonnes", "end")}


def node(name: str) -> str:
    return f"nsu={URI};s={name}"


def works_yaml(url: str = "opc.tcp://127.0.0.1:1", **sections: object) -> dict[str, Any]:
    """plant.yaml as a mapping: two mines, a furnace and a converter on one OPC UA source, sinter by another source."""
    total = {"kind": "totalizer", "unit_of_measure": "t", "max_rate_per_h": 3600, "cadence": "10s"}
    document = {
        "version": 1,
        "site": {"code": "works", "names": {"en": "Works"}, "zone": "Asia/Almaty"},
        "products": [
            {"code": code, "names": {"en": code}, "definition": "as weighed", "basis": "as it is"}
            for code in ("coal_raw", "iron_ore", "sinter", "pig_iron", "steel_crude")
        ],
        "reported": {"pig_iron": {"product": "pig_iron", "counted_at": ["bf3"]}},
        "shops": [
            {
                "code": "mines",
                "names": {"en": "Mines"},
                "units": [
                    {
                        "code": "mine1",
                        "kind": "mine",
                        "names": {"en": "Mine 1"},
                        "tags": [
                            {
                                "signal": "belt",
                                "kind": "gauge",
                                "unit_of_measure": "t/h",
                                "low": 0,
                                "high": 2000,
                                "source": "plc",
                                "node": node("belt"),
                            },
                            {**total, "signal": "coal", "source": "plc", "node": node("coal"), "product": "coal_raw"},
                        ],
                    },
                    {
                        "code": "mine2",
                        "kind": "mine",
                        "names": {"en": "Mine 2"},
                        "tags": [
                            {
                                **total,
                                "signal": "ore",
                                "source": "plc",
                                "node": node("ore"),
                                "product": "iron_ore",
                                "modulus": 10_000,
                                "back_step": 0.5,
                            }
                        ],
                    },
                ],
            },
            {
                "code": "furnaces",
                "names": {"en": "Furnaces"},
                "calendar": {"day_start": "08:00", "shift_starts": ["08:00", "20:00"]},
                "units": [
                    {
                        "code": "sinter1",
                        "kind": "sinter_plant",
                        "names": {"en": "Sinter"},
                        "tags": [
                            {**total, "signal": "made", "source": "dcs", "node": node("made"), "product": "sinter"}
                        ],
                    },
                    {
                        "code": "bf3",
                        "kind": "blast_furnace",
                        "names": {"en": "BF 3"},
                        "tags": [
                            {
                                "signal": "taps",
                                "kind": "event",
                                "source": "plc",
                                "product": "pig_iron",
                                "unit_of_measure": "t",
                                "low": 50,
                                "high": 1200,
                                "ring": RING,
                            }
                        ],
                    },
                    {
                        "code": "bof1",
                        "kind": "converter",
                        "names": {"en": "BOF 1"},
                        "tags": [
                            {
                                "signal": "heats",
                                "kind": "event",
                                "source": "dcs",
                                "product": "steel_crude",
                                "unit_of_measure": "t",
                                "ring": RING,
                            }
                        ],
                    },
                ],
            },
        ],
        "sources": [source_yaml("plc", url), source_yaml("dcs", url)],
        "collector": {"name": "test-collector"},
        "journal": {"min_free_bytes": 0},
        "metrics": {"port": 0},
    }
    return document | sections


def source_yaml(name: str, url: str, **keys: object) -> dict[str, Any]:
    return {
        "name": name,
        "type": "opcua",
        "url": url,
        "poll": "100ms",
        "timeout": "2s",
        "security": {"policy": "None"},
    } | keys


def write_works(folder: Path, document: Mapping[str, Any]) -> Path:
    path = folder / "plant.yaml"
    path.write_text(yaml.safe_dump(dict(document), allow_unicode=True), encoding="utf-8")
    return path


def works_settings(folder: Path, url: str = "opc.tcp://127.0.0.1:1", **sections: object) -> Settings:
    return load(write_works(folder, works_yaml(url, **sections)))
