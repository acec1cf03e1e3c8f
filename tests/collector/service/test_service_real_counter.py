"""A counter of whole tonnes on a real server, from its node to the ledger, by right clocks and by wrong ones."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asyncua import ua

from collector.config.settings import Settings
from collector.service.service import opened
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from collector.storage.quarantine.browser import QuarantineBrowser
from models.counting.output_plan import BucketSum
from tests.collector.service.steel_works import soon
from tests.collector.service.works_document import source_yaml, works_settings, works_yaml
from tests.support.opcua_works import Works
from tests.support.ports import free_port

TONNE = 1_000_000
STEP_S = 0.35
STEPS = 16


@pytest.fixture
async def works() -> AsyncIterator[Works]:
    one = Works()
    await one.start(belt=0.0, coal=ua.Variant(100, ua.VariantType.UInt32), ore=5.0)
    yield one
    await one.stop()


def _buckets(settings: Settings) -> list[BucketSum]:
    ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=None)
    found = ledger.read(lambda connection: ledger_reads.buckets(connection, 0, 2**60))
    asyncio.get_running_loop().create_task(ledger.close())
    return [bucket for bucket in found if bucket.grams]


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["poll", "subscribe"])
@pytest.mark.parametrize("lead_s", [0, -5 * 3600, 300])
async def test_whole_tonnes_are_counted_now_whatever_the_clock_of_the_controller_says(
    tmp_path: Path, works: Works, mode: str, lead_s: int
) -> None:
    plc = source_yaml("plc", works.url, mode=mode, publishing_interval="100ms", stale_after="5s")
    dcs = source_yaml("dcs", works.url)
    shops = works_yaml()["shops"]
    shops[0]["units"][0]["tags"][1] |= {"max_rate_per_h": 3600 / STEP_S * 1.3, "cadence": "1s"}
    settings = works_settings(tmp_path, sources=[plc, dcs], metrics={"port": free_port()}, shops=shops)
    began_s = time.time()
    async with opened(settings) as service:
        await soon(lambda: "source plc:" not in " ".join(service.readiness().waiting_for))
        for tonnes in range(1, STEPS + 1):
            stamp = datetime.now(UTC) + timedelta(seconds=lead_s)
            await works.write("coal", ua.Variant(100 + tonnes, ua.VariantType.UInt32), source=stamp)
            await asyncio.sleep(STEP_S)
        await asyncio.sleep(0.5)
    found = [bucket for bucket in _buckets(settings) if bucket.tag == "mine1.coal"]
    # Of a clock that is off, three stamps are needed to know by how much.
    least = STEPS - 4 if lead_s else STEPS
    assert least * TONNE <= sum(bucket.grams for bucket in found) <= STEPS * TONNE
    assert all(bucket.start_s >= began_s - 600 and bucket.end_s <= time.time() + 600 for bucket in found)
    rows = QuarantineBrowser(settings.data_dir, time.time_ns).listed("open", 100)
    of_coal = [row for row in rows if row.record.rejection.tag == "mine1.coal"]
    assert len(of_coal) <= (1 if lead_s else 0)
