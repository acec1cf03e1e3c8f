"""`tundish run`: collects until it is stopped."""

from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.plant_option import DEFAULT_PLANT, PlantFile, PlantPlace, named_plant

if TYPE_CHECKING:
    from collector.config.settings import Settings


def run(
    place: PlantPlace = None,
    plant: PlantFile = DEFAULT_PLANT,
    json_logs: Annotated[
        bool | None,
        typer.Option(
            "--json-logs/--text-logs", help="log as JSON or as text; if missing, text at a terminal, else JSON"
        ),
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
    # Reading the file left garbage in cycles, which the service would freeze with everything else that exists.
    gc.collect()
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
"""A disk or a peer that hangs does not delay the stop beyond this: what was acknowledged is already synced.

Half a second below the 10 s that docs/operations.md promises and that a container engine waits before it kills.
"""
