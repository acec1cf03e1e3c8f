"""What a configuration means for what the ledger holds already is said before anything is counted by it."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
import structlog
import yaml
from typer.testing import CliRunner

from collector.cli.main import app
from collector.config.load import load
from collector.service.start_remarks import log_changes
from collector.storage.ledger import addresses as ledger_addresses
from collector.storage.ledger import configurations
from tests.collector.service.steel_works import open_ledger
from tests.collector.service.works_document import COAL, ORE, node, source_yaml, works_settings


def said(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(word) for word in arguments], env={"TUNDISH_PLANT": ""})
    assert done.exit_code == 0, done.output
    return done.output


async def keep(folder: Path, addresses: dict[str, str]) -> None:
    settings = works_settings(folder)
    ledger = open_ledger(settings.data_dir)
    await ledger.write(partial(ledger_addresses.put, addresses=addresses, recorded_ns=1))
    await ledger.close()


def change(folder: Path, signal: str, **keys: Any) -> Path:  # noqa: ANN401
    path = folder / "plant.yaml"
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    for shop in document["shops"]:
        for unit in shop["units"]:
            for tag in unit["tags"]:
                if tag["signal"] == signal:
                    tag.update(keys)
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    return path


@pytest.fixture
async def plant_file(tmp_path: Path) -> Path:
    url = "opc.tcp://127.0.0.1:1"
    await keep(tmp_path, {COAL: f"{url} {node('coal')} in t", ORE: f"{url} {node('ore')} in t"})
    return tmp_path / "plant.yaml"


def test_check_names_the_counters_that_are_to_be_read_elsewhere(plant_file: Path) -> None:
    assert "was read at" not in said("check", plant_file)
    text = said("check", change(plant_file.parent, "coal", node=node("coal_new")))
    assert f"mine1.coal was read at opc.tcp://127.0.0.1:1 {node('coal')} in t, and will be read at" in text
    assert "mine2.ore" not in text.partition("was read at")[0].splitlines()[-1]


def test_check_says_that_another_scale_is_another_counter(plant_file: Path) -> None:
    text = said("check", change(plant_file.parent, "ore", source_unit_of_measure="kg"))
    assert "mine2.ore was read at" in text
    assert "in t x 0.001: it starts anew there" in text


async def test_check_and_the_start_say_what_a_change_does_to_figures_that_are_there(tmp_path: Path) -> None:
    settings = works_settings(tmp_path)
    ledger = open_ledger(settings.data_dir)
    await ledger.write(partial(configurations.keep, plant=settings.plant, clock_ns=1))
    await ledger.close()
    path = tmp_path / "plant.yaml"
    assert "back to the first day" not in said("check", path)
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    document["shops"][0]["calendar"] = {"day_start": "08:00", "shift_starts": ["08:00", "20:00"]}
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    told = said("check", path)
    assert "its production day began at 00:00 Asia/Almaty and begins at 08:00 Asia/Almaty" in told
    ledger = open_ledger(settings.data_dir)
    with structlog.testing.capture_logs() as logs:
        log_changes(ledger, load(path).plant)
    await ledger.close()
    assert [entry["event"] for entry in logs] == ["history_changes"] * 2


def test_check_says_nothing_of_an_address_that_only_the_server_can_tell(plant_file: Path) -> None:
    assert "was read at" not in said("check", change(plant_file.parent, "coal", node="ns=3;s=coal"))


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({}, "limits.sessions of 2 lets so many"),
        ({"limits": {"sessions": 9}}, "often grant two in all"),
    ],
)
def test_check_names_sources_that_read_one_server(tmp_path: Path, limits: dict[str, Any], words: str) -> None:
    url = "opc.tcp://127.0.0.1:1"
    sources = [source_yaml(name, url, **limits) for name in ("plc", "dcs", "third")]
    works_settings(tmp_path, sources=sources)
    text = said("check", tmp_path / "plant.yaml")
    assert f"sources plc, dcs, third read one server, {url}" in text
    assert words in text


def test_check_says_nothing_of_sources_with_a_server_each(tmp_path: Path) -> None:
    works_settings(tmp_path, sources=[source_yaml(name, f"opc.tcp://{name}:4840") for name in ("plc", "dcs")])
    assert "read one server" not in said("check", tmp_path / "plant.yaml")
