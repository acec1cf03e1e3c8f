"""A belt that shows t/h and has no counter, on a real server: from its node to tonnes in the ledger."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from collector.service.service import opened
from collector.storage.ledger import reads as ledger_reads
from collector.storage.ledger.ledger import Ledger
from models.counting.increment import IncrementFlag
from tests.collector.service.steel_works import soon
from tests.collector.service.works_document import source_yaml, works_settings, works_yaml
from tests.support.opcua_works import Works
from tests.support.ports import free_port

pytestmark = pytest.mark.long

TONNE = 1_000_000
RATE_T_PER_H = 3600.0
"""A tonne a second."""
RUNS_S = 3.0


@pytest.fixture
async def works() -> AsyncIterator[Works]:
    one = Works()
    await one.start(belt=0.0, coal=0.0, ore=5.0)
    yield one
    await one.stop()


@pytest.mark.parametrize("mode", ["poll", "subscribe"])
async def test_a_belt_without_a_counter_makes_a_tonne_a_second(tmp_path: Path, works: Works, mode: str) -> None:
    plc = source_yaml("plc", works.url, mode=mode, publishing_interval="100ms", stale_after="5s")
    shops = works_yaml()["shops"]
    belt = shops[0]["units"][0]["tags"][0]
    belt |= {"kind": "rate", "product": "coal_raw", "high": 4000, "cadence": "1s"}
    shops[0]["units"][0]["tags"] = [belt]
    settings = works_settings(
        tmp_path, sources=[plc, source_yaml("dcs", works.url)], metrics={"port": free_port()}, shops=shops
    )
    async with opened(settings) as service:
        await soon(lambda: "source plc:" not in " ".join(service.readiness().waiting_for))
        began_s = time.monotonic()
        await works.write("belt", RATE_T_PER_H)
        await asyncio.sleep(RUNS_S)
        await works.write("belt", 0.0)
        ran_s = time.monotonic() - began_s
        await asyncio.sleep(1.5)
    ledger = Ledger.open(settings.data_dir, clock_ns=time.time_ns, demo=None)
    found = ledger.read(lambda connection: ledger_reads.buckets(connection, 0, 2**60))
    gaps = ledger.read(ledger_reads.gaps)
    await ledger.close()
    made = [bucket for bucket in found if bucket.grams]
    assert {(bucket.tag, bucket.unit, bucket.product) for bucket in made} == {("mine1.belt", "mine1", "coal_raw")}
    assert all(bucket.flags & IncrementFlag.INTEGRATED for bucket in made)
    # At both ends a straight line between two looks stands for the step: half a second each at the most.
    assert sum(bucket.grams for bucket in made) / TONNE == pytest.approx(ran_s, abs=1.1)
    assert not [gap for gap in gaps if gap.tag == "mine1.belt"]
