"""Bounds of what people give on the command line."""

import math

import typer

LARGEST = 2**63 - 1
"""What SQLite and numpy keep as a whole number; an id, a seed or a count of rows beyond it is a slip of the hand."""
LONGEST = 500
"""A name or a reason of more letters is no name, and no table, page or mail has room for it. A judgement."""


def real(value: float) -> float:
    """The number itself. Raises BadParameter for what is no amount: nan lies within no bounds, and passes them all."""
    if math.isnan(value):
        raise typer.BadParameter(f"{value} is no number; give one such as 1.5")
    return value


def words(value: str | None) -> str | None:
    """The text itself, which stays on record. Raises BadParameter for one that is too long, or whose bytes are none."""
    if value is None:
        return None
    if len(value) > LONGEST:
        raise typer.BadParameter(f"it has {len(value)} letters; give {LONGEST} at most")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise typer.BadParameter("it is no text in UTF-8; write it anew") from None
    return value
