"""Subscriptions of a real server."""

import asyncio
from datetime import UTC, datetime

import pytest
from asyncua import ua

from collector.sources.base import Delivery
from models.works.codes import Quality
from tests.support.opcua_works import RING_ADDRESS, Proxy, Recorder, RunSource, Works

SUBSCRIBE = {"mode": "subscribe", "publishing_interval": "50ms"}

RING = {
    "ring_sequence": ua.Variant([0, 0], ua.VariantType.UInt32),
    "ring_key": ua.Variant(["", ""], ua.VariantType.String),
    "ring_tonnes": ua.Variant([0.0, 0.0], ua.VariantType.Double),
    "ring_end": ua.Variant([datetime(2026, 1, 1, tzinfo=UTC)] * 2, ua.VariantType.DateTime),
    "ring_head": ua.Variant(0, ua.VariantType.UInt32),
}


def node(name: str) -> str:
    return f"nsu=urn:test:plant;s={name}"


@pytest.mark.long
async def test_every_initial_value_arrives(works: Works, run_source: RunSource) -> None:
    count = 1500
    await works.start(**{f"v{number}": float(number) for number in range(count)})
    nodes = {f"u.v{number}": node(f"v{number}") for number in range(count)}
    limits = {"requests_per_s": 1000.0, "nodes_per_request": 400}
    async with run_source(works.url, nodes, **SUBSCRIBE, limits=limits) as running:
        await running.until(lambda: len(running.latest()) == count)
    assert running.latest() == {number: float(number) for number in range(count)}
    assert running.source.health.overflows == 0
    assert len(running.deliveries) < 20, "publications stay whole"


async def test_changes_between_two_publications_all_arrive_in_their_order(works: Works, run_source: RunSource) -> None:
    await works.start(belt=0.0)
    async with run_source(works.url, {"u.belt": node("belt")}, **SUBSCRIBE, queue_size=100) as running:
        await running.until(lambda: running.latest() == {0: 0.0})
        for value in range(1, 51):
            await works.write("belt", float(value))
        await running.until(lambda: running.latest() == {0: 50.0})
    assert [row[1] for row in running.rows()] == [float(value) for value in range(51)]
    assert running.source.health.overflows == 0


async def test_changes_that_the_servers_queue_lost_are_counted(works: Works, run_source: RunSource) -> None:
    """The library's server drops without the overflow bit, so the bit is set here on what is left in the queue."""
    overflow = 0x480
    await works.start(belt=0.0)
    async with run_source(works.url, {"u.belt": node("belt")}, **SUBSCRIBE, queue_size=3) as running:
        await running.until(lambda: running.latest() == {0: 0.0})
        for value in range(1, 51):
            await works.write("belt", float(value), status=overflow if value == 48 else 0)
        await running.until(lambda: running.latest() == {0: 50.0})
        assert running.source.health.overflows == 1
    assert [row[1] for row in running.rows()] == [0.0, 48.0, 49.0, 50.0]
    assert {row[3] for row in running.rows()} == {Quality.GOOD}


async def test_a_full_house_behind_us_loses_nothing_in_silence(works: Works, run_source: RunSource) -> None:
    await works.start(belt=0.0)
    gate = asyncio.Event()

    async def refuse(delivery: Delivery) -> None:
        await gate.wait()

    keys = {**SUBSCRIBE, "publishing_interval": "10ms", "queue_size": 200, "stale_after": "10s"}
    async with run_source(works.url, {"u.belt": node("belt")}, **keys, refuse=refuse) as running:
        for value in range(1, 121):
            await works.write("belt", float(value))
            await asyncio.sleep(0.005)
        gate.set()
        await running.until(lambda: running.latest() == {0: 120.0})
    values = [row[1] for row in running.rows()]
    assert running.source.health.overflows == 0
    assert values[-100:] == [float(value) for value in range(21, 121)]


async def test_an_unchanged_value_keeps_fresh_by_keep_alives(works: Works, run_source: RunSource) -> None:
    await works.start(belt=0.0)
    async with run_source(works.url, {"u.belt": node("belt")}, **SUBSCRIBE, stale_after="600ms") as running:
        await running.until(lambda: running.latest() == {0: 0.0})
        first_ns = running.source.health.last_success_ns
        await running.until(lambda: running.source.health.last_success_ns - first_ns > 1_500_000_000)
        assert running.source.health.reconnects == 0
        assert running.source.health.up
    assert len(running.rows()) == 1


