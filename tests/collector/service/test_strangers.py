"""Bytes of strangers at our doors are a line in the log, and few lines; what is our own fault stays whole there."""

import logging
import sys

import pytest

from collector.config.duration import parse_duration
from collector.service.strangers import MOST, Strangers


def record(name: str, code: str) -> logging.LogRecord:
    """A record of an error that `code` raised in a file of that library."""
    file = f"/usr/lib/python3/site-packages/{name.partition('.')[0]}/x.py"
    try:
        exec(compile(code, file, "exec"), {"f": parse_duration})  # noqa: S102 - our own text
    except Exception:
        return logging.LogRecord(name, logging.ERROR, "x.py", 1, "Unknown error\n%s", ("more",), sys.exc_info())
    raise AssertionError


@pytest.mark.parametrize("name", ["engineio.server", "socketio.server", "aiohttp.server", "uvicorn.error", "nicegui"])
def test_what_a_library_could_not_read_is_one_line(name: str) -> None:
    found = record(name, "raise ValueError('odd\\n\\x1b[2J' + 'y' * 9000)")
    assert Strangers().filter(found)
    line = found.getMessage()
    assert line.startswith(f"not understood at {name.partition('.')[0]}: ValueError: odd")
    assert "\n" not in line
    assert "\x1b" not in line
    assert len(line) < 300
    assert found.exc_info is None


def test_a_flood_of_them_is_a_few_lines_a_minute_that_tell_how_many_there_were() -> None:
    now_s = 0.0
    strangers = Strangers(lambda: now_s)
    assert sum(strangers.filter(record("engineio.server", "{}['sid']")) for _ in range(1000)) == MOST
    now_s = 61.0
    again = record("engineio.server", "{}['sid']")
    assert strangers.filter(again)
    assert f"and {1000 - MOST} like it before" in again.getMessage()


def test_a_fault_of_ours_behind_the_same_door_stays_whole_however_often() -> None:
    strangers = Strangers()
    for _ in range(3 * MOST):
        found = record("uvicorn.error", "f('no duration')")
        assert strangers.filter(found)
        assert found.exc_info is not None


@pytest.mark.parametrize("name", ["asyncua", "collector.service.jobs", "apscheduler"])
def test_what_came_through_no_door_stays_whole(name: str) -> None:
    found = record(name, "raise ValueError")
    assert Strangers().filter(found)
    assert found.exc_info is not None
    plain = logging.LogRecord("uvicorn.error", logging.ERROR, "x.py", 1, "shutting down", (), None)
    assert Strangers().filter(plain)
    assert plain.getMessage() == "shutting down"
