"""A desk of a large works to measure: 25 units, two years of months, a day under way, and who commits figures."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.dashboards.web.conftest import Desk
from tests.dashboards.web.full_desk import keep_full, publish_full, with_long_names

PRODUCT = "pig_iron"
FIRST_MARK = 4000
"""Tonnes: a figure of the day that the seeded ledger has nowhere."""
STOP_LIMIT_S = 15.0


def cores() -> tuple[str, str]:
    """The CPU of what is measured and that of who measures; the same one twice on a machine with one."""
    found = sorted(os.sched_getaffinity(0))
    return str(found[0]), str(found[-1])


class PinnedDesk(Desk):
    """The desk on one core. `program`: what serves it, given the plant file; the desk itself if missing."""

    def __init__(self, folder: Path, program: Sequence[str] = ("-m", "collector", "desk")) -> None:
        self._program = program
        super().__init__(folder, edit=with_long_names)

    def start(self) -> None:
        """Start the process."""
        command = ["taskset", "-c", cores()[0], sys.executable, *self._program, str(self.folder / "plant.yaml")]
        with self.log.open("wb") as log:
            self.process: Any = subprocess.Popen(command, stdout=log, stderr=log)

    def mark(self, number: int) -> tuple[str, float]:
        """Commit a figure of today that is like no other; its text on the page, and the instant (monotonic seconds)
        at which it was on disk."""
        tonnes = FIRST_MARK + number / 1000
        self.publish(PRODUCT, tonnes)
        return f"{tonnes:.3f}", time.monotonic()


@contextlib.contextmanager
def pinned_desk(folder: Path, program: Sequence[str] = ("-m", "collector", "desk")) -> Iterator[PinnedDesk]:
    """It, full and listening."""
    folder.mkdir()
    desk = PinnedDesk(folder, program)
    try:
        publish_full(desk)
        keep_full(desk)
        desk.wait()
        yield desk
    except BaseException as error:
        error.add_note(desk.log.read_text(errors="replace")[-2000:])
        raise
    finally:
        desk.end()


def resident_mb(pid: int) -> float:
    """What a process has in memory now."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"process {pid} shows no memory")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies; NaN of none."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def end(process: "subprocess.Popen[bytes]") -> None:
    """SIGTERM, and wait."""
    process.send_signal(signal.SIGTERM)
    process.wait(STOP_LIMIT_S)
