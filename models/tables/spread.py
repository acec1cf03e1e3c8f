"""How far the residuals of a node lie from each other, learned from its own past."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

REFERENCE = 60
FEWEST = 30
"""The spread of the last 60 known days, and of 30 at least: fewer give a sigma that is off by a fifth and more."""
BEHIND = 14
"""The newest days are left out: a meter that begins to err must not widen the sigma by which it is judged, and a fault
of half a percent that lasts longer than that is named by the referee."""
MAD_TO_SIGMA = 1.4826
"""The median absolute deviation of normal values is sigma over this."""
BELIEVED_SIGMAS = 3.0
WITHIN = 0.9866
"""Days beyond three sigma by the median are faults, and left out. The rest has a standard deviation of its own, which
is this share of that of all (for normal values). The median alone would need three times as many days for it."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One standard deviation of the residuals of so many known `days`, in tonnes."""

    sigma_t: float
    days: int


def learned(residuals: Sequence[float] | NDArray[np.float64]) -> Spread | None:
    """The spread of the last REFERENCE of these residuals; None for too few, or if most of them are the same.

    The spread about their middle, and never the middle itself: a bias that was there all the time stays in the
    residual.
    """
    known = np.array(residuals[-REFERENCE:])
    if len(known) < FEWEST:
        return None
    away = np.abs(known - np.median(known))
    believed = known[away <= BELIEVED_SIGMAS * MAD_TO_SIGMA * np.median(away)]
    sigma_t = float(np.std(believed, ddof=1)) / WITHIN if len(believed) > 1 else 0.0
    return Spread(sigma_t, len(known)) if sigma_t > 0 else None
