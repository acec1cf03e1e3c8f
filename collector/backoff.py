"""How long to wait before the next attempt: 1 s doubling to 60 s, each drawn from the whole span ("full jitter")."""

from collections.abc import Callable

# A link that blinked is tried again within a second. A server that is down for hours is asked once a minute: often
# enough that nobody waits for us after a repair, and no load on a machine that is struggling to start.
FIRST_S = 1.0
LONGEST_S = 60.0


class Backoff:
    """Counts attempts that failed since the last success. `uniform(a, b)` draws a number between a and b."""

    def __init__(
        self, uniform: Callable[[float, float], float], first_s: float = FIRST_S, longest_s: float = LONGEST_S
    ) -> None:
        self._uniform = uniform
        self._first_s = first_s
        self._longest_s = longest_s
        self._failures = 0

    def succeeded(self) -> None:
        """Start again from the shortest span."""
        self._failures = 0

    def next_s(self, *, refused: bool = False) -> float:
        """Seconds until the next attempt. Where a person has to act, the longest span at once."""
        # Full jitter: after an outage of the network the sources of a works would else all knock in the same instant.
        # The power is capped, for a link that is down for months would overflow the float.
        span = self._longest_s if refused else min(self._longest_s, self._first_s * 2.0 ** min(self._failures, 30))
        self._failures += 1
        return self._uniform(0.0, span)
