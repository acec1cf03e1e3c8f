"""`tundish backup` and `tundish restore`: journal and ledger, copied while the service runs."""

from pathlib import Path
from typing import Annotated

import typer


def backup(
    plant: Annotated[Path, typer.Argument(help="plant.yaml, or the data folder itself.")],
    to: Annotated[Path, typer.Option(help="A folder that is not there yet.")],
) -> None:
    """Copy journal and ledger while the service runs on.

    Raises:
        BackupFailed: the target is taken, or a file cannot be copied; the text says what to do.
    """
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from collector.storage.file.backup import back_up
    from collector.storage.file.data_folder import data_folder

    data = data_folder(plant)
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%")
    with Progress(*columns, TimeElapsedColumn()) as shown:
        bars: dict[str, int] = {}

        def progress(name: str, share: float) -> None:
            if name not in bars:
                bars[name] = shown.add_task(name, total=1.0)
            shown.update(bars[name], completed=share)  # type: ignore[arg-type]

        copied = back_up(data, to, progress)
    for file in copied:
        typer.echo(f"{to / file.name}: {file.size / 1e6:.1f} MB, checked")


def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `tundish backup` made.")],
    plant: Annotated[Path, typer.Option(help="plant.yaml whose data_dir gets the files.")],
) -> None:
    """Bring a backup into a data folder without files; the service must not run.

    Raises:
        BackupFailed: the backup is not whole, or the data folder holds files; the text says what to do.
    """
    from collector.config.load import load
    from collector.storage.file.backup import restore as bring

    data = load(plant).data_dir
    for file in bring(folder, data):
        typer.echo(f"{data / file.name}: {file.size / 1e6:.1f} MB")
