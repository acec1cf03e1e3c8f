"""How long the event loop keeps waiting what it promised: the self-metric behind "nothing may block for over 50 ms"."""

import asyncio
import time
from collections import deque
from typing import Any, cast


class LoopLag:
    """Measures every turn of the loop: from the instant at which it begins on what is due until it looks again for what
    is due next. Whatever became due meanwhile was late by that at the most. A wake-up that the machine itself gave late
    counts too.

    It takes no wake-ups of its own: twenty a second were half of what an idle service cost, and saw a tenth of it all.
    """

    def __init__(self, window_s: float = 10.0) -> None:
        self._window_s = window_s  # the time between two rows of source_health, so that none falls between two
        # The latest instants, each later and less late than the one before it: the first is the worst.
        self._late_s: deque[tuple[float, float]] = deque()
        self._began_s = 0.0

    @property
    def worst_ms(self) -> float:
        """The greatest lateness in the window (10 s by default), in milliseconds."""
        self._forget(time.monotonic())
        return self._late_s[0][1] * 1e3 if self._late_s else 0.0

    async def run(self) -> None:
        """Measure until cancelled."""
        # The one place in asyncio that every turn passes. The library has no public name for it.
        selector, ends = cast("Any", asyncio.get_running_loop())._selector, False
        look = selector.select

        def look_and_measure(wait_s: float | None = None) -> Any:  # noqa: ANN401 - as the selector's
            if ends:
                return look(wait_s)
            asked_s = time.monotonic()
            self._note(asked_s, asked_s - self._began_s)
            found = look(wait_s)
            self._began_s = time.monotonic()
            if wait_s is not None and not found:
                self._note(self._began_s, self._began_s - asked_s - max(0.0, wait_s))
            return found

        self._began_s = time.monotonic()
        selector.select = look_and_measure
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            ends = True  # whoever measures the same loop may have put itself before this
            if selector.select is look_and_measure:
                selector.select = look

    def _note(self, now_s: float, late_s: float) -> None:
        late = self._late_s
        while late and late[-1][1] <= late_s:
            late.pop()
        late.append((now_s, late_s))
        self._forget(now_s)

    def _forget(self, now_s: float) -> None:
        while self._late_s and self._late_s[0][0] < now_s - self._window_s:
            self._late_s.popleft()
