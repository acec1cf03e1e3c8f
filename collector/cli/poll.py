"""`tundish poll`: what one source gives of each of its tags, as a table."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.plant_option import DEFAULT_PLANT, VARIABLE
from collector.cli.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from collector.cli.polled import Polled
    from collector.config.settings import ConfiguredSource, Settings
    from collector.sources.base import SourceHealth
    from models.works.exact_number import Number
    from models.works.plant import Tag


MOST_ALARMS = 20
"""That are listed, the most severe first: who has more of them active has other cares. A judgement."""
NOTABLE_OFFSET_S = 2.0
"""Beyond what a network adds: the service warns of the same."""


TIMEOUTS_TO_FIND_A_NODE = 24
"""Two for each part that is asked and not answered, by eighths among thousands of nodes, and as many until it is asked
again, for a server that fails is left alone for a while."""


def poll(
    source: Annotated[str, typer.Argument(help="name of the source in plant.yaml", show_default=False)],
    plant: Annotated[
        Path, typer.Option("--plant", "--config", envvar=VARIABLE, help="plant.yaml, or a folder of *.yaml files")
    ] = DEFAULT_PLANT,
    # Connecting and the first poll take seconds; half a minute also covers a server that is slow to accept.
    wait: Annotated[float, typer.Option(min=0.1, help="seconds to wait until every tag was heard of")] = 30.0,
) -> None:
    """Read a source once and print what it gives. Nothing is stored, and nothing is changed on the source.

    Raises:
        ConfigurationError: the configuration has faults, or names no such source.
        SourceUnavailable: the source gave nothing in time.
    """
    import asyncio
    import logging

    from collector.cli.resolution_lines import resolution_lines
    from collector.cli.terminal import console
    from collector.cli.would_refuse import would_refuse
    from collector.config.load import load
    from collector.errors import ConfigurationError
    from collector.service.logs import configure_logs

    configure_logs(json_lines=False, level=logging.ERROR)  # what the source warns of stands in the output
    settings = load(plant)
    if source not in settings.sources:
        names = ", ".join(settings.sources) or "none"
        raise ConfigurationError(f"{plant} has no source {source!r}; it has {names}")
    polled, health = asyncio.run(_first_answers(settings.sources[source], settings, wait))
    screen = console()
    screen.width = max(screen.width, 130)  # on a narrow terminal a row wraps, so that no tag name is cut
    screen.print(_readings_table(polled, settings.plant.tags), soft_wrap=True)
    for event in polled.events:
        say(f"event {event.tag}: {event.key}, {event.tonnes:g} t, sequence {event.sequence}")
    for line in _alarm_lines(polled, settings, source):
        say(line)
    if health.clock_offset_s is not None and abs(health.clock_offset_s) > NOTABLE_OFFSET_S:
        say(f"the clock of its server is {health.clock_offset_s:+.1f} s off this host's")
    for line in resolution_lines(settings, source):
        say(line)
    for name, reason in health.bad_nodes.items():
        say(f"not read {name}: {reason}")
    for rejection in polled.rejections:
        if rejection.tag not in health.bad_nodes:
            say(f"rejected {rejection.tag}: {rejection.detail}")
    for line in would_refuse(polled, settings.plant):
        say(line)
    for name in sorted(polled.waiting - health.bad_nodes.keys()):
        say(f"nothing came of {name} within {wait:g} s; wait longer with --wait")


def _alarm_lines(polled: "Polled", settings: "Settings", source: str) -> list[str]:
    """The alarms that are active, and of which unit each is by the configuration."""
    from models.detection.alarm import unit_of

    active = [notice for notice in polled.alarms.values() if notice.active]
    lines = []
    for notice in sorted(active, key=lambda notice: -notice.severity)[:MOST_ALARMS]:
        unit = unit_of(settings.plant, source, notice.origin, notice.name)
        whose = f"of {unit}" if unit else "of no unit: a unit that it speaks of takes it by its key alarms"
        lines.append(f"alarm {notice.name!r} from {notice.origin!r}, severity {notice.severity}, is active, {whose}")
    if len(active) > MOST_ALARMS:
        lines.append(f"and {len(active) - MOST_ALARMS} more alarms are active")
    if polled.awaits_alarms:
        lines.append("the server did not say which alarms are active")
    return lines


async def _first_answers(
    source: "ConfiguredSource", settings: "Settings", wait_s: float
) -> "tuple[Polled, SourceHealth]":
    """Run the source until every tag was heard of, or it says why it cannot."""
    import asyncio
    import contextlib
    import time

    from collector.cli.polled import Polled
    from collector.errors import SourceUnavailable
    from collector.sources.base import SourceContext

    context = SourceContext(source.tags, settings.folder, {}, time.time_ns, zone=settings.plant.zone, only_looks=True)
    running = source.type.build(source.config, context)
    polled = Polled(
        settings.plant.tags,
        [tag.name for _, tag, _ in source.tags],
        awaits_alarms=getattr(source.config, "alarms", None) is not None,
    )
    task = asyncio.create_task(running.run(polled.accept))
    began_s, told = time.monotonic(), False
    # A node that holds up its server ends a few connections, each after a time-out, before it is found and left out.
    searches = hasattr(source.config, "retry_bad_nodes")
    longest_s = max(wait_s, TIMEOUTS_TO_FIND_A_NODE * getattr(source.config, "timeout", 0.0)) if searches else wait_s
    try:
        while polled.lacks(running.health):
            if task.done():
                task.result()
            if running.health.last_error and not polled.heard and not running.health.connected:
                raise SourceUnavailable(running.health.last_error)
            held_up = searches and running.health.connected and not polled.values and not polled.events
            waited_s = time.monotonic() - began_s
            if waited_s > (longest_s if held_up else wait_s):
                break
            if held_up and waited_s > wait_s and not told:
                told = True
                say(f"it answers nothing yet; looking for {longest_s:g} s which node holds it up", err=True)
            await asyncio.wait((task,), timeout=0.05)
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    if not polled.heard and polled.lacks(running.health):
        why = f": {running.health.last_error}" if running.health.last_error else ""
        raise SourceUnavailable(
            f"source {running.name} gave nothing within {time.monotonic() - began_s:.0f} s{why}; wait longer with "
            "--wait, or check its address"
        )
    return polled, running.health


def _shown(value: "Number") -> str:
    from models.works.exact_number import written

    return f"{value:.10g}" if isinstance(value, float) else written(value)


def _readings_table(polled: "Polled", tags: "Sequence[Tag]") -> "Table":
    from datetime import UTC, datetime

    from rich.table import Table

    table = Table(
        "tag", "value", "unit", "quality", "source time", "age", box=None, pad_edge=False, header_style="bold"
    )
    for index, read in sorted(polled.values.items()):
        tag, time_s = tags[index], read.time_ns / 1e9
        moment = f"{datetime.fromtimestamp(time_s, UTC):%Y-%m-%d %H:%M:%S.%f}"[:-3] + "Z" if read.time_ns else "none"
        age = f"{(read.received_ns - read.time_ns) / 1e9:.1f} s" if read.time_ns else ""
        quality = f"{read.quality.name.lower()}: {read.said}" if read.said else read.quality.name.lower()
        table.add_row(tag.name, _shown(read.value), tag.unit_of_measure, quality, moment, age)
    return table
