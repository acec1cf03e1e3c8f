"""Whether a total agrees with its parts, as far as their decimals go. Pure."""

from collections.abc import Sequence

COARSEST = 1_000_000
"""Grams. A number is taken to be rounded to its last decimal, and to no more than a tonne: 5,000 t are not about
5,000."""


def agrees(total: int, parts: Sequence[int]) -> bool:
    """Whether parts, each rounded to the finest decimal among all of them, may come to the total."""
    step = 1
    while step < COARSEST and all(value % (step * 10) == 0 for value in (total, *parts)):
        step *= 10
    return 2 * abs(total - sum(parts)) <= step * (len(parts) + 1)
