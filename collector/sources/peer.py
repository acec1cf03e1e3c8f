"""Whether a source's peer answers, as its health says it, and how long to wait after it did not."""

import random
import time
from collections.abc import Callable

import structlog

from collector.backoff import Backoff
from collector.errors import SourceRefused, SourceUnavailable
from collector.sources.base import SourceHealth
from collector.sources.error_kind import kind_of

log = structlog.get_logger(__name__)


class PeerStanding:
    """Of one source; written by its own task. `monotonic` and `uniform` are replaced in tests only."""

    def __init__(
        self,
        source: str,
        health: SourceHealth,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        uniform: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self._source = source
        self._health = health
        self._monotonic = monotonic
        self._backoff = Backoff(uniform)
        self._down_since_s = monotonic()

    def answered(self, now_ns: int) -> None:
        """Take note of a good answer at `now_ns` (UTC, host)."""
        self._health.connected = True
        self._health.last_success_ns = now_ns
        self._backoff.succeeded()
        if not self._health.up:
            self._health.up = True
            self._health.last_error = ""
            log.info("source_up", source=self._source, after_s=round(self._monotonic() - self._down_since_s, 1))

    def failed(self, error: SourceUnavailable) -> float:
        """Take note of an outage, told once; seconds until the peer is tried again."""
        wait_s = self._backoff.next_s(refused=isinstance(error, SourceRefused))
        if self._health.up:
            self._down_since_s = self._monotonic()
        if self._health.up or str(error) != self._health.last_error:
            log.warning("source_down", source=self._source, error=str(error), retry_in_s=round(wait_s, 1))
        self._health.up = False
        self._health.last_error, self._health.error_kind = str(error), kind_of(error)
        self._health.reconnects += 1
        return wait_s
