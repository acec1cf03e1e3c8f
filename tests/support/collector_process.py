"""A real collector as a child process, and what became of its files."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout
from prometheus_client.parser import text_string_to_metric_families

ROOT = Path(__file__).resolve().parents[2]
UNSENT_AGE = "unsent_age_s"
"""Seconds since the oldest entry came that the database lacks: no metric, but what a person makes of one."""
SCRAPE_LIMIT = ClientTimeout(total=5)


class CollectorProcess:
    """`tundish run` on a plant.yaml; its log lines go to one file, over all starts. `program`: the module that is run,
    and its own arguments."""

    def __init__(self, plant_file: Path, log: Path, program: Sequence[str] = ("collector",)) -> None:
        self._plant_file = plant_file
        self._program = program
        self._log = log
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self, environment: Mapping[str, str] | None = None) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                *self._program,
                "run",
                str(self._plant_file),
                "--json-logs",
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env={**os.environ, **(environment or {})},
            )

    @property
    def ended(self) -> bool:
        """Whether it has ended, by itself or not."""
        return self._process is None or self._process.returncode is not None

    async def kill(self) -> None:
        """SIGKILL: it gets no chance to tidy up."""
        assert self._process is not None
        assert self._process.returncode is None, f"it had ended by itself:\n{self.log_text()[-3000:]}"
        self._process.kill()
        await self._process.wait()

    async def stop(self, limit_s: float = 10.0) -> float:
        """SIGTERM; the seconds until it had ended, with exit code 0."""
        assert self._process is not None
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(self._process.wait(), limit_s)
        assert code == 0, self.log_text()[-3000:]
        return time.monotonic() - began

    async def end(self) -> None:
        """However it stands."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def log_text(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""


async def scrape(port: int) -> dict[str, float]:
    """The service's metrics as {name: value}, summed over labels. Empty while it does not listen."""
    found: dict[str, float] = {}
    try:
        async with (
            ClientSession(timeout=SCRAPE_LIMIT) as session,
            session.get(f"http://127.0.0.1:{port}/metrics") as answer,
        ):
            text = await answer.text()
    except (OSError, ClientError, TimeoutError):  # also where it is killed in the midst of its answer
        return found
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found[sample.name] = found.get(sample.name, 0.0) + sample.value
    # Absent while nothing waits.
    oldest_s = found.get("tundish_journal_oldest_unsent_timestamp_seconds")
    found[UNSENT_AGE] = 0.0 if oldest_s is None else time.time() - oldest_s
    return found


def _holds(condition: str, metrics: dict[str, float]) -> bool:
    """Whether it is true of metrics; not yet, where a busy machine answers before the source that it names is built."""
    try:
        return bool(eval(condition, {"__builtins__": {}}, metrics))  # noqa: S307 - our own text
    except NameError:
        return False


async def until(condition: str, limit_s: float, port: int, *, step_s: float = 0.2) -> dict[str, float]:
    """Scrape until `condition`, a Python expression over metric names, holds. Fails after `limit_s`."""
    deadline = time.monotonic() + limit_s
    while True:
        metrics = await scrape(port)
        if metrics and _holds(condition, metrics):
            return metrics
        assert time.monotonic() < deadline, f"{condition} did not come true within {limit_s} s: {metrics}"
        await asyncio.sleep(step_s)
