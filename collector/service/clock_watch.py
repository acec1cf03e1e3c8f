"""Sees when this host's clock was set: wall time goes on and the machine's own does not, or the other way round."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog

from models.works.calendar import NS

log = structlog.get_logger(__name__)

STEP_NS = 60 * NS
"""What differs by more is no discipline of a clock, which steps by seconds; as far as detection waits for one."""


@dataclass(slots=True)
class ClockWatch:
    """`run` is a job; `was_set` is called with the time after each step (UTC ns)."""

    clock_ns: Callable[[], int]
    was_set: Callable[[int], None]
    monotonic_ns: Callable[[], int] = time.monotonic_ns
    _ahead_ns: int = field(init=False)

    def __post_init__(self) -> None:
        self._ahead_ns = self.clock_ns() - self.monotonic_ns()

    async def run(self) -> None:
        """Look at both clocks."""
        now_ns = self.clock_ns()
        before_ns, self._ahead_ns = self._ahead_ns, now_ns - self.monotonic_ns()
        step_ns = self._ahead_ns - before_ns
        if abs(step_ns) > STEP_NS:
            log.warning(
                "host_clock_set",
                by_s=round(step_ns / NS),
                now=f"{datetime.fromtimestamp(now_ns // NS, UTC):%Y-%m-%d %H:%M:%S}",
                doing="what was known of the sources' clocks begins anew",
            )
            self.was_set(now_ns)
