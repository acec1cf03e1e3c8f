"""`tundish check`: reads a plant.yaml as the service would, and shows what it found."""

from collector.cli.plant_option import DEFAULT_PLANT, PlantFile, PlantPlace, named_plant
from collector.cli.say import say


def check(
    place: PlantPlace = None,
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """Check plant.yaml: print a summary of the plant if it is valid, else every fault with its line and its fix.

    Raises:
        ConfigurationError: the configuration has faults; its text names them all.
    """
    from datetime import UTC, datetime
    from time import time_ns

    from collector.cli.ledger_remarks import ledger_remarks
    from collector.cli.plant_tables import plant_tables, shared_servers, uncounted
    from collector.cli.source_files import refused_files
    from collector.cli.status import show_unclaimed
    from collector.cli.system_refusal import refusal_text
    from collector.cli.terminal import show
    from collector.config.load import load
    from collector.entries.entry_file import EntryFile
    from collector.errors import CollectorError
    from collector.storage.ledger.schema import LEDGER
    from collector.storage.ledger.unclaimed import unclaimed

    file = named_plant(place, plant)
    settings = load(file)
    for table in plant_tables(settings):
        show(table)
        say()
    places = [f"InfluxDB at {settings.influx.url}"] if settings.influx else []
    places += [settings.postgres.where] if settings.postgres else []
    places += [f"files for the other side of a data diode in {settings.diode.folder}"] if settings.diode else []
    places += [f"the group over {settings.group.where}"] if settings.group else []
    database = " and ".join(places) or "no database, only the ledger"
    simulated = " (SIMULATED)" if settings.plant.simulated else ""
    for product, units in uncounted(settings.plant).items():
        say(f"{product} is made at {', '.join(units)} too, which counted_at leaves out of the works' total")
    for text in (*shared_servers(settings), *refused_files(settings, datetime.now(UTC))):
        say(text)
    if settings.alerts.people:
        from collector.cli.alert_roster import duty_remarks

        for text in duty_remarks(settings, time_ns()):
            say(text)
    # A ledger that cannot be read is no fault of the configuration.
    try:
        if (settings.data_dir / LEDGER.name).exists():
            ledger = EntryFile(settings)
            show_unclaimed(ledger.read(lambda connection: unclaimed(connection, settings.plant)))
            for text in ledger.read(lambda connection: ledger_remarks(connection, settings)):
                say(text)
    except CollectorError as error:
        say(f"the ledger was not looked at: {error}")
    except OSError as error:
        say(f"the ledger was not looked at: {refusal_text(error)}")
    say(f"{file} is valid: {settings.plant.site}{simulated}, {len(settings.plant.tags)} tags, {database}.")
