"""A service that was down, on a server that keeps a history: nothing of a rate, of a reset or of a count is lost."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from collector.config.settings import Settings
from collector.service.service import opened
from collector.storage.ledger import reads as ledger_reads
from models.counting.increment import IncrementFlag
from tests.collector.service.steel_works import grams, soon
from tests.collector.service.works_document import COAL, node, source_yaml, works_settings, works_yaml
from tests.support.ledger_calls import buckets
from tests.support.opcua_history import keep_history
from tests.support.opcua_works import Works
from tests.support.ports import free_port

pytestmark = pytest.mark.long

FLOW, WHEEL = "mine4.flow", "mine3.wheel"
STEP_S, STEPS = 0.25, 24


def _settings(folder: Path, url: str) -> Settings:
    shops: list[Any] = works_yaml()["shops"][:1]
    now = datetime.now(ZoneInfo("Asia/Almaty"))
    total = {"source": "plc", "unit_of_measure": "t", "max_rate_per_h": 360_000, "cadence": "1s", "product": "iron_ore"}
    coal = {**total, "signal": "coal", "kind": "totalizer", "node": node("coal"), "product": "coal_raw"}
    wheel = {**total, "signal": "wheel", "kind": "totalizer", "node": node("wheel"), "resets": [f"{now:%H:%M}"]}
    flow = {"kind": "rate", "source": "plc", "unit_of_measure": "t/h", "high": 9000, "cadence": "1s"}
    flow |= {"signal": "flow", "node": node("flow"), "product": "iron_ore"}
    shops[0]["units"] = [
        {"code": tag_of.partition(".")[0], "kind": "mine", "names": {"en": tag_of}, "tags": [tag]}
        for tag_of, tag in ((COAL, coal), (WHEEL, wheel), (FLOW, flow))
    ]
    source = source_yaml("plc", url, history={"reach": "1h"})
    return works_settings(folder, shops=shops, sources=[source], reported={}, metrics={"port": free_port()})


async def test_what_a_service_missed_while_it_was_down_it_has_from_the_servers_history(tmp_path: Path) -> None:
    works = Works()
    await keep_history(works, tmp_path, coal=100.0, wheel=50.0, flow=3600.0)
    settings = _settings(tmp_path, works.url)
    try:
        async with opened(settings) as service:
            await soon(
                lambda: service.collecting.ledger.read(ledger_reads.totalizer_states).keys() >= {COAL, FLOW, WHEEL}
            )
            await works.write("flow", 3600.5)
            await asyncio.sleep(1.2)
        # Nobody reads for six seconds; the wheel is set to 0 in the midst of them.
        for step in range(1, STEPS + 1):
            await asyncio.sleep(STEP_S)
            await works.write("coal", 100.0 + step)
            await works.write("flow", 3600.0 + step % 2)
            await works.write("wheel", 50.0 + step if step < STEPS // 2 else float(step - STEPS // 2))
        async with opened(settings) as service:
            await soon(lambda: grams(service.collecting.ledger).get(COAL) == STEPS * 1_000_000)
            await asyncio.sleep(1.5)
            made, gaps = grams(service.collecting.ledger), service.collecting.ledger.read(ledger_reads.gaps)
            marked = {
                bucket.tag
                for bucket in buckets(service.collecting.ledger, 0, 2**60)
                if bucket.flags & IncrementFlag.BACKFILLED and bucket.grams
            }
    finally:
        await works.stop()
    assert marked == {COAL, FLOW, WHEEL}
    # What the wheel grew between the last look and the reset is not known: it is a gap of a quarter of a second.
    assert made[WHEEL] == (STEPS - 1) * 1_000_000
    assert [gap.tag for gap in gaps] == [WHEEL]
    assert gaps[0].end_ns - gaps[0].start_ns < 1e9
    # A tonne a second, to 1 %: nothing of the rate is missing.
    assert made[FLOW] > (STEPS * STEP_S) * 1_000_000
