"""Clerks who save at once beside a collector at work: how long a save takes, and what it does to the collector.

python -m benchmarks.clerks [--clerks 20] [--tags 5000] [--seconds 30]

The collector reads 5,000 Doubles a second over OPC UA, syncs them in its journal, keeps the ledger and writes to a real
InfluxDB. The clerks save figures of a shift by the code of the desk, each its own unit, all at the same instant, again
and again: a thread each in one process, as in the desk. A save is checked, and on disk when it returns. Phases of the
same run: nobody saves, the clerks save, nobody saves. "Loop lag" is the collector's own, the worst of each ten seconds.
Beside it the plain alternative: as many threads that each insert a row into one SQLite file and sync it, no more.
"""

import argparse
import itertools
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from benchmarks.desk_stand import end, percentile
from benchmarks.end_to_end import Options, load_server, plant
from benchmarks.observed import points
from collector.config.load import load
from collector.entries.entry_desk import LedgerEntryDesk
from collector.entries.entry_file import EntryFile
from models.access.desk_actions import ActionRefused
from models.access.entry_desk import TypedCell, TypedSheet
from models.access.user import User, UserRole
from models.stated.entry_sheet import AskedSheet, SheetKind
from tests.support.influxd import InfluxServer, influx_server
from tests.support.ports import free_port

EVERY_S = 2.0
"""Between two rounds in which all save at once: no shift of clerks types faster."""
LOOK_S = 10.0
"""The window of the collector's own loop lag."""
WARM_UP_S = 15.0
SHOP, PRODUCT = "mines", "coal_raw"
Act = Callable[[int, int], float]
"""What a clerk (its number) does in a round (its number): the seconds that it took. Raises ActionRefused if nothing was
stored."""


@dataclass(frozen=True, slots=True)
class Phase:
    """`lags_ms`: the worst of each ten seconds. `rate`: values a second that the database got. `saves`: seconds."""

    name: str
    lags_ms: list[float]
    rate: float
    saves: list[float]
    refused: int = 0


def document(url: str, options: Options, influxdb: dict[str, str], clerks: int, port: int) -> dict[str, Any]:
    """The load, and a shop of mines whose output is stated by hand."""
    made = plant(url, options, influxdb)
    names = {"en": "Coal", "ru": "Уголь", "kk": "Көмір"}
    made["products"] = [{"code": PRODUCT, "names": names, "definition": "as mined", "basis": "wet"}]
    units = [
        {"code": f"mine{number}", "kind": "mine", "names": {"en": f"Mine {number}"}, "by_hand": [PRODUCT]}
        for number in range(clerks)
    ]
    calendar = {"day_start": "08:00", "shift_starts": ["08:00", "20:00"]}
    made["shops"].append({"code": SHOP, "names": {"en": "Mines"}, "calendar": calendar, "units": units})
    made["metrics"] = {"port": port}
    return made


def saving(file: Path, clerks: int) -> Act:
    """Save, and look at the sheet again."""
    settings = load(file)
    desk = LedgerEntryDesk(EntryFile(settings))
    sheet = AskedSheet(
        SheetKind.SHIFTS, SHOP, (datetime.now(settings.plant.zone).date() - timedelta(days=1)).toordinal()
    )
    users = [User(name=f"clerk{n}", full_name="", roles=(UserRole.CLERK,), shops=(SHOP,)) for n in range(clerks)]
    versions = [0] * clerks

    def save(clerk: int, turn: int) -> float:
        cell = TypedCell(f"mine{clerk}/{PRODUCT}//0", f"{500 + turn / 10:.1f}", versions[clerk])
        began_s = time.monotonic()
        desk.save(users[clerk], TypedSheet(sheet, f"{clerk}-{turn}", (cell,), "en"))
        took_s = time.monotonic() - began_s
        found = next(each for row in desk.sheet(sheet).rows for each in row.cells if each.id == cell.id)
        versions[clerk] = found.version
        return took_s

    return save


