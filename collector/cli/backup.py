"""`tundish backup` and `tundish restore`: journal and ledger, copied while the service runs."""

from pathlib import Path
from typing import Annotated

import typer

from collector.cli.plant_option import DEFAULT_PLANT, PlantFile, PlantOrData, PlantPlace, named_plant
from collector.cli.say import say


def backup(
    to: Annotated[Path, typer.Option(help="the folder to write, which must not exist yet")],
    place: PlantPlace = None,
    plant: PlantOrData = DEFAULT_PLANT,
) -> None:
    """Copy the journal and the ledger while the service runs.

    Raises:
        BackupFailed: the folder exists already, or a file cannot be copied; the text says what to do.
    """
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from collector.storage.file.backup import back_up
    from collector.storage.file.data_folder import data_folder

    data = data_folder(named_plant(place, plant))
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%")
    with Progress(*columns, TimeElapsedColumn()) as shown:
        bars: dict[str, int] = {}

        def progress(name: str, share: float) -> None:
            if name not in bars:
                bars[name] = shown.add_task(name, total=1.0)
            shown.update(bars[name], completed=share)  # type: ignore[arg-type]

        copied = back_up(data, to, progress)
    for file in copied:
        say(f"{to / file.name}: {file.size / 1e6:.1f} MB, checked")


def restore(
    folder: Annotated[Path, typer.Argument(help="a folder that `tundish backup` made")],
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """Restore a backup into an empty data folder. The service must not be running.

    Raises:
        BackupFailed: the backup is not whole, or the data folder holds files; the text says what to do.
    """
    from collector.access.schema import ACCESS
    from collector.config.load import load
    from collector.storage.file.backup import restore as bring

    data = load(plant).data_dir
    for file in bring(folder, data):
        say(f"{data / file.name}: {file.size / 1e6:.1f} MB")
        if file.name == ACCESS.name:
            say(
                "  nobody is signed in. Users, passwords and tokens are as they were then: what was disabled, reset or "
                "ended since is to be again (tundish user list, tundish token list)"
            )
