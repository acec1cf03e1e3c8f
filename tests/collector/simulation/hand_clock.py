"""A clock that a test moves by hand."""

import asyncio
from collections.abc import Callable

from collector.simulation.simulated_works import SimulatedWorks

START_NS = 1_763_000_000_000_000_000  # 2025-11-13 07:13:20 in Almaty


class HandClock:
    """The host's clock stands ten days after the start; elapsed time moves when the test says so."""

    def __init__(self) -> None:
        self.elapsed_ns_now = 0
        self.host_ns_now = START_NS + 10 * 86_400_000_000_000

    def host_ns(self) -> int:
        return self.host_ns_now

    def elapsed_ns(self) -> int:
        return self.elapsed_ns_now

    async def pass_s(self, works: SimulatedWorks, seconds: float) -> None:
        """Let elapsed time pass and wait until the works has published again."""
        before = works.time_ns
        self.elapsed_ns_now += int(seconds * 1e9)
        await until(lambda: works.time_ns > before)
        await asyncio.sleep(0.05)


async def until(true: Callable[[], bool], within_s: float = 60.0) -> None:
    """Wait for something that another task does."""
    async with asyncio.timeout(within_s):
        while not true():  # noqa: ASYNC110 - the works does not say when it publishes
            await asyncio.sleep(0.01)
