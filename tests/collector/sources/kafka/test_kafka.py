"""Belts and lorries on a real cluster of Kafka: nothing is committed that is not synced, what was deleted is told."""

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from collector.errors import StorageFull
from collector.sources.base import Delivery, SourceContext
from collector.sources.kafka import SOURCE
from collector.sources.polling import PollingSource
from models.works.codes import Reason, TagKind
from models.works.plant import Tag
from tests.collector.service.steel_works import soon
from tests.support.kafka_broker import KafkaBroker
from tests.support.run_source import run_source

pytestmark = pytest.mark.slow
WAIT_S = 25.0


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KafkaBroker]:
    one = KafkaBroker(tmp_path_factory.mktemp("kafka"))
    yield one
    one.stop()


def tag(name: str, kind: TagKind = TagKind.GAUGE, **keys: object) -> Tag:
    at = {"site": "works", "shop": "yard", "unit": "yard", "source": "line", "unit_of_measure": "t", "cadence_s": 10}
    return Tag(name=f"yard.{name}", signal=name, kind=kind, **at, **keys)


def source(cluster: KafkaBroker, folder: Path, topic: str, *, only_looks: bool = False) -> PollingSource:
    given = {
        "name": "line",
        "type": "kafka",
        "servers": [cluster.server],
        "tls": False,
        "group": topic,
        "timeout": "5s",
    }
    lorries = SOURCE.address(topic=topic, key="ticket", tonnes="net", end="at", when={"way": "out"})
    tags = [
        (0, tag("belt"), SOURCE.address(topic=topic, value="belt")),
        (1, tag("lorries", TagKind.EVENT, product="coal_raw"), lorries),
    ]
    context = SourceContext(tags, folder, {}, time.time_ns, only_looks=only_looks)
    return SOURCE.build(SOURCE.config.model_validate(given), context)


def belts(got: list[Delivery]) -> list[float]:
    return [value for one in got if one.readings is not None for value in one.readings.values.tolist()]


def belt(value: float) -> str:
    return json.dumps({"belt": value})


async def test_records_become_readings_of_their_own_time_and_lorries(cluster: KafkaBroker, tmp_path: Path) -> None:
    cluster.topic("shapes")
    at_ms = int(time.time() * 1000) - 60_000
    cluster.produce("shapes", belt(612.5), at_ms=at_ms)
    cluster.produce("shapes", json.dumps({"ticket": "A-1", "net": 31.2, "way": "out", "at": at_ms}))
    async with run_source(source(cluster, tmp_path, "shapes")) as got:
        await soon(lambda: belts(got) and any(delivery.events for delivery in got), WAIT_S)
    readings = next(one.readings for one in got if one.readings is not None)
    assert readings.times_ns.tolist() == [at_ms * 10**6]
    events = [event for delivery in got for event in delivery.events]
    assert [(event.key, event.tonnes, event.end_ns) for event in events] == [("A-1", 31.2, at_ms * 10**6)]
    assert any(delivery.coverage == {"yard.lorries": 1} for delivery in got)
    assert got[0].addresses["yard.belt"] == f"kafka://{cluster.server}/shapes belt"


async def test_what_was_not_synced_here_comes_again_and_what_was_taken_does_not(
    cluster: KafkaBroker, tmp_path: Path
) -> None:
    cluster.topic("synced")
    cluster.produce("synced", belt(1.0))
    async with run_source(source(cluster, tmp_path, "synced")) as got:
        await soon(lambda: belts(got) == [1.0], WAIT_S)
        await asyncio.sleep(1)
    one, refused = source(cluster, tmp_path, "synced"), asyncio.Event()

    async def full(delivery: Delivery) -> None:
        if delivery.readings is not None:
            refused.set()
            raise StorageFull("the disk is full")

    task = asyncio.create_task(one.run(full))
    cluster.produce("synced", belt(2.0))
    await asyncio.wait({asyncio.create_task(refused.wait())}, timeout=WAIT_S)
    assert refused.is_set()
    task.cancel()
    await asyncio.wait({task})
    cluster.produce("synced", belt(3.0))
    async with run_source(source(cluster, tmp_path, "synced")) as got:
        await soon(lambda: belts(got)[-1:] == [3.0], WAIT_S)
    assert belts(got) == [2.0, 3.0]


