"""A total of a form that its rows do not come to. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TotalRead:
    """A total that the form states in a row, and what its rows come to, where the two differ. In grams."""

    row: int
    stated: int
    summed: int
