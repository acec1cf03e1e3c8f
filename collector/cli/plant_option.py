"""Which plant a command is about: `--plant`, else TUNDISH_PLANT, else ./plant.yaml; it may also be named first."""

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_PLANT = Path("plant.yaml")
VARIABLE = "TUNDISH_PLANT"

PlantFile = Annotated[Path, typer.Option("--plant", envvar=VARIABLE, help="plant.yaml, or a folder of *.yaml files")]
PlantPlace = Annotated[Path | None, typer.Argument(metavar="[PLANT]", help="the same as --plant", show_default=False)]
PlantOrData = Annotated[
    Path, typer.Option("--plant", envvar=VARIABLE, help="plant.yaml, a folder of *.yaml files, or a data folder")
]


def named_plant(place: Path | None, plant: Path) -> Path:
    """What was named first counts before `--plant`: it was typed, while the option may come from the environment."""
    return plant if place is None else place
