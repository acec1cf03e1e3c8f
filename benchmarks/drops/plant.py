"""The simulated works as its own configuration resolves it, whole or in part."""

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from collector.config.load import load
from collector.simulation.plant_config import plant_yaml
from models.works.plant import Plant


@cache
def whole_plant() -> Plant:
    """Every unit of the simulated works."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plant.yaml"
        path.write_text(plant_yaml("opc.tcp://127.0.0.1:4840"), encoding="utf-8")
        return load(path).plant


def part_of(plant: Plant, units: frozenset[str]) -> Plant:
    """The plant as if it had these units only. Reports and balances of others are left out."""
    return replace(
        plant,
        units={code: unit for code, unit in plant.units.items() if code in units},
        tags=tuple(tag for tag in plant.tags if tag.unit in units),
        reported=tuple(each for each in plant.reported if units.issuperset(each.counted_at)),
        balance=tuple(
            node for node in plant.balance if all(units.issuperset(flow.at) for flow in (*node.inputs, *node.outputs))
        ),
    )
