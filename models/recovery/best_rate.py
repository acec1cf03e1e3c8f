"""The best rate that a unit has held of late, and the rate at which it goes now; both for an available hour. Pure."""

import numpy as np
from numpy.typing import NDArray

from models.tables.forecast import RATE_DAYS

Floats = NDArray[np.float64]

LOOKS_BACK = 90
"""Days among which the best rate is looked for: a unit of last year had other linings, rolls and people."""
WINDOW_DAYS = 3
"""What was made in three days running counts as held. In one day it does not: a furnace that taps ten times a day may
have an eleventh tap in it, only because the day began when a ladle was full."""
BEST_PERCENTILE = 95
"""The best of twenty windows, and not the best of all: that one may be a fault of a scale."""
LEAST_WINDOWS = 20
"""With fewer windows the 95th percentile is the greatest."""
_LEAST_SHARE = 0.5
"""Of its calendar time in which a window was available: in the hours around a repair a unit goes as it never does."""


def best_rate(made_t: Floats, available_h: Floats, calendar_h: Floats) -> float | None:
    """Tonnes an available hour: the 95th percentile of windows of WINDOW_DAYS days running; None with too few windows.

    The columns are over the LOOKS_BACK days that are over, or fewer. made_t: tonnes, NaN if a day is not known.
    """
    made, available, calendar = (_sums(column) for column in (made_t, available_h, calendar_h))
    counted = ~np.isnan(made) & (available > 0) & (available >= _LEAST_SHARE * calendar)
    if counted.sum() < LEAST_WINDOWS:
        return None
    return max(float(np.percentile(made[counted] / available[counted], BEST_PERCENTILE)), 0.0)


def recent_rate(made_t: Floats, available_h: Floats) -> float | None:
    """Tonnes an available hour over the last RATE_DAYS days, as the forecast has it; None if none of them is known."""
    made, available = made_t[-RATE_DAYS:], available_h[-RATE_DAYS:]
    known = ~np.isnan(made)
    hours = float(available[known].sum())
    return max(float(made[known].sum()) / hours, 0.0) if hours > 0 else None


def _sums(column: Floats) -> Floats:
    """Of WINDOW_DAYS days running each; NaN where one of them is."""
    if len(column) < WINDOW_DAYS:
        return np.zeros(0)
    found: Floats = np.lib.stride_tricks.sliding_window_view(column, WINDOW_DAYS).sum(axis=1)
    return found
