"""Edge nodes on a real broker: what they say becomes readings and events, and what is missing is told."""

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from collector.errors import StorageFull
from collector.sources.base import Delivery, SourceContext
from collector.sources.sparkplug import SOURCE
from collector.sources.sparkplug.source import SparkplugSource
from models.counting.reading import Backfill
from models.works.codes import Quality, Reason, TagKind
from models.works.plant import Tag
from tests.collector.service.steel_works import soon
from tests.collector.sources.sparkplug.edge_bytes import DOUBLE, FOREIGN, STRING, birth, death, payload
from tests.support.mosquitto import Broker, broker_in
from tests.support.run_source import run_source

NOW_NS = 1_790_751_600 * 10**9
NODE, SCALE = "spBv1.0/mine/{}/belts", "spBv1.0/mine/{}/belts/scale"


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with broker_in(tmp_path) as one:
        one.start()
        yield one


def tag(name: str, kind: TagKind = TagKind.GAUGE, **keys: object) -> Tag:
    at = {"site": "works", "shop": "yard", "unit": "yard", "source": "line", "unit_of_measure": "t", "cadence_s": 1}
    return Tag(name=f"yard.{name}", signal=name, kind=kind, **at, **keys)


def source(
    broker: Broker,
    folder: Path,
    newest: dict[str, int] | None = None,
    *,
    clock_ns: Callable[[], int] = lambda: NOW_NS,
    **keys: object,
) -> SparkplugSource:
    given = {"name": "line", "type": "sparkplug", "host": "127.0.0.1", "port": broker.port, "tls": False}
    at = {"edge": "mine/belts", "device": "scale"}
    tags = [
        (0, tag("total"), SOURCE.address(value="Scale/Total", **at)),
        (1, tag("rate"), SOURCE.address(value="Scale/Rate", **at)),
        (2, tag("lorries", TagKind.EVENT, product="coal_raw"), SOURCE.address(key="No", tonnes="Net", **at)),
        (3, tag("other"), SOURCE.address(value="Load", edge="mine/fans")),
    ]
    context = SourceContext(tags, folder, {}, clock_ns, newest_ns=newest or {})
    return SOURCE.build(SOURCE.config.model_validate(given | keys), context)


@asynccontextmanager
async def run(one: SparkplugSource) -> AsyncIterator[list[Delivery]]:
    async with run_source(one) as got:
        await soon(lambda: one.health.up, what="the broker")
        await asyncio.sleep(0.1)
        yield got


def rows(got: list[Delivery]) -> list[tuple[int, float, int, int]]:
    found = []
    for delivery in got:
        if (batch := delivery.readings) is not None:
            columns = (batch.tags.tolist(), batch.values.tolist(), batch.times_ns.tolist(), batch.quality.tolist())
            found += list(zip(*columns, strict=True))
    return found


async def publish(broker: Broker, topic: str, kind: str, raw: bytes) -> None:
    await asyncio.to_thread(broker.publish, topic.format(kind), raw)


async def say_births(broker: Broker, number: int = 1) -> None:
    await publish(broker, NODE, "NBIRTH", birth(number))
    scale = [
        {"name": "Scale/Total", "alias": 1, "datatype": DOUBLE, "double_value": 5.0},
        {"name": "Scale/Rate", "alias": 2, "datatype": DOUBLE, "double_value": 600.0},
        {"name": "No", "alias": 3, "datatype": STRING, "string_value": "A-1"},
        {"name": "Net", "alias": 4, "datatype": DOUBLE, "double_value": 31.5},
    ]
    await publish(broker, SCALE, "DBIRTH", payload(1, *scale))


