"""What a ledger of a million figures costs: the next file of 90 rows, and the report of a day, beside an empty one.

python -m benchmarks.figures [--figures 1000000] [--rounds 5]

Thirty mines report each of their three shifts by hand. `empty` is the same command on a ledger without figures: what is
left is start-up and the work on the rows themselves. The plain alternative reads every figure and builds its object, as
a command without the indexes would have to. CPU seconds of whole processes, medians of the rounds, taken in turn.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import apsw
import yaml
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from collector.config.load import load
from collector.entries.entry_file import EntryFile
from collector.storage.ledger import statements
from models.works.calendar import shifts_of

UNITS, SHOPS = 30, 3
LAST_DAY = date(2026, 11, 19).toordinal()


def works(folder: Path) -> Path:
    """plant.yaml of thirty mines in three shops."""
    shops = [
        {
            "code": f"mines{shop}",
            "names": {"en": f"Mines {shop}"},
            "calendar": {"day_start": "08:00", "shift_starts": ["08:00", "16:00", "00:00"]},
            "units": [
                {
                    "code": f"mine{shop}_{unit}",
                    "kind": "mine",
                    "names": {"en": f"Mine {shop}-{unit}"},
                    "by_hand": ["coal_raw"],
                    "daily_target_t": {"coal_raw": 3000.0},
                }
                for unit in range(UNITS // SHOPS)
            ],
        }
        for shop in range(SHOPS)
    ]
    product = {"code": "coal_raw", "names": {"en": "Coal"}, "definition": "as mined", "basis": "wet"}
    site = {"code": "works", "names": {"en": "Works"}, "zone": "Asia/Almaty"}
    file = folder / "plant.yaml"
    file.write_text(yaml.safe_dump({"version": 1, "site": site, "products": [product], "shops": shops}), "utf-8")
    return file


def fill(file: Path, figures: int) -> None:
    """The ledger with so many figures, the newest of LAST_DAY."""
    settings = load(file)
    days = figures // (UNITS * 3)

    def shifts() -> Iterator[tuple[object, ...]]:
        for day in range(LAST_DAY + 1 - days, LAST_DAY + 1):
            for code, shop in settings.plant.shops.items():
                spans = shifts_of(shop.calendar, date.fromordinal(day))
                for unit in (unit.code for unit in settings.plant.units.values() if unit.shop == code):
                    for number, span in enumerate(spans):
                        yield *span, code, unit, "coal_raw", 1_000_000_000 + number, "", 0, "", "", "form", 1

    def put(connection: apsw.Connection) -> None:
        connection.executemany(
            "INSERT INTO figure (start_ns, end_ns, shop, unit, product, grams, basis, status, key, definition, origin, "
            "recorded_ns) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            shifts(),
        )

    EntryFile(settings).write(put)


def form(folder: Path, number: int) -> Path:
    """The next day's form of 90 rows, with other tonnes each time."""
    day, after = (date.fromordinal(LAST_DAY + offset).isoformat() for offset in (1, 2))
    spans = ((f"{day} 08:00", f"{day} 16:00"), (f"{day} 16:00", f"{after} 00:00"), (f"{after} 00:00", f"{after} 08:00"))
    rows = [
        f"{start},{end},mine{shop}_{unit},coal_raw,{1000 + number}"
        for shop in range(SHOPS)
        for unit in range(UNITS // SHOPS)
        for start, end in spans
    ]
    file = folder / f"form{number}.csv"
    file.write_text("\n".join(["start,end,unit,product,tonnes", *rows]) + "\n", "utf-8")
    return file


def cpu_of(file: Path, *command: object) -> tuple[float, float]:
    """CPU seconds and seconds of one command in a process of its own."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", "from collector.cli.main import main; main()", *map(str, command)],
        env={**os.environ, "TUNDISH_PLANT": str(file)},
        check=True,
        capture_output=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - start


def plain(file: Path) -> tuple[float, float]:
    """CPU seconds and seconds of reading every figure."""
    entries = EntryFile(load(file))
    cpu, start = time.process_time(), time.perf_counter()
    entries.read(statements.read)
    return time.process_time() - cpu, time.perf_counter() - start


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Progress() as progress:
        task = progress.add_task("rounds", total=options.rounds)
        full, empty = (Path(folder) / name for name in ("full", "empty"))
        files = {}
        for place in (full, empty):
            place.mkdir()
            files[place] = works(place)
        fill(files[full], options.figures)
        report = ("report", "day", "--period", date.fromordinal(LAST_DAY).isoformat(), "--json")
        taken: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for number in range(options.rounds):
            for name, place in (("full", full), ("empty", empty)):
                new = form(place, number)
                taken.setdefault(("import of 90 rows", name), []).append(cpu_of(files[place], "import", new))
                taken.setdefault(("report of a day", name), []).append(cpu_of(files[place], *report))
            taken.setdefault(("every figure read", "full"), []).append(plain(files[full]))
            progress.advance(task)
    table = Table("what", "ledger", "CPU, s", "elapsed, s", title=f"{options.figures:,} figures")
    for (what, name), times in taken.items():
        cpu, elapsed = (statistics.median(column) for column in zip(*times, strict=True))
        table.add_row(what, name, f"{cpu:.2f}", f"{elapsed:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
