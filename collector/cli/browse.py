"""`tundish browse`: a draft of tags from what an OPC UA server offers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.cli.options_config import config_of
from collector.cli.say import say

if TYPE_CHECKING:
    from collector.sources.opcua.browse import Browsed, Variable
    from collector.sources.opcua.config import OpcUaConfig


def browse(
    url: Annotated[str, typer.Argument(help="opc.tcp://HOST:PORT", show_default=False)],
    policy: Annotated[str, typer.Option(help="security policy; write None for an unprotected connection")] = "",
    mode: Annotated[str, typer.Option(help="None, Sign or SignAndEncrypt")] = "None",
    certificate: Annotated[str | None, typer.Option(help="our certificate")] = None,
    key: Annotated[str | None, typer.Option(help="our private key")] = None,
    server_certificate: Annotated[str | None, typer.Option(help="the server's certificate")] = None,
    user: Annotated[str | None, typer.Option(help="user to sign in as")] = None,
    password_file: Annotated[str | None, typer.Option(help="file that holds the password")] = None,
    source: Annotated[str, typer.Option(help="name of the source in the draft")] = "plc",
    out: Annotated[
        Path | None, typer.Option(help="file to write, which must not exist yet; standard output if missing")
    ] = None,
) -> None:
    """Browse an OPC UA server and write a draft of tags for plant.yaml. Nothing is changed on the server.

    Raises:
        ConfigurationError: the options do not fit together, or the file exists already.
        SourceUnavailable: the server cannot be reached or refuses us.
    """
    import asyncio

    from collector.errors import ConfigurationError
    from collector.sources.opcua.config import OpcUaConfig

    config = config_of(
        OpcUaConfig,
        {
            "name": source,
            "type": "opcua",
            "url": url,
            "security": {
                "policy": policy,
                "mode": mode,
                "certificate_file": certificate,
                "private_key_file": key,
                "server_certificate_file": server_certificate,
            },
            "user": user,
            "password_file": password_file,
        },
        "browse",
    )
    if out is not None and out.exists():
        raise ConfigurationError(f"{out} already exists; move it away first, or name another file")
    text = _draft(asyncio.run(_browsed(config)), url, source)
    if out is None:
        say(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        say(f"wrote {out}")


async def _browsed(config: "OpcUaConfig") -> "Browsed":
    import time

    from collector.cli.watching import now_and_then
    from collector.sources.opcua.browse import browse as walk
    from collector.sources.opcua.connection import connected, refusal_or_outage
    from collector.sources.opcua.quiet import quieten_library

    quieten_library()
    try:
        return await walk(lambda: connected(config, Path.cwd(), time.time_ns, time.monotonic), now_and_then())
    except Exception as error:
        raise refusal_or_outage(error, config, "browsing") from error


def _draft(browsed: "Browsed", url: str, source: str) -> str:
    """The YAML of the draft, each entry on a line of its own behind the names that lead to it."""
    import yaml

    from collector.sources.opcua.browse import draft_tags

    numbers = [variable for variable in browsed.variables if variable.number is not None]
    others = [variable for variable in browsed.variables if variable.number is None]
    lines = [
        f"# Draft of {len(numbers)} tags of {url}. Move each one to its unit in plant.yaml and complete it:",
        "# kind, unit_of_measure (1: none is given), low, high; for a counter also product, modulus, max_rate_per_h.",
        "tags:" if numbers else "tags: []",
    ]
    for variable, entry in zip(numbers, draft_tags(numbers, source), strict=True):
        flow = yaml.safe_dump(entry, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000).strip()
        lines += [f"  # {_path(variable)}: {variable.data_type} = {variable.number:.10g}", f"  - {flow}"]
    if others:
        lines += [
            f"# {len(others)} variables are no tags by themselves, for a tag holds one number. Arrays, texts and times",
            "# may be those of an event ring: ring: {head: ..., sequence: ..., key: ..., tonnes: ..., end: ...}",
        ]
    for variable in others:
        held = f"{variable.data_type} = {variable.shown}" if variable.data_type else f"no value, {variable.status}"
        lines += [f"#   {_path(variable)}: {held}", f"#     node: {_quoted(variable.node)}"]
    if browsed.left_out:
        lines.append(f"# {browsed.left_out}")
    return "\n".join(lines) + "\n"


def _path(variable: "Variable") -> str:
    """Where it is found. A browse name may hold a line break, which would end the comment."""
    return " ".join("/".join(variable.path).split())


def _quoted(node: str) -> str:
    """The node as plant.yaml takes it, on one line whatever its name holds."""
    import json

    return json.dumps(node, ensure_ascii=False)
