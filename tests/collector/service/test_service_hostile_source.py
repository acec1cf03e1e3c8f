"""A collector of which one source sends six bytes that claim two thousand million values."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.collector.service.test_service_process import _plant, collecting
from tests.collector.service.works_document import source_yaml
from tests.support.collector_process import scrape, until
from tests.support.hostile.line import SpoilingLine, holding
from tests.support.opcua_works import Works
from tests.support.ports import free_port

pytestmark = pytest.mark.long

MARK = b"\x0b\x00\x00\x00\x00\x00\xd4\x84\x40"  # the Double 666.5
SIX_BYTES = b"\x80\xff\xff\xff\x7f"  # behind the byte of the value that it begins with
MOST_MB = 300.0
"""A collector of a few tags takes 130 MB."""


def peak_mb(pid: int) -> float:
    (line,) = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


@pytest.fixture
async def works() -> AsyncIterator[Works]:
    one = Works()
    await one.start(belt=1.5, coal=10.0, ore=20.0, made=666.5)
    yield one
    await one.stop()


@pytest.mark.parametrize("mode", ["poll", "subscribe"])
async def test_the_honest_source_goes_on_memory_stays_and_sigterm_ends_it(
    works: Works, tmp_path: Path, mode: str
) -> None:
    port = free_port()
    async with SpoilingLine(works.port, holding(MARK, SIX_BYTES)) as line:
        hostile = source_yaml("dcs", line.url, mode=mode, publishing_interval="100ms")
        sources = [source_yaml("plc", works.url), hostile]
        async with collecting(_plant(tmp_path, port=port, sources=sources)) as collector:
            await until("tundish_readings_total > 20", 30, port)
            connections, readings = line.connections, (await scrape(port))["tundish_readings_total"]
            assert connections > 0
            await until(f"tundish_readings_total > {readings + 30}", 15, port)
            assert peak_mb(collector.pid) < MOST_MB
            began = time.monotonic()
            await collector.stop(10.0)
            assert time.monotonic() - began < 5
    text = collector.log_text()
    assert "Traceback" not in text
    assert "stopped_by_force" not in text
    assert '"tag": "sinter1.made"' in text if mode == "poll" else "its PublishResponse cannot be read" in text
