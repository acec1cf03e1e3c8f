"""Waiting while the database is away: backoff with full jitter, its own Retry-After, and a log of transitions only."""

import asyncio
import random
import time

import structlog

from collector.backoff import FIRST_S, LONGEST_S, Backoff
from collector.errors import CollectorError, SinkUnavailable

log = structlog.get_logger(__name__)


class Retry:
    """One sender's view of the database: `up` is what its last round told, `retried` counts repeated rounds.

    `heard`: a round told anything; before that nobody knows. `again_s`: when it is asked again (UTC seconds); None
    while it is up.
    """

    def __init__(self, sender: str, first_wait_s: float = FIRST_S, longest_wait_s: float = LONGEST_S) -> None:
        self.up = True
        self.heard = False
        self.retried = 0
        self.last_error = ""
        self.again_s: float | None = None
        self._sender = sender
        self._backoff = Backoff(random.uniform, first_wait_s, longest_wait_s)
        self._down_since_s = 0.0

    async def failed(self, error: CollectorError) -> None:
        """Notes the failure and waits before the next attempt."""
        asked_s = error.retry_after_s if isinstance(error, SinkUnavailable) else None
        wait_s = max(self._backoff.next_s(), asked_s or 0.0)
        if self.up:
            self._down_since_s = time.monotonic()
        # A wait that the server asks for may be an hour: each is told, or the silence looks like a fault of ours.
        if self.up or str(error) != self.last_error or (asked_s or 0.0) > LONGEST_S:
            log.warning("sending_stopped", sender=self._sender, error=str(error), retry_in_s=round(wait_s, 1))
        self.up, self.heard = False, True
        self.last_error = str(error)
        self.retried += 1
        self.again_s = time.time() + wait_s
        await asyncio.sleep(wait_s)

    def succeeded(self) -> None:
        """Notes that the database answered."""
        if not self.up:
            after_s = round(time.monotonic() - self._down_since_s, 1)
            log.info("sending_resumed", sender=self._sender, after_s=after_s)
        self.up = self.heard = True
        self.last_error = ""
        self.again_s = None
        self._backoff.succeeded()