async def test_what_a_foreign_encoder_publishes_becomes_readings(broker: Broker, tmp_path: Path) -> None:
    one = source(broker, tmp_path)
    async with run(one) as got:
        for kind in ("NBIRTH", "DBIRTH", "DDATA"):
            await publish(broker, SCALE if kind.startswith("D") else NODE, kind, bytes.fromhex(FOREIGN[kind]))
        await soon(lambda: len(rows(got)) == 5)
        await publish(broker, NODE, "NDEATH", bytes.fromhex(FOREIGN["NDEATH"]))
        await soon(lambda: "is dead" in one.health.bad_nodes.get("yard.total", ""))
    found = rows(got)
    assert {(0, float(2**53 + 1), NOW_NS, 2), (1, 612.5, NOW_NS, 2)} <= set(found)
    assert (1, 600.0, NOW_NS - 60 * 10**9, 2) in found, "what was kept back in an outage has its own time"
    assert [one.backfilled for one in got if one.readings is not None and 600.0 in one.readings.values] == [
        Backfill.CHANGES
    ]
    (null,) = [row for row in found if math.isnan(row[1])]
    assert null[3] == Quality.BAD
    assert any(
        "it has no value (null)" in said for one in got if one.readings for said in one.readings.remarks.values()
    )
    dead = [item for delivery in got for item in delivery.rejections if "is dead" in item.detail]
    assert {item.tag for item in dead} >= {"yard.total", "yard.rate"}
    assert {item.reason for item in dead} == {Reason.BAD_QUALITY}


async def test_a_weighing_is_what_its_metrics_show_together_and_a_birth_weighs_nothing(
    broker: Broker, tmp_path: Path
) -> None:
    async with run(source(broker, tmp_path)) as got:
        await say_births(broker)
        later = NOW_NS // 10**6 + 1000
        both = [{"alias": 4, "double_value": 28.0}, {"alias": 3, "string_value": "A-2", "timestamp": later}]
        await publish(broker, SCALE, "DDATA", payload(2, *both))
        await publish(
            broker, SCALE, "DDATA", payload(3, {"alias": 3, "string_value": "A-3", "timestamp": later + 5000})
        )
        await publish(
            broker, SCALE, "DDATA", payload(4, {"alias": 3, "string_value": "A-3", "timestamp": later + 9000})
        )
        await say_births(broker, 2)
        await soon(lambda: len(rows(got)) == 4)
    events = [event for delivery in got for event in delivery.events]
    assert [(event.key, event.tonnes, event.end_ns) for event in events[:2]] == [
        ("A-2", 28.0, later * 10**6),
        ("A-3", 28.0, (later + 5000) * 10**6),
    ], "the same weight twice is two lorries, a number that is said again is one"
    assert [event.key for event in events[2:]] == ["A-1"], "the birth shows another one than we saw last"


async def test_a_missing_message_is_a_gap_and_its_aliases_wait_for_a_birth(broker: Broker, tmp_path: Path) -> None:
    one = source(broker, tmp_path)
    async with run(one) as got:
        await say_births(broker)
        await publish(broker, SCALE, "DDATA", payload(9, {"alias": 1, "double_value": 9.0}))
        await soon(lambda: any(delivery.gaps for delivery in got))
        await soon(lambda: "no birth that we heard" in one.health.bad_nodes.get("yard.total", ""), 10)
        assert [gap[0] for delivery in got for gap in delivery.gaps] == ["yard.lorries"]
        assert 9.0 not in [row[1] for row in rows(got)]
        await say_births(broker, 2)
        await soon(lambda: "yard.total" not in one.health.bad_nodes)


