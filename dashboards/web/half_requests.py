"""Closes connections on which half a request came and no more: each would hold a place for ever."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

UNANSWERED_S = 90.0
"""As at /metrics. A page is built within a minute at most, and a poll of its socket is answered every 25 s."""


@dataclass(slots=True)
class HalfRequests:
    """Call `look` with the connections of the server now and then."""

    monotonic: Callable[[], float] = time.monotonic
    _since_s: dict[tuple[int, int], float] = field(default_factory=dict)

    def look(self, connections: Iterable[Any]) -> None:
        """Close those of HTTP on which nothing changed for `UNANSWERED_S`. Sockets of pages have their own pings."""
        now_s, known = self.monotonic(), self._since_s
        self._since_s = {}
        for connection in [each for each in connections if hasattr(each, "cycle")]:
            place = id(connection), id(connection.cycle)
            self._since_s[place] = known.get(place, now_s)
            if now_s - self._since_s[place] > UNANSWERED_S and connection.transport is not None:
                connection.transport.abort()
