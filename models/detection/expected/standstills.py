"""When one unit stands by plan: approved repairs and repair shifts of every day, as windows that do not touch."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.detection.expected.expected import Window
from models.works.calendar import NS, repair_shifts_of
from models.works.plant import RepairShift

FOREVER_S = 2**62
"""Beyond every instant: no window follows."""


class Standstills:
    """`repairs` are [start_s, end_s) in UTC seconds, in any order; `shifts` are in the local time of `zone`.

    Windows that touch or overlap are one, which is a repair shift only if all of it is. The last answer is kept for as
    long as it holds, since detection asks in order of time.
    """

    def __init__(self, repairs: Iterable[tuple[int, int]], shifts: Sequence[RepairShift], zone: ZoneInfo) -> None:
        self._repairs = list(apart(Window(start_s, end_s) for start_s, end_s in repairs))
        self._shifts = shifts
        self._zone = zone
        self._from_s = self._until_s = 0
        self._window: Window | None = None

    def at(self, at_s: int) -> Window | None:
        """The window that runs at `at_s` (UTC seconds), else the one that ended last, else None."""
        if not self._from_s <= at_s < self._until_s:
            windows = list(apart(self._near(at_s)))
            index = bisect_right(windows, at_s, key=lambda window: window.start_s)
            self._window = windows[index - 1] if index else None
            self._from_s = 0 if self._window is None else self._window.start_s
            self._until_s = windows[index].start_s if index < len(windows) else FOREVER_S
        return self._window

    def _near(self, at_s: int) -> Iterator[Window]:
        """The last repair that began and the next, and the repair shifts around them and around `at_s`."""
        index = bisect_right(self._repairs, at_s, key=lambda window: window.start_s)
        repairs = self._repairs[max(0, index - 1) : index + 1]
        yield from repairs
        if not self._shifts:
            return
        # A shift may touch either end of a repair, and may begin the day before: so days around all of these count.
        instants = {at_s, *(edge for window in repairs for edge in (window.start_s, window.end_s))}
        days = {self._day(edge) + timedelta(days=offset) for edge in instants for offset in (-2, -1, 0, 1)}
        for day in days:
            yield from self._shifts_of(day)

    def _day(self, at_s: int) -> date:
        return datetime.fromtimestamp(at_s, UTC).astimezone(self._zone).date()

    def _shifts_of(self, day: date) -> Iterator[Window]:
        for start_ns, end_ns in repair_shifts_of(self._zone, self._shifts, day):
            yield Window(start_ns // NS, end_ns // NS, daily=True)


@dataclass(frozen=True, slots=True)
class AtRates:
    """Fulfils `Expected`: the same rate at all times outside the standstills, by unit."""

    rates_t_per_h: Mapping[str, float]
    standstills: Mapping[str, Standstills]

    def t_per_h(self, unit: str, at_s: int) -> float | None:
        """See `Expected`."""
        window = self.window(unit, at_s)
        return 0.0 if window is not None and at_s < window.end_s else self.rates_t_per_h.get(unit)

    def window(self, unit: str, at_s: int) -> Window | None:
        """See `Expected`."""
        standstills = self.standstills.get(unit)
        return None if standstills is None else standstills.at(at_s)


def apart(windows: Iterable[Window]) -> Iterator[Window]:
    """The windows in their order, those that touch or overlap as one."""
    waiting: Window | None = None
    for window in sorted(windows):
        if waiting is None:
            waiting = window
        elif window.start_s > waiting.end_s:
            yield waiting
            waiting = window
        else:
            waiting = Window(waiting.start_s, max(waiting.end_s, window.end_s), daily=waiting.daily and window.daily)
    if waiting is not None:
        yield waiting
