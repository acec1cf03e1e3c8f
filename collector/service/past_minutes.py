"""What a source's history says of units, minute by minute: what detection would have seen if it had come in time.

Live detection hears nothing of it, for it is not of now. When the history is in, its minutes go where the minutes that
were watched are, and detection goes through them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from collector.sources.base import Delivery
from models.counting.increment import GRAMS_PER_TONNE, Increment
from models.counting.reading import ReadingBatch
from models.detection.minutes.minutes import blank
from models.detection.minutes.observed import MINUTE_S, NO_QUALITY, UnitMinutes
from models.detection.watched import WatchedUnit
from models.works.calendar import NS
from models.works.codes import Quality
from models.works.plant import Plant

HOUR_S = 3600
MINUTES = HOUR_S // MINUTE_S
MOST_HOURS = 24 * 32
"""A month: no history reaches further back."""


@dataclass(slots=True)
class _Hour:
    """One unit in one hour. `sums`, `counts`, `quality`: by signal, by minute."""

    heard: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(MINUTES, np.bool_))
    counted_t: NDArray[np.float64] = field(default_factory=lambda: np.full(MINUTES, np.nan))
    sums: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    counts: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    quality: dict[str, NDArray[np.uint8]] = field(default_factory=dict)

    def add(self, signal: str, minutes: NDArray[np.int64], values: NDArray[np.float64]) -> None:
        if signal not in self.sums:
            self.sums[signal] = np.zeros(MINUTES)
            self.counts[signal] = np.zeros(MINUTES, np.int64)
            self.quality[signal] = np.full(MINUTES, NO_QUALITY, np.uint8)
        np.add.at(self.sums[signal], minutes, values)
        np.add.at(self.counts[signal], minutes, 1)
        self.quality[signal][minutes] = Quality.GOOD

    def grow(self, first: int, count: int, tonnes: float) -> None:
        share = tonnes / count
        minutes = slice(first, first + count)
        self.counted_t[minutes] = np.nan_to_num(self.counted_t[minutes]) + share


class PastMinutes:
    """Everything since the last `take`. One thread at a time: the event loop's."""

    def __init__(self, plant: Plant, units: Mapping[str, WatchedUnit]) -> None:
        self._tags = plant.tags
        self._units = units
        self._hours: dict[tuple[int, str], _Hour] = {}
        self.changes = 0

    def taken(self, _delivery: Delivery, accepted: ReadingBatch | None) -> None:
        """Note readings of a history that are in the journal and were believed."""
        if accepted is None:
            return
        good = accepted.take(accepted.quality == Quality.GOOD)
        minute = good.times_ns // (MINUTE_S * NS)
        for index in np.unique(good.tags).tolist():
            tag = self._tags[index]
            if tag.unit not in self._units:
                continue
            rows = good.tags == index
            for hour in np.unique(minute[rows] // MINUTES).tolist():
                inside = rows & (minute // MINUTES == hour)
                of_hour = self._hour(hour * HOUR_S, tag.unit)
                at = minute[inside] % MINUTES
                of_hour.heard[at] = True
                if tag.role is not None:
                    of_hour.add(tag.signal, at, good.values[inside])
        self.changes += 1

    def posted(self, item: Increment) -> None:
        """Note what was counted of a history."""
        unit = self._units.get(item.unit)
        if unit is None or item.product != unit.product or not unit.has_counter:
            return
        minutes = (item.end_s - item.start_s) // MINUTE_S
        for start_s in range(item.start_s, item.end_s, MINUTE_S):
            if item.end_s - item.start_s > HOUR_S:
                break  # nobody knows when within so long a span it was made
            hour_s = start_s // HOUR_S * HOUR_S
            of_hour = self._hour(hour_s, item.unit)
            of_hour.grow((start_s - hour_s) // MINUTE_S, 1, item.grams / GRAMS_PER_TONNE / minutes)
            of_hour.heard[(start_s - hour_s) // MINUTE_S] |= item.readings > 0 or item.grams > 0
        self.changes += 1

    def take(self) -> dict[int, dict[str, UnitMinutes]]:
        """The hours of which something came, by start (UTC seconds) and unit."""
        hours, self._hours = self._hours, {}
        found: dict[int, dict[str, UnitMinutes]] = {}
        for (start_s, code), hour in sorted(hours.items()):
            found.setdefault(start_s, {})[code] = _columns(self._units[code], hour)
        return found

    def _hour(self, start_s: int, unit: str) -> _Hour:
        if (start_s, unit) not in self._hours and len(self._hours) >= MOST_HOURS * len(self._units):
            del self._hours[min(self._hours)]
        return self._hours.setdefault((start_s, unit), _Hour())


def _columns(unit: WatchedUnit, hour: _Hour) -> UnitMinutes:
    gauges = [*([] if unit.activity is None else [unit.activity]), *unit.corroborating]
    columns = blank(MINUTES, [gauge.signal for gauge in gauges], counts=unit.has_counter)
    columns.heard[:] = columns.moved[:] = hour.heard
    # A ring keeps its events: what it told when it was read again is what it would have told then.
    columns.looked[:] = hour.heard & unit.has_events
    for name in columns.values.keys() & hour.sums.keys():
        seen = hour.counts[name] > 0
        columns.values[name][seen] = hour.sums[name][seen] / hour.counts[name][seen]
        columns.quality[name][:] = hour.quality[name]
    if columns.counted_t is not None:
        columns.counted_t[:] = hour.counted_t
    return columns


def filled(kept: UnitMinutes | None, past: UnitMinutes) -> UnitMinutes:
    """An hour as it was watched, where it was not watched filled from a history."""
    if kept is None or len(kept.heard) != len(past.heard):
        return past
    values, quality = dict(kept.values), dict(kept.quality)
    for name in kept.values.keys() & past.values.keys():
        lacked = np.isnan(kept.values[name]) & ~np.isnan(past.values[name])
        values[name] = np.where(lacked, past.values[name], kept.values[name])
        quality[name] = np.where(lacked, past.quality[name], kept.quality[name])
    counted_t = kept.counted_t
    if counted_t is not None and past.counted_t is not None:
        counted_t = np.where(np.isnan(counted_t), past.counted_t, counted_t)
    moved = kept.moved | (past.heard & ~kept.heard)
    heard, looked = kept.heard | past.heard, kept.looked | past.looked
    return replace(kept, heard=heard, moved=moved, looked=looked, values=values, quality=quality, counted_t=counted_t)
