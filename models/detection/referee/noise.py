"""What is noise in the residuals of a node: how wide it is, how a day depends on the one before, and odd single days.

The survey that closes one day opens the next, so its error is in both with opposite signs: neighbouring residuals are
correlated, and their sum over many days holds the surveys of the two ends alone.
"""

import numpy as np

from models.detection.referee.node_days import Days, Floats

MAD_TO_SIGMA = 1.4826
"""The median absolute deviation of normal values is sigma over this."""
MOST_CORRELATED = -0.4
"""A correlation of -0.5 would mean that surveys err and yields never vary: then a sum of many days would be sure beyond
belief. Sixty days do not tell -0.4 from -0.5."""
ODD_SIGMAS = 3.5
BESIDE = 3
"""A day that lies alone, further than this from the median of the three days before and after it, counts no more than
that: a slip in one survey is no meter that errs. Days that lie so together are left as they are."""


def spread_and_correlation(days: Days, residual_t: Floats) -> tuple[float, float]:
    """Sigma of the residuals of a healthy time, and the correlation of neighbouring days (0 down to MOST_CORRELATED).

    The correlation is taken one standard error nearer to zero: what it is overrated by, a sum of many days is believed
    to be surer than it is.
    """
    sigma = _sigma(residual_t)
    if sigma <= 0:
        return sigma, 0.0
    middle = np.median(residual_t)
    drawn = np.clip(residual_t - middle, -ODD_SIGMAS * sigma, ODD_SIGMAS * sigma)
    sigma = float(np.std(drawn))
    beside = np.diff(days) == 1
    count = int(beside.sum())
    if count == 0:
        return sigma, 0.0
    correlation = float((drawn[1:] * drawn[:-1])[beside].mean()) / sigma**2
    return sigma, min(0.0, max(MOST_CORRELATED, correlation + count**-0.5))


def calmed(residual_t: Floats, sigma: float) -> Floats:
    """The residuals with single odd days drawn in."""
    padded = np.pad(residual_t, BESIDE, mode="reflect") if len(residual_t) > BESIDE else residual_t
    if len(padded) == len(residual_t):
        return residual_t
    middle = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * BESIDE + 1), axis=1)
    drawn: Floats = middle + np.clip(residual_t - middle, -ODD_SIGMAS * sigma, ODD_SIGMAS * sigma)
    return drawn


def covariance(days: Days, sigma: float, correlation: float) -> Floats:
    """The covariance matrix of those days."""
    apart = np.abs(days[:, None] - days[None, :])
    found: Floats = sigma**2 * ((apart == 0) + correlation * (apart == 1))
    return found


def _sigma(values: Floats) -> float:
    middle = np.median(values)
    return MAD_TO_SIGMA * float(np.median(np.abs(values - middle)))
