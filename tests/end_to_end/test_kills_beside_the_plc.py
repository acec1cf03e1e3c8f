"""Killed again and again while files, SQL, HTTP, MQTT and Kafka give weighings: each is counted once, to the gram."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

import pytest
from aiohttp import web

from collector.config.load import load
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from collector.storage.quarantine.browser import QuarantineBrowser
from tests.collector.service.works_document import works_yaml, write_works
from tests.support.collector_process import CollectorProcess, until
from tests.support.json_service import json_service
from tests.support.kafka_broker import KafkaBroker
from tests.support.mosquitto import Broker
from tests.support.ports import free_port

pytestmark = pytest.mark.long

EVERY_S = 0.1
"""Between two weighings: some hundred fall into a collector that is away, starting, reading or being killed."""
OVERLAP = "30m"
COLUMNS = {"key": "ticket", "tonnes": "net", "end": "at"}
PLACES = {
    "mqtt": {"topic": "yard/weighed", **COLUMNS},
    "http": {"request": "weighed", **COLUMNS},
    "sql": {"query": "weighed", **COLUMNS},
    "files": {"file": "weighed", **COLUMNS},
    "kafka": {"topic": "weighed", **COLUMNS},
}


class Yard:
    """Weighs a lorry on each scale every moment, and offers each by its own way. `grams`: what was weighed, by tag."""

    def __init__(self, give: dict[str, Callable[[dict[str, object]], None]]) -> None:
        self.grams: dict[str, int] = {}
        self._give = give
        self._ticket = 0
        self.works = True

    async def weigh(self) -> None:
        """While it works; a weighing that began is offered on every way."""
        while self.works:
            self._ticket += 1
            net = 30_000 + self._ticket % 7000
            at = datetime.now(UTC).isoformat()
            for way, give in self._give.items():
                await asyncio.to_thread(give, {"ticket": f"T{self._ticket}", "net": net, "at": at})
                self.grams[f"bf3.{way}"] = self.grams.get(f"bf3.{way}", 0) + net * 1000
            await asyncio.sleep(EVERY_S)


def document(sources: dict[str, dict[str, object]], port: int) -> dict[str, object]:
    """The works with a furnace whose weighings come by these ways."""
    tag = {"kind": "event", "product": "pig_iron", "unit_of_measure": "t", "source_unit_of_measure": "kg"}
    shops = works_yaml()["shops"]
    for shop in shops:
        shop["units"] = [unit for unit in shop["units"] if unit["code"] == "bf3"]
        for unit in shop["units"]:
            unit["tags"] = [{**tag, "signal": way, "source": way, **PLACES[way]} for way in sources]
    entries = [{"name": way, "type": way, **keys} for way, keys in sources.items()]
    return works_yaml(sources=entries, metrics={"port": port}, shops=[shop for shop in shops if shop["units"]])


def drop(folder: Path, row: dict[str, object]) -> None:
    """A file of one row, whole at once."""
    path = folder / f"{row['ticket']}.csv"
    path.write_text("ticket;net;at\n" + ";".join(map(str, row.values())) + "\n", encoding="utf-8")
    path.rename(folder / "drop" / path.name)


def insert(database: Path, row: dict[str, object]) -> None:
    connection = sqlite3.connect(database, timeout=30)
    with connection:
        connection.execute("INSERT INTO weighed VALUES (:ticket, :net, :at)", row)
    connection.close()


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("with_kafka", "kills"), [(False, 6), pytest.param(True, 25, marks=pytest.mark.slow)], ids=["few", "many"]
)
async def test_no_weighing_of_any_way_in_is_lost_or_doubled_by_kills(
    with_kafka: bool, kills: int, tmp_path: Path
) -> None:
    random, port, database = Random(20261129), free_port(), tmp_path / "yard.db"
    (tmp_path / "drop").mkdir()
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE weighed (ticket TEXT, net REAL, at TEXT)")
    connection.close()
    rows: list[dict[str, object]] = []
    broker = Broker(tmp_path)
    broker.start()
    async with AsyncExitStack() as stack:
        stack.callback(broker.stop)
        service = await stack.enter_async_context(
            json_service(
                lambda request: web.json_response([row for row in rows if str(row["at"]) >= request.query["from"]])
            )
        )
        wanted = "SELECT ticket, net, at FROM weighed WHERE at >= :since ORDER BY at"
        sources: dict[str, dict[str, object]] = {
            "mqtt": {"host": "127.0.0.1", "port": broker.port, "tls": False},
            "http": {
                "url": service.url,
                "requests": {"weighed": {"path": "/", "parameters": {"from": "{since}"}}},
                "poll": "500ms",
                "overlap": OVERLAP,
            },
            "sql": {
                "driver": "sqlite",
                "database": database.name,
                "queries": {"weighed": wanted},
                "poll": "500ms",
                "overlap": OVERLAP,
            },
            "files": {
                "folder": "drop",
                "poll": "200ms",
                "settle": "200ms",
                "kinds": {"weighed": {"files": ["*.csv"]}},
            },
        }
        give: dict[str, Callable[[dict[str, object]], None]] = {
            "mqtt": partial(broker.publish, "yard/weighed"),
            "http": rows.append,
            "sql": partial(insert, database),
            "files": partial(drop, tmp_path),
        }
        if with_kafka:
            cluster = KafkaBroker(tmp_path)
            stack.callback(cluster.stop)
            cluster.topic("weighed", 2)
            sources["kafka"] = {"servers": [cluster.server], "tls": False, "first": "1h"}
            give["kafka"] = lambda row: cluster.produce("weighed", json.dumps(row), partition=random.randrange(2))
        plant_file = write_works(tmp_path, document(sources, port))
        collector, yard = CollectorProcess(plant_file, tmp_path / "run.log"), Yard(give)
        # The session of MQTT begins with the first connection: what is published before it is nobody's.
        await collector.start()
        stack.push_async_callback(collector.end)
        await until(f"tundish_source_up == {len(sources)}", 60, port)
        weighing = asyncio.create_task(yard.weigh())
        for _ in range(kills):
            await asyncio.sleep(random.uniform(0.2, 4))
            await collector.kill()
            await asyncio.sleep(random.uniform(0, 1))
            await collector.start()
        await until(f"tundish_source_up == {len(sources)}", 60, port)
        yard.works = False
        await weighing
        settings = load(plant_file)
        await _counted(settings.data_dir, yard.grams)
        await collector.stop()
    ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=None)
    found = ledger.read(ledger_reads.totals)
    await ledger.close()
    assert dict(found) == yard.grams
    assert QuarantineBrowser(settings.data_dir, time.time_ns).listed("open", 10) == []
    assert "Traceback" not in collector.log_text()


async def _counted(data_dir: Path, grams: dict[str, int]) -> None:
    """Wait until the ledger has it all; what then differs is told by the comparison of each tag."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(f"file:{data_dir / 'ledger.db'}?mode=ro", uri=True, timeout=30)) as connection:
            query = "SELECT tag, sum(grams) FROM increment JOIN counter ON counter.id = counter GROUP BY tag"
            if dict(connection.execute(query)) == grams:
                return
        await asyncio.sleep(0.5)
