"""`tundish status`: what stands in the data folder, and what a person has to decide."""

from typing import TYPE_CHECKING

import typer

from collector.cli.plant_option import DEFAULT_PLANT, PlantFile, PlantPlace, named_plant

if TYPE_CHECKING:
    from collector.storage.ledger.unclaimed import UnclaimedTonnes


def status(
    place: PlantPlace = None,
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """Show how far the ledger came, and tonnes in it that no unit of the plant claims. It works while the service runs.

    Raises:
        ConfigurationError: the configuration has faults.
        CannotStart: there is no ledger yet.
    """
    from datetime import UTC, datetime

    from collector.config.load import load
    from collector.entries.entry_file import EntryFile
    from collector.entries.not_known_now import not_known_now
    from collector.storage.file.status import ledger_status
    from collector.storage.ledger.unclaimed import unclaimed

    settings = load(named_plant(place, plant))
    ledger = ledger_status(settings.data_dir)
    simulated = " (SIMULATED)" if settings.plant.simulated else ""
    typer.echo(f"{settings.plant.site}{simulated}: {settings.data_dir}")
    if ledger.recorded_ns:
        recorded = datetime.fromtimestamp(ledger.recorded_ns // 1_000_000_000, UTC).astimezone(settings.plant.zone)
        typer.echo(f"last recorded: {recorded:%Y-%m-%d %H:%M:%S}")
    typer.echo(f"waiting: {ledger.dirty} buckets for the roll-up, {ledger.outbox} rows for the database")
    entries = EntryFile(settings)
    for line in not_known_now(entries, "en"):
        typer.echo(line)
    show_unclaimed(entries.read(lambda connection: unclaimed(connection, settings.plant)))


def show_unclaimed(found: "list[UnclaimedTonnes]") -> None:
    """Print what no unit claims, with what to do; one line if there is none."""
    from collector.storage.ledger.unclaimed import WHAT_TO_DO

    for item in found:
        typer.echo(str(item))
    typer.echo(WHAT_TO_DO if found else "every tonne in the ledger belongs to a unit of the plant")
