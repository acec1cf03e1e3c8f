"""How many can look at the desk at once: on one core, pages, the arrival of what changed, and memory a viewer.

python -m benchmarks.viewers [--viewers 200] [--seconds 30] [--plain-viewers 40]

The desk (`tundish desk`) runs on one core, on the full ledger of a works with 25 units; viewers and whoever commits run
on another. "Page" is from asking for it to a socket that is open, of a visitor while all viewers are there. "Update" is
from the instant at which a new figure is on disk to the viewer's message with it; pages look once a second. Memory is
what the desk has resident, less what it has with one viewer, for each viewer. First one real browser looks: the kinds
of messages that it gets are compared with those of a viewer.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import WebSocket
from rich.console import Console
from rich.table import Table

from benchmarks.desk_stand import PinnedDesk, cores, percentile, pinned_desk, resident_mb
from benchmarks.observed import cpu_s
from tests.support.browser import chromium

MARK_EVERY_S = 2.0
REPORT_EVERY = 5
"""The works goes on reporting: after a while without news the page would say so."""
SETTLE_S = 3.0
ALL_THERE_S = 600.0
LATE_S = 5.0
"""How long after the last figure a viewer may still be told of it."""
DESK = ("-m", "collector", "desk")
PLAIN = ("-m", "benchmarks.viewers.plain_desk")


@dataclass(frozen=True, slots=True)
class Look:
    """A round: seconds of pages and of updates, figures that a viewer was never told of, pages and sockets that
    ended or did not come (`lost`), megabytes a viewer, and the share of a core that the desk took.
    """

    viewers: int
    pages: list[float]
    updates: list[float]
    missed: int
    lost: int
    mb_a_viewer: float
    cpu: float
    kinds: dict[str, int]


def kinds_in_a_browser(desk: PinnedDesk) -> set[str]:
    """The kinds of messages that the page of a real browser is sent while a figure changes."""
    found: set[str] = set()
    said = ""
    with chromium() as browser:
        page = browser.new_page()

        def listen(socket: WebSocket) -> None:
            socket.on("framereceived", lambda frame: note(str(frame)))

        def note(frame: str) -> None:
            nonlocal said
            if frame.startswith("42["):
                found.add(frame[4 : frame.find('"', 4)])
                said += frame

        page.on("websocket", listen)
        page.goto(f"{desk.url}/?lang=en")
        page.wait_for_selector(".card canvas")
        mark, _ = desk.mark(0)
        page.wait_for_selector(f"[data-exact-t='{mark}']", timeout=30_000)
    if f'"{mark}"' not in said:
        raise RuntimeError("the browser shows a figure that no message had")
    return found


def watched(folder: Path, program: tuple[str, ...], viewers: int, seconds: float) -> Look:
    """One desk with so many viewers."""
    with pinned_desk(folder, program) as desk:
        alone = _looked(desk, folder / "one", 1, SETTLE_S)
        found = _looked(desk, folder / "all", viewers, seconds)
    by_viewer = (found.mb_a_viewer - alone.mb_a_viewer) / max(1, viewers - 1)
    return Look(viewers, found.pages, found.updates, found.missed, found.lost, by_viewer, found.cpu, found.kinds)


def _looked(desk: PinnedDesk, folder: Path, viewers: int, seconds: float) -> Look:
    """`mb_a_viewer` of this one is what the desk has in all."""
    folder.mkdir()
    command = ["taskset", "-c", cores()[1], sys.executable, "-m", "benchmarks.viewers.client"]
    with (folder / "log").open("wb") as log:
        client = subprocess.Popen([*command, desk.url, str(viewers), str(folder)], stdout=log, stderr=log)
    try:
        _wait(folder / "ready", client, folder, desk)
        time.sleep(SETTLE_S)
        pid = desk.process.pid
        began_s, began_cpu = time.monotonic(), cpu_s(pid)
        marks: dict[str, float] = {}
        while time.monotonic() < began_s + seconds:
            text, at_s = desk.mark(1 + len(marks) + (500 if viewers > 1 else 0))
            marks[text] = at_s
            if len(marks) % REPORT_EVERY == 0:
                desk.report()
            time.sleep(MARK_EVERY_S)
        cpu = (cpu_s(pid) - began_cpu) / (time.monotonic() - began_s)
        time.sleep(LATE_S)
        memory = resident_mb(pid)
        (folder / "stop").touch()
        _wait(folder / "seen.json", client, folder, desk)
    finally:
        client.terminate()
        client.wait()
    seen: dict[str, Any] = json.loads((folder / "seen.json").read_text(encoding="utf-8"))
    updates = [at - marks[mark] for mark, told in seen["told"].items() if mark in marks for at in told]
    missed = len(marks) * viewers - len(updates)
    return Look(viewers, seen["visits"], updates, missed, seen["lost"] + seen["refused"], memory, cpu, seen["kinds"])


def _wait(file: Path, client: "subprocess.Popen[bytes]", folder: Path, desk: PinnedDesk) -> None:
    deadline, reported_s = time.monotonic() + ALL_THERE_S, time.monotonic()
    while not file.exists():
        if client.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the viewers ended: {(folder / 'log').read_text(errors='replace')[-2000:]}")
        if time.monotonic() > reported_s + 5 * MARK_EVERY_S:
            desk.report()
            reported_s = time.monotonic()
        time.sleep(0.1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--viewers", type=int, default=200)
    parser.add_argument("--plain-viewers", type=int, default=40, help="of the page that shares nothing")
    parser.add_argument("--seconds", type=float, default=30.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        with pinned_desk(Path(name) / "browser") as desk:
            kinds = kinds_in_a_browser(desk)
        rounds = [
            ("each reads for itself", watched(Path(name) / "plain", PLAIN, given.plain_viewers, given.seconds)),
            ("the desk", watched(Path(name) / "few", DESK, given.plain_viewers, given.seconds)),
            ("the desk", watched(Path(name) / "desk", DESK, given.viewers, given.seconds)),
        ]
    show(rounds, kinds)


def show(rounds: list[tuple[str, Look]], kinds: set[str]) -> None:
    """A row for each desk."""
    table = Table(title="Viewers of the desk on one core")
    for column in (
        "", "viewers", "page p50", "page p95", "update p50", "update p95", "not told",
        "connected anew", "memory a viewer", "of the core",
    ):  # fmt: skip
        table.add_column(column, justify="left" if not column else "right")
    for name, found in rounds:
        table.add_row(
            name,
            str(found.viewers),
            *(f"{percentile(values, share):.2f} s" for values in (found.pages, found.updates) for share in (0.5, 0.95)),
            str(found.missed),
            str(found.lost),
            f"{found.mb_a_viewer:.2f} MB",
            f"{found.cpu:.0%}",
        )
    Console(width=130).print(table)
    seen = set(rounds[-1][1].kinds)
    print(f"A browser was sent {sorted(kinds)}, a viewer {sorted(seen)}.")
    if not kinds & seen:
        raise RuntimeError("viewers are told nothing that a browser is told")


if __name__ == "__main__":
    main()
