"""Exact limits of a share and of a rate, without any normal approximation."""

from collections.abc import Callable
from math import exp, lgamma, log, sqrt

_STEPS = 60


def clopper_pearson(hits: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """The two-sided interval for a share that was observed as `hits` of `trials`; (0, 1) without trials."""
    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else _root(lambda share: 1 - _binomial_cdf(hits - 1, trials, share), tail)
    high = 1.0 if hits == trials else _root(lambda share: 1 - _binomial_cdf(hits, trials, share), 1 - tail)
    return low, high


def poisson_upper(events: int, confidence: float = 0.95) -> float:
    """The one-sided upper limit for the mean number of events if this many were observed."""
    most = events + 10 * sqrt(events + 1) + 10
    return most * _root(lambda share: 1 - _poisson_cdf(events, share * most), confidence)


def _root(rising: Callable[[float], float], level: float) -> float:
    """The point at which a function that rises over [0, 1] reaches a level."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if rising(middle) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _binomial_cdf(hits: int, trials: int, share: float) -> float:
    if share in (0.0, 1.0):
        return 1.0 if share == 0.0 or hits >= trials else 0.0
    return sum(
        exp(
            lgamma(trials + 1)
            - lgamma(count + 1)
            - lgamma(trials - count + 1)
            + count * log(share)
            + (trials - count) * log(1 - share)
        )
        for count in range(hits + 1)
    )


def _poisson_cdf(events: int, mean: float) -> float:
    if mean == 0.0:
        return 1.0
    return sum(exp(count * log(mean) - mean - lgamma(count + 1)) for count in range(events + 1))
