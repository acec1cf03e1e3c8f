"""How a month can still be made: sixty units in a chain of six nodes, out of a ledger with two years of hours.

python -m benchmarks.recovery [--rounds 9]

Read are the books of four months out of the ledger, once for every question of a page; the way is the answer of one
product: the best rate of each of sixty units in 90 days, and the linear programmes of the chain. The plain alternative
sums what the last units made in 90 days by a query, and multiplies their mean rate by the days that are left: it knows
of no repair, nameplate, stock nor supply, and takes the last quarter for the month. Medians of the rounds, in turn, in
one process.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks import sixty_units
from collector.config.load import load
from collector.config.settings import Settings
from collector.entries.entry_file import EntryFile
from collector.storage.file.sqlite_file import open_reader
from collector.storage.ledger.recovery import read_recovery_book
from models.books.book import Book
from models.counting.increment import GRAMS_PER_TONNE
from models.recovery.best_rate import LOOKS_BACK
from models.recovery.recovered import recovery
from models.works.calendar import NS, stamp_ns
from models.works.month import month_of, shifted

Result = TypeVar("Result")
TODAY = sixty_units.END_DAY.toordinal()
RUNNING = month_of(TODAY)
MONTHS = {f"{shifted(RUNNING, 1) - TODAY} days left": RUNNING, "the whole next month": shifted(RUNNING, 1)}
WHATS = {"plain": "rate times days, by a query", "read": "Tundish: the books read", "way": "Tundish: the way"}
SUM = (
    "SELECT sum(grams) FROM increment JOIN counter ON counter.id = counter "
    "WHERE product = ? AND start_s >= ? AND start_s < ?"
)


@dataclass(frozen=True, slots=True)
class MonthAsked:
    """One month (the ordinal of its first day) of the works."""

    settings: Settings
    month: int

    def plain(self) -> float:
        """Tonnes from now to the end of the month, at the mean rate of 90 days."""
        zone = self.settings.plant.zone
        end_s, start_s = (stamp_ns(zone, date.fromordinal(day)) // NS for day in (TODAY, TODAY - LOOKS_BACK))
        with closing(open_reader(self.settings.data_dir / "ledger.db")) as connection:
            (grams,) = next(connection.execute(SUM, (sixty_units.LAST, start_s, end_s)))
        days = shifted(self.month, 1) - max(self.month, TODAY)
        return float(grams) / GRAMS_PER_TONNE / LOOKS_BACK * days

    def book(self) -> Book:
        """The books that the way needs."""
        plant = self.settings.plant
        now_ns = stamp_ns(plant.zone, sixty_units.END_DAY)
        return EntryFile(self.settings).read(
            lambda connection: read_recovery_book(connection, plant, self.month, now_ns)
        )

    def most_t(self, book: Book) -> float:
        """The most that can be made from now on. Raises RuntimeError if there is no way."""
        found = recovery(book, sixty_units.LAST, self.month)
        if found.way is None:
            raise RuntimeError(f"no way: {found.remarks}")
        return found.way.most_t


def timed(call: Callable[[], Result]) -> tuple[Result, tuple[float, float]]:
    """What it gives, with its seconds and CPU seconds."""
    start, cpu = time.perf_counter(), time.process_time()
    found = call()
    return found, (time.perf_counter() - start, time.process_time() - cpu)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    taken: dict[tuple[str, str], list[tuple[float, float]]] = {}
    tonnes: dict[tuple[str, str], float] = {}
    with tempfile.TemporaryDirectory() as folder, Progress() as progress:
        file = sixty_units.works(Path(folder))
        sixty_units.fill(file)
        settings = load(file)
        times: dict[str, tuple[float, float]] = {}
        task = progress.add_task("rounds", total=options.rounds)
        for _ in range(options.rounds):
            for name, month in MONTHS.items():
                asked = MonthAsked(settings, month)
                tonnes[name, "plain"], times["plain"] = timed(asked.plain)
                book, times["read"] = timed(asked.book)
                tonnes[name, "way"], times["way"] = timed(partial(asked.most_t, book))
                for what, took in times.items():
                    taken.setdefault((name, what), []).append(took)
            progress.advance(task)
    table = Table("month", "what", "elapsed, s", "CPU, s", "tonnes to come", title="60 units, 6 nodes")
    for (name, what), rounds in taken.items():
        elapsed, cpu = (statistics.median(column) for column in zip(*rounds, strict=True))
        found_t = tonnes.get((name, what))
        table.add_row(name, WHATS[what], f"{elapsed:.3f}", f"{cpu:.3f}", "" if found_t is None else f"{found_t:,.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
