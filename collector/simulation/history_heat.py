"""Hours of the heat network before a demo starts, as its gauges would have shown them. Pure."""

from collections.abc import Iterator
from math import cos, pi
from random import Random

from collector.simulation.beside import boilers, weather
from collector.simulation.unit import Instant
from models.counting.measured_hour import MeasuredHour
from models.heat.heat_flow import heat_gcal_h
from models.heat.network import HeatNetwork, HeatSupply

HOUR_S = 3600
HISTORY_DAYS = 62
"""A month and the one before it: under-heating is told by the month."""


def load_hours(supply: HeatSupply, end_s: int, seed: int) -> Iterator[MeasuredHour]:
    """The hours of boilers and turbines before `end_s` (UTC seconds), by what they show in the middle of each."""
    sources = {each.load: each for each in supply.sources if each.load}
    last_s = end_s // HOUR_S * HOUR_S
    for start_s in range(last_s - HISTORY_DAYS * 24 * HOUR_S, end_s, HOUR_S):
        known_s = float(min(HOUR_S, end_s - start_s))
        for tag, load in boilers.shown(seed, start_s + HOUR_S // 2).items():
            if tag in sources:
                limit = sources[tag].works_above
                above_s = known_s if load > limit else 0.0
                yield MeasuredHour(tag, start_s, known_s, load, load, load, (above_s,), (0,), 0.0, (limit,))


def history_hours(network: HeatNetwork, end_s: int, seed: int) -> Iterator[MeasuredHour]:
    """The hours before `end_s` (UTC seconds), the last of them as far as it has come."""
    last_s = end_s // HOUR_S * HOUR_S
    for start_s in range(last_s - HISTORY_DAYS * 24 * HOUR_S, end_s, HOUR_S):
        known_s = float(min(HOUR_S, end_s - start_s))
        now = Instant.of(start_s + HOUR_S // 2)
        random = Random(f"{seed}:heat:{start_s}")
        cold = 0.5 + 0.5 * cos(2 * pi * (now.local_day % 365.25 - 15) / 365.25)
        night = 0.5 + 0.5 * cos(2 * pi * (now.local_hour - 4) / 24)
        # As collector/simulation/power.py has it, less what evens out within an hour.
        flow = (2600 + 1600 * cold) * random.gauss(1, 0.01)
        supply = (68 + 34 * cold + 3 * night) * random.gauss(1, 0.004)
        returned = 44 + 16 * cold
        values = {
            network.tags.outdoor: weather.outdoor_c(seed, start_s + HOUR_S // 2),
            network.tags.supply: round(supply, 2),
            network.tags.returned: round(returned, 2),
            network.tags.flow: round(flow, 1),
            network.tags.heat: round(heat_gcal_h(flow, supply, returned), 3),
        }
        for tag, value in values.items():
            yield MeasuredHour(tag, start_s, known_s, value, value, value)
