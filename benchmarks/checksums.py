"""What checksums of pages and numbers of commits cost the posting of increments: one ledger with them, one without.

    nice -n 10 python -m benchmarks.checksums [ROUNDS]

CPU-seconds of this process, in turns; the median of the rounds, and the ratio of medians. Each step is what the
consumer of the ledger does after one poll of 60 counters: the entry is decoded, its totalizers are counted and shared,
and
increments, states, what became dirty and the cursor are one commit, synced. The second ratio is of the commits alone.
Last, a look over all pages and all rows as the scrub does it.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from collector.config.load import load
from collector.service.journal_facts import JournalFacts, encode_facts
from collector.service.ledger_step import Posting
from collector.simulation.plant_config import plant_yaml
from collector.storage.file.file_kind import FileKind
from collector.storage.file.sqlite_file import SqliteFile
from collector.storage.journal.rows import JournalEntry, StoredEntry
from collector.storage.ledger import changes as ledger_changes
from collector.storage.ledger import seals
from collector.storage.ledger.schema import LEDGER
from models.works.calendar import NS
from models.works.codes import Quality, TagKind
from models.works.plant import Plant

if TYPE_CHECKING:
    from models.counting.totalizer_state import TotalizerState

COUNTERS, STEPS, POLL_S = 60, 2000, 5
START_S = 1_790_000_100
RATE_T_PER_H = 100.0
WITHOUT = replace(LEDGER, summed_since=None, commit_number="SELECT 0")


def works(folder: Path) -> Plant:
    """The simulated works, with its totalizers again and again until they are as many as those of a large works."""
    (folder / "plant.yaml").write_text(plant_yaml("opc.tcp://127.0.0.1:1"), encoding="utf-8")
    plant = load(folder / "plant.yaml").plant
    totalizers = [tag for tag in plant.tags if tag.kind is TagKind.TOTALIZER]
    tags = [
        replace(tag, name=f"{tag.unit}.counter{n}", signal=f"counter{n}")
        for n, tag in enumerate(islice(cycle(totalizers), COUNTERS))
    ]
    return replace(plant, tags=tuple(tags))


async def post(folder: Path, kind: FileKind, plant: Plant) -> tuple[float, float]:
    """CPU-seconds of STEPS steps, and of their commits alone, with the checkpoints that they bring."""
    file = SqliteFile(folder / kind.name, kind, time.time_ns)
    file.start()
    posting = Posting(plant, file, longest_gap_s=3600)  # type: ignore[arg-type]
    counters = [tag.name for tag in plant.tags if tag.kind is TagKind.TOTALIZER]
    states: dict[str, TotalizerState] = {}
    spent = written = 0.0
    for step in range(STEPS):
        at_ns = (START_S + step * POLL_S) * NS
        value = RATE_T_PER_H * step * POLL_S / 3600
        facts = encode_facts(JournalFacts([(name, at_ns, value, Quality.GOOD) for name in counters]))
        entry = StoredEntry(step + 1, JournalEntry("plc", at_ns, None, 0, facts, at_ns, at_ns))
        began = time.process_time()
        done = posting.post([entry], states)
        states.update(done.states)
        counted = time.process_time()
        await file.submit(partial(ledger_changes.apply, changes=done.changes, clock_ns=at_ns))
        written += time.process_time() - counted
        spent += time.process_time() - began
    await asyncio.to_thread(file.close)
    return spent, written


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
    spent: dict[str, list[tuple[float, float]]] = {"without": [], "with": []}
    looks = []
    for number in range(rounds):
        for name, kind in (("without", WITHOUT), ("with", LEDGER))[:: 1 if number % 2 else -1]:
            with tempfile.TemporaryDirectory(dir=".") as folder:
                spent[name].append(asyncio.run(post(Path(folder), kind, works(Path(folder)))))
                if name == "with":
                    looks.append(scrub(Path(folder)))
    for index, what in enumerate(("posting", "its commits alone")):
        plain, summed = (statistics.median(item[index] for item in spent[name]) for name in ("without", "with"))
        print(f"{what}, {STEPS} steps: {plain:.3f} CPU-s without, {summed:.3f} with: {summed / plain:.3f}")
    print(f"scrub: {statistics.median(look[0] for look in looks):.2f} CPU-ms a MB of pages, ", end="")
    print(f"{statistics.median(look[1] for look in looks):.2f} CPU-ms 1,000 rows")


if __name__ == "__main__":
    main()
