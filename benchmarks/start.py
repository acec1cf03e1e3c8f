"""How long a start takes to its first poll: with nothing on disk, and with ten years in the ledger and a full journal.

python -m benchmarks.start [--years 10] [--journal-gb 2] [--rounds 5]

The simulated works runs in a process of its own. A start is `python -m collector run plant.yaml`, killed with SIGKILL
when its first poll is synced; the next one follows at once, so the files are in the system's memory, as after a crash.
The ledger of ten years holds a bucket of five minutes for each counter of the works, an event each half hour of each
unit that makes events, and the published rows of each hour; the journal holds as many bytes of telemetry that the
database did not take as `max_bytes` allows.
"""

import argparse
import asyncio
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import apsw
from rich.console import Console
from rich.table import Table

from collector.config.load import load
from collector.simulation.plant_config import plant_yaml
from collector.storage.file.sql import value
from collector.storage.journal import rows as journal_rows
from collector.storage.journal.journal import Journal, JournalEntry
from collector.storage.ledger import configurations
from collector.storage.ledger.ledger import Ledger
from models.works.calendar import NS
from models.works.codes import TagKind
from models.works.plant import Plant

YEAR_S = 365 * 86_400
BUCKETS = """
WITH RECURSIVE bucket (start_s) AS (SELECT ?1 UNION ALL SELECT start_s + 300 FROM bucket WHERE start_s + 300 < ?2)
INSERT INTO increment (start_s, end_s, counter, recorded_s, grams, flags, readings)
SELECT start_s, start_s + 300, id, start_s + 300, 9000000 + (start_s / 300 * 7919 + id * 104729) % 2000000, 0, 300
FROM bucket, counter
"""
HOURS = """
WITH RECURSIVE hour (start_s) AS (SELECT ?1 UNION ALL SELECT start_s + 3600 FROM hour WHERE start_s + 3600 < ?2)
INSERT INTO published (row_table, time_ns, tags, fields, queued)
SELECT 'output_hour', start_s * 1000000000,
    '{"level":"unit","product":"' || product || '","shop":"s","site":"temirtau","unit":"' || unit || '"}',
    '{"actual_t":' || (start_s % 1000) || '.5,"attainment_pct":99.9,"completeness_pct":100.0,"deviation_t":-1.25,'
    || '"end_ms":' || (start_s + 3600) || '000,"planned_stop_h":0.0,"start_ms":' || start_s
    || '000,"status":0,"target_t":120.75,"unplanned_stop_h":0.25}', 1
FROM hour, counter
"""
EVENTS = """
WITH RECURSIVE moment (end_s) AS (SELECT ?1 UNION ALL SELECT end_s + 1800 FROM moment WHERE end_s + 1800 < ?2)
INSERT INTO event (tag, unit, product, production_year, key, revision, grams, end_ns, sequence, recorded_ns)
SELECT ?3, ?4, ?5, 2020, 'H' || end_s, 1, 300000000 + end_s % 1000, end_s * 1000000000, end_s / 1800,
    end_s * 1000000000
FROM moment
"""
ENTRY_BYTES = 20_000
"""A poll of 2,500 tags, compressed: journals fill with such."""
LIMIT_S = 600.0


