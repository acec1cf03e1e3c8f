"""A small plant and a type of source of its own, so that these tests stand on nothing else."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import Field

from collector.config.duration import Pause
from collector.config.load import load
from collector.config.settings import Settings
from collector.errors import ConfigurationError
from collector.sources.base import Source, SourceConfig, SourceType
from models.works.strict import StrictModel

PLANT = """\
version: 1
site: {code: works, names: {en: Works, ru: Завод}, zone: Asia/Almaty}
products:
  - {code: coal_raw, names: {en: Coal}, definition: as mined, basis: wet, display_unit: kt}
  - {code: pig_iron, names: {en: Pig iron, kk: Шойын}, definition: by weighbridge, basis: liquid}
reported:
  pig_iron: {product: pig_iron, counted_at: [bf3]}
shops:
  - code: furnaces
    names: {en: Blast furnaces}
    calendar: {day_start: "08:00", shift_starts: ["08:00", "20:00"]}
    units:
      - code: bf3
        kind: blast_furnace
        names: {en: BF 3}
        daily_target_t: {pig_iron: 5000}
        tags:
          - {signal: taps, kind: event, source: plc, product: pig_iron, unit_of_measure: t, ring: {head: h, key: k}}
          - {signal: blast, kind: gauge, source: plc, node: b, unit_of_measure: m3/h, source_unit_of_measure: m3/min}
  - code: mines
    names: {en: Mines}
    units:
      - code: mine1
        kind: mine
        names: {en: Mine 1}
        tags:
          - signal: coal
            kind: totalizer
            source: plc
            product: coal_raw
            node: c
            unit_of_measure: kt
            low: 0
            high: 2000
            modulus: 1000
            max_rate_per_h: 1.5
            back_step: 0.5
            cadence: 5s
sources:
  - {name: plc, type: wire, url: "wire://plc", poll: 1s}
"""


class Ring(StrictModel):
    head: str
    key: str


class WireAddress(StrictModel):
    node: str | None = Field(default=None, description="the name of the value on the wire")
    ring: Ring | None = None

    def complaint(self, kind: str) -> str | None:
        wanted, other = ("ring", "node") if kind == "event" else ("node", "ring")
        if getattr(self, other) is not None:
            return f"a tag of kind {kind} is read through {wanted}, not {other}; give that"
        return None if getattr(self, wanted) is not None else f"a tag of kind {kind} needs the key {wanted}"


class WireConfig(SourceConfig):
    url: str = Field(description="the address of the wire")
    poll: Pause = Field(default=1.0, description="the time between two polls")
    user: str | None = None
    password_file: str | None = None


def _no_build(*_: object) -> Source:
    raise AssertionError("loading a configuration builds no source")


WIRE = SourceType(type="wire", config=WireConfig, address=WireAddress, build=_no_build, complaint=WireAddress.complaint)
TYPES = {"wire": WIRE}

Load = Callable[..., Settings]
Faults = Callable[..., list[str]]


@pytest.fixture
def wire() -> SimpleNamespace:
    """The type of source of these tests, and its models."""
    return SimpleNamespace(types=TYPES, type=WIRE, config=WireConfig, address=WireAddress)


@pytest.fixture
def plant_text() -> str:
    return PLANT


@pytest.fixture
def load_text(tmp_path: Path) -> Load:
    """Loads a text as plant.yaml, or several as the files of a folder."""

    def load_it(text: str | Mapping[str, str], environment: Mapping[str, str] | None = None) -> Settings:
        files = {"plant.yaml": text} if isinstance(text, str) else text
        for name, content in files.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        path = tmp_path / "plant.yaml" if isinstance(text, str) else tmp_path
        return load(path, types=TYPES, environment=environment or {})

    return load_it


@pytest.fixture
def faults(load_text: Load, tmp_path: Path) -> Faults:
    """The lines that a faulty text is refused with, without the folder of the test."""

    def faults_of(*args: Any, **more: Any) -> list[str]:  # noqa: ANN401 - whatever load_text takes
        with pytest.raises(ConfigurationError) as caught:
            load_text(*args, **more)
        return str(caught.value).replace(f"{tmp_path}/", "").splitlines()

    return faults_of
