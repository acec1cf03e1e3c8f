"""Whether a total agrees with its parts, as far as their decimals go. Pure."""

from collections.abc import Sequence

COARSEST = 1_000_000
"""Grams. A number is taken to be rounded to its last decimal, and to no more than a tonne: 5,000 t are not about
5,000."""


def agrees(total: int, parts: Sequence[int]) -> bool:
    """Whether parts may come to the total: they are rounded to the finest decimal among them, it to its own."""
    return 2 * abs(total - sum(parts)) <= _step([total]) + _step(parts) * len(parts)


def _step(values: Sequence[int]) -> int:
    step = 1
    while step < COARSEST and all(value % (step * 10) == 0 for value in values):
        step *= 10
    return step
