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
    from models.counting.shape_watch import ProposedShape, WatchedShape

LONGEST_S = 86_400.0
"""Who watches for longer than a day wants a history, which this does not keep."""
TELL_EVERY_S = 15.0
"""Between two words on how it goes: nobody waits longer without wondering."""
EVERY_S = 1.0
"""A belt of whole tonnes steps every few seconds; a look a second sees each step by itself."""


@dataclass(frozen=True, slots=True)
class WatchedNumber:
    """A number of the server with what was seen of it, and the tag that reads it already ("": none)."""

    variable: "Variable"
    seen: "WatchedShape"
    tag: str = ""


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
    keep: Annotated[
        Path | None,
        typer.Option("--keep", help="a file to keep what was seen in, and to go on from", show_default=False),
    ] = None,
) -> None:
    """Watch the numbers of a source and propose tags: counters with step and modulus, and what the others look like.

    Nothing is changed on the source, and nothing is stored but in the file of --keep: with it a watch of hours may be
    ended and gone on with, which shows resets. What stood still is not proposed: `tundish browse` lists every variable.

    Raises:
        ConfigurationError: the configuration has faults, names no such source, or it is not of OPC UA.
        SourceUnavailable: the server cannot be reached or refuses us.
    """
    import asyncio

    from collector.cli.watch_file import WatchFile
    from collector.config.load import load
    from collector.errors import ConfigurationError
    from collector.sources.opcua.config import OpcUaConfig

    settings = load(plant)
    if source not in settings.sources:
        raise ConfigurationError(f"{plant} has no source {source!r}; it has {', '.join(settings.sources) or 'none'}")
    configured = settings.sources[source]
    if not isinstance(configured.config, OpcUaConfig):
        raise ConfigurationError(f"source {source} is not of OPC UA: only that is looked through")
    kept = WatchFile(keep)
    shapes = kept.read()
    try:
        watched = asyncio.run(_watched(configured.config, configured, settings, seconds, shapes))
    finally:
        kept.write(shapes)
    say(proposal(watched, source, seconds), nl=False)


async def _watched(
    config: "OpcUaConfig",
    source: "ConfiguredSource",
    settings: "Settings",
    seconds: float,
    kept: "dict[str, WatchedShape]",
) -> list[WatchedNumber]:
    """Watch for so many seconds, and take up in `kept`, by node, what was seen of each number."""
    import asyncio
    import time

    from collector.sources.opcua.browse import browse
    from collector.sources.opcua.connection import connected, refusal_or_outage
    from collector.sources.opcua.good_value import good_value
    from collector.sources.opcua.quiet import quieten_library
    from models.counting.shape_watch import WatchedShape

    quieten_library()

    def connect() -> "AbstractAsyncContextManager[Connection]":
        return connected(config, settings.folder, time.time_ns, time.monotonic)

    try:
        variables = [variable for variable in await browse(connect) if variable.number is not None]
        async with connect() as connection:
            known = _known(source, connection.facts.namespaces)
            nodes = [connection.resolve(variable.node) for variable in variables]
            shapes = [kept.setdefault(variable.node, WatchedShape()) for variable in variables]
            began_s, told_s = time.monotonic(), time.monotonic()
            while True:
                at_s = time.time()
                for shape, data in zip(shapes, await connection.read(nodes), strict=True):
                    value = good_value(data)
                    if isinstance(value, int | float):
                        shape.look(at_s, float(value))
                now_s = time.monotonic()
                if now_s - began_s >= seconds:
                    break
                if now_s - told_s >= TELL_EVERY_S:
                    told_s = now_s
                    moved = sum(shape.moves > 0 for shape in shapes)
                    left_s = seconds - (now_s - began_s)
                    say(f"{len(shapes)} numbers watched, {moved} moved, {left_s:.0f} s to go", err=True)
                await connection.renew_when_due()
                await asyncio.sleep(EVERY_S)
    except Exception as error:
        raise refusal_or_outage(error, config, "watching its numbers") from error
    return [
        WatchedNumber(variable, shape, known.get(variable.node, ""))
        for variable, shape in zip(variables, shapes, strict=True)
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
    from models.counting.shape_watch import NumberShape, proposed

    counting = [item for item in watched if item.seen.counts]
    new = [item for item in counting if not item.tag]
    lines = [
        f"# {len(counting)} of {len(watched)} numbers rose in {seconds:g} s and never fell; those without a tag yet:",
        "# move each to its unit in plant.yaml, and complete unit_of_measure, product, max_rate_per_h; modulus is in",
        "# the unit of measure of the number itself.",
        "tags:" if new else "tags: []",
    ]
    for item, entry in zip(new, draft_tags([item.variable for item in new], source), strict=True):
        found = proposed(item.seen, item.variable.data_type)
        for key in ("low", "high"):
            entry.pop(key, None)
        entry |= {"kind": "totalizer", "resolution": float(f"{item.seen.least_rise:.6g}")} | found.keys
        flow = yaml.safe_dump(entry, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000).strip()
        why = f"{found.sureness.value}: {'; '.join(found.reasons)}"
        lines += [f"  # {_seen(item, seconds)}", f"  # {why}", f"  - {flow}"]
    lines += [f"# tag {item.tag}: {_seen(item, seconds)}" for item in counting if item.tag]
    others = [item for item in watched if not item.seen.counts and item.seen.moves]
    if others:
        lines.append("# what else moved, by what it looks like; docs/sources.md says what to write for each:")
    for shape in NumberShape:
        for item in others:
            found = proposed(item.seen, item.variable.data_type)
            if found.shape is shape:
                lines.append(f"# {found.sureness.value} a {shape.value}: {_other(item, others, found)}")
    return "\n".join(lines) + "\n"


def _other(item: WatchedNumber, others: "Sequence[WatchedNumber]", found: "ProposedShape") -> str:
    from models.counting.shape_watch import NumberShape, moves_together

    said = f"{_path(item)} ({item.variable.node}): {'; '.join(found.reasons)}"
    if found.keys:
        said += f"; {', '.join(f'{key}: {value}' for key, value in found.keys.items())}"
    if item.tag:
        said += f"; tag {item.tag}"
    if found.shape is NumberShape.LAST_VALUE:
        beside = [_path(other) for other in others if other is not item and moves_together(item.seen, other.seen)]
        said += f"; it moves together with {', '.join(beside[:3])}" if beside else ""
    return said


def _path(item: WatchedNumber) -> str:
    return " ".join("/".join(item.variable.path).split())


def _seen(item: WatchedNumber, seconds: float) -> str:
    seen = item.seen
    rate = (seen.last - seen.first) / seconds * 3600
    return (
        f"{_path(item)}: {item.variable.data_type}, {seen.first:.10g} to {seen.last:.10g}, smallest step "
        f"{seen.least_rise:.6g}, {rate:.4g} an hour"
    )
