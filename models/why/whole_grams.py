"""Exact shares as whole grams that sum to a whole."""

from collections.abc import Mapping
from fractions import Fraction
from math import trunc
from typing import TypeVar

Key = TypeVar("Key")


def whole_grams(shares: Mapping[Key, Fraction], total: int) -> dict[Key, int]:
    """Each share as whole grams, within a gram of it, that sum to `total`; the shares must sum to it exactly.

    By largest remainder, towards zero first: so the shares of the opposite sign give the grams of the opposite sign,
    and a share of nothing stays nothing. Raises ValueError for shares that sum to something else.
    """
    if sum(shares.values()) != total:
        raise ValueError(f"shares of {total} sum to {sum(shares.values())}")
    grams = {key: trunc(share) for key, share in shares.items()}
    left = total - sum(grams.values())
    sign = 1 if left > 0 else -1
    by_remainder = sorted(shares, key=lambda key: -sign * (shares[key] - grams[key]))
    for key in by_remainder[: abs(left)]:
        grams[key] += sign
    return grams
