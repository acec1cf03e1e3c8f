"""The textbook's rule for a process that may fall: an exponentially weighted mean of hourly tonnes against expected.

lambda is 0.2. An episode lasts while the mean is below 1 - 3 sigma. Sigma is that of quiet months of the tuning works,
by kind of unit; the limit is no lower than 0.1, so that a standstill is found in the end. Planned hours are left out,
and the mean starts anew after them. The converters count together. Data are stale or bad as in the fixed rule. It names
no causes.
"""

from collections.abc import Iterator

import numpy as np

from benchmarks.drops.rules import (
    Bools,
    Floats,
    UnitColumns,
    columns_of,
    data_episodes,
    episodes,
    of_shop,
)
from benchmarks.drops.scenario import HOUR_S, MINUTE_S
from models.detection.expected.expected import SteadyExpected
from models.detection.finding import Episode, FindingKind
from models.detection.minutes.observed import WorksMinutes
from models.works.plant import Plant

LAMBDA = 0.2
WIDTH = 3.0
LEAST = 0.1
HOUR = HOUR_S // MINUTE_S
SIGMA = {
    "mine": 0.029,
    "washery": 0.064,
    "coke_battery": 0.017,
    "sinter_strand": 0.035,
    "blast_furnace": 0.16,
    "converter": 0.078,
    "caster": 0.053,
    "hot_strip_mill": 0.022,
}
"""Standard deviation of the weighted mean in the quiet months of the tuning set, by kind."""


def ewma_rule(plant: Plant, expected: SteadyExpected, works: WorksMinutes) -> list[Episode]:
    """Every episode in which a unit's mean is below its limit."""
    columns = {code: columns_of(works, expected, code) for code in works.units}
    found = list(data_episodes(plant, works.start_s, tuple(columns.values())))
    shop = [each for code, each in columns.items() if plant.units[code].kind == "converter"]
    for code, each in columns.items():
        kind = plant.units[code].kind
        if kind in SIGMA and each not in shop:
            found += _unit_episodes(plant, works.start_s, each, SIGMA[kind])
    if shop:
        made, wanted = (sum(getattr(each, name) for each in shop) for name in ("made_t", "expected_t"))
        silent = np.all([each.stale for each in shop], axis=0)
        condition = _below(mean_share(made, wanted), SIGMA["converter"]) & (wanted > 0) & ~silent
        found += of_shop(plant, works.start_s, shop, FindingKind.SLOW, 1, condition)
    return found


def _unit_episodes(plant: Plant, start_s: int, each: UnitColumns, sigma: float) -> Iterator[Episode]:
    condition = _below(mean_share(each.made_t, each.expected_t), sigma) & ~each.planned & ~each.stale
    severity = 1 if plant.units[each.code].kind == "blast_furnace" else 2
    yield from episodes(plant, start_s, each.code, FindingKind.SLOW, severity, condition)


def _below(share: Floats, sigma: float) -> Bools:
    return np.asarray(share < max(LEAST, 1.0 - WIDTH * sigma))


def mean_share(made: Floats, wanted: Floats) -> Floats:
    """The weighted mean of hourly attainment by minute, as it was at the end of the last full hour; 1 at first."""
    hours = len(made) // HOUR
    hourly, full = (column[: hours * HOUR].reshape(hours, HOUR).sum(axis=1) for column in (made, wanted))
    means, mean = np.ones(hours + 1), 1.0
    for hour in range(hours):
        planned = not full[hour] > 0.99 * float(np.nanmax(full))
        mean = 1.0 if planned else mean + LAMBDA * (hourly[hour] / full[hour] - mean)
        means[hour + 1] = mean
    return np.repeat(means, HOUR)[HOUR - 1 :][: len(made)]
