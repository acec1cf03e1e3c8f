"""What a stranger's bytes at a door of ours make a library log: one line without a traceback, and a few a minute."""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from collector.plain_text import plain

DOORS = ("engineio", "socketio", "uvicorn", "websockets", "starlette", "nicegui", "aiohttp")
"""The libraries behind the page and behind /metrics, by the names of their packages, which those of their loggers begin
with."""
OWN = ("collector", "dashboards", "models")
_ROOT = Path(__file__).resolve().parents[2]
_PASSED_THROUGH = ("guard.py", "http.py")
"""Files of ours that every request goes through: that they stand in a traceback says nothing of whose fault it is."""
MOST, WINDOW_S = 6, 60.0
"""A line every ten seconds shows that something knocks; a log of thousands a second hides all else. A judgement."""
_LONGEST = 200


class Strangers(logging.Filter):
    """Put it on a handler. A fault of our own code, behind the same doors, stays whole."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._began_s = -WINDOW_S
        self._told = 0
        self._left_out = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written; one that a stranger made is shortened."""
        if not _is_strangers(record):
            return True
        now_s = self._monotonic()
        if now_s - self._began_s >= WINDOW_S:
            self._began_s, self._told = now_s, 0
        if self._told >= MOST:
            self._left_out += 1
            return False
        self._told += 1
        more = f" (and {self._left_out} like it before)" if self._left_out else ""
        self._left_out = 0
        record.msg, record.args = f"not understood at {record.name.partition('.')[0]}: {_said(record)}{more}", ()
        record.exc_info = record.exc_text = None
        return True


def _is_strangers(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return False
    files = [Path(frame) for frame in _files(error.__traceback__)]
    if any(_is_ours(file) and file.name not in _PASSED_THROUGH for file in files):
        return False
    return record.name.partition(".")[0] in DOORS or bool(files and set(DOORS) & set(files[0].parts))


def _is_ours(file: Path) -> bool:
    return file.is_relative_to(_ROOT) and file.relative_to(_ROOT).parts[0] in OWN


def _files(trace: TracebackType | None) -> list[str]:
    found = []
    while trace is not None:
        found.append(trace.tb_frame.f_code.co_filename)
        trace = trace.tb_next
    return found


def _said(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    text = " ".join(plain(f"{type(error).__name__}: {error}").split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
