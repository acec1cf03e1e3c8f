"""A database filled from two years of the simulated works, with the ledger beside it."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collector.config.load import load
from collector.postgres.set_up import DatabaseRole, PostgresSetUp
from collector.postgres.settings import PostgresSettings
from collector.service.publishing import Publishing
from collector.service.roll_up import RollUp
from collector.service.sending import Sending
from collector.service.stated_subjects import stated_tables
from collector.service.stated_tables import StatedTables
from collector.simulation.history import history_span
from collector.simulation.history_loader import load_history
from collector.simulation.plant_config import plant_yaml
from collector.storage.journal.journal import Journal
from collector.storage.journal.rows import LEDGER, SINK
from collector.storage.ledger import outbox
from collector.storage.ledger.ledger import Ledger
from models.counting.output_plan import OutputPlan
from models.works.calendar import HOUR_NS
from tests.support.influxd import InfluxServer
from tests.support.postgres import PASSWORD, PostgresServer

SEED = 7


@dataclass(frozen=True, slots=True)
class HistoryWorks:
    """`end_s`: the last hour of the history is over, and nothing more comes: every reader sees the same moment."""

    file: Path
    database: InfluxServer | PostgresServer
    end_s: int


def fill(database: InfluxServer, folder: Path, sections: Mapping[str, Any] | None = None) -> HistoryWorks:
    """Make the two buckets and bring the whole history into the database."""
    database.make_bucket("works")
    database.make_bucket("works_raw")
    file = folder / "plant.yaml"
    influx = {"influxdb": database.section("works", folder)}
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1", sections={**influx, **(sections or {})}), encoding="utf-8")
    return HistoryWorks(file, database, asyncio.run(_load(file, folder / "data")))


def fill_postgres(server: PostgresServer, folder: Path) -> HistoryWorks:
    """Make the tables and bring the whole history into them."""
    settings = server.settings("works")
    set_up = PostgresSetUp(settings, server.administrator, dry_run=False, report=lambda _: None)
    roles = [DatabaseRole(settings.user, writes=True, password=PASSWORD)]
    asyncio.run(set_up.run([*roles, DatabaseRole(settings.reader, writes=False, password=PASSWORD)]))
    file = folder / "plant.yaml"
    sections = {"postgres": server.section("works", folder)}
    file.write_text(plant_yaml("opc.tcp://127.0.0.1:1", sections=sections), encoding="utf-8")
    return HistoryWorks(file, server, asyncio.run(_load(file, folder / "data")))


async def copy_to(works: HistoryWorks, postgres: PostgresSettings) -> None:
    """Bring what the ledger of a filled works published into another database, as the service would."""
    settings = load(works.file)
    data = works.file.parent / "data"
    ledger = Ledger.open(data, clock_ns=time.time_ns, demo=True)
    journal = Journal.open(
        data, settings.journal, consumers=frozenset({LEDGER, SINK}), clock_ns=time.time_ns, ledger=ledger.mark()
    )
    sending = Sending.of(None, journal, ledger, site="temirtau", simulated=True, postgres=postgres)
    try:
        await sending.check()
        assert sending.databases.new
        await ledger.write(outbox.queue_anew)
        await sending.drain()
    finally:
        await sending.close()
        await journal.close()
        await ledger.close()


async def _load(file: Path, data: Path) -> int:
    settings = load(file)
    end_s = history_span(time.time_ns() // HOUR_NS * HOUR_NS, settings.plant.zone).end_s
    data.mkdir()
    ledger = Ledger.open(data, clock_ns=time.time_ns, demo=True)
    journal = Journal.open(
        data, settings.journal, consumers=frozenset({LEDGER, SINK}), clock_ns=time.time_ns, ledger=ledger.mark()
    )
    try:
        roll_up = RollUp(ledger, OutputPlan(settings.plant), Publishing(to_outbox=True))
        await load_history(ledger, roll_up, settings.plant, end_s * 10**9, SEED, lambda _share: None)
        await StatedTables(ledger, Publishing(to_outbox=True), stated_tables(settings), time.time_ns).run()
        sending = Sending.of(
            settings.influx, journal, ledger, site="temirtau", simulated=True, postgres=settings.postgres
        )
        try:
            await sending.check()
            await sending.drain()
            assert ledger.read(outbox.size) == 0
            assert sending.outbox.counters.refused == 0
        finally:
            await sending.close()
    finally:
        await journal.close()
        await ledger.close()
    return end_s
