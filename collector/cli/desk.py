"""`tundish desk`: the web page, in a process of its own beside the collector."""

from pathlib import Path
from typing import Annotated

import typer


def desk(
    file: Annotated[Path, typer.Argument(help="plant.yaml, or a folder of *.yaml files", show_default=False)],
) -> None:
    """Serve the page of today's output, read-only, to browsers on this machine, until Ctrl-C.

    Raises:
        ConfigurationError: the configuration has faults; its text names them all.
        CannotStart: the address is not this machine's own, or is in use.
    """
    import sys

    from collector.config.load import load
    from collector.errors import CannotStart
    from collector.service.logs import configure_logs
    from collector.storage.ledger.desk_reader import LedgerDesk
    from collector.storage.ledger.schema import LEDGER
    from dashboards.web.app import run
    from dashboards.web.errors import DeskRefused

    settings = load(file)
    configure_logs(json_lines=not sys.stderr.isatty())
    data = LedgerDesk(settings.plant, settings.data_dir / LEDGER.name)
    simulated = "SIMULATED works: " if settings.plant.simulated else ""
    try:
        run(
            data,
            settings.desk.host,
            settings.desk.port,
            lambda address: typer.echo(f"{simulated}the desk listens on {address}"),
        )
    except DeskRefused as error:
        raise CannotStart(str(error)) from error
