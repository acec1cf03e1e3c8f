"""`tundish verify`: whether the files are as they were written; `--repair` puts right what can be."""

from typing import Annotated

import typer

from collector.cli.plant_option import DEFAULT_PLANT, PlantOrData, PlantPlace, named_plant


def verify(
    place: PlantPlace = None,
    plant: PlantOrData = DEFAULT_PLANT,
    repair: Annotated[
        bool, typer.Option("--repair", help="rebuild what is broken, as a start of the service does; not beside it")
    ] = False,
) -> None:
    """Look through the journal and the ledger for what is not as it was written. Nothing is changed without --repair.

    It works while the service runs, which does the same, a share an hour.

    Raises:
        StorageDamaged: something is not as it was written; the text says what to do.
        AlreadyRunning: with --repair, a service runs on this folder.
    """
    from collector.config.settings import JournalLimits
    from collector.storage.file.data_folder import data_folder
    from collector.storage.verify import proved, repaired

    data = data_folder(named_plant(place, plant))
    if repair:
        # Nothing is taken in here that bounds would have to hold.
        for line in repaired(data, JournalLimits(max_bytes=2**62, max_age_days=36_500.0, min_free_bytes=0)):
            typer.echo(line)
    for line in proved(data):
        typer.echo(line)
