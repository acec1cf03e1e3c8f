"""Which group a command is about: its first word, else TUNDISH_GROUP, else ./group.yaml."""

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_GROUP = Path("group.yaml")
GroupPlace = Annotated[
    Path,
    typer.Argument(
        metavar="[GROUP]",
        envvar="TUNDISH_GROUP",
        help="group.yaml, or a folder of *.yaml files",
        show_envvar=False,
        show_default=False,
    ),
]
