"""A day at sixty times the clock: a collector takes no more memory, descriptors, disk and lines of log than it may."""

import asyncio
import os
import statistics
import time
from dataclasses import astuple, dataclass
from pathlib import Path

import pytest

from collector.config.load import load
from collector.simulation.options import SimulationOptions
from collector.simulation.plant_config import plant_yaml
from collector.simulation.simulated_works import SimulatedWorks
from tests.support.collector_process import CollectorProcess, until
from tests.support.influxd import influx_server
from tests.support.ports import free_port

HOURS = float(os.environ.get("TUNDISH_SOAK_HOURS", "24"))
"""Fewer for a look in between."""
SPEED = 60
LOAD = 300
LOOK_S = 5.0
SETTLED = 1 / 8
"""By this share of the day all that stays has come: caches are full, every job ran many times."""
# What docs promise (200 MB), and what a day may add to it: a leak of a byte a reading would be 26 MB.
MOST_MB, MOST_GROWTH_MB = 200.0, 15.0
# Two files, their logs, checksums and readers, sockets and pipes. A leak of one an hour is 24.
MOST_DESCRIPTORS, MOST_MORE_DESCRIPTORS = 80, 8
# Transitions only: those of the faults below, of three restarts of the database, and of a start and a stop.
MOST_LINES = 150
# The database takes what comes, so the queue gives its room back; a log is taken into its file at 1,000 pages (4 MB).
MOST_JOURNAL_MB, MOST_LOG_MB = 64.0, 16.0


@dataclass(frozen=True)
class Sample:
    """Of a process at an instant, and of its files."""

    memory_mb: float
    descriptors: int
    journal_mb: float
    logs_mb: float


def sample(pid: int, data: Path) -> Sample:
    def mb(name: str) -> float:
        file = data / name
        return file.stat().st_size / 1e6 if file.exists() else 0.0

    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return Sample(
        pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
        len(list(Path(f"/proc/{pid}/fd").iterdir())),
        mb("journal.db"),
        max(mb("journal.db-wal"), mb("ledger.db-wal")),
    )


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_a_day_of_sixty_times_the_clock_stays_within_its_bounds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    options = SimulationOptions(
        seed=5,
        start_ns=time.time_ns() - round((HOURS + 1) * 3600 * 10**9),
        speed=SPEED,
        extra_doubles=LOAD,
        book=tmp_path / "book.db",
        faults=("bf3-stop@+40s:40s", "opcua-cut@+60s:8s", "hsm-stop@+90s:30s", "washery-reset@+100s"),
    )
    with influx_server("v1", tmp_path / "influx") as database:
        database.make_bucket("works")
        database.make_bucket("works_raw")
        async with SimulatedWorks(options) as works:
            sections = {"influxdb": database.section("works", tmp_path), "metrics": {"port": port}}
            file = tmp_path / "plant.yaml"
            file.write_text(plant_yaml(works.url, extra_doubles=LOAD, sections=sections), encoding="utf-8")
            collector = CollectorProcess(file, tmp_path / "run.log")
            try:
                await collector.start()
                await until("tundish_source_up == 1", 60, port)
                samples = await _watch(collector, database, load(file).data_dir)
                assert await collector.stop() < 10
            finally:
                await collector.end()
    lines = collector.log_text().splitlines()
    settled = samples[int(len(samples) * SETTLED) :]
    early, late = settled[: len(settled) // 4], settled[-len(settled) // 4 :]
    growth_mb = statistics.median(s.memory_mb for s in late) - statistics.median(s.memory_mb for s in early)
    more = max(s.descriptors for s in late) - max(s.descriptors for s in early)
    with capsys.disabled():
        most = Sample(*(max(values) for values in zip(*map(astuple, samples), strict=True)))
        print(
            f"{HOURS:g} h: {most.memory_mb:.0f} MB at most, {growth_mb:+.1f} MB from an early quarter to the last; "
            f"{most.descriptors} descriptors at most, {more:+d}; {len(lines)} lines of log; "
            f"journal {most.journal_mb:.1f} MB, logs of files {most.logs_mb:.1f} MB at most"
        )
    assert max(s.memory_mb for s in samples) < MOST_MB
    assert growth_mb < MOST_GROWTH_MB
    assert max(s.descriptors for s in samples) < MOST_DESCRIPTORS
    assert more < MOST_MORE_DESCRIPTORS
    assert len(lines) < MOST_LINES, "\n".join(lines[-20:])
    assert max(s.journal_mb for s in samples) < MOST_JOURNAL_MB
    assert max(s.logs_mb for s in samples) < MOST_LOG_MB


async def _watch(collector: CollectorProcess, database: object, data: Path) -> list[Sample]:
    """Look every few seconds; the database is away three times for a while."""
    samples: list[Sample] = []
    lasts_s, began = HOURS * 3600 / SPEED, time.monotonic()
    outages = [lasts_s * share for share in (0.3, 0.5, 0.7)]
    while (now_s := time.monotonic() - began) < lasts_s:
        if outages and now_s > outages[0]:
            outages.pop(0)
            database.kill()  # type: ignore[attr-defined]
            await asyncio.sleep(LOOK_S)
            await asyncio.to_thread(database.start)  # type: ignore[attr-defined]
        await asyncio.sleep(LOOK_S)
        samples.append(await asyncio.to_thread(sample, collector.pid, data))
    return samples
