"""Mines with their coal belts, and the washery."""

from collector.simulation.nodes import WASHERY
from collector.simulation.noise import Noise
from collector.simulation.parameters import USUAL, WorksParameters
from collector.simulation.unit import STEP_S, Instant, Stocks, UnitModel


class Mine(UnitModel):
    """A belt that carries coal, is shut down in the repair shift, and now and then stops for some minutes."""

    def __init__(
        self,
        code: str,
        seed: int,
        *,
        belt_t_per_h: float,
        repair_hours: tuple[float, float],
        parameters: WorksParameters = USUAL,
    ) -> None:
        super().__init__(code, seed)
        self._belt_t_per_h = belt_t_per_h
        self._repair_hours = repair_hours
        self._noise = Noise(self.random, 0.07 * parameters.noise, 1800.0)
        self._standstill_every_s = 5 * 3600 * parameters.standstill_factor
        self._standstill_s = 0.0

    def step(self, now: Instant, stocks: Stocks, *, stopped: bool, pace: float) -> None:
        factor = self._noise.step(STEP_S)
        if self._standstill_s > 0:
            self._standstill_s -= STEP_S
        elif self.random.random() < STEP_S / self._standstill_every_s:
            self._standstill_s = self.random.uniform(300, 1200)
        start, end = self._repair_hours
        stands = stopped or self._standstill_s > 0 or start <= now.local_hour < end
        rate = 0.0 if stands else self._belt_t_per_h * factor * pace
        coal_t = rate * STEP_S / 3600
        stocks.coal_t += coal_t
        self.shown.gauges["belt"] = round(rate, 1)
        self.count("coal_total", coal_t)


class Washery(UnitModel):
    """Takes coal from its bunker, faster when that is full (but never where it is slow), and makes concentrate."""

    def __init__(self, code: str, seed: int, *, parameters: WorksParameters = USUAL) -> None:
        super().__init__(code, seed)
        self._noise = Noise(self.random, 0.04 * parameters.noise, 3600.0)

    def step(self, now: Instant, stocks: Stocks, *, stopped: bool, pace: float) -> None:
        fastest = 1.3 if pace >= 1.0 else 1.0
        rate = 833.0 * self._noise.step(STEP_S) * min(fastest, 0.6 + stocks.coal_t / 10000) * pace
        feed_t = 0.0 if stopped else min(rate * STEP_S / 3600, stocks.coal_t)
        stocks.coal_t -= feed_t
        self.shown.gauges["feed"] = round(feed_t * 3600 / STEP_S, 1)
        concentrate_t = WASHERY.made_of(feed_t, self.seed, now.local_day)
        stocks.concentrate_t += concentrate_t
        self.count("concentrate_total", concentrate_t)
