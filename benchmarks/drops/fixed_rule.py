"""The limits of the trade, taken as they are written: fixed shares over fixed times of the clock.

blast furnace: blast < 10 % for 5 min or no tap for 4 h; blast < 85 % for 30 min, tonnes of 24 h < 85 % (until > 92 %).
BOF shop: no heat for 90 min; tonnes of a shift < 85 % (until > 92 %). Caster: speed 0 for 20 min; 4 h < 85 %. Hot strip
mill: no coil for 30 min; 4 h < 80 %. Coke: no push for two intervals; a shift < 90 %. Mines, washery, sinter: belt
< 5 % for 60 min; a shift < 75 %. Heat: flow < 10 % for 5 min. Output is not judged while a unit stands by plan or its
data are stale. It names no causes.
"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.drops.rules import (
    Bools,
    Floats,
    UnitColumns,
    at_shift_ends,
    below,
    columns_of,
    data_episodes,
    episodes,
    lasting,
    of_shop,
    share_of_nominal,
    since_last,
    windows_share,
)
from benchmarks.drops.scenario import DAY_S, HOUR_S, MINUTE_S
from models.detection.expected.expected import SteadyExpected
from models.detection.finding import Episode, FindingKind
from models.detection.minutes.observed import WorksMinutes
from models.works.plant import Plant

HOUR = HOUR_S // MINUTE_S
SHIFT_S = DAY_S // 2
PUSH_T = 15.0
CLEAR = 0.92
BELTS = {"mine": "belt", "washery": "feed", "sinter_strand": "strand_rate"}


def fixed_rule(plant: Plant, expected: SteadyExpected, works: WorksMinutes) -> list[Episode]:
    """Every episode of the fixed thresholds."""
    columns = {code: columns_of(works, expected, code) for code in works.units}
    found = list(data_episodes(plant, works.start_s, tuple(columns.values())))
    for code, each in columns.items():
        for kind, severity, condition in _unit_conditions(plant, each, works.start_s):
            raised = condition & ~each.planned & ~each.stale
            found += episodes(plant, works.start_s, code, kind, severity, raised)
    shop = [each for code, each in columns.items() if plant.units[code].kind == "converter"]
    if shop:
        found += _shop_episodes(plant, works.start_s, shop)
    return found


def _unit_conditions(plant: Plant, each: UnitColumns, start_s: int) -> Iterator[tuple[FindingKind, int, Bools]]:
    kind, zone = plant.units[each.code].kind, plant.zone
    if kind == "blast_furnace":
        blast = share_of_nominal(plant, each, "blast")
        no_tap = since_last((each.made_t > 0) | each.planned) >= 4 * HOUR
        yield FindingKind.STOP, 1, lasting(blast < 0.10, 5) | no_tap
        yield FindingKind.SLOW, 2, lasting((blast >= 0.10) & (blast < 0.85), 30) | _tonnes(each, 24, 0.85)
    elif kind == "caster":
        yield FindingKind.STOP, 2, lasting(each.unit.values["speed"] == 0, 20)
        yield FindingKind.SLOW, 2, _tonnes(each, 4, 0.85)
    elif kind == "hot_strip_mill":
        yield FindingKind.STOP, 2, since_last((each.made_t > 0) | each.planned) >= HOUR // 2
        yield FindingKind.SLOW, 2, _tonnes(each, 4, 0.80)
    elif kind == "coke_battery":
        interval = PUSH_T / float(np.nanmax(each.expected_t))
        yield FindingKind.STOP, 2, since_last((each.made_t > 0) | each.planned) >= 2 * interval
        yield FindingKind.SHIFT_SHORT, 2, _shifts(each.made_t, each.expected_t, start_s, zone, 0.90)
    elif kind in BELTS:
        stands = share_of_nominal(plant, each, BELTS[kind]) < 0.05
        yield FindingKind.STOP, 2, lasting(stands & ~each.planned, HOUR)
        yield FindingKind.SHIFT_SHORT, 2, _shifts(each.made_t, each.expected_t, start_s, zone, 0.75)
    elif kind == "chp":
        yield FindingKind.STOP, 1, lasting(share_of_nominal(plant, each, "flow") < 0.10, 5)


def _tonnes(each: UnitColumns, hours: int, raise_at: float) -> Bools:
    return below(windows_share(each.made_t, each.expected_t, hours * HOUR, HOUR), raise_at, CLEAR)


def _shifts(made: Floats, wanted: Floats, start_s: int, zone: ZoneInfo, raise_at: float) -> Bools:
    every_minute = windows_share(made, wanted, SHIFT_S // MINUTE_S, 1)
    share = np.full(len(made), np.nan)
    ends = at_shift_ends(start_s, len(made), SHIFT_S, zone)
    share[ends] = every_minute[ends]
    return below(share, raise_at, CLEAR)


def _shop_episodes(plant: Plant, start_s: int, shop: list[UnitColumns]) -> Iterator[Episode]:
    """Episodes of the converters together, under the name of the one that works by plan and made least."""
    made = np.sum([each.made_t for each in shop], axis=0)
    wanted = np.sum([each.expected_t for each in shop], axis=0)
    silent = np.all([each.stale for each in shop], axis=0) | (wanted == 0)
    stop = (since_last((made > 0) | (wanted == 0)) >= 90) & ~silent
    short = _shifts(made, wanted, start_s, plant.zone, 0.85) & ~silent
    yield from of_shop(plant, start_s, shop, FindingKind.STOP, 1, stop)
    yield from of_shop(plant, start_s, shop, FindingKind.SHIFT_SHORT, 2, short)
