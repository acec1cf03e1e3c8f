"""`tundish dashboards`: Grafana's boards and rules as files."""

from pathlib import Path
from typing import Annotated

import typer

from collector.cli.plant_option import PlantFile, PlantPlace, named_plant
from collector.cli.say import say
from collector.errors import FilesDiffer

EXAMPLE = Path("deploy/plant.yaml")
"""The plant whose boards are kept as files in the project."""

app = typer.Typer(help="Grafana's boards and alert rules as files.", no_args_is_help=True)


@app.callback()
def dashboards() -> None:
    """Grafana's boards and alert rules as files."""


@app.command()
def build(
    place: PlantPlace = None,
    # The committed files are those of the example works; the checks of the project compare them.
    plant: PlantFile = EXAMPLE,
    to: Annotated[Path, typer.Option(help="the folder to write to")] = Path("deploy/grafana"),
    check: Annotated[bool, typer.Option("--check", help="write nothing; fail if a file differs")] = False,
) -> None:
    """Write the boards in every language, and the alert rules, as Grafana's JSON.

    Raises:
        ConfigurationError: the configuration has faults.
        FilesDiffer: --check found files that differ from what would be written.
    """
    from collector.config.load import load
    from dashboards.grafana.documents import committed_files
    from models.works.localize import LANGUAGES

    file = named_plant(place, plant, EXAMPLE)
    settings = load(file)
    languages = tuple(settings.grafana.languages) if settings.grafana else LANGUAGES
    wanted = {
        to / name: content for name, content in committed_files(settings.plant, languages, settings.declared).items()
    }
    there = set(to.rglob("*.json")) if to.is_dir() else set()
    changed = sorted(path for path, content in wanted.items() if not path.exists() or _text(path) != content)
    strange = sorted(there - wanted.keys())
    if check:
        if changed or strange:
            names = ", ".join(str(path) for path in (changed + strange)[:5])
            raise FilesDiffer(f"{len(changed + strange)} files of {to} differ from what {file} gives: {names}; {_FIX}")
        say(f"{to}: {len(wanted)} files are up to date")
        return
    for path, content in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    for path in strange:
        path.unlink()
    say(f"{to}: {len(wanted)} files, {len(changed)} of them changed, {len(strange)} removed")


_FIX = "run: tundish dashboards build"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
