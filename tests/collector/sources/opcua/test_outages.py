"""Outages of the server and of the line."""

import asyncio
import contextlib
from datetime import UTC, datetime

import pytest
from asyncua import ua
from asyncua.client.ua_client import UaClient
from structlog.testing import capture_logs

from collector.backoff import Backoff
from collector.errors import StorageFull
from collector.sources.base import Delivery
from tests.support.opcua_works import RING_ADDRESS, Proxy, Recorder, RunSource, Works

BELT = {"u.belt": "nsu=urn:test:plant;s=belt"}
MODES = pytest.mark.parametrize("keys", [{"mode": "poll"}, {"mode": "subscribe", "publishing_interval": "50ms"}])


@MODES
async def test_a_source_that_is_down_at_start_is_read_once_it_is_there(
    works: Works, run_source: RunSource, keys: dict[str, str]
) -> None:
    with capture_logs() as logs:
        async with run_source(works.url, BELT, **keys) as running:
            await running.until(lambda: running.source.health.reconnects >= 5)
            assert not running.source.health.up
            assert works.url in running.source.health.last_error
            await works.start(belt=4.0)
            await running.until(lambda: running.latest() == {0: 4.0})
            assert running.source.health.up
            assert running.source.health.last_error == ""
    events = [entry["event"] for entry in logs if entry["event"].startswith("source_")]
    assert events == ["source_down", "source_up"], "transitions only, however many attempts fail"


@MODES
async def test_a_line_that_is_cut_is_opened_again(
    works: Works, proxy: Proxy, run_source: RunSource, keys: dict[str, str]
) -> None:
    await works.start(belt=4.0)
    async with run_source(proxy.url, BELT, **keys) as running:
        await running.until(lambda: running.latest() == {0: 4.0})
        for value in (5.0, 6.0):
            proxy.cut()
            await works.write("belt", value)
            await running.until(lambda value=value: running.latest() == {0: value})
    assert running.source.health.reconnects >= (2 if keys["mode"] == "poll" else 1)


@MODES
async def test_a_line_that_falls_silent_is_opened_again_by_the_age_of_data(
    works: Works, proxy: Proxy, run_source: RunSource, keys: dict[str, str]
) -> None:
    await works.start(belt=4.0)
    async with run_source(proxy.url, BELT, timeout="300ms", stale_after="600ms", **keys) as running:
        await running.until(lambda: running.latest() == {0: 4.0})
        proxy.silent = True
        await running.until(lambda: running.source.health.reconnects >= 2)
        assert not running.source.health.up
        proxy.silent = False
        await works.write("belt", 5.0)
        await running.until(lambda: running.latest() == {0: 5.0})


@MODES
async def test_a_server_that_restarts_with_moved_namespaces_is_read_by_their_uris(
    works: Works, run_source: RunSource, keys: dict[str, str]
) -> None:
    await works.start(belt=4.0)
    before = works.index
    async with run_source(works.url, BELT, **keys) as running:
        await running.until(lambda: running.latest() == {0: 4.0})
        await works.stop()
        works.uris = ["urn:new:one", "urn:new:two", "urn:test:plant"]
        await works.start(belt=5.0)
        assert works.index != before
        await running.until(lambda: running.latest() == {0: 5.0})
    assert not running.source.health.bad_nodes


async def test_a_server_that_gives_only_bad_values_is_connected_anew_after_a_while(
    works: Works, run_source: RunSource
) -> None:
    await works.start(belt=4.0)
    async with run_source(works.url, BELT, stale_after="300ms") as running:
        await running.until(lambda: running.source.health.up)
        await works.write("belt", 0.0, status=ua.StatusCodes.BadCommunicationError)
        await running.until(lambda: running.source.health.reconnects >= 1)
        fresh = running.source.health.last_success_ns
        await asyncio.sleep(0.2)
        assert running.source.health.last_success_ns == fresh
        await works.write("belt", 6.0)
        await running.until(lambda: running.latest() == {0: 6.0} and running.source.health.up)


async def test_the_session_is_closed_when_the_source_is_cancelled(
    works: Works, run_source: RunSource, recorder: Recorder
) -> None:
    await works.start(belt=4.0)
    async with run_source(works.url, BELT) as running:
        await running.until(lambda: running.deliveries)
    assert recorder.count("CloseSessionRequest") == recorder.count("CreateSessionRequest") == 1


