"""Promise 1 and 3 on the whole service: killed again and again, it neither loses nor doubles a kilogram."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from collector.config.load import load
from collector.simulation.book import TruthBook
from collector.simulation.options import SimulationOptions
from collector.simulation.plant_config import plant_yaml
from collector.simulation.simulated_works import SimulatedWorks
from collector.storage.ledger.ledger import Ledger
from tests.support.collector_process import CollectorProcess, until
from tests.support.influxd import InfluxServer
from tests.support.killed_works import (
    Influx,
    Postgres,
    database_equals_ledger,
    database_of,
    gaps_stand_only_where_faults_were,
    nothing_waits,
    resets_told,
    sums_equal_the_book,
    telemetry_is_whole,
)
from tests.support.ports import free_port
from tests.support.postgres import PostgresServer
from tests.support.truth import compare

pytestmark = pytest.mark.long

LOAD = 300
SLOTS = 12


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Influx | Postgres]:
    with database_of(request.param, tmp_path) as running:
        yield running


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("database", "kills"),
    [
        ("influx", 6),
        ("postgres", 4),
        pytest.param("influx", 50, marks=pytest.mark.slow),
        pytest.param("postgres", 50, marks=pytest.mark.slow),
    ],
    indirect=["database"],
)
async def test_kill_nine_at_random_instants_loses_and_doubles_nothing(
    database: Influx | Postgres, kills: int, tmp_path: Path
) -> None:
    random = Random(20261124)
    port = free_port()
    options = SimulationOptions(
        seed=5,
        start_ns=time.time_ns() - 12 * 3600 * 10**9,
        speed=60,
        ring_slots=SLOTS,
        extra_doubles=LOAD,
        book=tmp_path / "book.db",
        faults=("sinter1-reset@+30s", "washery-reset@+45s", "opcua-cut@+50s:4s"),
        # A counter that is reset before anybody has read it shows no reset, and a busy machine starts slowly.
        waits_for_reader=True,
    )
    async with SimulatedWorks(options) as works:
        # However slow the machine is, no gap is so long that its tonnes belong to no hour, day or reading.
        sections = {
            **database.sections(tmp_path),
            "metrics": {"port": port},
            "collector": {"longest_gap": "24h"},
        }
        plant_file = tmp_path / "plant.yaml"
        plant_file.write_text(plant_yaml(works.url, extra_doubles=LOAD, sections=sections), encoding="utf-8")
        collector = CollectorProcess(plant_file, tmp_path / "run.log")
        try:
            await _kill_often(collector, database.server, random, kills, port)
            await _mill_overruns_its_ring(tmp_path / "book.db")
            if database.server.down:
                await asyncio.to_thread(database.server.start)
            await collector.start()
            await until(
                "tundish_readings_total > 3000 and unsent_age_s < 3 and tundish_outbox_rows == 0"
                " and tundish_ledger_entries_behind < 3",
                180,  # a busy machine sends what waited as slowly as it does all else
                port,
            )
            await resets_told(load(plant_file).data_dir)
            assert await collector.stop() < 10
        finally:
            await collector.end()
    settings = load(plant_file)
    assert collector.log_text().count('"source_up"') >= kills / 3, "too few kills met a collector at work"
    assert "task_broken" not in collector.log_text()
    assert "Traceback" not in collector.log_text()
    nothing_waits(settings.data_dir)
    book = TruthBook.open(tmp_path / "book.db")
    ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=True)
    try:
        found = compare(book, ledger, settings.plant)
        sums_equal_the_book(found)
        gaps_stand_only_where_faults_were(found, book.faults())
        database_equals_ledger(database, ledger, settings.plant)
        telemetry_is_whole(database, ledger, found)
    finally:
        book.close()
        await ledger.close()


async def _kill_often(
    collector: CollectorProcess, database: InfluxServer | PostgresServer, random: Random, kills: int, port: int
) -> None:
    """Kill it in turn while it starts and while it is at work, however long it takes to start just now."""
    began = time.monotonic()
    await collector.start()
    await until("tundish_source_up == 1", 60, port)
    start_s = time.monotonic() - began
    await collector.kill()
    for number in range(kills - 1):
        if random.random() < 0.25:
            await asyncio.to_thread(database.start if database.down else database.kill)
        await collector.start()
        if number % 2:
            await until("tundish_source_up == 1", 60, port)
            await asyncio.sleep(random.uniform(0, start_s))
        else:
            await asyncio.sleep(random.uniform(0.3, start_s))
        await collector.kill()


async def _mill_overruns_its_ring(file: Path) -> None:
    """Stay away until the mill has rolled more coils than its ring holds: at 60 times the speed one every 2 s."""
    book = TruthBook.open(file)
    try:
        rolled, deadline = len(book.events("hsm.coils")), time.monotonic() + 90
        while len(book.events("hsm.coils")) <= rolled + SLOTS:
            assert time.monotonic() < deadline, "the mill did not roll as many coils as its ring holds"
            await asyncio.sleep(0.5)
    finally:
        book.close()