async def test_values_that_nobody_can_tell_apart_are_lost_up_to_the_birth_and_told_so(
    broker: Broker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [NOW_NS]
    one = source(broker, tmp_path, clock_ns=lambda: moment[0])
    async with run(one) as got:
        await say_births(broker)
        await soon(lambda: len(rows(got)) == 2)
        for seq, seconds in ((9, 10), (10, 20), (11, 30)):
            moment[0] = NOW_NS + seconds * 10**9
            await publish(broker, SCALE, "DDATA", payload(seq, {"alias": 3, "string_value": f"B-{seq}"}))
            await asyncio.sleep(0.1)
        moment[0] = NOW_NS + 40 * 10**9
        await say_births(broker, 2)
        await soon(lambda: len(rows(got)) == 4)
        assert len([gap for delivery in got for gap in delivery.gaps]) == 1, "once a minute at the most"
        monkeypatch.setattr("collector.sources.sparkplug.source._TELL_EVERY_S", 0.0)
        await soon(lambda: len([gap for delivery in got for gap in delivery.gaps]) == 2)
    gaps = [gap for delivery in got for gap in delivery.gaps]
    assert gaps == [
        ("yard.lorries", NOW_NS, NOW_NS + 10 * 10**9),
        ("yard.lorries", NOW_NS + 10 * 10**9, NOW_NS + 40 * 10**9),
    ]


async def test_what_was_said_before_a_start_is_lost_since_the_ledger_knows(broker: Broker, tmp_path: Path) -> None:
    async with run(source(broker, tmp_path, {"yard.lorries": NOW_NS - 10**12})) as got:
        await soon(lambda: got)
    assert got[0].gaps == (("yard.lorries", NOW_NS - 10**12, NOW_NS),)


async def test_a_value_stands_while_its_node_lives_and_no_longer(broker: Broker, tmp_path: Path) -> None:
    one = source(broker, tmp_path)
    async with run(one) as got:
        await say_births(broker)
        await soon(lambda: any("yard.total" in delivery.coverage for delivery in got))
        assert any("yard.lorries" in delivery.coverage for delivery in got)
        await publish(broker, NODE, "NDEATH", death(1))
        await soon(lambda: one.health.bad_nodes.get("yard.total"))
        count = len(got)
        await asyncio.sleep(2.2)
    assert not any(delivery.coverage for delivery in got[count:])


@pytest.mark.parametrize("rebirth", [False, True])
async def test_a_birth_is_asked_for_only_where_that_is_allowed(
    broker: Broker, tmp_path: Path, *, rebirth: bool
) -> None:
    heard: list[tuple[str, bytes]] = []
    listener = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
    listener.on_message = lambda _client, _data, message: heard.append((message.topic, bytes(message.payload)))
    listener.connect("127.0.0.1", broker.port)
    listener.subscribe("#")
    listener.loop_start()
    async with run(source(broker, tmp_path, rebirth=rebirth)) as got:
        await publish(broker, SCALE, "DDATA", payload(9, {"alias": 1, "double_value": 9.0}))
        await soon(lambda: any(delivery.rejections for delivery in got), 10)
    listener.disconnect()
    listener.loop_stop()
    ours = {topic for topic, _ in heard if "DDATA" not in topic}
    assert ours == ({"spBv1.0/mine/NCMD/belts", "spBv1.0/mine/NCMD/fans"} if rebirth else set())
    assert all(b"Node Control/Rebirth" in raw for topic, raw in heard if "NCMD" in topic)


@pytest.mark.parametrize("raw", [b"<html>", b"\xff" * 3000, b"", b"\x12\xff\xff\xff\xff\x0f", b"\x0a" * 200_000])
async def test_a_hostile_message_is_told_once_and_harms_its_own_edge_node_alone(
    broker: Broker, tmp_path: Path, raw: bytes
) -> None:
    one = source(broker, tmp_path)
    fan = {"name": "Load", "datatype": DOUBLE, "double_value": 3.0}
    async with run(one) as got:
        for _ in range(20):
            await publish(broker, SCALE, "DDATA", raw)
            await publish(broker, SCALE, "DDATA", payload(7))
        await asyncio.to_thread(broker.publish, "spBv1.0/mine/NBIRTH/fans", payload(0, fan))
        await soon(lambda: 3.0 in [row[1] for row in rows(got)])
    told = [item for delivery in got for item in delivery.rejections if item.reason is Reason.WRONG_TYPE]
    assert len(told) <= 3, "once for each tag of that edge node"
    assert "yard.other" not in {item.tag for item in told}


async def test_what_was_not_synced_here_comes_again(broker: Broker, tmp_path: Path) -> None:
    one, refused = source(broker, tmp_path), asyncio.Event()

    async def full(delivery: Delivery) -> None:
        if delivery.readings is not None:
            refused.set()
            raise StorageFull("the disk is full")

    task = asyncio.create_task(one.run(full))
    await soon(lambda: one.health.up)
    await say_births(broker)
    await asyncio.wait({asyncio.create_task(refused.wait())}, timeout=60)
    task.cancel()
    await asyncio.wait({task})
    async with run_source(source(broker, tmp_path)) as got:
        await soon(lambda: {row[1] for row in rows(got)} == {5.0, 600.0})
