"""What the README shows works as it stands there."""

import re
from pathlib import Path

import pytest
import typer.main

from collector.cli.main import app
from collector.config.load import load

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "getting-started.md").read_text(encoding="utf-8")
PAGES = ["README.md", "CONTRIBUTING.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first = README.splitlines()[:24]
    assert any(line.startswith("make demo") for line in first)
    assert any(line.startswith("make test") for line in first)


def test_the_minimal_plant_yaml_is_sound_as_it_stands(tmp_path: Path) -> None:
    first, _database = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    file = tmp_path / "plant.yaml"
    file.write_text(first, encoding="utf-8")
    settings = load(file)
    assert not settings.plant.simulated
    assert [reported.name for reported in settings.plant.reported] == ["coal", "pig_iron"]
    assert settings.influx is None


def test_the_database_of_the_guide_is_sound_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "plant.yaml"
    file.write_text("\n".join(re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)), encoding="utf-8")
    monkeypatch.setenv("TUNDISH_INFLUXDB_TOKEN", "a token")
    assert load(file).influx is not None


@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    file = ROOT / page
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8")):
        assert (file.parent / target).exists(), f"{page} links to {target}"


@pytest.mark.parametrize("page", PAGES)
def test_every_command_named_in_a_document_exists_with_its_options(page: str) -> None:
    root = typer.main.get_command(app)
    for line in re.findall(r"^(?:\$ )?tundish ([^#\n]+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE):
        command, words = root, line.split()
        while words and hasattr(command, "commands") and not words[0].startswith("-"):
            if words[0] not in command.commands and "files" in command.commands:
                break  # `tundish import FILE`
            assert words[0] in command.commands, f"{page}: tundish {line}"
            command = command.commands[words.pop(0)]
        command = getattr(command, "commands", {}).get("files", command)
        known = {word for parameter in command.params for word in (*parameter.opts, *parameter.secondary_opts)}
        named = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert named <= known, f"{page}: tundish {line}"


ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("walk", ["a reading", "a plan"])
def test_each_step_of_a_walk_names_files_that_are_there(walk: str) -> None:
    section = ARCHITECTURE.partition(f"## The walk of {walk}\n")[2].partition("\n## ")[0]
    steps = re.findall(r"^\| (?!step|---)(.+?) \| (.+?) \|$", section, re.MULTILINE)
    assert len(steps) >= 8
    for step, files in steps:
        named = re.findall(r"`([^`]+)`", files)
        assert named, step
        assert [file for file in named if not (ROOT / file).is_file()] == [], step


def test_every_promise_names_tests_that_are_there() -> None:
    section = ARCHITECTURE.partition("## Promises")[2]
    rows = re.findall(r"^\| (?!promise|---)(.+?) \| (.+?) \|$", section, re.MULTILINE)
    assert len(rows) > 20
    for promise, files in rows:
        named = re.findall(r"`([^`]+)`", files)
        assert named, promise
        assert [file for file in named if not (ROOT / file).exists()] == [], promise


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_document_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:models|collector|dashboards|benchmarks|deploy|docs|tests)/[a-z0-9_/.]+)`", text))
    made = ("deploy/secrets/", "deploy/works/")  # by the set-up, on the machine where it runs
    assert [file for file in sorted(named) if not file.startswith(made) and not (ROOT / file).exists()] == []
