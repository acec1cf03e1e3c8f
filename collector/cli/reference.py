"""docs/commands.md, written from the commands themselves: `make docs`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from collector.cli.main import app

_HEAD = """# Commands

<!-- Written by `make docs` from the commands themselves. -->

`--plant` names the plant: plant.yaml, or a folder of \\*.yaml files. Without it, the variable `TUNDISH_PLANT` counts,
and then `plant.yaml` in the current folder. Commands that show `[PLANT]` also take it as their first word.
`--lang` is the language: `en`, `ru` or `kk`. Without it, the variable `TUNDISH_LANG` counts, and then English.
`tundish --install-completion` completes commands and options in your shell. Exit codes: 0 done; 1 something could not
be done; 2 the configuration or an option is wrong. The reason is one line on standard error.
"""


def commands_page() -> str:
    """The whole page: each command with its arguments and options."""
    root = typer.main.get_command(app)
    return _HEAD + "".join(_sections(root, "tundish"))


# The command line library keeps the classes of commands and options to itself; only what they all have is asked for.
def _sections(command: Any, name: str) -> Iterator[str]:  # noqa: ANN401
    children = getattr(command, "commands", None)
    text = (command.help or "").strip()
    if children is None:
        yield f"\n### {name}\n\n{text}\n" + _table(command)
        return
    yield f"\n## {name}\n\n{text}\n" + _table(command)
    # Commands without a group of their own first, or they would stand under the heading of the last group.
    for child in sorted(children, key=lambda each: (hasattr(children[each], "commands"), each)):
        yield from _sections(children[child], f"{name} {child}")


def _table(command: Any) -> str:  # noqa: ANN401
    rows = "".join(_row(parameter) for parameter in command.params if parameter.name != "help")
    return f"\n| argument or option | meaning |\n|---|---|\n{rows}" if rows else ""


def _row(parameter: Any) -> str:  # noqa: ANN401
    text = " ".join((parameter.help or "").split()).replace("|", "\\|")
    default = getattr(parameter.default, "value", parameter.default)
    if parameter.param_type_name == "argument":
        words = [parameter.metavar or parameter.name.upper()]
    else:
        words = [*parameter.opts, *parameter.secondary_opts]
        if parameter.required:
            text += " (required)"
        elif isinstance(default, str | int | float | Path) and not isinstance(default, bool) and str(default):
            text += f" (default: {default})"
    return f"| {', '.join(f'`{word}`' for word in words)} | {text} |\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(commands_page(), encoding="utf-8")
