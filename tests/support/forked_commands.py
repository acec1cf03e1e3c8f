"""Many runs of the command `tundish` in a few seconds: one interpreter that loaded everything forks for each.

`python -m tests.support.forked_commands FILE` runs the command lines that FILE lists as JSON, and writes what came of
them beside it.
"""

import contextlib
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.support.collector_process import ROOT

LIMIT_S = 30.0
"""What still runs after that was taken and works: a server, a watch over a folder."""
RAN_ON = 124
"""The exit code of what was ended after `LIMIT_S`."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command line came to."""

    arguments: list[str]
    code: int
    output: str
    seconds: float


def run_all(command_lines: list[list[str]], folder: Path, *, stdout: str = "") -> list[Ran]:
    """Run each in `folder`; `stdout`: where standard output goes: a path, "closed", or "" to be read with stderr."""
    asked = folder / "asked.json"
    asked.write_text(json.dumps({"lines": command_lines, "folder": str(folder), "stdout": stdout}), encoding="utf-8")
    command = [sys.executable, "-m", "tests.support.forked_commands", str(asked)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=600)
    return [Ran(**each) for each in json.loads(asked.with_suffix(".out").read_text(encoding="utf-8"))]


def _one(arguments: list[str], folder: str, stdout: str) -> Ran:
    with tempfile.TemporaryFile() as output:
        began_s = time.monotonic()
        pid = os.fork()
        if pid == 0:
            code = 111
            try:
                os.setsid()
                os.chdir(folder)
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                os.dup2(output.fileno(), 2)
                os.dup2(output.fileno() if stdout in ("", "closed") else os.open(stdout, os.O_WRONLY), 1)
                sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
                sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
                if stdout == "closed":
                    os.close(1)
                    sys.stdout = None
                sys.__stdout__ = sys.stdout  # as in a process of its own
                sys.argv = ["tundish", *arguments]
                from collector.cli.main import main

                main()
                code = 0
            except SystemExit as error:
                code = error.code if isinstance(error.code, int) else int(error.code is not None)
            except BaseException:
                import traceback

                os.write(2, traceback.format_exc().encode())
            finally:
                for stream in (sys.stdout, sys.stderr):
                    with contextlib.suppress(Exception):
                        if stream is not None:
                            stream.flush()
                os._exit(code)
        status = _waited(pid, began_s)
        seconds = time.monotonic() - began_s
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    code = RAN_ON if status is None else os.waitstatus_to_exitcode(status)
    return Ran(arguments, code, text, seconds)


def _waited(pid: int, began_s: float) -> int | None:
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        if time.monotonic() - began_s > LIMIT_S:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return None
        time.sleep(0.005)


def _load_everything() -> None:
    import collector
    import dashboards
    import models

    for package in (collector, dashboards, models):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


if __name__ == "__main__":
    file = Path(sys.argv[1])
    asked = json.loads(file.read_text(encoding="utf-8"))
    _load_everything()
    results = [asdict(_one(line, asked["folder"], asked["stdout"])) for line in asked["lines"]]
    file.with_suffix(".out").write_text(json.dumps(results), encoding="utf-8")
