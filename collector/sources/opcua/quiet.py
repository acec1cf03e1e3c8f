"""Keeps the library's own log lines from filling the log in an outage: each kind once a minute, no tracebacks."""

import logging
import time

import structlog

log = structlog.get_logger(__name__)

_EVERY_S = 60.0
"""In an outage the library's publishing loop logs a traceback a second. Once a minute still shows that it lasts."""


class _OncePerMinute(logging.Handler):
    """Passes one record of each (logger, text) a minute on to our log, with how many were held back."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._seen: dict[tuple[str, str], tuple[float, int]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        key = (record.name, str(record.msg))
        since, held = self._seen.get(key, (-_EVERY_S, 0))
        now = time.monotonic()
        if now - since < _EVERY_S:
            self._seen[key] = (since, held + 1)
            return
        self._seen[key] = (now, 0)
        cause = repr(record.exc_info[1]) if record.exc_info else None
        log.debug("opcua_library", logger=record.name, text=record.getMessage(), cause=cause, held_back=held)


def quieten_library() -> None:
    """Route warnings and errors of asyncua through the limit. Doing it again changes nothing."""
    logger = logging.getLogger("asyncua")
    if not any(isinstance(handler, _OncePerMinute) for handler in logger.handlers):
        logger.addHandler(_OncePerMinute())
    logger.propagate = False
    logger.setLevel(logging.WARNING)
