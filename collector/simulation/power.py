"""The combined heat and power plant that also heats the town."""

from math import cos, pi

from collector.simulation.noise import Noise
from collector.simulation.parameters import USUAL, WorksParameters
from collector.simulation.unit import STEP_S, Instant, Stocks, UnitModel


class HeatPlant(UnitModel):
    """Heat Q = G (T1 - T2) / 1000 in Gcal/h; the colder the season and the hour, the hotter the water."""

    def __init__(self, code: str, seed: int, *, parameters: WorksParameters = USUAL) -> None:
        super().__init__(code, seed)
        self._flow = Noise(self.random, 0.02 * parameters.noise, 3600.0)
        self._supply = Noise(self.random, 0.008 * parameters.noise, 3600.0)

    def step(self, now: Instant, stocks: Stocks, *, stopped: bool, pace: float) -> None:
        cold = 0.5 + 0.5 * cos(2 * pi * (now.local_day % 365.25 - 15) / 365.25)
        night = 0.5 + 0.5 * cos(2 * pi * (now.local_hour - 4) / 24)
        flow_t_per_h = 0.0 if stopped else (2600 + 1600 * cold) * self._flow.step(STEP_S) * pace
        supply_c = (68 + 34 * cold + 3 * night) * self._supply.step(STEP_S)
        return_c = 44 + 16 * cold
        gauges = self.shown.gauges
        gauges["flow"] = round(flow_t_per_h, 1)
        gauges["supply_temperature"] = round(supply_c, 2)
        gauges["return_temperature"] = round(return_c, 2)
        gauges["heat"] = round(flow_t_per_h * (supply_c - return_c) / 1000, 3)
