"""`tundish desk`: the web page, in a process of its own beside the collector."""

from collector.cli.plant_option import DEFAULT_PLANT, PlantFile, PlantPlace, named_plant
from collector.cli.say import say

LISTENS = "the desk listens on"
"""Printed once the port is ours; `tundish demo` waits for it."""


def desk(
    place: PlantPlace = None,
    plant: PlantFile = DEFAULT_PLANT,
) -> None:
    """Serve the page of today's output, read-only, to browsers on this machine, until Ctrl-C.

    Raises:
        ConfigurationError: the configuration has faults; its text names them all.
        CannotStart: the address is not this machine's own, or is in use.
    """
    import sys

    from collector.cli.desk_reports import DeskReports
    from collector.config.load import load
    from collector.errors import CannotStart
    from collector.service.logs import configure_logs
    from collector.storage.ledger.desk_reader import LedgerDesk
    from collector.storage.ledger.schema import LEDGER
    from dashboards.web.app import run
    from dashboards.web.errors import DeskRefused

    settings = load(named_plant(place, plant))
    configure_logs(json_lines=not sys.stderr.isatty(), queued=True)
    data = LedgerDesk(settings.plant, settings.data_dir / LEDGER.name)
    simulated = "SIMULATED works: " if settings.plant.simulated else ""
    try:
        run(
            data,
            settings.desk.host,
            settings.desk.port,
            lambda address: say(f"{simulated}{LISTENS} {address}"),
            DeskReports(settings),
        )
    except DeskRefused as error:
        # dashboards may not import collector, so it has an error of its own.
        raise CannotStart(str(error)) from error
