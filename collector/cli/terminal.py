"""Tables on a terminal: text that does not fit is folded, never cut; numbers stay on one line."""

import os
import sys

from rich.console import Console
from rich.table import Table

PIPED = 100_000
"""A pipe has no width: a line for each row, for whoever searches them."""


def show(table: Table) -> None:
    """Print a table."""
    for column in table.columns:
        column.overflow, column.no_wrap = "fold", column.no_wrap or column.justify == "right"
    console().print(table)


def console() -> Console:
    """As wide as the terminal; where there is none, as wide as it takes, unless COLUMNS says otherwise."""
    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else PIPED
    return Console(highlight=False, markup=False, width=width)
