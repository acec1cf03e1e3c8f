"""Tables on a terminal: text that does not fit is folded, never cut; numbers stay on one line."""

from rich.console import Console
from rich.table import Table


def show(table: Table) -> None:
    """Print a table."""
    for column in table.columns:
        column.overflow, column.no_wrap = "fold", column.justify == "right"
    Console(highlight=False, markup=False).print(table)