async def fill_ledger(folder: Path, plant: Plant, years: int) -> None:
    """Years that end an hour ago, month by month."""
    ledger = Ledger.open(folder, clock_ns=time.time_ns, demo=True)
    await ledger.write(partial(configurations.keep, plant=plant, clock_ns=time.time_ns()))
    end_s = (time.time_ns() // NS - 3600) // 3600 * 3600
    counters = [(tag.name, tag.unit, tag.product) for tag in plant.tags if tag.product is not None]
    events = [(tag.name, tag.unit, tag.product) for tag in plant.tags if tag.kind is TagKind.EVENT]

    def fill(connection: apsw.Connection, start_s: int, upto_s: int) -> None:
        for counter in counters:
            connection.execute("INSERT OR IGNORE INTO counter (tag, unit, product) VALUES (?, ?, ?)", counter)
        for sql in (BUCKETS, HOURS):
            connection.execute(sql, (start_s, upto_s))
        for event in events:
            connection.execute(EVENTS, (start_s, upto_s, *event))

    for month in range(years * 12):
        start_s = end_s - (years * 12 - month) * (YEAR_S // 12 // 3600 * 3600)
        await ledger.write(partial(fill, start_s=start_s, upto_s=start_s + YEAR_S // 12 // 3600 * 3600))
    await ledger.close()


async def fill_journal(folder: Path, plant_file: Path, size: int) -> None:
    """Telemetry up to the limit, all of it passed by the ledger and none sent."""
    settings = load(plant_file)
    consumers = frozenset({journal_rows.LEDGER, journal_rows.SINK})
    journal = Journal.open(folder, settings.journal, consumers=consumers, clock_ns=time.time_ns)
    await journal.close()
    blob, now_ns = os.urandom(ENTRY_BYTES), time.time_ns()
    connection = apsw.Connection(str(folder / "journal.db"))
    count = size // (ENTRY_BYTES + 1000)
    for number in range(count):
        if number % 1000 == 0:
            connection.execute("BEGIN")
        at_ns = now_ns - (count - number) * NS
        entry = JournalEntry("opcua", at_ns, blob, 2500, b"", at_ns, at_ns)
        journal_rows.insert(connection, entry, unsent=True)
        if number % 1000 == 999 or number == count - 1:
            journal_rows.set_cursor(connection, journal_rows.LEDGER, number + 1)
            connection.execute("COMMIT")
    connection.close()


async def catch_up_marks(folder: Path) -> None:
    """The ledger has passed every entry of the journal."""
    connection = apsw.Connection(str(folder / "journal.db"))
    newest = int(value(connection, "SELECT max(seq) FROM entry"))
    connection.close()
    ledger = Ledger.open(folder, clock_ns=time.time_ns, demo=True)
    await ledger.write(
        lambda connection: connection.execute("INSERT OR REPLACE INTO meta VALUES ('cursor', ?)", (newest,))
    )
    await ledger.close()


@contextmanager
def works(folder: Path) -> Iterator[str]:
    """The simulated works; its address."""
    ready = folder / "url"
    with (folder / "works.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "collector", "simulate", "--ready-file", str(ready)], stdout=log, stderr=log
        )
    try:
        while not ready.exists():
            if process.poll() is not None:
                raise RuntimeError((folder / "works.log").read_text(encoding="utf-8"))
            time.sleep(0.1)
        yield ready.read_text(encoding="utf-8").strip()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def newest(file: Path) -> int:
    """The number of the newest entry of a journal; 0 if there is none yet."""
    try:
        connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
        try:
            return int(value(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'entry'") or 0)
        finally:
            connection.close()
    except apsw.Error:
        return 0


def start(plant_file: Path, data: Path) -> tuple[float, float]:
    """Seconds, and seconds of CPU, from the command to the first poll that is synced; then it is killed."""
    before = newest(data / "journal.db")
    began = time.monotonic()
    with (data.parent / "run.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", "collector", "run", str(plant_file)], stdout=log, stderr=log)
    try:
        while newest(data / "journal.db") <= before:
            if process.poll() is not None or time.monotonic() - began > LIMIT_S:
                raise RuntimeError((data.parent / "run.log").read_text(encoding="utf-8")[-3000:])
            time.sleep(0.01)
        elapsed = time.monotonic() - began
        fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return elapsed, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Fill, start, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--journal-gb", type=float, default=2.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where the files are kept for the next time")
    options = parser.parse_args()
    table = Table("files", "ledger", "journal", "to the first poll", "CPU", "longest", title="a start, medians")
    with tempfile.TemporaryDirectory(dir=".") as name, works(Path(name)) as url:
        for years in (0, options.years):
            folder = (options.folder or Path(name)) / f"years-{years}"
            data = folder / "data"
            size = round(options.journal_gb * 1e9) if years else 20_000_000_000
            sections = {
                "journal": {"max_bytes": size, "min_free_bytes": 0},
                "metrics": {"port": 0},
                "influxdb": {"url": "http://127.0.0.1:1", "dialect": "v1", "bucket": "works"},
            }
            filled = data.exists()
            data.mkdir(parents=True, exist_ok=True, mode=0o700)
            plant_file = folder / "plant.yaml"
            plant_file.write_text(plant_yaml(url, sections=sections), encoding="utf-8")
            if years and not filled:
                asyncio.run(fill_ledger(data, load(plant_file).plant, years))
                asyncio.run(fill_journal(data, plant_file, size))
                asyncio.run(catch_up_marks(data))
            if not years and not filled:
                start(plant_file, data)  # the first one makes the files
            found = [start(plant_file, data) for _ in range(options.rounds)]
            seconds, cpu = zip(*found, strict=True)
            sizes = [f"{(data / file).stat().st_size / 1e6:,.0f} MB" for file in ("ledger.db", "journal.db")]
            table.add_row(
                f"{years} years",
                *sizes,
                f"{statistics.median(seconds):.2f} s",
                f"{statistics.median(cpu):.2f} s",
                f"{max(seconds):.2f} s",
            )
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
