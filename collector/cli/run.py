"""`tundish run`: collects until it is told to stop."""

from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.plant_option import DEFAULT_PLANT, PlantFile, PlantPlace, named_plant

if TYPE_CHECKING:
    from collector.config.settings import Settings


def run(
    place: PlantPlace = None,
    plant: PlantFile = DEFAULT_PLANT,
    json_logs: Annotated[
        bool | None, typer.Option("--json-logs/--text-logs", help="Log lines as JSON; default: unless at a terminal.")
    ] = None,
) -> None:
    """Collect from all sources, keep every figure, and send it where plant.yaml says, until SIGTERM or Ctrl-C.

    Raises:
        ConfigurationError: the configuration has faults; its text names them all.
        CannotStart: something that the service needs is missing.
    """
    import asyncio
    import gc
    import sys

    from collector.config.load import load
    from collector.service.logs import configure_logs

    settings = load(named_plant(place, plant))
    gc.collect()  # what reading the file left behind in cycles; the service freezes what is there when it runs
    configure_logs(json_lines=not sys.stderr.isatty() if json_logs is None else json_logs)
    asyncio.run(_serve(settings))


async def _serve(settings: "Settings") -> None:
    import asyncio

    from collector import host
    from collector.service.service import serve

    stop = asyncio.Event()

    def stop_in_time() -> None:
        if not stop.is_set():
            host.end_process_after(STOP_LIMIT_S)
        stop.set()

    host.install_stop_handlers(asyncio.get_running_loop(), stop_in_time)
    await serve(settings, stop)


STOP_LIMIT_S = 9.5
"""A disk or a peer that hangs does not hold up the stop: what was acknowledged is synced already."""
