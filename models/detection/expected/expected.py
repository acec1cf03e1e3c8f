"""What each unit should make, and when it stands by plan: detection compares what was observed with this."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A time [start_s, end_s) (UTC seconds) in which a unit stands by plan. `daily`: a repair shift of every day."""

    start_s: int
    end_s: int
    daily: bool = False


class Expected(Protocol):
    """Asked by unit and instant (UTC seconds)."""

    def t_per_h(self, unit: str, at_s: int) -> float | None:
        """The tonnes an hour that the unit should make at `at_s`; 0 while it stands by plan, None without a target."""
        ...

    def window(self, unit: str, at_s: int) -> Window | None:
        """The planned standstill that runs at `at_s`, else the one that ended last, else None."""
        ...


@dataclass(frozen=True, slots=True)
class SteadyExpected:
    """The same rate at all times outside the windows, which are ascending and apart from each other, by unit."""

    rates_t_per_h: Mapping[str, float]
    windows: Mapping[str, Sequence[Window]] = field(default_factory=dict)

    def t_per_h(self, unit: str, at_s: int) -> float | None:
        """See `Expected`."""
        window = self.window(unit, at_s)
        if window is not None and at_s < window.end_s:
            return 0.0
        return self.rates_t_per_h.get(unit)

    def window(self, unit: str, at_s: int) -> Window | None:
        """See `Expected`."""
        windows = self.windows.get(unit, ())
        index = bisect_right(windows, at_s, key=lambda window: window.start_s)
        return windows[index - 1] if index else None
