"""`tundish verify`: whether the files are as they were written; `--repair` puts right what can be."""

from typing import Annotated

import typer

from collector.cli.plant_option import DEFAULT_PLANT, PlantOrData, PlantPlace, named_plant
from collector.cli.say import say
from collector.cli.verify_database import verify_database
from collector.errors import ConfigurationError


def verify(
    place: PlantPlace = None,
    plant: PlantOrData = DEFAULT_PLANT,
    repair: Annotated[
        bool, typer.Option("--repair", help="rebuild what is broken, as a start of the service does; not beside it")
    ] = False,
    database: Annotated[
        bool, typer.Option("--database", help="compare the database with what was published; queue what differs")
    ] = False,
) -> None:
    """Look through the journal and the ledger for what is not as it was written. Nothing is changed without --repair.

    It says, too, which signatures under the figures of a day hold, and what changed since. It works while the service
    runs, which does the same with the rows, a share an hour. With --database the tables of the database are compared
    instead, and rows that differ are sent again by the service.

    Raises:
        StorageDamaged: something is not as it was written, a signature too; the text says what to do.
        AlreadyRunning: with --repair, a service runs on this folder.
        SinkUnavailable: with --database, the database does not answer.
    """
    from collector.cli.verify_signatures import signatures_proved
    from collector.config.settings import JournalLimits
    from collector.storage.file.data_folder import data_folder
    from collector.storage.verify import proved, repaired

    target = named_plant(place, plant)
    if database:
        if repair:
            raise ConfigurationError("--repair is about the files, and --database about the database: give one of them")
        verify_database(target)
        return
    data = data_folder(target)
    if repair:
        # Nothing is taken in here that bounds would have to hold.
        for line in repaired(data, JournalLimits(max_bytes=2**62, max_age_days=36_500.0, min_free_bytes=0)):
            say(line)
    for line in proved(data):
        say(line)
    for line in signatures_proved(data):
        say(line)
