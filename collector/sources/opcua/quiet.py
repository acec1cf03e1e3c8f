"""Keeps the library's own log lines from filling the log in an outage: each kind once a minute, no tracebacks."""

import logging
import time

import structlog

from collector.sources.opcua.short_text import LONGEST_ERROR, one_line, short_repr

log = structlog.get_logger(__name__)

_EVERY_S = 60.0
"""In an outage the library's publishing loop logs a traceback a second. Once a minute still shows that it lasts."""

_MOST_KINDS = 1_000
"""The library has some tens of texts, and writes numbers of the server into some of them."""


class _OncePerMinute(logging.Handler):
    """Passes one record of each (logger, text) a minute on to our log, with how many were held back."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._seen: dict[tuple[str, str], tuple[float, int]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        key = (record.name, str(record.msg)[:LONGEST_ERROR])
        since, held = self._seen.get(key, (-_EVERY_S, 0))
        now = time.monotonic()
        if now - since < _EVERY_S:
            self._seen[key] = (since, held + 1)
            return
        if len(self._seen) >= _MOST_KINDS:
            self._seen.clear()
        self._seen[key] = (now, 0)
        error = record.exc_info[1] if record.exc_info else None
        cause = None if error is None else f"{type(error).__name__}: {one_line(error)}"
        log.debug("opcua_library", logger=record.name, text=_text(record), cause=cause, held_back=held)


def _text(record: logging.LogRecord) -> str:
    """The beginning of a text in which the library may quote a whole answer."""
    args = record.args if isinstance(record.args, tuple) else ()
    try:
        return (str(record.msg) % tuple(_shortened(part) for part in args))[:LONGEST_ERROR]
    except (TypeError, ValueError):
        return str(record.msg)[:LONGEST_ERROR]


def _shortened(part: object) -> object:
    return part if isinstance(part, int | float) else short_repr(part)


def quieten_library() -> None:
    """Route warnings and errors of asyncua through the limit. Doing it again changes nothing."""
    logger = logging.getLogger("asyncua")
    if not any(isinstance(handler, _OncePerMinute) for handler in logger.handlers):
        logger.addHandler(_OncePerMinute())
    logger.propagate = False
    logger.setLevel(logging.WARNING)
