"""What strange bytes cost the process that reads them."""

import asyncio
import resource
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

LONGEST_STAND_S = 1.0
"""Of the loop, on a machine on which others work too; what it was spared stood for minutes."""
MOST_MB = 100.0


@dataclass
class Watched:
    """How long the loop stood at the most, and how much the process's memory grew."""

    stood_s: float = 0.0
    before_kb: int = 0

    @property
    def grown_mb(self) -> float:
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - self.before_kb) / 1024


@asynccontextmanager
async def watched() -> AsyncIterator[Watched]:
    found = Watched(before_kb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

    async def look() -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.01)
            found.stood_s = max(found.stood_s, time.monotonic() - before - 0.01)

    task = asyncio.create_task(look())
    try:
        yield found
    finally:
        task.cancel()
