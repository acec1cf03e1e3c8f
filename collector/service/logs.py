"""Structured logs: one JSON object a line, or coloured text on a terminal. Transitions only; counts go to metrics."""

import logging
import sys
import threading
from typing import Any

import structlog

from collector.plain_text import plain
from collector.service.log_queue import BoundedLogQueue, LogWriter
from collector.service.strangers import Strangers

_STAMP = structlog.processors.TimeStamper(fmt="iso", utc=True)


def configure_logs(*, json_lines: bool, level: int = logging.INFO, queued: bool = False) -> None:
    """Send structlog and the libraries' own logging to stderr in one form.

    `queued`: for what runs on and on: a reader of stderr that stands still holds up nothing.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        _STAMP,
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = _queue() if queued else logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _disarmed,
                _renderer(json_lines=json_lines),
            ],
        )
    )
    if queued:
        handler.addFilter(Strangers())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Libraries speak once a poll or once a job; what matters of them is counted by us.
    for noisy in ("asyncua", "apscheduler", "aiohttp.access", "psycopg"):
        logging.getLogger(noisy).setLevel(logging.ERROR)


def _disarmed(_logger: Any, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:  # noqa: ANN401
    """Words of a PLC or a server act on no terminal that the log is read in."""
    return {name: plain(value) if isinstance(value, str) else value for name, value in event.items()}


def last_words(event: str, *, json_lines: bool, **facts: object) -> bytes:
    """A line of the log for who cannot wait for the queue."""
    words = {"event": event, "level": "error", **facts}
    line: Any = _renderer(json_lines=json_lines)(None, "error", _STAMP(None, "error", words))
    return f"{line}\n".encode()


def _renderer(*, json_lines: bool) -> structlog.typing.Processor:
    if json_lines:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _queue() -> logging.Handler:
    lines = BoundedLogQueue()
    LogWriter(lines, sys.stderr.fileno()).start()
    # What the interpreter says of a thread that broke would go to stderr by itself, and wait for its reader.
    threading.excepthook = _tell_of_thread
    return lines


def _tell_of_thread(broken: threading.ExceptHookArgs) -> None:
    error = broken.exc_value
    structlog.get_logger(__name__).error(
        "thread_broken", thread=broken.thread.name if broken.thread is not None else "", exc_info=error
    )
