"""A line for a person."""

import typer

from collector.plain_text import plain


def say(text: object = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a line; without `nl`, without its end."""
    typer.echo(plain(str(text)), err=err, nl=nl)
