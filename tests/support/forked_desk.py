"""Desks by the dozen: one interpreter that has loaded what a desk needs forks for each.

What is loaded costs three seconds of CPU, the desk itself a fraction of one. It runs `tundish desk` as ever, in a
process of its own, with its own output and environment. `python -m tests.support.forked_desk` is that interpreter; it
ends with the process that started it, and so do its desks.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Lock
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LOADED = (
    "collector.cli.desk_figures",
    "collector.cli.desk_reports",
    "collector.cli.main",
    "collector.config.load",
    "collector.entries.desk_actions",
    "collector.entries.entry_desk",
    "collector.entries.repair_desk",
    "collector.storage.ledger.desk_reader",
    "dashboards.web.app",
)


class ForkedDesk:
    """`tundish desk` on a plant.yaml, with the calls of `subprocess.Popen` that tests use."""

    def __init__(self, plant_file: Path, log: Path) -> None:
        self._plant_file = plant_file
        self.returncode: int | None = None
        self.pid = int(_asked({"plant": str(plant_file), "log": str(log), "environment": dict(os.environ)}))

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        if self.returncode is None:
            self.returncode = _asked({"poll": self.pid})
        return self.returncode

    def wait(self, timeout: float = 60.0) -> int:
        """Its exit code, once it has ended. Raises TimeoutExpired."""
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(["tundish", "desk", str(self._plant_file)], timeout)
            time.sleep(0.02)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


_lock = Lock()
_forking: list[subprocess.Popen[str]] = []


def _asked(question: dict[str, Any]) -> Any:  # noqa: ANN401 - what JSON has
    with _lock:
        if not _forking:
            command = [sys.executable, "-m", "tests.support.forked_desk"]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            _forking.append(subprocess.Popen(command, cwd=ROOT, text=True, **pipes))
        questions, answers = _forking[0].stdin, _forking[0].stdout
        assert questions is not None
        assert answers is not None
        questions.write(json.dumps(question) + "\n")
        questions.flush()
        return json.loads(answers.readline())


def _run(plant: str, log: str, environment: dict[str, str]) -> None:
    """As in an interpreter that has just begun; does not return."""
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream in (1, 2):
        os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), stream)
    sys.argv = ["tundish", "desk", plant]
    from collector.cli.main import main

    main()


def _serve() -> None:
    desks: set[int] = set()
    try:
        for line in sys.stdin:
            question = json.loads(line)
            if (asked_of := question.get("poll")) is not None:
                ended, status = os.waitpid(asked_of, os.WNOHANG)
                desks -= {ended}
                answer = os.waitstatus_to_exitcode(status) if ended else None
            else:
                answer = os.fork()
                if answer == 0:
                    desks.clear()
                    _run(question["plant"], question["log"], question["environment"])
                    sys.exit(0)
                desks.add(answer)
            print(json.dumps(answer), flush=True)
    finally:
        for pid in desks:
            os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    for name in LOADED:
        importlib.import_module(name)
    _serve()
