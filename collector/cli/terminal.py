"""Tables on a terminal: text that does not fit is folded, never cut; numbers stay on one line."""

import os
import sys
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table

from collector.plain_text import plain

PIPED = 100_000
"""A pipe has no width: a line for each row, for whoever searches them."""


class PlainConsole(Console):
    """A console on which only our own styles are commands: what a cell holds is shown, and never acted on."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """See rich."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(plain(segment.text), segment.style)


def show(table: Table) -> None:
    """Print a table."""
    for column in table.columns:
        column.overflow, column.no_wrap = "fold", column.no_wrap or column.justify == "right"
    console().print(table)


def console() -> Console:
    """As wide as the terminal; where there is none, as wide as it takes, unless COLUMNS says otherwise."""
    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else PIPED
    return PlainConsole(highlight=False, markup=False, width=width)
