"""What the README shows works as it stands there."""

import re
from pathlib import Path

import pytest

from collector.cli.main import app
from collector.config.load import load

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first = README.splitlines()[:24]
    assert any(line.startswith("make demo") for line in first)
    assert any(line.startswith("make test") for line in first)


def test_the_minimal_plant_yaml_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    file = tmp_path / "plant.yaml"
    file.write_text(example, encoding="utf-8")
    monkeypatch.setenv("TUNDISH_INFLUXDB_TOKEN", "a token")
    settings = load(file)
    assert not settings.plant.simulated
    assert [reported.name for reported in settings.plant.reported] == ["coal", "pig_iron"]
    assert settings.influx is not None


@pytest.mark.parametrize("page", ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))])
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    file = ROOT / page
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8")):
        assert (file.parent / target).exists(), f"{page} links to {target}"


def test_every_command_named_in_the_readme_exists() -> None:
    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    commands |= {group.name for group in app.registered_groups}
    for name in re.findall(r"^tundish (\w+)", README, re.MULTILINE):
        assert name in commands
