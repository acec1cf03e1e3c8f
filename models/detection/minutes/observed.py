"""What was seen of the units: the input of detection, as live samples and as columns of minutes for replays.

Both say the same: a gauge's mean over a span and its quality, tonnes counted, events that ended, whether the unit was
heard at all, and whether its source's stamps moved. Detection never sees single readings, so what it says of the past
is what it would have said live.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

MINUTE_S = 60
NO_QUALITY = 255
"""In a quality column: nothing came of the signal in that minute. Unheard is not bad: a source that reports only
changes is often silent."""
FLAGS = ("heard", "moved", "looked", "uncertain")
"""The columns of `UnitMinutes` that say yes or no."""
AT_ONCE = 1440
"""Minutes that are turned into plain numbers together. A day of 20 units is a few megabytes; a month at once would be
hundreds, and a minute at a time is slow."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A gauge over one span: the mean of the values that may be believed (NaN: none) and the best quality that came.

    `quality` is a code of `models.works.codes.Quality`, or NO_QUALITY if nothing came.
    """

    value: float
    quality: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSample:
    """What was seen of one unit in a span that ended at its sample's time.

    `heard`: its source answered for it in that span, with whatever values. `moved`: a stamp of its source moved on, or
    a value changed; a PLC that hangs repeats both. `counted_t`: growth of its totalizers in tonnes, None if none was
    read. `events`: (end in UTC seconds, tonnes) of what became known, in any order. `looked`: its event rings were
    read. `uncertain`: a gap was recorded, so the tonnes of this span cannot be relied on.
    """

    heard: bool
    moved: bool
    signals: Mapping[str, Signal] = field(default_factory=dict)
    counted_t: float | None = None
    events: tuple[tuple[int, float], ...] = ()
    looked: bool = False
    uncertain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMinutes:
    """One unit as columns over n minutes from the works' `start_s`; see `UnitSample` for what each column says.

    `values` and `quality` are by signal, float32[n] and uint8[n]; `heard`, `moved`, `looked`, `uncertain` bool[n];
    `counted_t` float64[n] with NaN for unknown, or None for a unit without totalizers; `event_end_s` int64[m]
    ascending and `event_t` float64[m]. `event_known_s` int64[m], ascending: when each event became known, which is
    later than its end if the link was cut meanwhile (None: each as it ended).
    """

    values: Mapping[str, NDArray[np.float32]]
    quality: Mapping[str, NDArray[np.uint8]]
    heard: NDArray[np.bool_]
    moved: NDArray[np.bool_]
    looked: NDArray[np.bool_]
    uncertain: NDArray[np.bool_]
    counted_t: NDArray[np.float64] | None
    event_end_s: NDArray[np.int64]
    event_t: NDArray[np.float64]
    event_known_s: NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True)
class WorksMinutes:
    """All units over the same minutes: minute i is [start_s + 60 i, start_s + 60 (i + 1)), UTC seconds."""

    start_s: int
    units: Mapping[str, UnitMinutes]

    def __len__(self) -> int:
        return next((len(unit.heard) for unit in self.units.values()), 0)

    def samples(self) -> Iterator[tuple[int, dict[str, UnitSample]]]:
        """(the end of the minute in UTC seconds, the sample of every unit), minute by minute."""
        for first in range(0, len(self), AT_ONCE):
            minutes = range(first, min(first + AT_ONCE, len(self)))
            streams = {code: _unit_samples(self.start_s, unit, minutes) for code, unit in self.units.items()}
            for minute in minutes:
                end_s = self.start_s + (minute + 1) * MINUTE_S
                yield end_s, {code: next(stream) for code, stream in streams.items()}


def _unit_samples(start_s: int, unit: UnitMinutes, minutes: range) -> Iterator[UnitSample]:
    names, span = tuple(unit.values), slice(minutes.start, minutes.stop)
    values = [unit.values[name][span].tolist() for name in names]
    qualities = [unit.quality[name][span].tolist() for name in names]
    ends, tonnes = unit.event_end_s.tolist(), unit.event_t.tolist()
    known = ends if unit.event_known_s is None else unit.event_known_s.tolist()
    counted = None if unit.counted_t is None else unit.counted_t[span].tolist()
    flags = [getattr(unit, name)[span].tolist() for name in FLAGS]
    at = bisect_left(known, start_s + minutes.start * MINUTE_S) if minutes.start else 0
    for minute, number in enumerate(minutes):
        first, before_s = at, start_s + (number + 1) * MINUTE_S
        while at < len(known) and known[at] < before_s:
            at += 1
        grown = None if counted is None else counted[minute]
        yield UnitSample(
            heard=flags[0][minute],
            moved=flags[1][minute],
            signals={
                name: Signal(column[minute], quality[minute])
                for name, column, quality in zip(names, values, qualities, strict=True)
            },
            counted_t=None if grown is None or grown != grown else grown,
            events=tuple(zip(ends[first:at], tonnes[first:at], strict=True)),
            looked=flags[2][minute],
            uncertain=flags[3][minute],
        )
