"""How late the event loop runs what it promised: the self-metric behind "nothing may block for over 50 ms"."""

import asyncio
from collections import deque


class LoopLag:
    """Sleeps in a loop and keeps the lateness of the newest wake-ups, in seconds."""

    # Twenty times a second costs nothing that a profile shows; two hundred of them are the 10 s between two rows of
    # source_health, so that no late moment falls between two rows.
    def __init__(self, interval_s: float = 0.05, window: int = 200) -> None:
        self._interval_s = interval_s
        self._late_s: deque[float] = deque(maxlen=window)

    @property
    def worst_ms(self) -> float:
        """The greatest lateness in the window (10 s by default), in milliseconds."""
        return max(self._late_s, default=0.0) * 1e3

    async def run(self) -> None:
        """Measure until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + self._interval_s
            await asyncio.sleep(self._interval_s)
            self._late_s.append(max(0.0, loop.time() - due))
