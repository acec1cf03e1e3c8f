"""Autocorrelated noise: what a plant's rates really look like, where each minute resembles the one before."""

from math import exp, sqrt
from random import Random


class Noise:
    """A factor around 1: first-order autoregressive, `sigma` wide, forgetting over `memory_s`; within 3 sigma."""

    def __init__(self, random: Random, sigma: float, memory_s: float) -> None:
        self._random = random
        self._sigma = sigma
        self._memory_s = memory_s
        self._x = random.gauss(0.0, sigma)

    def step(self, dt_s: float) -> float:
        """Let `dt_s` pass and give the new factor."""
        keep = exp(-dt_s / self._memory_s)
        self._x = keep * self._x + self._random.gauss(0.0, self._sigma * sqrt(1.0 - keep * keep))
        limit = 3.0 * self._sigma
        return 1.0 + max(-limit, min(limit, self._x))
