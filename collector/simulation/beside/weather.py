"""The thermometer outside the power plant: seasons, days and nights, and a cold week in each four."""

from math import cos, pi
from random import Random

from collector.simulation.unit import Instant

NODE = "CHP.Outdoor"
SIGNAL = "outdoor"
_KNOT_S = 3 * 3600
_WAVERS = 0.6  # degC
CYCLE_DAYS, COLD_DAYS = 28, 7
COLD_BY = 8.0
"""degC. The plant heats by the season alone, so in a cold week T1 is about 9 degC too low."""
GRAPH = ((-35.0, 118.3, 67.0), (-22.0, 103.5, 60.0), (8.0, 69.5, 44.0))
"""(outdoor, T1, T2), degC: what the simulated plant gives when it is as cold as the season has it."""
REGIME_FLOW_T_H = 4000.0


def outdoor_c(seed: int, time_s: int) -> float:
    """The temperature at UTC second `time_s`; the same for the same seed."""
    now = Instant.of(time_s)
    cold = 0.5 + 0.5 * cos(2 * pi * (now.local_day % 365.25 - 15) / 365.25)
    night = 0.5 * cos(2 * pi * (now.local_hour - 5) / 24)
    season = 8 - 30 * cold + 10 * (1 - cold) ** 2
    spell = COLD_BY * _spell(now.local_day + now.local_hour / 24)
    return round(season - 4 * night - spell + _wavers(seed, time_s), 1)


def _spell(day: float) -> float:
    """How much of the cold is there: it comes and goes within a day."""
    at = day % CYCLE_DAYS
    return max(0.0, min(1.0, at, COLD_DAYS - at))


def _wavers(seed: int, time_s: int) -> float:
    number, rest_s = divmod(time_s, _KNOT_S)
    before, after = (Random(f"{seed}:weather:{each}").uniform(-_WAVERS, _WAVERS) for each in (number, number + 1))
    return before + (after - before) * rest_s / _KNOT_S