def all_at_once(act: Act, count: int, seconds: float, turns: "itertools.count[int]") -> Phase:
    """Everybody acts at the same instant, every two seconds."""
    took: list[float] = []
    refused = [0]
    ends_s = time.monotonic() + seconds
    while time.monotonic() < ends_s:
        began_s, turn, start = time.monotonic(), next(turns), threading.Barrier(count)

        def one(clerk: int, turn: int = turn, start: threading.Barrier = start) -> None:
            start.wait()
            try:
                took.append(act(clerk, turn))
            except ActionRefused as why:
                refused[0] += 1
                print(why.told("en"), file=sys.stderr)

        threads = [threading.Thread(target=one, args=(clerk,)) for clerk in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        time.sleep(max(0.0, began_s + EVERY_S - time.monotonic()))
    return Phase("", [], 0.0, took, refused[0])


def plain_inserts(folder: Path) -> Act:
    """A row in a file of its own, synced."""
    path = folder / "plain.db"
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE figure (clerk INTEGER, turn INTEGER, tonnes REAL)")

    def insert(clerk: int, turn: int) -> float:
        began_s = time.monotonic()
        connection = sqlite3.connect(path, timeout=60)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            with connection:
                connection.execute("INSERT INTO figure VALUES (?, ?, ?)", (clerk, turn, 500.0 + turn))
        finally:
            connection.close()
        return time.monotonic() - began_s

    return insert


def watched(name: str, port: int, database: InfluxServer, seconds: float, work: Callable[[], Phase]) -> Phase:
    """`work`, with what the collector says of itself meanwhile."""
    lags: list[float] = []
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(LOOK_S):
            lags.append(_lag_ms(port))

    began_s, before = time.monotonic(), points(database, "clerks_raw")
    thread = threading.Thread(target=look)
    thread.start()
    found = work()
    time.sleep(max(0.0, began_s + seconds - time.monotonic()))
    ended.set()
    thread.join()
    lags.append(_lag_ms(port))
    rate = (points(database, "clerks_raw") - before) / (time.monotonic() - began_s)
    return Phase(name, lags, rate, found.saves, found.refused)


def _lag_ms(port: int) -> float:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
        said = answer.read().decode()
    line = next(line for line in said.splitlines() if line.startswith("tundish_event_loop_lag_seconds"))
    return float(line.split()[-1]) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clerks", type=int, default=20)
    parser.add_argument("--tags", type=int, default=5000)
    parser.add_argument("--seconds", type=float, default=30.0, help="of each phase")
    given = parser.parse_args()
    options, port = Options(given.tags, 1.0, given.seconds, 1), free_port()
    with (
        tempfile.TemporaryDirectory() as name,
        influx_server("v1", Path(name) / "influx") as database,
        load_server(Path(name), given.tags) as server,
    ):
        folder = Path(name)
        for bucket in ("clerks", "clerks_raw"):
            database.make_bucket(bucket)
        file = folder / "plant.yaml"
        made = document(server.url, options, database.section("clerks", folder), given.clerks, port)
        file.write_text(yaml.safe_dump(made, allow_unicode=True), encoding="utf-8")
        with (folder / "log").open("wb") as log:
            collector = subprocess.Popen([sys.executable, "-m", "collector", "run", str(file)], stdout=log, stderr=log)
        try:
            time.sleep(WARM_UP_S)
            phases = measured(folder, file, port, database, given)
        except Exception as error:
            error.add_note((folder / "log").read_text(errors="replace")[-2000:])
            raise
        finally:
            end(collector)
    show(phases, given)


def measured(folder: Path, file: Path, port: int, database: InfluxServer, given: argparse.Namespace) -> list[Phase]:
    """The phases of the run, in order."""
    turns = itertools.count(1)
    save, insert = saving(file, given.clerks), plain_inserts(folder)
    nobody = Phase("", [], 0.0, [])
    return [
        watched("nobody saves", port, database, given.seconds, lambda: nobody),
        watched(
            f"{given.clerks} clerks save",
            port,
            database,
            given.seconds,
            lambda: all_at_once(save, given.clerks, given.seconds, turns),
        ),
        watched("nobody saves again", port, database, given.seconds, lambda: nobody),
        watched(
            f"{given.clerks} plain inserts",
            port,
            database,
            given.seconds,
            lambda: all_at_once(insert, given.clerks, given.seconds, turns),
        ),
    ]


def show(phases: list[Phase], given: argparse.Namespace) -> None:
    """A row for each phase."""
    table = Table(title=f"{given.clerks} clerks beside a collector at {given.tags:,} values a second")
    for column in (
        "",
        "saves",
        "refused",
        "save p50",
        "save p95",
        "loop lag p50",
        "loop lag, worst",
        "values a second",
    ):
        table.add_column(column, justify="left" if not column else "right")
    for phase in phases:
        saves = [f"{percentile(phase.saves, share) * 1000:,.0f} ms" if phase.saves else "" for share in (0.5, 0.95)]
        table.add_row(
            phase.name,
            str(len(phase.saves) or ""),
            str(phase.refused or ""),
            *saves,
            f"{statistics.median(phase.lags_ms):.0f} ms",
            f"{max(phase.lags_ms):.0f} ms",
            f"{phase.rate:,.0f}",
        )
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
