"""Bounds of numbers that people give on the command line."""

import math

import typer

LARGEST = 2**63 - 1
"""What SQLite and numpy keep as a whole number; an id, a seed or a count of rows beyond it is a slip of the hand."""


def real(value: float) -> float:
    """The number itself. Raises BadParameter for what is no amount: nan lies within no bounds, and passes them all."""
    if math.isnan(value):
        raise typer.BadParameter(f"{value} is no number; give one such as 1.5")
    return value
