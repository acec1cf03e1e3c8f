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
    from collector.service.service import Reload, serve

    stop, reload = asyncio.Event(), Reload(settings)
    loop = asyncio.get_running_loop()
    asked: set[asyncio.Task[None]] = set()

    async def take() -> None:
        changed = await asyncio.to_thread(_changed, reload.running, file)
        if isinstance(changed, str):
            reload.answer(changed)
        else:
            reload.ask(changed)

    def hangup() -> None:
        task = loop.create_task(take())
        asked.add(task)
        task.add_done_callback(asked.discard)

    host.SignalWatch(loop, stop.set, hangup, limit_s=STOP_LIMIT_S, last_words=last_line)
    await serve(stop, reload)


def _changed(settings: "Settings", file: "Path") -> "Settings | str":
    """The configuration as it is now, if it is sound and another one; else why it is not taken, which the log says."""
    import structlog

    from collector.config.load import load

    log = structlog.get_logger(__name__)
    try:
        found = load(file)
    except ConfigurationError as error:
        log.warning("configuration_refused", faults=str(error), next_step="the service runs on as it was; mend them")
        return str(error).partition("\n")[0]
    if found == settings:
        log.info("configuration_unchanged", doing="the service runs on")
        return "plant.yaml is the one that it runs by"
    if found.data_dir != settings.data_dir:
        log.warning("configuration_refused", faults="data_dir is another one", next_step="restart the service for that")
        return "data_dir is another one: restart the service for that"
    return found


STOP_LIMIT_S = 9.5
"""A disk or a peer that hangs does not delay the stop beyond this: what was acknowledged is already synced.

Half a second below the 10 s that docs/operations.md promises and that a container engine waits before it kills.
"""
