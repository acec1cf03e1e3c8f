"""What both plain rules are made of: columns of a unit or shop, conditions by minute, and their episodes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from benchmarks.drops.scenario import HOUR_S, MINUTE_S
from models.detection.expected.expected import SteadyExpected
from models.detection.finding import Episode, Finding, FindingKind
from models.detection.minutes.observed import UnitMinutes, WorksMinutes
from models.works.codes import Quality
from models.works.plant import Plant

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
STALE_AFTER = 10
"""Minutes without data, or with bad quality, after which data are called stale or bad."""


@dataclass(frozen=True, slots=True)
class UnitColumns:
    """One unit over n minutes: tonnes as they became known, tonnes expected, and whether its data were stale."""

    code: str
    unit: UnitMinutes
    made_t: Floats
    expected_t: Floats
    stale: Bools

    @property
    def planned(self) -> Bools:
        """Minutes in which it stands by plan."""
        return np.asarray(self.expected_t == 0)


def columns_of(works: WorksMinutes, expected: SteadyExpected, code: str) -> UnitColumns:
    """The columns of one unit."""
    unit = works.units[code]
    count = len(unit.heard)
    if unit.counted_t is not None:
        made = np.nan_to_num(unit.counted_t)
    else:
        known = unit.event_end_s if unit.event_known_s is None else unit.event_known_s
        minutes = (known - works.start_s) // MINUTE_S
        within = minutes < count
        made = np.bincount(minutes[within], weights=unit.event_t[within], minlength=count).astype(np.float64)
    rate = np.full(count, expected.rates_t_per_h.get(code, np.nan) / 60)
    starts_s = works.start_s + MINUTE_S * np.arange(count)
    for window in expected.windows.get(code, ()):
        rate[(starts_s >= window.start_s) & (starts_s < window.end_s)] = 0.0
    return UnitColumns(code, unit, made, rate, lasting(~unit.heard | ~unit.moved, STALE_AFTER))


def lasting(condition: Bools, minutes: int) -> Bools:
    """The minutes at which a condition has held for this long without a break."""
    false_at = np.where(condition, -1, np.arange(len(condition)))
    return np.asarray(np.arange(len(condition)) - np.maximum.accumulate(false_at) >= minutes)


def since_last(happened: Bools) -> NDArray[np.int64]:
    """Minutes since something happened last; since the first minute if it never did."""
    at = np.where(happened, np.arange(len(happened)), -1)
    return np.arange(len(happened)) - np.maximum.accumulate(at)


def windows_share(made: Floats, expected: Floats, minutes: int, every: int) -> Floats:
    """Made against expected over the last `minutes`, known every `every` minutes and NaN between.

    NaN too if the unit was to work for less than half of that time.
    """
    total, wanted = (_trailing(column, minutes) for column in (made, np.nan_to_num(expected)))
    rate = float(np.nanmax(expected, initial=0.0))
    share = np.full(len(made), np.nan)
    known = np.arange(minutes - 1, len(made), every)
    enough = known[wanted[known] > 0.5 * minutes * rate]
    share[enough] = total[enough] / wanted[enough]
    return share


def _trailing(column: Floats, minutes: int) -> Floats:
    total = np.cumsum(column)
    return np.asarray(total - np.concatenate([np.zeros(minutes), total[:-minutes]]))


def below(share: Floats, raise_at: float, clear_at: float) -> Bools:
    """From a known share below the one to the next known share above the other."""
    state = np.where(share < raise_at, 1, np.where(share > clear_at, 0, -1))
    at = np.maximum.accumulate(np.where(state >= 0, np.arange(len(state)), 0))
    return np.asarray(state[at] == 1)


def at_shift_ends(start_s: int, minutes: int, shift_s: int, zone: ZoneInfo) -> NDArray[np.int64]:
    """The last minute of every whole shift, for shifts from local midnight on."""
    offset = datetime.fromtimestamp(start_s, zone).utcoffset() or timedelta()
    first = -(start_s + int(offset.total_seconds())) % shift_s // MINUTE_S
    ends = np.arange(first, minutes + 1, shift_s // MINUTE_S) - 1
    return ends[ends >= shift_s // MINUTE_S - 1]


def share_of_nominal(plant: Plant, columns: UnitColumns, signal: str) -> NDArray[np.float32]:
    """A gauge as a share of what the configuration says that it shows at full work."""
    nominal = next(tag.nominal for tag in plant.tags if tag.name == f"{columns.code}.{signal}")
    return np.asarray(columns.unit.values[signal] / (nominal or float("nan")))


def episodes(
    plant: Plant,
    start_s: int,
    code: str,
    kind: FindingKind,
    severity: int,
    condition: Bools,
) -> Iterator[Episode]:
    """An episode for every run of true minutes, found at the end of its first minute."""
    unit = plant.units[code]
    edges = np.flatnonzero(np.diff(condition.astype(np.int8), prepend=0, append=0)).tolist()
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        found_s = start_s + (first + 1) * MINUTE_S
        yield Episode(
            Finding(
                kind=kind,
                shop=unit.shop,
                unit=code,
                product=next(iter(unit.daily_target_t), ""),
                severity=severity,
                since_s=found_s,
                found_s=found_s,
            ),
            start_s + end * MINUTE_S if end < len(condition) else None,
        )


def data_episodes(plant: Plant, start_s: int, all_columns: Sequence[UnitColumns]) -> Iterator[Episode]:
    """Episodes of stale units and of signals with bad quality."""
    for columns in all_columns:
        yield from episodes(plant, start_s, columns.code, FindingKind.STALE, 4, columns.stale)
        bad = np.zeros(len(columns.stale), dtype=np.bool_)
        for quality in columns.unit.quality.values():
            bad |= lasting(quality == Quality.BAD, STALE_AFTER)
        yield from episodes(plant, start_s, columns.code, FindingKind.BAD, 4, bad)


def of_shop(
    plant: Plant, start_s: int, shop: Sequence[UnitColumns], kind: FindingKind, severity: int, condition: Bools
) -> Iterator[Episode]:
    """Episodes of converters together, each under the name of the one that was to work and made least in the half day
    before."""
    for episode in episodes(plant, start_s, shop[0].code, kind, severity, condition):
        minute = (episode.finding.found_s - start_s) // MINUTE_S - 1
        span = slice(max(0, minute - 12 * HOUR_S // MINUTE_S), minute + 1)
        working = [each for each in shop if not each.planned[minute]] or shop
        made = [float(each.made_t[span].sum()) for each in working]
        least = working[made.index(min(made))].code
        yield replace(episode, finding=replace(episode.finding, unit=least))
