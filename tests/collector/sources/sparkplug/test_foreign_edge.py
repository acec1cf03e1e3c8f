"""An edge node on Eclipse Tahu's client: its births, its aliases, a message that is lost, its rebirth and its death."""

import asyncio
import contextlib
import json
import shutil
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from collector.sources.base import Delivery, SourceContext
from collector.sources.sparkplug import SOURCE
from models.works.codes import TagKind
from models.works.plant import Conversion, Tag
from tests.collector.service.steel_works import soon
from tests.support.mosquitto import Broker, broker_in
from tests.support.run_source import run_source

EDGE = Path(sys.prefix) / "foreign" / "sparkplug" / "edge.js"
FIRST_KG = 2**53 + 1


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with broker_in(tmp_path) as one:
        one.start()
        yield one


@asynccontextmanager
async def edge_node(port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    node = shutil.which("node")
    if node is None or not EDGE.exists():
        pytest.fail("no edge node on this machine; install it with: sh deploy/setup/foreign-servers.sh")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(node, str(EDGE), str(port), stdin=pipe, stdout=pipe)
    try:
        assert await heard(process) == {"born": 1}
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def heard(process: asyncio.subprocess.Process) -> dict[str, object]:
    assert process.stdout is not None
    async with asyncio.timeout(15):
        return dict(json.loads(await process.stdout.readline()))


async def say(process: asyncio.subprocess.Process, words: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{words}\n".encode())
    await heard(process)


def newest(got: list[Delivery]) -> float | None:
    """Of the total, t."""
    found = [
        value
        for one in got
        if one.readings is not None
        for index, value in zip(one.readings.tags.tolist(), one.readings.values.tolist(), strict=True)
        if index == 0
    ]
    return found[-1] if found else None


@pytest.mark.slow
async def test_a_foreign_edge_node_is_read_through_births_a_lost_message_and_its_death(
    broker: Broker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collector.sources.sparkplug.source._ASK_EVERY_S", 1.0)
    at = {"site": "works", "shop": "yard", "unit": "yard", "source": "line", "unit_of_measure": "t", "cadence_s": 1}
    tag = Tag(name="yard.total", signal="total", kind=TagKind.GAUGE, **at, conversion=Conversion(0.001))
    rate = Tag(name="yard.rate", signal="rate", kind=TagKind.RATE, **at, product="coal_raw")
    place = {"edge": "mine/belts", "device": "scale"}
    tags = [
        (0, tag, SOURCE.address(value="Scale/Total", **place)),
        (1, rate, SOURCE.address(value="Scale/Rate", **place)),
    ]
    given = {"name": "line", "type": "sparkplug", "host": "127.0.0.1", "port": broker.port, "tls": False}
    one = SOURCE.build(
        SOURCE.config.model_validate({**given, "rebirth": True}), SourceContext(tags, tmp_path, {}, time.time_ns)
    )
    async with run_source(one) as got:
        await soon(lambda: one.health.up, what="the broker")
        async with edge_node(broker.port) as edge:
            await soon(lambda: newest(got) == pytest.approx(FIRST_KG / 1000, rel=1e-15))
            await say(edge, "grow 2000000")
            await soon(lambda: newest(got) == pytest.approx((FIRST_KG + 2_000_000) / 1000, rel=1e-15))
            assert not one.health.bad_nodes
            # A message never arrives: what follows by alias waits, and the birth that is asked for tells the total.
            await say(edge, "skip 5000000")
            await say(edge, "grow 1000000")
            await soon(lambda: newest(got) == pytest.approx((FIRST_KG + 8_000_000) / 1000, rel=1e-15))
            assert [gap[0] for delivery in got for gap in delivery.gaps] == ["yard.rate"]
            await say(edge, "grow 1000000")
            await soon(lambda: newest(got) == pytest.approx((FIRST_KG + 9_000_000) / 1000, rel=1e-15))
            await say(edge, "dead")
            await soon(lambda: "is dead" in one.health.bad_nodes.get("yard.total", ""))
        await soon(lambda: "edge node mine/belts is dead" in one.health.bad_nodes.get("yard.total", ""))
