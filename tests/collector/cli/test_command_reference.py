"""Every command and every option stands in docs/commands.md, and the ways to name a plant are the same everywhere."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from collector.cli.main import app
from collector.cli.reference import commands_page
from tests.collector.entries.conftest import Command, tundish, works

__all__ = ["tundish", "works"]
PAGE = Path(__file__).resolve().parents[3] / "docs" / "commands.md"
OF_A_GROUP = {"group day", "group go-on", "group growth", "group run", "group status"}
NO_PLANT = {"browse", "cert make", "cert show", "demo", "schema", "simulate", *OF_A_GROUP}
"""These need no plant: they look at a server, make a certificate, bring a plant of their own, or are of a group."""


def every_command(command: Any, name: str = "") -> list[tuple[str, Any]]:  # noqa: ANN401
    children = getattr(command, "commands", None)
    if children is None:
        return [(name, command)]
    return [found for child in children for found in every_command(children[child], f"{name} {child}".strip())]


COMMANDS = every_command(typer.main.get_command(app))


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == commands_page(), "run `make docs`"


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_a_command_and_each_of_its_options_are_documented(name: str, command: Any) -> None:  # noqa: ANN401
    section = re.search(rf"\n### tundish {name}\n(.*?)(?=\n##|\Z)", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert section is not None
    for parameter in command.params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            assert f"`{parameter.opts[0]}`" in section[1]
            assert (parameter.help or "").strip(), parameter.name


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_about_a_plant_takes_it_by_one_option_and_one_variable(name: str, command: Any) -> None:  # noqa: ANN401
    options = {word: parameter for parameter in command.params for word in parameter.opts}
    assert ("--plant" in options) == (name not in NO_PLANT)
    if "--plant" in options:
        assert options["--plant"].envvar == "TUNDISH_PLANT"
        assert not options["--plant"].required


def test_the_plant_may_be_named_first_by_option_or_by_variable(
    tundish: Command, works: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "is valid: works" in tundish("check").out
    monkeypatch.delenv("TUNDISH_PLANT")
    assert "is valid: works" in tundish("check", works).out
    assert "is valid: works" in tundish("check", "--plant", works).out
    monkeypatch.chdir(works.parent)
    assert "is valid: works" in tundish("check").out
    unused = "holds no journal and no ledger"
    assert unused in tundish("quarantine", "list", "--plant", works).err
    assert unused in tundish("quarantine", "list", works).err
    monkeypatch.chdir(tmp_path.parent)
    refused = tundish("check")
    assert refused.code == 2
    assert "name it with --plant or TUNDISH_PLANT" in refused.err


def test_two_different_plants_are_refused_and_the_variable_is_only_a_default(tundish: Command, works: Path) -> None:
    refused = tundish("check", works, "--plant", works.parent / "other.yaml")
    assert refused.code == 2
    assert "are two plants: name one of them" in refused.err
    assert tundish("check", works, "--plant", works).code == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("n" * 300, "cannot be read (File name too long)"),
        ("pipe", "is not a regular file"),
        ("no.yaml", "no such file"),
    ],
)
def test_a_plant_that_cannot_be_read_is_one_line(tundish: Command, tmp_path: Path, name: str, words: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    refused = tundish("check", tmp_path / name)
    assert refused.code == 2
    assert words in refused.err
    assert len(refused.err.strip().splitlines()) == 1


def test_a_folder_with_a_pipe_in_it_is_not_waited_for(tundish: Command, tmp_path: Path) -> None:
    folder = tmp_path / "plants"
    folder.mkdir()
    os.mkfifo(folder / "a.yaml")
    assert "is not a regular file" in tundish("check", folder).err


@pytest.mark.parametrize("command", ["show", "replay", "drop"])
def test_a_record_is_asked_for_where_only_the_plant_is_named(tundish: Command, works: Path, command: str) -> None:
    refused = tundish("quarantine", command, works)
    assert refused.code == 2
    assert "name a record, such as J17" in refused.err


def test_poll_knows_the_option_by_its_older_name_too(tundish: Command, works: Path) -> None:
    for option in ("--plant", "--config"):
        refused = tundish("poll", "plc", option, works)
        assert refused.code == 2
        assert "has no source 'plc'" in refused.err
