"""Simulated time: starts in the past, runs faster than the host's until it reaches that, then keeps step with it."""

from collections.abc import Callable

from collector.errors import ConfigurationError


class SimulatedClock:
    """UTC nanoseconds of the simulated works: never ahead of the host's clock, and never going back.

    `host_ns` is the host's UTC clock, `elapsed_ns` a clock that only grows (both in nanoseconds); simulated time is
    start_ns + elapsed x speed, limited by the host's clock. Raises ConfigurationError for a speed below 1 (the works
    would fall behind forever) or a start that lies in the future.
    """

    def __init__(self, start_ns: int, speed: float, host_ns: Callable[[], int], elapsed_ns: Callable[[], int]) -> None:
        if speed < 1:
            raise ConfigurationError(f"speed {speed:g} of the simulated works is below 1; give 1 or more")
        if start_ns > host_ns():
            raise ConfigurationError(
                "the simulated works would start in the future; give a start that is not later than now"
            )
        self._start_ns = start_ns
        self._speed = speed
        self._host_ns = host_ns
        self._elapsed_ns = elapsed_ns
        self._origin_ns = elapsed_ns()
        self._newest_ns = start_ns

    def now_ns(self) -> int:
        """The simulated instant."""
        ran_ns = self._start_ns + int(self.elapsed_s() * self._speed * 1e9)
        self._newest_ns = max(self._newest_ns, min(ran_ns, self._host_ns()))
        return self._newest_ns

    def elapsed_s(self) -> float:
        """Host seconds since the start: what the offsets of faults count in."""
        return (self._elapsed_ns() - self._origin_ns) / 1e9