async def test_a_cancellation_that_the_library_swallows_while_it_connects_still_stops_the_source(
    works: Works, run_source: RunSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    await works.start(belt=1.5)
    connecting = asyncio.Event()
    connect = UaClient.connect_socket

    async def swallow(client: UaClient, host: str, port: int) -> None:
        await connect(client, host, port)
        connecting.set()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(3600)

    monkeypatch.setattr(UaClient, "connect_socket", swallow)
    async with run_source(works.url, BELT) as running:
        await connecting.wait()
    assert running.task.cancelled()
    assert not running.deliveries


async def test_an_intake_that_finds_the_disk_full_is_offered_again_and_again(
    works: Works, run_source: RunSource
) -> None:
    await works.start(belt=4.0)
    refused: list[Delivery] = []

    async def refuse(delivery: Delivery) -> None:
        if len(refused) < 3:
            refused.append(delivery)
            raise StorageFull("no room; free some")

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.05))

    with capture_logs() as logs:
        async with run_source(works.url, BELT, injected={"sleep": sleep}, refuse=refuse) as running:
            await running.until(lambda: len(running.deliveries) >= 2)
            assert running.source.health.reconnects == 0
    assert refused == [running.deliveries[0]] * 3
    held = [entry["event"] for entry in logs if entry["event"].startswith("intake_")]
    assert held == ["intake_held", "intake_released"]


async def test_a_failure_of_the_one_who_accepts_is_not_taken_for_an_outage(works: Works, run_source: RunSource) -> None:
    await works.start(belt=4.0)

    async def refuse(delivery: Delivery) -> None:
        raise RuntimeError("journal thread died")

    async with run_source(works.url, BELT, refuse=refuse) as running:
        with contextlib.suppress(RuntimeError):
            await asyncio.wait_for(running.task, 5)
        assert isinstance(running.task.exception(), RuntimeError)
        running.task = asyncio.create_task(asyncio.sleep(0))


def test_waits_double_from_1_s_to_60_s_and_are_drawn_from_the_whole_span() -> None:
    spans: list[tuple[float, float]] = []

    def uniform(low: float, high: float) -> float:
        spans.append((low, high))
        return high

    backoff = Backoff(uniform)
    waits = [backoff.next_s(refused=False) for _ in range(9)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert {low for low, _ in spans} == {0.0}
    backoff.succeeded()
    assert backoff.next_s(refused=False) == 1
    assert backoff.next_s(refused=True) == 60


@pytest.mark.slow
@pytest.mark.timeout(300)
@MODES
async def test_a_line_of_three_seconds_in_each_direction_is_slow_and_no_outage(
    works: Works, proxy: Proxy, run_source: RunSource, keys: dict[str, str]
) -> None:
    """Connecting takes ten answers of six seconds; then every tag and every ring is read as fast as the line allows."""
    ring = {
        "ring_sequence": ua.Variant([0, 1], ua.VariantType.UInt32),
        "ring_key": ua.Variant(["", "H1"], ua.VariantType.String),
        "ring_tonnes": ua.Variant([0.0, 300.0], ua.VariantType.Double),
        "ring_end": ua.Variant([datetime(2026, 1, 1, tzinfo=UTC)] * 2, ua.VariantType.DateTime),
        "ring_head": ua.Variant(1, ua.VariantType.UInt32),
    }
    await works.start(belt=4.0, **ring)
    proxy.delay_s = 3.0
    nodes = {**BELT, "bof.heats": RING_ADDRESS}
    slow = {"poll": "1s", "timeout": "10s", "stale_after": "30s", **keys, "publishing_interval": "1s"}
    async with run_source(proxy.url, nodes, **slow) as running:
        await running.until(lambda: running.latest() == {0: 4.0} and running.events(), within_s=120)
        for value in (5.0, 6.0):
            await works.write("belt", value)
            await running.until(lambda value=value: running.latest() == {0: value})
        assert (running.source.health.up, running.source.health.reconnects) == (True, 0)
        proxy.delay_s = 0.0
