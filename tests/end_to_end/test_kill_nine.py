"""Promise 1 and 3 on the whole service: killed again and again, it neither loses nor doubles a kilogram."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from collector.config.load import load
from collector.postgres.set_up import DatabaseRole, PostgresSetUp
from collector.simulation.book import FaultEntry, TruthBook
from collector.simulation.options import SimulationOptions
from collector.simulation.plant_config import plant_yaml
from collector.simulation.simulated_works import SimulatedWorks
from collector.storage.file.status import journal_status, ledger_status
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from models.counting.increment import GRAMS_PER_TONNE
from models.works.plant import Plant
from tests.support.collector_process import CollectorProcess, until
from tests.support.influxd import InfluxServer, dialects, free_port, influx_server
from tests.support.ledger_calls import buckets
from tests.support.postgres import PostgresServer, postgres_server
from tests.support.truth import Compared, compare

LOAD = 300
SLOTS = 12
CADENCE_S = 60
"""A poll a second, at sixty times the speed."""
RESETS = {"sinter1": "sinter1.sinter_total", "washery": "washery.concentrate_total"}


@dataclass(frozen=True)
class Influx:
    """An InfluxDB, as this test asks it."""

    server: InfluxServer

    def sections(self, folder: Path) -> dict[str, object]:
        return {"influxdb": self.server.section("works", folder)}

    def grams(self, table: str) -> Counter[tuple[str, str]]:
        where = 'WHERE "level" = \'unit\' GROUP BY "unit", "product"'
        sums: Counter[tuple[str, str]] = Counter()
        for row in self.server.rows("works", f'SELECT "actual_t" FROM "{table}" {where}'):
            sums[row["unit"], row["product"]] += round(row["actual_t"] * GRAMS_PER_TONNE)
        return sums

    def points(self, tag: str) -> list[int]:
        unit, signal = tag.split(".")
        where = f"\"unit\" = '{unit}' AND \"signal\" = '{signal}'"
        rows = self.server.rows("works_raw", f'SELECT "value" FROM "telemetry" WHERE {where}')
        return [row["time"] // 10**9 for row in rows]


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL, as this test asks it."""

    server: PostgresServer

    def sections(self, folder: Path) -> dict[str, object]:
        return {"postgres": self.server.section("works", folder)}

    def grams(self, table: str) -> Counter[tuple[str, str]]:
        sums: Counter[tuple[str, str]] = Counter()
        rows = self.server.rows("works", f"SELECT unit, product, actual_t FROM tundish.{table} WHERE level = 'unit'")
        for row in rows:
            sums[row["unit"], row["product"]] += round(row["actual_t"] * GRAMS_PER_TONNE)
        return sums

    def points(self, tag: str) -> list[int]:
        unit, signal = tag.split(".")
        where = f"unit = '{unit}' AND signal = '{signal}'"
        rows = self.server.rows("works", f"SELECT time FROM tundish.telemetry WHERE {where} ORDER BY time")
        return [round(row["time"].timestamp()) for row in rows]


@contextmanager
def database_of(kind: str, folder: Path) -> Iterator[Influx | Postgres]:
    """A running database with what the collector needs in it."""
    if kind == "postgres":
        with postgres_server() as server:
            settings = server.settings("works")
            set_up = PostgresSetUp(settings, server.administrator, dry_run=False, report=lambda _: None)
            asyncio.run(set_up.run([DatabaseRole(settings.user, writes=True, password=settings.password)]))
            yield Postgres(server)
        return
    with influx_server(dialects()[-1], folder / "influx") as influx:
        influx.make_bucket("works")
        influx.make_bucket("works_raw")
        yield Influx(influx)


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Influx | Postgres]:
    with database_of(request.param, tmp_path) as running:
        yield running


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("database", "kills"),
    [
        ("influx", 30),
        ("postgres", 15),
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
                60,
                port,
            )
            assert await collector.stop() < 10
        finally:
            await collector.end()
    settings = load(plant_file)
    assert collector.log_text().count('"source_up"') >= kills / 3, "too few kills met a collector at work"
    assert "task_broken" not in collector.log_text()
    assert "Traceback" not in collector.log_text()
    _nothing_waits(settings.data_dir)
    book = TruthBook.open(tmp_path / "book.db")
    ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=True)
    try:
        found = compare(book, ledger, settings.plant)
        _sums_equal_the_book(found)
        _gaps_stand_only_where_faults_were(found, book.faults())
        _database_equals_ledger(database, ledger, settings.plant)
        _telemetry_is_whole(database, ledger, found)
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


def _nothing_waits(folder: Path) -> None:
    journal, ledger = journal_status(folder), ledger_status(folder)
    assert (journal.unsent_entries, journal.ledger_behind, journal.damaged) == (0, 0, 0)
    assert (ledger.outbox, ledger.dirty) == (0, 0)
    assert not journal.dropped
    assert not ledger.quarantine, f"rejected: {ledger.quarantine}"


def _sums_equal_the_book(found: dict[str, Compared]) -> None:
    assert len(found) >= 12
    assert {name: each.ledger_g for name, each in found.items()} == {n: each.book_g for n, each in found.items()}
    assert sum(each.ledger_g for each in found.values()) > 1000 * GRAMS_PER_TONNE


def _gaps_stand_only_where_faults_were(found: dict[str, Compared], faults: list[FaultEntry]) -> None:
    for unit, tag in RESETS.items():
        reset = next(fault for fault in faults if fault.name == f"{unit}-reset")
        (gap,) = found[tag].gaps
        assert gap.start_ns <= reset.start_ns
        assert reset.end_ns is not None
        assert reset.end_ns <= gap.end_ns
    overrun = {name for name, each in found.items() if each.gaps} - set(RESETS.values())
    assert "hsm.coils" in overrun
    assert overrun <= {"hsm.coils", "cast1.slabs", "cast2.slabs", "coke1.pushes", "coke2.pushes"}, overrun


def _database_equals_ledger(database: Influx | Postgres, ledger: Ledger, plant: Plant) -> None:
    by_tag = ledger.read(ledger_reads.totals)
    by_day: Counter[tuple[str, str]] = Counter()
    for tag in plant.tags:
        by_day[tag.unit, tag.product or ""] += by_tag.get(tag.name, 0)
    by_hour = Counter(by_day)
    for item in buckets(ledger):
        # What grew in one piece over a full hour is in its day, and in no hour: nobody knows its shares.
        if item.start_s // 3600 != (item.end_s - 1) // 3600:
            by_hour[item.unit, item.product] -= item.grams
    for table, wanted in (("output_hour", by_hour), ("output_day", by_day)):
        assert +database.grams(table) == +wanted, table


def _telemetry_is_whole(database: Influx | Postgres, ledger: Ledger, found: dict[str, Compared]) -> None:
    """Each reading that the ledger knows is a point in the raw bucket, once, and no other is.

    The ledger counts the time that was watched, in cadences (models/counting/presence.py). Where a process was killed,
    two readings may be half a cadence apart: they are two points, and one cadence.
    """
    readings: dict[str, int] = {}
    for item in buckets(ledger, 0, 2**62):
        readings[item.tag] = readings.get(item.tag, 0) + item.readings
    counters = [name for name, each in found.items() if name.endswith("_total") and not each.gaps]
    assert counters
    for name in counters:
        points = database.points(name)
        assert points == sorted(set(points))
        uneven = sum(late - early != CADENCE_S and late - early < 1.5 * CADENCE_S for early, late in pairwise(points))
        assert abs(len(points) - readings[name]) <= uneven, name
