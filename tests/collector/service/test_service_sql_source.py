"""Heats that a laboratory's database knows, from its rows to the ledger, over a restart."""

import asyncio
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from collector.config.settings import Settings
from collector.service.service import opened
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from collector.storage.quarantine.browser import QuarantineBrowser
from models.works.codes import Reason
from tests.collector.service.steel_works import soon
from tests.collector.service.works_document import works_settings, works_yaml
from tests.support.ports import free_port

TONNE = 1_000_000


def settings_of(folder: Path) -> Settings:
    shops = works_yaml()["shops"]
    taps = shops[1]["units"][1]
    taps["tags"] = [
        {
            "signal": "taps",
            "kind": "event",
            "source": "lab",
            "product": "pig_iron",
            "unit_of_measure": "t",
            "source_unit_of_measure": "kg",
            "cadence": "1s",
            "query": "taps",
            "key": "number",
            "tonnes": "weight",
            "end": "ended",
        }
    ]
    for shop in shops:
        shop["units"] = [unit for unit in shop["units"] if unit["code"] == "bf3"]
    shops = [shop for shop in shops if shop["units"]]
    lab = {
        "name": "lab",
        "type": "sql",
        "driver": "sqlite",
        "database": "lab.db",
        "poll": "100ms",
        "queries": {"taps": "SELECT number, weight, ended FROM taps WHERE ended >= :since ORDER BY ended"},
    }
    return works_settings(folder, sources=[lab], metrics={"port": free_port()}, shops=shops)


async def counted(settings: Settings) -> int:
    ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=None)
    found = ledger.read(lambda connection: ledger_reads.totals(connection))
    await ledger.close()
    return found.get("bf3.taps", 0)


async def test_heats_of_a_database_are_counted_once_over_a_restart(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    now = datetime.now(UTC)

    def put(number: int, minutes: int, kilograms: int) -> None:
        ended = (now - timedelta(minutes=minutes)).isoformat(" ", "seconds")
        with sqlite3.connect(tmp_path / "lab.db") as file:
            file.execute("CREATE TABLE IF NOT EXISTS taps (number, weight, ended)")
            file.execute("DELETE FROM taps WHERE number = ?", (number,))
            file.execute("INSERT INTO taps VALUES (?, ?, ?)", (number, kilograms, ended))

    put(1, 300, 400_000)
    put(2, 100, 410_500)
    async with opened(settings) as service:
        await soon(lambda: not service.readiness().waiting_for)
        put(3, 5, 399_000)
        await asyncio.sleep(1.5)
    assert await counted(settings) == 1_209_500_000
    # While nobody looked, one came and one that was known was corrected.
    put(4, 1, 100_000)
    put(3, 5, 398_000)
    async with opened(settings) as service:
        await soon(lambda: not service.readiness().waiting_for)
        await asyncio.sleep(1.5)
    assert await counted(settings) == 1_308_500_000
    # No person vouches for a row: another weight, or another time, under a known number waits.
    put(3, 5, 39_800)
    put(4, 45, 100_000)
    async with opened(settings) as service:
        await soon(lambda: not service.readiness().waiting_for)
        await asyncio.sleep(1.5)
    assert await counted(settings) == 1_308_500_000
    waiting = QuarantineBrowser(settings.data_dir, time.time_ns).listed("open", 10)
    assert {item.record.rejection.reason for item in waiting} == {Reason.KEY_REUSED}
    assert {item.record.rejection.event_key for item in waiting} == {"3", "4"}
