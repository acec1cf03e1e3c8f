"""One clock for a whole works that runs faster than the machine's: for a process of its own, in which it is the clock.

Time passes only while the event loop waits, so a busy machine makes a run longer and never makes anything late. While a
thread works for the loop, time passes as usual.
"""

import asyncio
import importlib
import selectors
import sys
import time
from collections.abc import Coroutine
from datetime import datetime, tzinfo
from typing import Any, TypeVar

NS = 10**9
Result = TypeVar("Result")
_real_monotonic = time.monotonic
LONGEST_WAIT_S = 0.05
"""A timer may be hours away; time goes on in steps of this, by the machine's clock."""
SHORTEST_WAIT_S = 0.002
"""The machine waits for no less than a millisecond; shorter waits are added up until they are worth one."""


class FastClock:
    """UTC nanoseconds from `start_ns` on, and as many more as the loop waited, `speed` times over."""

    def __init__(self, start_ns: int, speed: float) -> None:
        self.speed = speed
        self.passed_ns = 0
        self._start_ns = start_ns

    def time_ns(self) -> int:
        return self._start_ns + self.passed_ns

    def time(self) -> float:
        return self.time_ns() / NS

    def monotonic_ns(self) -> int:
        return self.passed_ns

    def monotonic(self) -> float:
        return self.passed_ns / NS

    def install(self) -> None:
        """Become the clock of this process. Call it before anything of the works is imported."""
        for name in ("time", "time_ns", "monotonic", "monotonic_ns"):
            setattr(time, name, getattr(self, name))

    def install_dates(self) -> None:
        """Become the clock of what asks `datetime.now`, too. Call it after all is imported."""
        clock = self

        class Whoever(type):
            def __instancecheck__(cls, instance: object) -> bool:
                return isinstance(instance, datetime)

        class WorksDatetime(datetime, metaclass=Whoever):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return datetime.fromtimestamp(clock.time(), tz)

        importlib.import_module("apscheduler.triggers.interval")  # it is loaded by name at the first job
        for name, module in list(sys.modules.items()):
            if name.startswith(("apscheduler", "asyncua")) and getattr(module, "datetime", None) is datetime:
                setattr(module, "datetime", WorksDatetime)  # noqa: B010 - of another's module


class _Selector(selectors.DefaultSelector):  # type: ignore[misc,valid-type]
    """Waits by the machine's clock, a part of what it is told to, and lets so much time pass."""

    def __init__(self, clock: FastClock) -> None:
        super().__init__()
        self._clock = clock
        self._owed_s = 0.0
        self.at_work = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found: list[tuple[selectors.SelectorKey, int]] = super().select(0)
        if found or (timeout is not None and timeout <= 0):
            return found
        speed = 1.0 if self.at_work else self._clock.speed
        wait_s = LONGEST_WAIT_S if timeout is None else min(timeout / speed, LONGEST_WAIT_S)
        self._owed_s += wait_s
        if self._owed_s < SHORTEST_WAIT_S:
            self._pass(wait_s * speed)
            return found
        began_s = _real_monotonic()
        found = super().select(self._owed_s)
        waited_s = _real_monotonic() - began_s
        self._owed_s = 0.0
        self._pass(min(waited_s, wait_s) * speed)
        return found

    def _pass(self, seconds: float) -> None:
        # A microsecond more than what a timer waits for: floats are not exact, and it would be waited for for ever.
        self._clock.passed_ns += int(seconds * NS) + 1000


class FastLoop(asyncio.SelectorEventLoop):
    """An event loop by a fast clock."""

    def __init__(self, clock: FastClock) -> None:
        self._fast_selector = _Selector(clock)
        super().__init__(self._fast_selector)

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> "asyncio.Future[Any]":  # noqa: ANN401
        future = super().run_in_executor(executor, func, *args)
        self.waits_for(future)
        return future

    def waits_for(self, future: "asyncio.Future[Any]") -> None:
        """Let time pass as usual until a thread has done what `future` stands for."""
        self._fast_selector.at_work += 1
        future.add_done_callback(self._done)

    def _done(self, _future: "asyncio.Future[Any]") -> None:
        self._fast_selector.at_work -= 1


def run(clock: FastClock, work: Coroutine[Any, Any, Result]) -> Result:
    """Run `work` to its end by a clock that is installed."""
    with asyncio.Runner(loop_factory=lambda: FastLoop(clock)) as runner:
        return runner.run(work)
