"""The schema, the reference and the example keep in step with what the loader takes."""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from collector.config.load import load
from collector.config.problem import Problems
from collector.config.reference import MARKER, reference
from collector.config.schema import plant_schema
from collector.config.settings import Settings
from collector.config.yaml_file import read_document
from collector.errors import ConfigurationError
from collector.sources.base import SourceConfig, SourceType
from collector.sources.registry import source_types
from models.works.strict import StrictModel

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "deploy" / "plant.yaml"
REFERENCE = ROOT / "docs" / "configuration.md"


def validators() -> ModuleType:
    """Of JSON schemas. The library takes three seconds to load, which each process that collects would wait for."""
    return importlib.import_module("jsonschema")


def _data(file: Path) -> dict[str, Any]:
    return read_document(file, Problems()).data


def _errors(schema: dict[str, Any], data: object) -> list[str]:
    return [error.message for error in validators().Draft202012Validator(schema).iter_errors(data)]


@pytest.mark.long
def test_the_schema_is_one_and_takes_what_the_loader_takes(
    load_text: Callable[..., Settings], plant_text: str, tmp_path: Path, wire: SimpleNamespace
) -> None:
    schema = plant_schema(wire.types)
    validators().Draft202012Validator.check_schema(schema)
    load_text(plant_text)
    assert _errors(schema, _data(tmp_path / "plant.yaml")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("modulus: 1000", "modulus: -5"),
        ("modulus: 1000", "modules: 5"),
        ("type: wire", "type: wirre"),
        ("poll: 1s", "poll: 1"),
        ("kind: totalizer", "kind: totaliser"),
        ("key: k", "key: 1"),
        ("version: 1", "version: 2"),
    ],
)
def test_the_schema_refuses_faults_of_shape(
    plant_text: str, tmp_path: Path, wire: SimpleNamespace, old: str, new: str
) -> None:
    (tmp_path / "plant.yaml").write_text(plant_text.replace(old, new, 1), encoding="utf-8")
    assert _errors(plant_schema(wire.types), _data(tmp_path / "plant.yaml"))


def test_defaults_of_durations_stand_in_the_schema_as_in_a_file(wire: SimpleNamespace) -> None:
    text = json.dumps(plant_schema(wire.types))
    assert '"default": "10s"' in text
    assert '"default": "90d"' in text
    assert "3600.0" not in text


def test_with_two_types_of_source_a_tag_may_have_the_address_of_either(
    plant_text: str, tmp_path: Path, wire: SimpleNamespace
) -> None:
    class BeltAddress(StrictModel):
        channel: int

    two = {**wire.types, "belt": SourceType("belt", SourceConfig, BeltAddress, wire.type.build)}
    text = plant_text.replace("node: c", "channel: 3") + "  - {name: belt, type: belt}\n"
    (tmp_path / "plant.yaml").write_text(text, encoding="utf-8")
    assert _errors(plant_schema(two), _data(tmp_path / "plant.yaml")) == []
    assert _errors(plant_schema(wire.types), _data(tmp_path / "plant.yaml"))


def test_the_example_is_sound_and_its_reported_products_have_targets() -> None:
    settings = load(EXAMPLE, environment={})
    assert {report.name for report in settings.plant.reported} == {"coal", "pig_iron", "steel", "rolled"}
    for report in settings.plant.reported:
        assert all(report.product in settings.plant.units[unit].daily_target_t for unit in report.counted_at)
    assert all(set(product.names) == {"en", "ru", "kk"} for product in settings.plant.products.values())
    assert _errors(plant_schema(), _data(EXAMPLE)) == []


def test_the_example_with_its_database_uncommented_is_sound(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    ours = ("# influxdb:", "# grafana:", "# alerts:", "#   ")
    lines = [line.removeprefix("# ") if line.startswith(ours) else line for line in text.split("\n")]
    (tmp_path / "plant.yaml").write_text("\n".join(lines), encoding="utf-8")
    secrets = {"TUNDISH_INFLUXDB_TOKEN": "t", "TUNDISH_ALERTS_SMTP_PASSWORD": "p"}
    settings = load(tmp_path / "plant.yaml", environment=secrets)
    assert settings.influx is not None
    assert settings.influx.bucket == "tundish"
    assert settings.grafana is not None
    assert settings.grafana.languages == ["ru", "kk", "en"]
    assert settings.alerts.policy.sends
    assert len(settings.alerts.channels) == 7


def test_the_reference_names_every_key_with_its_default() -> None:
    _, marker, made = REFERENCE.read_text(encoding="utf-8").partition(MARKER)
    assert marker, "docs/configuration.md has lost its marker"
    assert made.strip() == reference(plant_schema()).strip(), (
        "run: python -m collector.config.reference docs/configuration.md"
    )


def test_the_reference_shows_the_keys_of_a_source_and_of_its_addresses(wire: SimpleNamespace) -> None:
    text = reference(plant_schema(wire.types))
    assert "### `sources[] (type wire)`" in text
    assert "| `poll` | duration from 10ms to 1h | `1s` | the time between two polls |" in text
    assert "| `node` | text | none | the name of the value on the wire |" in text


def test_every_key_of_the_file_says_what_it_means() -> None:
    rows = [row for row in reference(plant_schema({})).splitlines() if row.startswith("| `")]
    assert rows
    assert [row for row in rows if row.endswith("|  |")] == []


def test_source_types_are_found_in_their_folder_in_the_order_of_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = {"zinc": _module("zinc"), "helper": "VALUE = 1\n", "alum": _module("alum")}
    assert list(source_types(_package(tmp_path, monkeypatch, modules))) == ["alum", "zinc"]


@pytest.mark.parametrize(
    ("modules", "words"),
    [
        ({"broken": "import no_such_library\n"}, "broken cannot be imported: No module named 'no_such_library'"),
        ({"one": "T", "two": "T"}, r"'same' is defined by .*one and by .*two; remove one"),
    ],
)
def test_a_source_module_that_cannot_serve_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, modules: dict[str, str], words: str
) -> None:
    texts = {name: _module("same") if text == "T" else text for name, text in modules.items()}
    package = _package(tmp_path, monkeypatch, texts)
    with pytest.raises(ConfigurationError, match=words):
        source_types(package)


def _module(kind: str) -> str:
    return (
        "from collector.sources.base import SourceConfig, SourceType\n"
        "from models.works.strict import StrictModel\n"
        f"SOURCE = SourceType({kind!r}, SourceConfig, StrictModel, lambda config, context: None)\n"
    )


def _package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, modules: dict[str, str]) -> ModuleType:
    name = f"sources_of_{tmp_path.name.replace('-', '_')}"
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").touch()
    for module, text in modules.items():
        (folder / f"{module}.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    return importlib.import_module(name)


def _command(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from collector.cli.{0} import {0}; import typer; app = typer.Typer(); app.command()({0}); app()"
    return subprocess.run(
        [sys.executable, "-c", code.format(arguments[0]), *arguments[1:]],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "160"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
def test_check_shows_a_summary_of_a_sound_plant() -> None:
    done = _command("check", str(EXAMPLE))
    assert done.returncode == 0, done.stderr
    assert "is valid: temirtau" in done.stdout
    assert "bf2 bf3 bf4" in done.stdout
    assert "steel_liquid" in done.stdout


def test_schema_prints_json() -> None:
    done = _command("schema")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["title"] == "plant.yaml"
