"""The log of a service whose reader of stderr stands still, moves on, or has gone."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from collector.service.log_queue import MOST_WAITING
from tests.collector.service.test_service_process import _plant
from tests.support.collector_process import ROOT, until
from tests.support.full_pipe import full_pipe, read_waiting
from tests.support.ports import free_port

LOGS = """
import logging, sys, threading, time
import structlog
from collector.service.logs import configure_logs

configure_logs(json_lines=True, queued=True)
log = structlog.get_logger("test")
began = time.monotonic()
for number in range(int(sys.argv[1])):
    log.info("line", number=number)
print(time.monotonic() - began, flush=True)
sys.stdin.readline()
try:
    raise ValueError("of a kind")
except ValueError:
    log.exception("broken")
logging.getLogger("library").warning("said by %s", "a library")
thread = threading.Thread(target=lambda: 1 / 0)
thread.start()
thread.join()
"""


def _logging(lines: int, stderr: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", LOGS, str(lines)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr)


def _spent_s(process: "subprocess.Popen[bytes]") -> float:
    assert process.stdout is not None
    return float(process.stdout.readline())


def test_all_lines_are_written_in_their_order_before_the_process_ends() -> None:
    process = _logging(MOST_WAITING // 2, subprocess.PIPE)
    _, text = process.communicate(b"on\n", timeout=20)
    lines = [json.loads(line) for line in text.splitlines()]
    assert process.returncode == 0
    assert [line["number"] for line in lines if line["event"] == "line"] == list(range(MOST_WAITING // 2))
    broken, library, thread = lines[-3:]
    assert (broken["event"], broken["level"]) == ("broken", "error")
    assert "ValueError: of a kind" in broken["exception"]
    assert (library["event"], library["level"]) == ("said by a library", "warning")
    assert thread["event"] == "thread_broken"
    assert "ZeroDivisionError" in thread["exception"]


def test_a_reader_that_stands_still_holds_up_nothing_and_is_told_what_it_missed() -> None:
    reader, writer = full_pipe()
    process = _logging(MOST_WAITING * 3, writer)
    os.close(writer)
    assert _spent_s(process) < 5
    text = read_waiting(reader).decode().lstrip(".")
    lines = [json.loads(line) for line in text.splitlines()]
    told = [line["lines"] for line in lines if line["event"] == "log_lines_dropped"]
    written = sum(1 for line in lines if line["event"] == "line")
    assert written + sum(told) == MOST_WAITING * 3
    assert len(told) == 1
    assert told[0] >= MOST_WAITING
    process.communicate(b"on\n", timeout=20)
    assert process.returncode == 0


def test_a_process_ends_soon_though_its_reader_stands_still() -> None:
    reader, writer = full_pipe()
    process = _logging(10, writer)
    _spent_s(process)
    began = time.monotonic()
    process.communicate(b"on\n", timeout=20)
    assert process.returncode == 0
    assert time.monotonic() - began < 5
    os.close(reader)
    os.close(writer)


def test_a_reader_that_has_gone_holds_up_nothing() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = _logging(MOST_WAITING, writer)
    os.close(writer)
    assert _spent_s(process) < 5
    process.communicate(b"on\n", timeout=20)
    assert process.returncode == 0


@pytest.mark.long
@pytest.mark.parametrize("starts", [True, False])
async def test_a_collector_collects_and_ends_though_the_reader_of_its_log_stands_still(
    tmp_path: Path, starts: bool
) -> None:
    port = free_port()
    plant_file = _plant(tmp_path, port=port)
    if not starts:
        plant_file.write_text("version: 1\nsite: {", encoding="utf-8")
    reader, writer = full_pipe()
    process = subprocess.Popen([sys.executable, "-m", "collector", "run", str(plant_file)], cwd=ROOT, stderr=writer)
    try:
        if starts:
            await until("tundish_journal_entries >= 0", 20, port)
            process.send_signal(signal.SIGTERM)
        assert process.wait(20) == (0 if starts else 2)
    finally:
        process.kill()
        os.close(reader)
        os.close(writer)
