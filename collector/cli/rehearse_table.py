"""A rehearsal on the terminal."""

from rich.table import Table

from collector.cli.terminal import console
from dashboards.report.rehearsal_view import RehearsalView, TableView


def show_view(view: RehearsalView) -> None:
    """Print it; words are folded at the width of the terminal, and no number is cut."""
    screen = console()
    screen.print(view.title, style="bold")
    if view.simulated:
        screen.print(view.simulated)
    for name, value in view.header:
        screen.print(f"{name}: {value}")
    for listed in view.tables:
        screen.print()
        screen.print(_table(listed))
        if listed.more:
            screen.print(listed.more)
    screen.print()
    for note in view.notes:
        screen.print(note)


def _table(listed: TableView) -> Table:
    table = Table(title=listed.title, title_justify="left", title_style="bold")
    for number, title in enumerate(listed.columns):
        holds_numbers = number in listed.numbers
        widest = max((len(row[number]) for row in listed.rows), default=0)
        table.add_column(
            title,
            justify="right" if holds_numbers else "left",
            overflow="fold",
            min_width=widest if holds_numbers else min(widest, 14),
        )
    for row in listed.rows:
        table.add_row(*row)
    return table
