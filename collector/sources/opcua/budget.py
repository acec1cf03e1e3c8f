"""Ceilings on what we ask of a server: requests a second on one connection, sessions of the whole process."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from collector.errors import SourceUnavailable

# Of the whole process: two sources on one server share the server's sessions, and PLCs grant only a few.
_open_sessions: Counter[str] = Counter()


class RequestBudget:
    """Lets `requests_per_s` requests pass in any second, evenly spaced after a burst of a tenth of that (at least 1).

    Invariant: in a window of w seconds no more than burst + w x requests_per_s requests pass.
    """

    def __init__(
        self,
        requests_per_s: float,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._interval_s = 1.0 / requests_per_s
        # A poll of a large works is several requests at once. A tenth of a second's worth may go out together, which
        # hides the spacing from most polls and is little against the ceiling; at least one, or nothing would pass.
        self._tolerance_s = max(requests_per_s / 10, 1.0) * self._interval_s - self._interval_s
        self._monotonic = monotonic
        self._sleep = sleep
        self._next_s = monotonic()

    async def take(self) -> None:
        """Return when one more request may be sent. Callers pass in the order in which they came."""
        now = self._monotonic()
        due = max(self._next_s, now)
        self._next_s = due + self._interval_s
        wait_s = due - now - self._tolerance_s
        if wait_s > 0:
            await self._sleep(wait_s)


@contextmanager
def session_slot(url: str, limit: int) -> Iterator[None]:
    """Hold one of the `limit` sessions that this process may have open on `url`.

    Raises:
        SourceUnavailable: they are all taken.
    """
    if _open_sessions[url] >= limit:
        raise SourceUnavailable(
            f"{url}: this process already holds {_open_sessions[url]} sessions there;"
            " raise limits.sessions, or merge sources"
        )
    _open_sessions[url] += 1
    try:
        yield
    finally:
        _open_sessions[url] -= 1
