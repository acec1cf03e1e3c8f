"""Waiting while the database is away: backoff with full jitter, its own Retry-After, and a log of transitions only."""

import asyncio
import random
import time

import structlog

from collector.errors import CollectorError, SinkUnavailable

log = structlog.get_logger(__name__)

FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0


class Retry:
    """One sender's view of the database: `up` is what its last round told, `retried` counts repeated rounds."""

    def __init__(self, sender: str, first_wait_s: float = FIRST_WAIT_S, longest_wait_s: float = LONGEST_WAIT_S) -> None:
        self.up = True
        self.retried = 0
        self.last_error = ""
        self._sender = sender
        self._first_wait_s = first_wait_s
        self._longest_wait_s = longest_wait_s
        self._failures = 0
        self._down_since_s = 0.0

    async def failed(self, error: CollectorError) -> None:
        """Notes the failure and waits before the next attempt."""
        wait_s = self._wait_s(error)
        if self.up:
            self._down_since_s = time.monotonic()
        if self.up or str(error) != self.last_error:
            log.warning("sending_stopped", sender=self._sender, error=str(error), retry_in_s=round(wait_s, 1))
        self.up = False
        self.last_error = str(error)
        self._failures += 1
        self.retried += 1
        await asyncio.sleep(wait_s)

    def succeeded(self) -> None:
        """Notes that the database answered."""
        if not self.up:
            after_s = round(time.monotonic() - self._down_since_s, 1)
            log.info("sending_resumed", sender=self._sender, after_s=after_s)
        self.up = True
        self.last_error = ""
        self._failures = 0

    def _wait_s(self, error: CollectorError) -> float:
        ceiling_s = min(self._longest_wait_s, self._first_wait_s * 2.0 ** min(self._failures, 30))
        asked_s = error.retry_after_s if isinstance(error, SinkUnavailable) else None
        return max(random.uniform(0.0, ceiling_s), asked_s or 0.0)
