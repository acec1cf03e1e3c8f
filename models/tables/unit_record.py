"""One unit's last day and month, as the page of the unit shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from models.counting.increment import EventRevision
from models.detection.minutes.observed import MINUTE_S, UnitMinutes
from models.detection.output_drop import OutputDrop
from models.stated.adjustment import Adjustment
from models.stated.plan import Repair
from models.tables.desk_data import OutputPoint
from models.tables.reasoned_stop import ReasonedStop
from models.works.calendar import NS

WATCHED_S = 24 * 3600
"""The minutes that are shown: the three shifts before the one that looks."""
LOOKED_BACK_DAYS = 30


@dataclass(frozen=True, slots=True)
class WatchedDay:
    """One unit over the minutes from `start_s` (UTC seconds): minute i begins at start_s + 60 i.

    `activity`: the mean of its activity signal (float64[n]); NaN where none came. `heard`: whether its source answered
    (bool[n]). `watched`: whether a collector observed that minute at all (bool[n]).
    """

    unit: str
    start_s: int
    activity: NDArray[np.float64]
    heard: NDArray[np.bool_]
    watched: NDArray[np.bool_]

    def without(self, minutes: Sequence[int]) -> "WatchedDay":
        """The same, with these minutes not watched."""
        watched = self.watched.copy()
        watched[list(minutes)] = False
        return WatchedDay(self.unit, self.start_s, self.activity, self.heard & watched, watched)

    def since(self, minute: int) -> "WatchedDay":
        """The same from that minute on."""
        return WatchedDay(
            self.unit,
            self.start_s + minute * MINUTE_S,
            self.activity[minute:],
            self.heard[minute:],
            self.watched[minute:],
        )

    @staticmethod
    def of(unit: str, signal: str, span_s: tuple[int, int], hours: Sequence[tuple[int, UnitMinutes]]) -> "WatchedDay":
        """From what was observed hour by hour, over [start, end), both whole minutes. `hours`: (begin, minutes)."""
        start_s, end_s = span_s
        count = (end_s - start_s) // MINUTE_S
        activity = np.full(count, np.nan)
        heard, watched = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
        for begin_s, minutes in hours:
            first = (begin_s - start_s) // MINUTE_S
            low, high = max(first, 0), min(first + len(minutes.heard), count)
            if low >= high:
                continue
            there = slice(low - first, high - first)
            watched[low:high] = True
            heard[low:high] = minutes.heard[there]
            if signal in minutes.values:
                activity[low:high] = minutes.values[signal][there]
        return WatchedDay(unit, start_s, activity, heard, watched)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord:
    """What the ledger has of one unit, read at `read_ns` (UTC ns).

    `hours`: published hours of the last two days; `days`: published days of the last LOOKED_BACK_DAYS, of this unit
    alone. `watched`: its own day first, then those of the units of its kind in its shop. `drops`, `stops` (those of
    them in which it stood, as people count them), `repairs` (by begin) and `corrections` (by day) of the last
    LOOKED_BACK_DAYS; `events` of the last day, by end.
    """

    unit: str
    read_ns: int
    hours: Sequence[OutputPoint] = ()
    days: Sequence[OutputPoint] = ()
    watched: Sequence[WatchedDay] = ()
    drops: Sequence[OutputDrop] = ()
    stops: Sequence[ReasonedStop] = ()
    repairs: Sequence[Repair] = ()
    events: Sequence[EventRevision] = ()
    corrections: Sequence[Adjustment] = field(default=())


def watched_span_s(now_ns: int) -> tuple[int, int]:
    """[start, end) of the minutes that are shown at `now_ns`, UTC seconds: whole minutes, the one that runs too."""
    end_s = (now_ns // NS // MINUTE_S + 1) * MINUTE_S
    return end_s - WATCHED_S, end_s
