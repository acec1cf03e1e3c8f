"""Which plant a command is about: `--plant`, else TUNDISH_PLANT, else ./plant.yaml; it may also be named first."""

import os
from pathlib import Path
from typing import Annotated

import typer

from collector.errors import ConfigurationError

DEFAULT_PLANT = Path("plant.yaml")
VARIABLE = "TUNDISH_PLANT"

PlantFile = Annotated[Path, typer.Option("--plant", envvar=VARIABLE, help="plant.yaml, or a folder of *.yaml files")]
PlantPlace = Annotated[Path | None, typer.Argument(metavar="[PLANT]", help="the same as --plant", show_default=False)]
PlantOrData = Annotated[
    Path, typer.Option("--plant", envvar=VARIABLE, help="plant.yaml, a folder of *.yaml files, or a data folder")
]


def named_plant(place: Path | None, plant: Path, default: Path = DEFAULT_PLANT) -> Path:
    """What was named first, else what `--plant` says. Raises ConfigurationError if both were typed and differ.

    The variable may say something else than the first word: it is a default, and the word was typed.
    """
    if place is None:
        return plant
    if plant not in (place, default, Path(os.environ.get(VARIABLE, ""))):
        raise ConfigurationError(f"{place} and --plant {plant} are two plants: name one of them")
    return place
