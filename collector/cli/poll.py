"""`tundish poll`: one poll of one source, as a table."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.plant_option import DEFAULT_PLANT, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from collector.config.settings import ConfiguredSource, Settings
    from collector.sources.base import Delivery, SourceHealth
    from models.works.plant import Tag


def poll(
    source: Annotated[str, typer.Argument(help="name of the source in plant.yaml", show_default=False)],
    plant: Annotated[
        Path, typer.Option("--plant", "--config", envvar=VARIABLE, help="plant.yaml, or a folder of *.yaml files")
    ] = DEFAULT_PLANT,
    # Connecting and the first poll take seconds; half a minute also covers a server that is slow to accept.
    wait: Annotated[float, typer.Option(min=0.1, help="seconds to wait for the first answer")] = 30.0,
) -> None:
    """Read a source once and print what it gives. Nothing is stored, and nothing is changed on the source.

    Raises:
        ConfigurationError: the configuration has faults, or names no such source.
        SourceUnavailable: the source gave nothing in time.
    """
    import asyncio

    from rich.console import Console

    from collector.cli.resolution_lines import resolution_lines
    from collector.config.load import load
    from collector.errors import ConfigurationError

    settings = load(plant)
    if source not in settings.sources:
        names = ", ".join(settings.sources) or "none"
        raise ConfigurationError(f"{plant} has no source {source!r}; it has {names}")
    intake, health = asyncio.run(_first_intake(settings.sources[source], settings, wait))
    console = Console(highlight=False, soft_wrap=True)
    console.width = max(console.width, 130)  # on a narrow terminal a row wraps, so that no tag name is cut
    console.print(_readings_table(intake, settings.plant.tags))
    for event in intake.events:
        typer.echo(f"event {event.tag}: {event.key}, {event.tonnes:g} t, sequence {event.sequence}")
    for line in resolution_lines(settings, source):
        typer.echo(line)
    for name, reason in health.bad_nodes.items():
        typer.echo(f"not read {name}: {reason}")
    for rejection in intake.rejections:
        if rejection.tag not in health.bad_nodes:
            typer.echo(f"rejected {rejection.tag}: {rejection.detail}")


async def _first_intake(
    source: "ConfiguredSource", settings: "Settings", wait_s: float
) -> "tuple[Delivery, SourceHealth]":
    """Run the source until it delivers once or says why it cannot."""
    import asyncio
    import contextlib
    import time

    from collector.errors import SourceUnavailable
    from collector.sources.base import SourceContext

    context = SourceContext(source.tags, settings.folder, {}, time.time_ns)
    running = source.type.build(source.config, context)
    first: asyncio.Future[Delivery] = asyncio.get_running_loop().create_future()

    async def accept(intake: "Delivery") -> None:
        if not first.done():
            first.set_result(intake)

    task = asyncio.create_task(running.run(accept))
    try:
        async with asyncio.timeout(wait_s):
            while not first.done():
                if task.done():
                    task.result()
                if running.health.last_error:
                    raise SourceUnavailable(running.health.last_error)
                await asyncio.wait((first, task), timeout=0.05, return_when=asyncio.FIRST_COMPLETED)
    except TimeoutError:
        raise SourceUnavailable(
            f"source {running.name} gave nothing within {wait_s:g} s; wait longer with --wait, or check its address"
        ) from None
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    return first.result(), running.health


def _readings_table(intake: "Delivery", tags: "Sequence[Tag]") -> "Table":
    from datetime import UTC, datetime

    from rich.table import Table

    from models.works.codes import Quality

    table = Table(
        "tag", "value", "unit", "quality", "source time", "age", box=None, pad_edge=False, header_style="bold"
    )
    batch = intake.readings
    if batch is None:
        return table
    rows = zip(batch.tags.tolist(), batch.values.tolist(), batch.times_ns.tolist(), batch.quality.tolist(), strict=True)
    for index, value, time_ns, quality in rows:
        tag = tags[index]
        moment = f"{datetime.fromtimestamp(time_ns / 1e9, UTC):%Y-%m-%d %H:%M:%S.%f}"[:-3] + "Z" if time_ns else "none"
        age = f"{(intake.received_ns - time_ns) / 1e9:.1f} s" if time_ns else ""
        table.add_row(tag.name, f"{value:.10g}", tag.unit_of_measure, Quality(quality).name.lower(), moment, age)
    return table
