"""Why output changed, of sixty units: January to October beside the year before, out of two years of hours.

python -m benchmarks.why [--rounds 5]

`why` and `losses` read the ledger as the commands do. Beside them two plain programs. One sums both spans by a query,
so it knows how much and not why. The other reads every hour of both spans and splits each unit's months by the same
formula in floats (an hour without output is a stop), without calendars, repairs, corrections, causes or receipts. Each
contender is a process of its own, in turn; time and CPU from when its modules are loaded, memory its peak since it
began. All of them have to find the same change, to the gram.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import apsw
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks import sixty_units
from benchmarks.observed import peak_mb
from collector.config.load import load
from collector.config.settings import Settings
from collector.entries.entry_file import EntryFile
from collector.storage.file.sqlite_file import open_reader
from collector.storage.ledger.why import AskedWhy, read_losses, read_why
from models.works.calendar import NS, local_date, stamp_ns
from models.works.month import month_of, shifted

DAYS, BASE = ((date(year, 1, 1).toordinal(), date(year, 11, 1).toordinal()) for year in (2026, 2025))
ALL_HOURS = "SELECT unit, product, start_s, grams FROM increment JOIN counter ON counter.id = counter "
SUM = "SELECT sum(grams) FROM increment "
WITHIN = "WHERE start_s >= ? AND start_s < ?"


def why(settings: Settings) -> int:
    """As `tundish report why` and the desk do."""
    entries = EntryFile(settings)
    found = entries.read(lambda connection: read_why(connection, entries.plant, _asked(settings)))
    return sum(each.found.change_g for each in found)


def losses(settings: Settings) -> int:
    """As `tundish report losses` does. It has no base, so the change is that of nothing."""
    entries = EntryFile(settings)
    found = entries.read(lambda connection: read_losses(connection, entries.plant, _asked(settings)))
    if not all(each.total.stops for each in found):
        raise RuntimeError("a product has no stop")
    return 0


def sums(settings: Settings) -> int:
    """The difference of two sums."""
    with closing(open_reader(settings.data_dir / "ledger.db")) as connection:
        now, base = (next(connection.execute(SUM + WITHIN, span))[0] for span in _spans_s(settings))
    return int(now - base)


def hours(settings: Settings) -> int:
    """Every hour read, each unit's months split in two factors."""
    months: list[dict[tuple[str, int], list[int]]] = []
    with closing(open_reader(settings.data_dir / "ledger.db")) as connection:
        for span in _spans_s(settings):
            made: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
            for unit, month, grams in _hours(connection, settings, span):
                of_month = made[unit, month]
                of_month[0] += grams
                of_month[1] += grams > 0
                of_month[2] += 1
            months.append(made)
    now, base = months
    parts: dict[str, float] = defaultdict(float)
    for (unit, month), (made_g, ran, there) in now.items():
        before_g, ran_before, there_before = base[unit, shifted(month, -12)]
        pace, pace_before = made_g / ran, before_g / ran_before
        mean = (pace + pace_before) / 2
        parts["stops"] -= mean * ((there - ran) - (there_before - ran_before))
        parts["calendar"] += mean * (there - there_before)
        parts["pace"] += (ran + ran_before) / 2 * (pace - pace_before)
    change = sum(made[0] for made in now.values()) - sum(made[0] for made in base.values())
    if abs(sum(parts.values()) - change) > 1e6:
        raise RuntimeError("the parts are not the change")
    return change


CONTENDERS: dict[str, tuple[str, Callable[[Settings], int]]] = {
    "sums": ("two sums by a query: how much, not why", sums),
    "hours": ("every hour in plain Python, floats", hours),
    "why": ("Tundish: why, to the gram, with receipts", why),
    "losses": ("Tundish: losses of the ten months", losses),
}


def _asked(settings: Settings) -> AskedWhy:
    now_ns = stamp_ns(settings.plant.zone, sixty_units.END_DAY)
    return AskedWhy(days=DAYS, base=BASE, products=list(settings.plant.products), reasons=(), now_ns=now_ns)


def _spans_s(settings: Settings) -> Iterator[tuple[int, int]]:
    for first, end in (DAYS, BASE):
        low, high = (stamp_ns(settings.plant.zone, date.fromordinal(day)) // NS for day in (first, end))
        yield low, high


def _hours(connection: apsw.Connection, settings: Settings, span: tuple[int, int]) -> Iterator[tuple[str, int, int]]:
    month_at: dict[int, int] = {}
    for unit, _, start_s, grams in connection.execute(ALL_HOURS + WITHIN, span):
        if start_s not in month_at:
            month_at[start_s] = month_of(local_date(settings.plant.zone, start_s * NS).toordinal())
        yield unit, month_at[start_s], grams


def take(contender: str, file: Path) -> None:
    """Run one contender in this process, and print its figures as JSON."""
    settings = load(file)
    start, cpu = time.perf_counter(), time.process_time()
    change = CONTENDERS[contender][1](settings)
    found = {"s": time.perf_counter() - start, "cpu_s": time.process_time() - cpu, "mb": peak_mb(os.getpid())}
    print(json.dumps({**found, "change_g": change}))


def main() -> None:
    """Print the table. Raises RuntimeError if two contenders disagree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--contender", choices=CONTENDERS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.contender:
        take(options.contender, options.file)
        return
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in CONTENDERS}
    with tempfile.TemporaryDirectory() as folder, Progress() as progress:
        file = sixty_units.works(Path(folder))
        count = sixty_units.fill(file)
        task = progress.add_task("rounds", total=options.rounds)
        for _ in range(options.rounds):
            for name in CONTENDERS:
                command = [sys.executable, "-m", "benchmarks.why", "--contender", name, "--file", str(file)]
                ran = subprocess.run(command, check=True, capture_output=True, text=True)
                taken[name].append(json.loads(ran.stdout))
            progress.advance(task)
    changes = {each["change_g"] for name, of_one in taken.items() if name != "losses" for each in of_one}
    if len(changes) != 1:
        raise RuntimeError(f"the contenders disagree: {changes}")
    table = Table("what", "elapsed, s", "CPU, s", "peak, MB", title=f"{count:,} hours of 60 units")
    for name, of_one in taken.items():
        elapsed, cpu, mb = (statistics.median(each[key] for each in of_one) for key in ("s", "cpu_s", "mb"))
        table.add_row(CONTENDERS[name][0], f"{elapsed:.2f}", f"{cpu:.2f}", f"{mb:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
