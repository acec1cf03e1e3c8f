"""How fast a full queue drains into a real database, beside a bare sender that posts the same ready bytes.

python -m benchmarks.drain_rate [--lines 1000000] [--rounds 3]

Both send the same gzip members one behind the other to empty buckets of the same server, in turn; medians are shown.
"""

import argparse
import asyncio
import base64
import statistics
import tempfile
import time
from pathlib import Path

import aiohttp
import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.line_protocol import gauge_tag
from collector.config.settings import JournalLimits
from collector.influx.client import InfluxClient
from collector.influx.line_protocol import TelemetryEncoder
from collector.influx.packing import gzip_member
from collector.influx.sink import TelemetrySink
from collector.storage.journal.journal import Journal, JournalEntry
from models.counting.reading import ReadingBatch
from models.works.codes import Quality
from tests.support.influxd import ORG, PASSWORD, TOKEN, USER, InfluxServer, dialects, influx_server

LINES_AN_ENTRY = 5000
"""One poll of 5,000 tags, as in benchmarks.end_to_end: the journal keeps an entry for each poll."""
# Wide enough that nothing gives way: the queue must be drained whole.
LIMITS = JournalLimits(max_bytes=10_000_000_000, max_age_days=30, min_free_bytes=0)


def entries(lines: int) -> list[JournalEntry]:
    """`lines` readings of 5,000 tags, a second apart, as the service would keep them."""
    encoder = TelemetryEncoder([gauge_tag(number) for number in range(LINES_AN_ENTRY)], "temirtau")
    tags = np.arange(LINES_AN_ENTRY, dtype=np.int32)
    good = np.full(LINES_AN_ENTRY, Quality.GOOD, dtype=np.uint8)
    now_ns = time.time_ns()
    found = []
    for number in range(lines // LINES_AN_ENTRY):
        at_ns = now_ns - (lines // LINES_AN_ENTRY - number) * 1_000_000_000
        values = np.sin(tags + number) * 100
        stamps = np.full(LINES_AN_ENTRY, at_ns, dtype=np.int64)
        encoded = encoder.encode(ReadingBatch("plc", at_ns, tags, values, stamps, good))
        member = gzip_member(encoded.data)
        found.append(JournalEntry("plc", at_ns, member, encoded.line_count, b"", at_ns, at_ns))
    return found


async def drained(queue: list[JournalEntry], database: InfluxServer, bucket: str, folder: Path) -> float:
    """Seconds that the sink takes to send a journal that holds the whole queue."""
    journal = Journal.open(folder, LIMITS, consumers=frozenset({"ledger", "sink"}), clock_ns=time.time_ns)
    for entry in queue:
        await journal.append(entry)
    # As if the ledger had passed all: else the journal keeps every entry, and the sink is not what is measured.
    await journal.advance("ledger", journal.newest_seq)
    settings = database.settings(bucket)
    client = InfluxClient(settings)
    try:
        began = time.monotonic()
        await TelemetrySink(journal, client, settings).drain()
        return time.monotonic() - began
    finally:
        await client.close()
        await journal.close()


async def posted(queue: list[JournalEntry], database: InfluxServer, bucket: str) -> float:
    """Seconds that a bare sender takes, one request after the other on one connection."""
    if database.dialect == "v2":
        url = f"{database.url}/api/v2/write?org={ORG}&bucket={bucket}_raw&precision=ns"
        login = f"Token {TOKEN}"
    else:
        url = f"{database.url}/write?db={bucket}_raw&precision=ns"
        login = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    headers = {"Authorization": login, "Content-Encoding": "gzip", "Content-Type": "text/plain"}
    async with aiohttp.ClientSession(headers=headers) as session:
        began = time.monotonic()
        for entry in queue:
            async with session.post(url, data=entry.lines) as answer:
                if answer.status != 204:
                    raise RuntimeError(f"the database answered {answer.status}: {await answer.text()}")
        return time.monotonic() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    queue = entries(options.lines)
    dialect = dialects()[-1]
    sink: list[float] = []
    bare: list[float] = []
    with (
        tempfile.TemporaryDirectory() as name,
        influx_server(dialect, Path(name) / "influx") as database,
        Progress(transient=True) as progress,
    ):
        for number in progress.track(range(options.rounds), description="measuring"):
            # They take turns at going first: the database is busy with what came before.
            for kind in ("sink", "bare") if number % 2 else ("bare", "sink"):
                bucket = f"{kind}{number}"
                database.make_bucket(f"{bucket}_raw")
                if kind == "sink":
                    sink.append(asyncio.run(drained(queue, database, bucket, Path(name) / bucket)))
                else:
                    bare.append(asyncio.run(posted(queue, database, bucket)))
                # A rate counts only if every line arrived.
                held = database.rows(f"{bucket}_raw", 'SELECT count("value") FROM "telemetry"')
                if held[0]["count"] != options.lines:
                    raise RuntimeError(f"{bucket} holds {held[0]['count']} of {options.lines} lines")
    table = Table(title=f"{options.lines:,} lines into InfluxDB {'2' if dialect == 'v2' else '1.x'}")
    for column in ("", "lines a second", "x"):
        table.add_column(column, justify="left" if not column else "right")
    slowest = options.lines / statistics.median(bare)
    for label, times in (("Tundish's sink, from the journal", sink), ("bare sender, ready bytes", bare)):
        rate = options.lines / statistics.median(times)
        table.add_row(label, f"{rate:,.0f}", f"{rate / slowest:.2f}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
