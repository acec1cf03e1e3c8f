"""Simulated columns, kept in files so that a second run takes seconds: one .npz for each simulated works."""

import hashlib
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import collector.simulation
from benchmarks.drops.distort import distorted
from benchmarks.drops.scenario import WORKS, Scenario
from benchmarks.drops.works import simulate
from benchmarks.drops.works_parameters import PARAMETERS
from models.detection.minutes.observed import UnitMinutes, WorksMinutes
from models.works.plant import Plant

_FLAGS = ("heard", "moved", "looked", "uncertain")
_MODELS = ("ironmaking", "mining", "noise", "parameters", "power", "rolling", "steelmaking", "unit", "works_model")
_SOURCES = (
    *(Path(collector.simulation.__file__).with_name(f"{name}.py") for name in _MODELS),
    Path(__file__).with_name("works.py"),
)
"""If one of these files changes, kept columns are useless: their hash is part of the name."""


def default_folder() -> Path:
    """Where columns are kept by default: among the system's temporary files."""
    return Path(tempfile.gettempdir()) / "tundish-drops"


def seen(scenario: Scenario, plant: Plant, folder: Path) -> WorksMinutes:
    """What is seen of the scenario's works: simulated or read from the folder, then distorted by faulty instruments."""
    return distorted(really(scenario, plant, folder), scenario.disturbances)


def really(scenario: Scenario, plant: Plant, folder: Path) -> WorksMinutes:
    """What really happens in the scenario's works."""
    path = folder / f"{_name(scenario)}.npz"
    if path.is_file():
        return _read(path)
    works = simulate(scenario, plant)
    folder.mkdir(parents=True, exist_ok=True)
    written = path.with_suffix(f".{os.getpid()}.npz")
    _write(written, works)
    written.replace(path)
    return works


def undisturbed(scenario: Scenario) -> Scenario:
    """The same works with nothing done to it."""
    return replace(
        scenario, disturbances=tuple(each for each in scenario.disturbances if each.what not in WORKS), repairs=()
    )


def _name(scenario: Scenario) -> str:
    """Named by everything that the columns depend on: the works, what is done to it, and the simulator itself."""
    done = tuple(each for each in scenario.disturbances if each.what in WORKS)
    works = (scenario.seed, PARAMETERS[scenario.parameters], scenario.start, scenario.days, scenario.units, done)
    digest = hashlib.sha256(repr(works).encode())
    for source in _SOURCES:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:32]


def _write(path: Path, works: WorksMinutes) -> None:
    columns: dict[str, NDArray[Any]] = {"start_s": np.array(works.start_s)}
    for code, unit in works.units.items():
        columns |= {f"{code}/value/{name}": column for name, column in unit.values.items()}
        columns |= {f"{code}/quality/{name}": column for name, column in unit.quality.items()}
        columns |= {f"{code}/{flag}": getattr(unit, flag) for flag in _FLAGS}
        columns |= {f"{code}/event_end_s": unit.event_end_s, f"{code}/event_t": unit.event_t}
        if unit.counted_t is not None:
            columns[f"{code}/counted_t"] = unit.counted_t
    np.savez_compressed(path, allow_pickle=False, **columns)


def _read(path: Path) -> WorksMinutes:
    with np.load(path) as file:
        columns = {name: file[name] for name in file.files}
    codes = dict.fromkeys(name.split("/")[0] for name in columns if "/" in name)
    return WorksMinutes(int(columns["start_s"]), {code: _unit(columns, code) for code in codes})


def _unit(columns: dict[str, NDArray[Any]], code: str) -> UnitMinutes:
    def by_signal(what: str) -> dict[str, NDArray[Any]]:
        start = f"{code}/{what}/"
        return {name.removeprefix(start): column for name, column in columns.items() if name.startswith(start)}

    return UnitMinutes(
        values=by_signal("value"),
        quality=by_signal("quality"),
        **{flag: columns[f"{code}/{flag}"] for flag in _FLAGS},
        counted_t=columns.get(f"{code}/counted_t"),
        event_end_s=columns[f"{code}/event_end_s"],
        event_t=columns[f"{code}/event_t"],
    )
