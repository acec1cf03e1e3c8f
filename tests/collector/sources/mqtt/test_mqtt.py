"""A belt and a weighbridge that publish to a real broker: nothing is acknowledged that is not synced here."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import StorageFull
from collector.sources.base import Delivery, SourceContext
from collector.sources.mqtt import SOURCE
from collector.sources.mqtt.payload import UnreadablePayload, payload_rows
from collector.sources.mqtt.source import MqttSource
from models.works.codes import Reason, TagKind
from models.works.plant import Tag
from tests.collector.service.steel_works import soon
from tests.support.mosquitto import Broker, broker_in
from tests.support.run_source import run_source, values

NOW_NS = 1_790_751_600 * 10**9
BELT, BRIDGE = "works/mine3/belt", "works/yard/bridge"


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with broker_in(tmp_path) as one:
        one.start()
        yield one


def tag(name: str, kind: TagKind = TagKind.GAUGE, **keys: object) -> Tag:
    at = {"site": "works", "shop": "yard", "unit": "yard", "source": "line", "unit_of_measure": "t", "cadence_s": 10}
    return Tag(name=f"yard.{name}", signal=name, kind=kind, **at, **keys)


def source(broker: Broker, folder: Path, **keys: object) -> MqttSource:
    given = {"name": "line", "type": "mqtt", "host": "127.0.0.1", "port": broker.port, "tls": False, "timeout": "2s"}
    tags = [
        (0, tag("belt"), SOURCE.address(topic=BELT)),
        (1, tag("total"), SOURCE.address(topic=BELT, time="at", value="scale.total")),
        (
            2,
            tag("lorries", TagKind.EVENT, product="coal_raw"),
            SOURCE.address(topic=BRIDGE, key="ticket", tonnes="net", end="at", when={"way": "out"}),
        ),
    ]
    context = SourceContext(tags, folder, {}, lambda: NOW_NS)
    return SOURCE.build(SOURCE.config.model_validate(given | keys), context)


@asynccontextmanager
async def run(one: MqttSource) -> AsyncIterator[list[Delivery]]:
    async with run_source(one) as got:
        await soon(lambda: one.health.up, what="the broker")
        await asyncio.sleep(0.1)
        yield got


def readings(got: list[Delivery]) -> dict[int, float]:
    found: dict[int, float] = {}
    for delivery in got:
        if delivery.readings is not None:
            found |= values(delivery)
    return found


async def publish(broker: Broker, topic: str, payload: object, *, retain: bool = False) -> None:
    await asyncio.to_thread(broker.publish, topic, payload, retain=retain)


async def test_numbers_objects_and_tickets_become_readings_and_events(broker: Broker, tmp_path: Path) -> None:
    one = source(broker, tmp_path)
    async with run(one) as got:
        await publish(broker, BELT, 612.5)
        await publish(broker, BELT, {"scale": {"total": 17.25, "unit": "t"}, "at": "2026-09-30T06:59:00Z"})
        await publish(broker, BRIDGE, [
            {"ticket": "A-1", "net": 31.2, "way": "out", "at": 1_790_751_000},
            {"ticket": "A-2", "net": 12.0, "way": "in", "at": 1_790_751_000},
        ])  # fmt: skip
        await soon(lambda: len(readings(got)) == 2 and any(delivery.events for delivery in got))
    assert readings(got) == {0: 612.5, 1: 17.25}
    events = [event for delivery in got for event in delivery.events]
    assert [(event.key, event.tonnes, event.end_ns) for event in events] == [("A-1", 31.2, 1_790_751_000 * 10**9)]
    assert got[0].addresses["yard.belt"] == f"mqtt://127.0.0.1:{broker.port}/{BELT} value"


async def test_what_was_not_synced_here_comes_again_after_a_crash(broker: Broker, tmp_path: Path) -> None:
    one = source(broker, tmp_path)
    refused = asyncio.Event()

    async def full(delivery: Delivery) -> None:
        if delivery.readings is not None:
            refused.set()
            raise StorageFull("the disk is full")

    task = asyncio.create_task(one.run(full))
    await soon(lambda: one.health.up)
    await publish(broker, BELT, 100.0)
    await asyncio.wait({asyncio.create_task(refused.wait())}, timeout=60)
    assert refused.is_set()
    task.cancel()
    await asyncio.wait({task})
    await publish(broker, BELT, 101.0)
    async with run_source(source(broker, tmp_path)) as got:
        await soon(lambda: readings(got).get(0) == 101.0)
    seen = [value for delivery in got if delivery.readings is not None for value in delivery.readings.values.tolist()]
    assert seen == [100.0, 101.0]


async def test_what_came_while_we_were_away_waits_and_what_was_taken_does_not_come_again(
    broker: Broker, tmp_path: Path
) -> None:
    async with run(source(broker, tmp_path)) as got:
        await publish(broker, BELT, 1.0)
        await soon(lambda: readings(got))
    for value in range(2, 800):
        if value % 100 == 0:
            await publish(broker, BELT, float(value))
    async with run(source(broker, tmp_path)) as later:
        await soon(lambda: readings(later).get(0) == 700.0)
    seen = [value for one in later if one.readings is not None for value in one.readings.values.tolist()]
    assert seen == [100.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0]


async def test_a_broker_that_restarts_is_found_again(broker: Broker, tmp_path: Path) -> None:
    one = source(broker, tmp_path)
    async with run(one) as got:
        broker.stop()
        await soon(lambda: not one.health.up)
        assert f"127.0.0.1:{broker.port}" in one.health.last_error
        await asyncio.to_thread(broker.start)
        await soon(lambda: one.health.up)
        await publish(broker, BELT, 7.0)
        await soon(lambda: readings(got).get(0) == 7.0)


async def test_a_value_that_the_broker_keeps_is_of_no_known_time(broker: Broker, tmp_path: Path) -> None:
    await publish(broker, BELT, 55.0, retain=True)
    async with run(source(broker, tmp_path)) as got:
        await publish(broker, BRIDGE, {"ticket": "1", "net": 1.0, "way": "out", "at": 1_790_751_000})
        await soon(lambda: any(delivery.events for delivery in got))
    assert readings(got) == {}


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ("<html>", "is no JSON"),
        ("NaN", "is no JSON"),
        ("[" * 5000, "is no JSON"),
        (b"\xff\xfe", "is no JSON"),
        ("null", "neither a number nor an object"),
        ('{"belt": 3}', "there is no key value; there are: belt"),
        ('"wet"', "'wet' is not a number"),
    ],
)
async def test_a_message_that_cannot_be_read_is_rejected_and_harms_no_other(
    broker: Broker, tmp_path: Path, payload: str | bytes, words: str
) -> None:
    one = source(broker, tmp_path)
    async with run(one) as got:
        await publish(broker, BELT, payload)
        await publish(broker, BELT, 9.0)
        await soon(lambda: readings(got).get(0) == 9.0)
    rejections = [item for delivery in got for item in delivery.rejections if item.tag == "yard.belt"]
    assert words in rejections[0].detail
    assert rejections[0].reason is Reason.WRONG_TYPE
    assert one.health.up


async def test_one_incomplete_object_of_a_list_is_rejected_alone_and_never_comes_again(
    broker: Broker, tmp_path: Path
) -> None:
    one = source(broker, tmp_path)
    lorry = {"net": 31.2, "way": "out", "at": 1_790_751_000}
    async with run(one) as got:
        await publish(
            broker, BRIDGE, [{"ticket": "1", **lorry}, {"ticket": "2", "way": "out"}, {"ticket": "3", **lorry}]
        )
        await publish(broker, BRIDGE, {"ticket": "4", **lorry})
        await soon(lambda: sum(len(delivery.events) for delivery in got) == 3)
    (rejection,) = [item for delivery in got for item in delivery.rejections]
    assert "there is no column net" in rejection.detail
    assert {event.sequence for delivery in got for event in delivery.events} == {-1}, "no person vouches for them"


async def test_a_broker_that_lost_our_session_leaves_a_gap(broker: Broker, tmp_path: Path) -> None:
    one = source(broker, tmp_path)
    async with run(one) as got:
        await publish(broker, BRIDGE, {"ticket": "1", "net": 1.0, "way": "out", "at": 1_790_751_000})
        await soon(lambda: any(delivery.events for delivery in got))
        assert not any(delivery.gaps for delivery in got)
        broker.stop()
        (tmp_path / "mosquitto.db").unlink(missing_ok=True)
        await asyncio.to_thread(broker.start)
        await soon(lambda: any(delivery.gaps for delivery in got))
    (gap,) = [gap for delivery in got for gap in delivery.gaps]
    assert gap[0] == "yard.lorries"
    assert 0 < gap[1] <= gap[2]


async def test_a_wrong_password_is_told_and_a_password_in_the_clear_refused(broker: Broker, tmp_path: Path) -> None:
    broker.stop()
    broker.more = "allow_anonymous false\n"
    passwords = tmp_path / "passwords"
    passwords.write_text("", encoding="utf-8")
    broker.more += f"password_file {passwords}\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(broker, "publish", lambda *_: _touch(broker.port))
        broker.start()
    one = source(broker, tmp_path)
    async with run_source(one):
        await soon(lambda: one.health.last_error)
    assert "refuses us: Not authorized" in one.health.last_error
    with pytest.raises(ValueError, match="a password is not sent over a line in the clear"):
        SOURCE.config.model_validate({"name": "n", "type": "mqtt", "host": "broker", "tls": False, "user": "me"})


def _touch(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), 1).close()


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_a_sentence(payload: bytes) -> None:
    try:
        rows, said = payload_rows(payload, NOW_NS), ""
    except UnreadablePayload as error:
        rows, said = [], str(error)
    assert bool(said) or rows or payload.strip() == b"[]"
    assert all("$received" in row for row in rows)
