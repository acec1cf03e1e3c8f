"""`tundish run`: collects until it is stopped."""

from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.plant_option import DEFAULT_PLANT, PlantFile, PlantPlace, named_plant
from collector.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
    import gc

    # A start makes hundreds of thousands of objects that stay: looking through them again and again is a sixth of it.
    # `serve` lets the collection run again.
    gc.disable()
    try:
        _run(named_plant(place, plant), json_logs)
    finally:
        gc.enable()


def _run(file: "Path", json_logs: bool | None) -> None:
    import asyncio
    import gc
    import sys
    from functools import partial

    from collector.config.load import load
    from collector.service import service  # noqa: F401 - loaded before garbage is looked for
    from collector.service.logs import configure_logs, last_words

    settings = load(file)
    # Loading left garbage in cycles, which the service would freeze with everything else that exists.
    gc.collect()
    json_lines = not sys.stderr.isatty() if json_logs is None else json_logs
    configure_logs(json_lines=json_lines, queued=True)
    last_line = partial(
        last_words,
        "stopped_by_force",
        json_lines=json_lines,
        after_s=STOP_LIMIT_S,
        why="it did not end by itself; what was acknowledged is on disk",
    )
    asyncio.run(_serve(settings, file, last_line))


async def _serve(settings: "Settings", file: "Path", last_line: "Callable[[], bytes]") -> None:
    import asyncio

    from collector import host
    from collector.service.service import serve

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    told: set[asyncio.Task[None]] = set()

    def tell() -> None:
        task = loop.create_task(asyncio.to_thread(_tell_of_changes, settings, file))
        told.add(task)
        task.add_done_callback(told.discard)

    host.SignalWatch(loop, stop.set, tell, limit_s=STOP_LIMIT_S, last_words=last_line)
    await serve(settings, stop)


def _tell_of_changes(settings: "Settings", file: "Path") -> None:
    """Say in the log what a reload would meet. Nothing is reloaded: a counter must not change its address between two
    readings, and a restart takes three seconds and loses nothing."""
    import structlog

    from collector.config.load import load

    log = structlog.get_logger(__name__)
    try:
        changed = load(file) != settings
    except ConfigurationError as error:
        log.warning("configuration_refused", faults=str(error), next_step="the service runs on as it was; mend them")
        return
    if changed:
        log.warning("configuration_changed", next_step="a change counts from the next start: restart the service")
    else:
        log.info("configuration_unchanged", doing="the service runs on")


STOP_LIMIT_S = 9.5
"""A disk or a peer that hangs does not delay the stop beyond this: what was acknowledged is already synced.

Half a second below the 10 s that docs/operations.md promises and that a container engine waits before it kills.
"""
