"""`tundish discover`: watches the numbers of a source's server for a while, and proposes those that count as tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.option_bounds import real
from collector.cli.plant_option import DEFAULT_PLANT, VARIABLE
from collector.cli.say import say

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from collector.config.settings import ConfiguredSource, Settings
    from collector.sources.opcua.browse import Variable
    from collector.sources.opcua.config import OpcUaConfig
    from collector.sources.opcua.connection import Connection

LONGEST_S = 86_400.0
"""Who watches for longer than a day wants a history, which this does not keep."""
EVERY_S = 1.0
"""A belt of whole tonnes steps every few seconds; a look a second sees each step by itself."""


@dataclass(frozen=True, slots=True)
class WatchedNumber:
    """A number of the server with the values that it showed, and the tag that reads it already ("": none)."""

    variable: "Variable"
    values: Sequence[float]
    tag: str = ""

    @property
    def counts(self) -> bool:
        """Whether it rose and never fell."""
        return self.values[-1] > self.values[0] and all(
            later >= earlier for earlier, later in zip(self.values, self.values[1:], strict=False)
        )


def discover(
    source: Annotated[str, typer.Argument(help="name of the source in plant.yaml", show_default=False)],
    plant: Annotated[
        Path, typer.Option("--plant", envvar=VARIABLE, help="plant.yaml, or a folder of *.yaml files")
    ] = DEFAULT_PLANT,
    # A batch of a hopper comes once a minute: shorter steps are seen within that.
    seconds: Annotated[
        float,
        typer.Option(min=2.0, max=LONGEST_S, callback=real, help="seconds to watch; a slow counter needs longer"),
    ] = 60.0,
) -> None:
    """Watch the numbers of a source and propose tags for those that only rise, with the step in which they move.

    Nothing is stored, and nothing is changed on the source. What stood still in that time is not proposed: `tundish
    browse` lists every variable.

    Raises:
        ConfigurationError: the configuration has faults, names no such source, or it is not of OPC UA.
        SourceUnavailable: the server cannot be reached or refuses us.
    """
    import asyncio

    from collector.config.load import load
    from collector.errors import ConfigurationError
    from collector.sources.opcua.config import OpcUaConfig

    settings = load(plant)
    if source not in settings.sources:
        raise ConfigurationError(f"{plant} has no source {source!r}; it has {', '.join(settings.sources) or 'none'}")
    configured = settings.sources[source]
    if not isinstance(configured.config, OpcUaConfig):
        raise ConfigurationError(f"source {source} is not of OPC UA: only that is looked through")
    watched = asyncio.run(_watched(configured.config, configured, settings, seconds))
    say(proposal(watched, source, seconds), nl=False)


async def _watched(
    config: "OpcUaConfig", source: "ConfiguredSource", settings: "Settings", seconds: float
) -> list[WatchedNumber]:
    import asyncio
    import time

    from collector.sources.opcua.browse import browse
    from collector.sources.opcua.connection import connected, good_value, refusal_or_outage
    from collector.sources.opcua.quiet import quieten_library

    quieten_library()

    def connect() -> "AbstractAsyncContextManager[Connection]":
        return connected(config, settings.folder, time.time_ns, time.monotonic)

    try:
        variables = [variable for variable in await browse(connect) if variable.number is not None]
        async with connect() as connection:
            known = _known(source, connection.facts.namespaces)
            nodes = [connection.resolve(variable.node) for variable in variables]
            seen: list[list[float]] = [[variable.number or 0.0] for variable in variables]
            until_s = time.monotonic() + seconds
            while time.monotonic() < until_s:
                await asyncio.sleep(EVERY_S)
                for values, data in zip(seen, await connection.read(nodes), strict=True):
                    value = good_value(data)
                    if isinstance(value, int | float):
                        values.append(float(value))
    except Exception as error:
        raise refusal_or_outage(error, config, "watching its numbers") from error
    return [
        WatchedNumber(variable, values, known.get(variable.node, ""))
        for variable, values in zip(variables, seen, strict=True)
    ]


def _known(source: "ConfiguredSource", namespaces: Sequence[str]) -> dict[str, str]:
    """By node with the URI of its namespace, the tag that reads it."""
    from collector.sources.opcua.address import node_place

    found = {}
    for _, tag, address in source.tags:
        for node in address.nodes:
            try:
                found[node_place(node, namespaces)] = tag.name
            except LookupError:
                continue
    return found


def proposal(watched: Sequence[WatchedNumber], source: str, seconds: float) -> str:
    """The YAML of what counts and is no tag yet, each with what was seen of it; then what is a tag already."""
    import yaml

    from collector.sources.opcua.browse import draft_tags
    from models.counting.resolution import learned_resolution

    counting = [item for item in watched if item.counts]
    new = [item for item in counting if not item.tag]
    lines = [
        f"# {len(counting)} of {len(watched)} numbers rose in {seconds:g} s and never fell; those without a tag yet:",
        "# move each to its unit in plant.yaml, and complete unit_of_measure, product, max_rate_per_h, modulus.",
        "tags:" if new else "tags: []",
    ]
    for item, entry in zip(new, draft_tags([item.variable for item in new], source), strict=True):
        step = learned_resolution(item.values) or 0.0
        for key in ("low", "high"):
            entry.pop(key, None)
        entry |= {"kind": "totalizer", "resolution": float(f"{step:.6g}")}
        flow = yaml.safe_dump(entry, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000).strip()
        lines += [f"  # {_seen(item, seconds, step)}", f"  - {flow}"]
    lines += [
        f"# tag {item.tag}: {_seen(item, seconds, learned_resolution(item.values) or 0.0)}"
        for item in counting
        if item.tag
    ]
    return "\n".join(lines) + "\n"


def _seen(item: WatchedNumber, seconds: float, step: float) -> str:
    first, last = item.values[0], item.values[-1]
    path = " ".join("/".join(item.variable.path).split())
    rate = (last - first) / seconds * 3600
    return (
        f"{path}: {item.variable.data_type}, {first:.10g} to {last:.10g}, smallest step {step:.6g}, {rate:.4g} an hour"
    )