async def test_an_item_that_the_server_does_not_take_is_set_aside_and_taken_later(
    works: Works, run_source: RunSource
) -> None:
    await works.start(belt=7.0)
    nodes = {"u.belt": node("belt"), "u.later": node("later")}
    async with run_source(works.url, nodes, **SUBSCRIBE, retry_bad_nodes="200ms") as running:
        await running.until(lambda: running.latest() == {0: 7.0} and running.source.health.bad_nodes)
        assert running.source.health.bad_nodes == {"u.later": "BadNodeIdUnknown"}
        await works.add("later", 3.0)
        await running.until(lambda: running.latest() == {0: 7.0, 1: 3.0} and not running.source.health.bad_nodes)
    assert [rejection.tag for rejection in running.rejections()] == ["u.later"]


async def test_a_subscription_that_the_server_forgot_is_made_anew_though_reads_go_on(
    works: Works, run_source: RunSource
) -> None:
    await works.start(belt=7.0)
    async with run_source(works.url, {"u.belt": node("belt")}, **SUBSCRIBE, stale_after="500ms") as running:
        await running.until(lambda: running.latest() == {0: 7.0})
        service = works.server.iserver.subscription_service
        await service.delete_subscriptions(list(service.subscriptions))
        await works.write("belt", 8.0)
        await running.until(lambda: running.latest() == {0: 8.0})
    assert running.source.health.reconnects == 1


@pytest.mark.long
async def test_publications_are_taken_while_rings_are_looked_at_over_a_slow_line(
    works: Works, proxy: Proxy, run_source: RunSource
) -> None:
    """A look takes four times the line's delay here, many times the time between two looks."""
    await works.start(belt=1.0, **RING)
    nodes = {"u.belt": node("belt"), "bof.heats": RING_ADDRESS}
    async with run_source(proxy.url, nodes, **SUBSCRIBE, timeout="10s", stale_after="10s") as running:
        await running.until(lambda: running.latest() == {0: 1.0})
        proxy.delay_s = 0.4
        for value in (2.0, 3.0, 4.0):
            await works.write("belt", value)
            await running.until(lambda value=value: running.latest() == {0: value}, within_s=20)
        looks = sum(delivery.coverage.get("bof.heats", 0) for delivery in running.deliveries)
        await running.until(
            lambda: sum(delivery.coverage.get("bof.heats", 0) for delivery in running.deliveries) >= looks + 2
        )
        assert running.source.health.up
        proxy.delay_s = 0.0
    assert running.source.health.reconnects == 0


async def test_looks_at_a_ring_do_not_hide_that_publications_ended(works: Works, run_source: RunSource) -> None:
    await works.start(belt=7.0, **RING)
    nodes = {"u.belt": node("belt"), "bof.heats": RING_ADDRESS}
    async with run_source(works.url, nodes, **SUBSCRIBE, stale_after="500ms") as running:
        await running.until(lambda: running.latest() == {0: 7.0})
        service = works.server.iserver.subscription_service
        await service.delete_subscriptions(list(service.subscriptions))
        await works.write("belt", 8.0)
        await running.until(lambda: running.latest() == {0: 8.0})
        assert running.source.health.reconnects == 1


async def test_keep_alives_of_a_subscription_without_one_good_value_are_no_sign_of_health(
    works: Works, run_source: RunSource
) -> None:
    await works.start(belt=7.0)
    await works.write("belt", 7.0, status=ua.StatusCodes.BadSensorFailure)
    async with run_source(works.url, {"u.belt": node("belt")}, **SUBSCRIBE, stale_after="500ms") as running:
        await running.until(lambda: running.source.health.reconnects >= 1)
        assert not running.source.health.up
        await works.write("belt", 8.0)
        await running.until(lambda: running.source.health.up)


async def test_bad_quality_is_delivered_as_bad(works: Works, run_source: RunSource) -> None:
    await works.start(belt=7.0)
    async with run_source(works.url, {"u.belt": node("belt")}, **SUBSCRIBE) as running:
        await running.until(lambda: running.latest() == {0: 7.0})
        await works.write("belt", 0.0, status=ua.StatusCodes.BadSensorFailure)
        await running.until(lambda: running.rows()[-1][3] == Quality.BAD)


async def test_nothing_but_reading_services_is_ever_asked_for(
    works: Works, run_source: RunSource, recorder: Recorder
) -> None:
    await works.start(belt=7.0)
    for mode in ("poll", "subscribe"):
        keys = {**SUBSCRIBE, "mode": mode, "retry_bad_nodes": "100ms"}
        nodes = {"u.belt": node("belt"), "u.none": node("none")}
        async with run_source(works.url, nodes, **keys) as running:
            await running.until(lambda running=running: running.latest() == {0: 7.0})
            await asyncio.sleep(0.3)
    assert recorder.names() == {
        "GetEndpointsRequest",
        "CreateSessionRequest",
        "ActivateSessionRequest",
        "CloseSessionRequest",
        "CloseSecureChannelRequest",
        "ReadRequest",
        "CreateSubscriptionRequest",
        "CreateMonitoredItemsRequest",
        "PublishRequest",
    } - ({"CloseSecureChannelRequest"} - recorder.names())