async def test_who_only_looks_moves_no_offset(cluster: KafkaBroker, tmp_path: Path) -> None:
    cluster.topic("looked")
    cluster.produce("looked", belt(1.0))
    async with run_source(source(cluster, tmp_path, "looked", only_looks=True)) as got:
        await soon(lambda: belts(got) == [1.0], WAIT_S)
        await asyncio.sleep(1)
    async with run_source(source(cluster, tmp_path, "looked")) as got:
        await soon(lambda: belts(got) == [1.0], WAIT_S)


async def test_what_retention_deleted_unread_is_a_gap_up_to_what_is_left(cluster: KafkaBroker, tmp_path: Path) -> None:
    cluster.topic("kept")
    began_ms = int(time.time() * 1000) - 500_000
    cluster.produce("kept", belt(0.0), at_ms=began_ms)
    one = source(cluster, tmp_path, "kept")
    async with run_source(one) as got:
        await soon(lambda: belts(got) == [0.0], WAIT_S)
        await asyncio.sleep(1)
    for number in range(1, 10):
        cluster.produce("kept", belt(number), at_ms=began_ms + number * 1000)
    cluster.delete_before("kept", 6)
    async with run_source(source(cluster, tmp_path, "kept")) as later:
        await soon(lambda: belts(later)[-1:] == [9.0], WAIT_S)
    assert belts(later) == [6.0, 7.0, 8.0, 9.0]
    (gap,) = [gap for delivery in later for gap in delivery.gaps]
    assert gap == ("yard.lorries", 0, (began_ms + 6000) * 10**6), "since the newest lorry of the ledger"


async def test_a_cluster_that_restarts_is_found_again_and_a_new_partition_read_from_its_beginning(
    cluster: KafkaBroker, tmp_path: Path
) -> None:
    cluster.topic("restarts")
    one = source(cluster, tmp_path, "restarts")
    cluster.produce("restarts", belt(1.0))
    async with run_source(one) as got:
        await soon(lambda: belts(got) == [1.0], WAIT_S)
        cluster.stop()
        await soon(lambda: not one.health.up, WAIT_S)
        assert cluster.server in one.health.last_error
        await asyncio.to_thread(cluster.start)
        await soon(lambda: one.health.up, WAIT_S)
        cluster.produce("restarts", belt(2.0))
        await soon(lambda: belts(got) == [1.0, 2.0], WAIT_S)
        cluster.topic("restarts", 2)
        await asyncio.sleep(0.5)
        cluster.produce("restarts", belt(3.0), partition=1)
        await soon(lambda: belts(got) == [1.0, 2.0, 3.0], WAIT_S)


@pytest.mark.parametrize("record", [b"<html>", b"NaN", b"\xff\xfe", b"[" * 5000, b"7" * 300_000, b"null"])
async def test_a_record_that_cannot_be_read_is_rejected_and_harms_no_other(
    cluster: KafkaBroker, tmp_path: Path, record: bytes
) -> None:
    topic = f"bad-{len(record)}-{record[0]}"
    cluster.topic(topic)
    cluster.produce(topic, record)
    cluster.produce(topic, b"")
    cluster.produce(topic, belt(9.0))
    one = source(cluster, tmp_path, topic)
    async with run_source(one) as got:
        await soon(lambda: belts(got) == [9.0], WAIT_S)
    rejections = [item for delivery in got for item in delivery.rejections]
    assert {item.tag for item in rejections} == {"yard.belt", "yard.lorries"}
    assert {item.reason for item in rejections} == {Reason.WRONG_TYPE}
    assert one.health.up


async def test_a_topic_that_is_not_there_is_told_and_found_once_it_is(cluster: KafkaBroker, tmp_path: Path) -> None:
    one = source(cluster, tmp_path, "later")
    async with run_source(one) as got:
        await soon(lambda: one.health.bad_nodes, WAIT_S)
        assert one.health.bad_nodes["yard.belt"] == "the cluster has no topic later"
        assert one.health.up
        cluster.topic("later")
        cluster.produce("later", belt(4.0))
        await soon(lambda: belts(got) == [4.0] and not one.health.bad_nodes, WAIT_S)


async def test_ten_thousand_records_come_whole_and_in_their_order(cluster: KafkaBroker, tmp_path: Path) -> None:
    cluster.topic("many")
    cluster.produce("many", *(belt(number) for number in range(10_000)))
    async with run_source(source(cluster, tmp_path, "many")) as got:
        await soon(lambda: len(belts(got)) == 10_000, WAIT_S)
    assert max(len(one.readings) for one in got if one.readings is not None) <= 1_000
    assert belts(got) == [float(number) for number in range(10_000)]
