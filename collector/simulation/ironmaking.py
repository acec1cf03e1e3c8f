"""Coke batteries, the sinter strand and the blast furnaces."""

from math import exp

from collector.simulation.nodes import COKE, IRONMAKING
from collector.simulation.noise import Noise
from collector.simulation.parameters import USUAL, WorksParameters
from collector.simulation.unit import STEP_S, Instant, Stocks, UnitModel


class CokeBattery(UnitModel):
    """Pushes one oven after the other, all day."""

    def __init__(self, code: str, seed: int, *, push_every_s: float, parameters: WorksParameters = USUAL) -> None:
        super().__init__(code, seed)
        self._push_every_s = push_every_s
        self._spread = parameters.push_spread
        self._wait_s = self.random.uniform(0, push_every_s)
        self._flue = Noise(self.random, 0.006 * parameters.noise, 7200.0)

    def step(self, now: Instant, stocks: Stocks, *, stopped: bool, pace: float) -> None:
        self.shown.gauges["flue_temperature"] = round(1290.0 * self._flue.step(STEP_S), 1)
        if stopped:
            return
        self._wait_s -= STEP_S
        if self._wait_s <= 0:
            coke_t = self.finish("pushes", self.random.uniform(13.6, 16.4), now)
            stocks.concentrate_t -= COKE.taken_for(coke_t, self.seed, now.local_day)
            self._wait_s += self._push_every_s * self.random.uniform(1.0 - self._spread, 1.0 + self._spread) / pace


class SinterStrand(UnitModel):
    """A strand that runs for hours and stops for some minutes."""

    def __init__(self, code: str, seed: int, *, parameters: WorksParameters = USUAL) -> None:
        super().__init__(code, seed)
        self._noise = Noise(self.random, 0.05 * parameters.noise, 2400.0)
        self._standstill_every_s = 12 * 3600 * parameters.standstill_factor
        self._standstill_s = 0.0

    def step(self, now: Instant, stocks: Stocks, *, stopped: bool, pace: float) -> None:
        factor = self._noise.step(STEP_S)
        if self._standstill_s > 0:
            self._standstill_s -= STEP_S
        elif self.random.random() < STEP_S / self._standstill_every_s:
            self._standstill_s = self.random.uniform(600, 1800)
        rate = 0.0 if stopped or self._standstill_s > 0 else 495.0 * factor * pace
        self.shown.gauges["strand_rate"] = round(rate, 1)
        sinter_t = rate * STEP_S / 3600
        stocks.sinter_t += sinter_t
        self.count("sinter_total", sinter_t)


class BlastFurnace(UnitModel):
    """Makes iron by its blast, which falls in seconds and takes an hour to come back, and taps it every few hours.

    `burden_yield`: iron made by so much blast against the usual; poor coke or ore lowers it while the blast is full.
    """

    def __init__(
        self,
        code: str,
        seed: int,
        *,
        t_per_day: float,
        taps_per_day: float,
        blast_m3_per_min: float,
        parameters: WorksParameters = USUAL,
    ) -> None:
        super().__init__(code, seed)
        self.burden_yield = 1.0
        self._t_per_s = t_per_day / 86400
        self._tap_every_s = 86400 / (taps_per_day * parameters.taps_factor)
        self._spread = parameters.tap_spread
        self._nominal_blast = blast_m3_per_min
        self._blast = 1.0
        self._blast_noise = Noise(self.random, 0.012 * parameters.noise, 900.0)
        self._temperature_noise = Noise(self.random, 0.008 * parameters.noise, 3600.0)
        self._yield_noise = Noise(self.random, 0.03 * parameters.noise, 14400.0)
        self._since_tap_s = self.random.uniform(0, self._tap_every_s)
        self._next_tap_s = self._tap_every_s
        self._hearth_t = self._since_tap_s * self._t_per_s

    def step(self, now: Instant, stocks: Stocks, *, stopped: bool, pace: float) -> None:
        goal, memory_s = (0.0, 20.0) if stopped else (pace, 900.0)
        self._blast = goal + (self._blast - goal) * exp(-STEP_S / memory_s)
        blast = self._blast * self._blast_noise.step(STEP_S)
        self._hearth_t += self._t_per_s * STEP_S * blast * self._yield_noise.step(STEP_S) * self.burden_yield
        self.shown.gauges["blast"] = round(self._nominal_blast * blast, 1)
        self.shown.gauges["blast_temperature"] = round(
            (200.0 + 960.0 * min(1.0, self._blast)) * self._temperature_noise.step(STEP_S), 1
        )
        self._since_tap_s += STEP_S
        usual_tap_t = self._t_per_s * self._tap_every_s
        if self._since_tap_s >= self._next_tap_s and self._hearth_t >= 0.6 * usual_tap_t:
            tapped_t = self.finish("taps", self._hearth_t * self.random.uniform(0.93, 1.0), now)
            self._hearth_t -= tapped_t
            stocks.hot_metal_t += tapped_t
            stocks.sinter_t -= IRONMAKING.taken_for(tapped_t, self.seed, now.local_day)
            self._since_tap_s = 0.0
            self._next_tap_s = self._tap_every_s * self.random.uniform(1.0 - self._spread, 1.0 + self._spread)
