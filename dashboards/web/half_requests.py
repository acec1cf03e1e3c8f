"""Closes connections on which half a request came and no more: each would hold a place for ever."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import uvicorn

UNANSWERED_S = 90.0
"""As at /metrics. A page is built within a minute at most, and a poll of its socket is answered every 25 s."""
LOOK_EVERY_S = 15.0
"""Often enough for a limit of a minute and a half."""


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


class DeskServer(uvicorn.Server):
    """The server of the page, which gives up on half requests."""

    async def main_loop(self) -> None:
        """See uvicorn."""
        watch = asyncio.create_task(self._watch())
        try:
            await super().main_loop()
        finally:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch

    async def _watch(self) -> None:
        half = HalfRequests()
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            half.look(list(self.server_state.connections))
