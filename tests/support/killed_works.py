"""A works whose collector is killed again and again: the databases that it sends to, and what must hold in the end."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from collector.postgres.set_up import DatabaseRole, PostgresSetUp
from collector.simulation.book import FaultEntry
from collector.storage.file.sqlite_file import open_reader
from collector.storage.file.status import journal_status, ledger_status
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from collector.storage.ledger.schema import LEDGER
from models.counting.increment import GRAMS_PER_TONNE
from models.works.calendar import NS, production_day, shifts_of
from models.works.plant import Plant
from tests.support.influxd import InfluxServer, dialects, influx_server
from tests.support.ledger_calls import buckets
from tests.support.postgres import PostgresServer, postgres_server
from tests.support.truth import Compared

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


async def resets_told(folder: Path, limit_s: float = 60.0) -> None:
    """Wait until both resets are gaps: a counter that was reset is believed after some readings, and not at once."""
    deadline = time.monotonic() + limit_s
    while True:
        with closing(open_reader(folder / LEDGER.name)) as connection:
            told = {gap.tag for gap in ledger_reads.gaps(connection)}
        if told >= set(RESETS.values()):
            return
        assert time.monotonic() < deadline, told
        await asyncio.sleep(0.5)


def nothing_waits(folder: Path) -> None:
    journal, ledger = journal_status(folder), ledger_status(folder)
    assert (journal.unsent_entries, journal.ledger_behind, journal.damaged) == (0, 0, 0)
    assert (ledger.outbox, ledger.dirty) == (0, 0)
    assert not journal.dropped
    assert not ledger.quarantine, f"rejected: {ledger.quarantine}"


def sums_equal_the_book(found: dict[str, Compared]) -> None:
    assert len(found) >= 12
    assert {name: each.ledger_g for name, each in found.items()} == {n: each.book_g for n, each in found.items()}
    assert sum(each.ledger_g for each in found.values()) > 1000 * GRAMS_PER_TONNE


def gaps_stand_only_where_faults_were(
    found: dict[str, Compared], faults: list[FaultEntry], *, overruns: bool = True
) -> None:
    """`overruns`: whether the mill's ring was overrun."""
    for unit, tag in RESETS.items():
        reset = next(fault for fault in faults if fault.name == f"{unit}-reset")
        (gap,) = found[tag].gaps
        assert gap.start_ns <= reset.start_ns
        assert reset.end_ns is not None
        assert reset.end_ns <= gap.end_ns
    overrun = {name for name, each in found.items() if each.gaps} - set(RESETS.values())
    assert ("hsm.coils" in overrun) is overruns
    assert overrun <= {"hsm.coils", "cast1.slabs", "cast2.slabs", "coke1.pushes", "coke2.pushes"}, overrun


def database_equals_ledger(
    database: Influx | Postgres,
    ledger: Ledger,
    plant: Plant,
    stated: Mapping[tuple[str, str], int] = MappingProxyType({}),
) -> None:
    """Every table has the ledger's grams. `stated`: grams of whole days that people stated, by unit and product."""
    by_tag = ledger.read(ledger_reads.totals)
    counted: Counter[tuple[str, str]] = Counter()
    for tag in plant.tags:
        counted[tag.unit, tag.product or ""] += by_tag.get(tag.name, 0)
    by_hour, by_shift = Counter(counted), Counter(counted)
    for item in buckets(ledger):
        # What grew in one piece over a full hour is in its day, and in no hour: nobody knows its shares.
        if item.start_s // 3600 != (item.end_s - 1) // 3600:
            by_hour[item.unit, item.product] -= item.grams
        if _shift(plant, item.unit, item.start_s) != _shift(plant, item.unit, item.end_s - 1):
            by_shift[item.unit, item.product] -= item.grams
    whole = counted + Counter(stated)
    for table, wanted in (
        ("output_hour", by_hour),
        ("output_shift", by_shift),
        ("output_day", whole),
        ("output_month", whole),
    ):
        assert +database.grams(table) == +wanted, table


def _shift(plant: Plant, unit: str, at_s: int) -> tuple[int, int]:
    calendar = plant.shops[plant.units[unit].shop].calendar
    day = production_day(calendar, at_s * NS)
    return next((low, high) for low, high in shifts_of(calendar, day) if low <= at_s * NS < high)


def telemetry_is_whole(database: Influx | Postgres, ledger: Ledger, found: dict[str, Compared]) -> None:
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
