"""In what steps a counter moves: learned from the rises that were seen."""

from collections.abc import Iterable
from itertools import pairwise


def finer(finest: int, risen: int) -> int:
    """The smaller of the smallest rise so far and one more (0: none).

    A counter that moves in steps rises by whole steps, so the smallest rise is never less than the step.
    """
    if not risen:
        return finest
    return min(finest, risen) if finest else risen


def learned_resolution(values: Iterable[float]) -> float | None:
    """The smallest rise between neighbouring readings of a counter; None as long as it did not rise."""
    rises = [later - earlier for earlier, later in pairwise(values) if later > earlier]
    return min(rises, default=None)
