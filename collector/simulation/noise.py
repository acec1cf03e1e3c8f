"""Autocorrelated noise: what a plant's rates really look like, where each minute resembles the one before."""

from math import exp, sqrt
from random import Random


class Noise:
    """A factor around 1: first-order autoregressive, `sigma` wide, forgetting over `memory_s`; within 3 sigma."""

    def __init__(self, random: Random, sigma: float, memory_s: float) -> None:
        self._random = random
        self._sigma = sigma
        self._memory_s = memory_s
        self._limit = 3.0 * sigma
        self._dt_s = self._keep = self._width = 0.0
        self._x = random.gauss(0.0, sigma)

    def step(self, dt_s: float) -> float:
        """Let `dt_s` pass and give the new factor."""
        if dt_s != self._dt_s:
            self._dt_s = dt_s
            self._keep = exp(-dt_s / self._memory_s)
            # This width keeps the spread at sigma however long a step is.
            self._width = self._sigma * sqrt(1.0 - self._keep * self._keep)
        self._x = self._keep * self._x + self._random.gauss(0.0, self._width)
        # Without bounds a run of months would meet a value that no plant shows.
        return 1.0 + max(-self._limit, min(self._limit, self._x))
