"""Live samples of some seconds, put together into minutes, hour by hour, as they are kept for replays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from models.detection.minutes.minutes import blank
from models.detection.minutes.observed import FLAGS, MINUTE_S, NO_QUALITY, Signal, UnitMinutes, UnitSample
from models.detection.watched import WatchedUnit
from models.works.codes import Quality

HOUR_S = 3600


@dataclass(slots=True)
class _RunningMean:
    total: float = 0.0
    count: int = 0


@dataclass(slots=True)
class MinuteRecorder:
    """`hours`: those that changed since they were last taken, by start (UTC seconds), each 60 minutes by unit."""

    units: Mapping[str, WatchedUnit]
    hours: dict[int, dict[str, UnitMinutes]] = field(default_factory=dict)
    _minute_s: int = 0
    _sums: dict[tuple[str, str], _RunningMean] = field(default_factory=dict)

    def begin(self, until_s: int, units: Mapping[str, UnitMinutes]) -> None:
        """Go on at `until_s`, in an hour of which the minutes before it are kept already in `units`.

        An hour of another length is from another version, and columns of signals that are gone are left out.
        """
        start_s = until_s // HOUR_S * HOUR_S
        columns = self._hour(start_s)
        over = slice(0, (until_s - start_s) // MINUTE_S)
        for code, kept in units.items():
            if code not in columns or len(kept.heard) != HOUR_S // MINUTE_S:
                continue
            own = columns[code]
            for name in FLAGS:
                getattr(own, name)[over] = getattr(kept, name)[over]
            for name in own.values.keys() & kept.values.keys():
                own.values[name][over], own.quality[name][over] = kept.values[name][over], kept.quality[name][over]
            if own.counted_t is not None and kept.counted_t is not None:
                own.counted_t[over] = kept.counted_t[over]

    def add(self, at_s: int, samples: Mapping[str, UnitSample]) -> None:
        """Enter samples of a span that ended at `at_s`. They count in the minute that holds its last second."""
        minute_s = (at_s - 1) // MINUTE_S * MINUTE_S
        if minute_s != self._minute_s:
            self._minute_s = minute_s
            self._sums.clear()
        start_s = minute_s // HOUR_S * HOUR_S
        index = (minute_s - start_s) // MINUTE_S
        columns = self._hour(start_s)
        for code, sample in samples.items():
            if code in columns:
                self._enter(code, columns[code], index, sample)

    def take(self) -> dict[int, dict[str, UnitMinutes]]:
        """The hours that changed. Only the running one is kept on, for it will change again."""
        changed = dict(self.hours)
        running = self._minute_s // HOUR_S * HOUR_S
        self.hours = {start_s: units for start_s, units in self.hours.items() if start_s == running}
        return changed

    def requeue(self, hours: Mapping[int, dict[str, UnitMinutes]]) -> None:
        """Take back hours that could not be stored: they count as changed. What came meanwhile is newer, and stays."""
        self.hours = {**hours, **self.hours}

    def _hour(self, start_s: int) -> dict[str, UnitMinutes]:
        if start_s not in self.hours:
            self.hours[start_s] = {
                code: blank(HOUR_S // MINUTE_S, list(_signals(unit)), counts=unit.has_counter)
                for code, unit in self.units.items()
            }
        return self.hours[start_s]

    def _enter(self, code: str, own: UnitMinutes, index: int, sample: UnitSample) -> None:
        for name in FLAGS:
            getattr(own, name)[index] |= getattr(sample, name)
        missing = Signal(float("nan"), int(Quality.BAD) if sample.heard else NO_QUALITY)
        for name in own.values:
            signal = sample.signals.get(name, missing)
            known = own.quality[name][index]
            if signal.quality != NO_QUALITY:
                own.quality[name][index] = signal.quality if known == NO_QUALITY else max(known, signal.quality)
            if signal.value == signal.value:
                sums = self._sums.setdefault((code, name), _RunningMean())
                sums.total, sums.count = sums.total + signal.value, sums.count + 1
                own.values[name][index] = sums.total / sums.count
        if own.counted_t is not None and sample.counted_t is not None:
            before = own.counted_t[index]
            own.counted_t[index] = sample.counted_t + (0.0 if np.isnan(before) else before)


def _signals(unit: WatchedUnit) -> Iterable[str]:
    if unit.activity is not None:
        yield unit.activity.signal
    for gauge in unit.corroborating:
        yield gauge.signal
