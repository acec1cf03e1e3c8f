"""A belt scale that shows t/h and counts nothing."""

from random import Random

from collector.simulation.unit import STEP_S

TAG = "ore_belt.flow"
NODE = "OREBELT.Flow"
_KNOT_S = 600
_LEAST, _MOST = 480.0, 620.0  # t/h


class OreBelt:
    """Straight lines between the rates of every tenth minute. `made_t`: tonnes by the whole of it."""

    def __init__(self, seed: int, time_s: int) -> None:
        self._seed = seed
        self.time_s = time_s
        self.rate_t_per_h = self._at(time_s)
        self.made_t = 0.0

    def advance(self, time_s: int) -> None:
        """Run until UTC second `time_s`."""
        while self.time_s < time_s:
            self.time_s += STEP_S
            before, self.rate_t_per_h = self.rate_t_per_h, self._at(self.time_s)
            self.made_t += (before + self.rate_t_per_h) / 2 * STEP_S / 3600

    def _at(self, time_s: int) -> float:
        number, rest_s = divmod(time_s, _KNOT_S)
        before, after = (self._knot(each) for each in (number, number + 1))
        return before + (after - before) * rest_s / _KNOT_S

    def _knot(self, number: int) -> float:
        return Random(f"{self._seed}:ore belt:{number}").uniform(_LEAST, _MOST)
