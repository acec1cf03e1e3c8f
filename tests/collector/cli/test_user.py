"""`tundish user`: who may sign in, set up on the server."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from collector.access.access_file import AccessFile
from collector.cli.main import app
from collector.simulation.plant_config import plant_yaml
from models.access.user import UserRole

pytestmark = pytest.mark.long


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    file = tmp_path / "plant.yaml"
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    return file


def tundish(plant: Path, *words: str, given: str = "") -> tuple[int, str]:
    found = CliRunner().invoke(app, ["user", *words, "--plant", str(plant)], input=given)
    return found.exit_code, found.output + str(found.exception or "")


def test_a_user_is_added_changed_disabled_and_given_another_password(plant: Path) -> None:
    file = AccessFile(plant.parent / "data")
    typed = "furnace number 3\n"
    words = ("add", "dana", "--role", "dispatcher", "--role", "clerk", "--shop", "blast_furnaces", "--by", "root")
    code, said = tundish(plant, *words, "--full-name", "Dana A.", given=typed * 2)
    assert (code, "added as dispatcher, clerk, for blast_furnaces" in said) == (0, True), said
    assert "furnace number" not in said
    assert file.sign_in("dana", "furnace number 3") is not None
    assert tundish(plant, "set", "dana", "--role", "director", "--all-shops")[0] == 0
    assert file.known("dana").roles == (UserRole.DIRECTOR,)
    assert file.known("dana").full_name == "Dana A."
    assert file.known("dana").shops == ()
    assert "Dana A." in tundish(plant, "list")[1]
    assert tundish(plant, "disable", "dana")[0] == 0
    assert file.sign_in("dana", "furnace number 3") is None
    assert tundish(plant, "enable", "dana")[0] == 0
    code, said = tundish(plant, "reset", "dana", "--password-stdin", given="another furnace\n")
    assert code == 0, said
    assert file.sign_in("dana", "another furnace") is not None
    said = tundish(plant, "list", "--changes")[1]
    assert "root" in said
    assert "disabled" in said


@pytest.mark.parametrize(
    ("words", "typed", "why"),
    [
        (("add", "dana"), "short\n", "at least 10 characters"),
        (("add", "two words"), "furnace number 3\n", "is no user name"),
        (("add", "dana", "--shop", "moon"), "furnace number 3\n", "there is no shop moon"),
        (("set", "ivan"), "", "tundish user"),
        (("set", "dana", "--shop", "mines", "--all-shops"), "", "contradict each other"),
        (("reset", "ivan", "--password-stdin"), "furnace number 3\n", "tundish user"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(plant: Path, words: tuple[str, ...], typed: str, why: str) -> None:
    stdin = ("--password-stdin",) if words[0] == "add" else ()
    code, said = tundish(plant, *words, *stdin, given=typed)
    assert code != 0
    assert why in said
    assert AccessFile(plant.parent / "data").users() == []
