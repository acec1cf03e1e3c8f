"""What another process took, and what a database has of the load: the figures of benchmarks.end_to_end."""

import math
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load_server import GRID_NS, STEP, base_value
from tests.support.influxd import InfluxServer

_LOAD = 'FROM "telemetry" WHERE "unit" = \'load\''
_CHECKED_TAGS = 50
_LOOK_S = 0.03
"""Between two samples: long enough that a count in the database costs the contender next to nothing."""
_LIMIT_S = 30.0
"""Dozens of polls: a contender that wrote nothing for so long has failed."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One instant: points that the database has, values that the server gave, CPU seconds of both ends so far."""

    at_s: float
    points: int
    served: int
    cpu_s: float
    server_cpu_s: float


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched. `every_s`: time between two polls; `served_file`: where the server counts."""

    database: InfluxServer
    bucket: str
    pid: int
    server_pid: int
    served_file: Path
    every_s: float

    def sample_between_polls(self) -> Sample:
        """Sample when a poll has arrived and its tail of work is done, so that each poll counts with its own CPU.

        Raises RuntimeError if nothing comes for _LIMIT_S, or what comes never pauses.
        """
        deadline = time.monotonic() + _LIMIT_S
        before = after = self._sample()
        while after.points == before.points:
            after = self._next(deadline)
        # The first points of a poll are here; a quarter of the poll lets the rest arrive.
        time.sleep(self.every_s / 4)
        while (after.points, after.served) != (before.points, before.served):
            before, after = after, self._next(deadline)
        return after

    def _next(self, deadline: float) -> Sample:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{self.bucket}: no poll came and was followed by a pause within {_LIMIT_S:g} s")
        time.sleep(_LOOK_S)
        return self._sample()

    def _sample(self) -> Sample:
        return Sample(
            time.monotonic(),
            points(self.database, self.bucket),
            int(self.served_file.read_text(encoding="utf-8")),
            cpu_s(self.pid),
            cpu_s(self.server_pid),
        )


def cpu_s(pid: int) -> float:
    """User and system time of all threads of a process so far."""
    # The number that Linux gives the CPU clock of a process (clock_getcpuclockid): /proc/PID/stat has steps of 10 ms.
    return time.clock_gettime(~pid << 3 | 2)


def peak_mb(pid: int) -> float:
    """The most memory that a process had resident since it began."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"process {pid} shows no peak memory")


def points(database: InfluxServer, bucket: str) -> int:
    """Telemetry points of the load that the database has."""
    found = database.rows(bucket, f'SELECT count("value") {_LOAD}')
    return int(found[0]["count"]) if found else 0


def check_each(database: InfluxServer, bucket: str, tags: int) -> None:
    """Compare every point of some tags with what the server held at its stamp.

    Raises RuntimeError if one differs, or a tag has none.
    """
    for index in range(0, tags, max(1, tags // _CHECKED_TAGS)):
        rows = database.rows(bucket, f'SELECT "value" {_LOAD} AND "signal" = \'d{index:05d}\'')
        if not rows:
            raise RuntimeError(f"{bucket} has nothing of variable {index}")
        for row in rows:
            held = base_value(row["time"]) + STEP * index
            if not math.isclose(row["value"], held, rel_tol=1e-12):
                raise RuntimeError(f"{bucket}: variable {index} is {row['value']} at {row['time']}, it held {held}")


def check_values(database: InfluxServer, bucket: str, tags: int) -> None:
    """Compare the sum at each instant of which the database has all tags with what the server held.

    Raises RuntimeError if they differ.
    """
    rows = database.rows(
        bucket,
        f'SELECT count("value"), sum("value") {_LOAD} AND time > now() - 1h AND time < now() + 1m '
        f"GROUP BY time({GRID_NS // 1_000_000}ms) fill(none)",
    )
    for row in rows:
        held = tags * base_value(row["time"]) + STEP * tags * (tags - 1) / 2
        if row["count"] == tags and not math.isclose(row["sum"], held, rel_tol=1e-9):
            raise RuntimeError(f"{bucket} sums to {row['sum']} at {row['time']}, the server held {held}")
