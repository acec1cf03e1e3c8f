"""What checksums of pages and numbers of commits cost the posting of increments: one ledger with them, one without.

    nice -n 10 python -m benchmarks.checksums [ROUNDS]

CPU-seconds of this process, in turns; the median of the rounds, and the ratio of medians. Each step is what the ledger
writes for 60 counters after one poll: increments, states, the dirty bucket and the cursor are one commit, synced. What
the totalizers count before that is left out, so the share of a service is smaller. Last, a look over all pages
and all rows as the scrub does it.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from collector.storage.file.file_kind import FileKind
from collector.storage.file.sqlite_file import SqliteFile
from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger import seals
from collector.storage.ledger.changes import LedgerChanges
from collector.storage.ledger.schema import LEDGER
from models.counting.increment import Increment, IncrementFlag

COUNTERS, STEPS, POLLS_A_BUCKET = 60, 3000, 10
START_S = 1_790_000_100
WITHOUT = replace(LEDGER, summed_since=None, commit_number="SELECT 0")


async def post(folder: Path, kind: FileKind) -> float:
    """CPU-seconds of STEPS commits, with the checkpoints that they bring."""
    file = SqliteFile(folder / kind.name, kind, time.time_ns)
    file.start()
    began = time.process_time()
    for step in range(STEPS):
        start_s = START_S + step // POLLS_A_BUCKET * 300
        increments = [
            Increment(f"u{n}.total", f"u{n}", "coal_raw", start_s, start_s + 300, 1_234_567 + n, 1, IncrementFlag.NONE)
            for n in range(COUNTERS)
        ]
        states = {item.tag: f"{step:9d} {item.tag:9}".encode() * 20 for item in increments}
        changes = LedgerChanges(journal_seq=step + 1, increments=increments, states=states)
        await file.submit(partial(ledger_changes.apply, changes=changes, clock_ns=(start_s + 300) * 10**9))
    spent = time.process_time() - began
    await asyncio.to_thread(file.close)
    return spent


def scrub(folder: Path) -> tuple[float, float]:
    """CPU-milliseconds that a MB of pages and 1,000 rows of increments take."""
    file = SqliteFile(folder / LEDGER.name, LEDGER, time.time_ns)
    size = file.path.stat().st_size
    began = time.process_time()
    file.check_pages(0, 1)
    pages = time.process_time() - began
    began = time.process_time()
    found = file.read(lambda connection: list(seals.unsealed(connection, 0, 1)))
    rows = time.process_time() - began
    file.close()
    return pages * 1e9 / size, rows * 1e6 / max(1, sum(seal.row_count for seal in found))


def main() -> None:
    """Print the medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    spent: dict[str, list[float]] = {"without": [], "with": []}
    looks = []
    for number in range(rounds):
        for name, kind in (("without", WITHOUT), ("with", LEDGER))[:: 1 if number % 2 else -1]:
            with tempfile.TemporaryDirectory(dir=".") as folder:
                spent[name].append(asyncio.run(post(Path(folder), kind)))
                if name == "with":
                    looks.append(scrub(Path(folder)))
    plain, summed = (statistics.median(spent[name]) for name in ("without", "with"))
    print(f"{STEPS} steps of {COUNTERS} counters: {plain:.3f} CPU-s without, {summed:.3f} with: {summed / plain:.3f}")
    print(f"scrub: {statistics.median(look[0] for look in looks):.2f} CPU-ms a MB of pages, ", end="")
    print(f"{statistics.median(look[1] for look in looks):.2f} CPU-ms 1,000 rows")


if __name__ == "__main__":
    main()
