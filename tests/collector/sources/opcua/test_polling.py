"""Polling a real server."""

import math
from datetime import UTC, datetime

import numpy as np
import pytest
from asyncua import ua

from collector.sources.opcua.clock import datetime_to_ns
from models.works.codes import Quality, Reason
from models.works.plant import Conversion
from tests.support.opcua_works import Recorder, RunSource, Works


def node(name: str) -> str:
    return f"nsu=urn:test:plant;s={name}"


async def test_numbers_of_every_width_are_read(works: Works, run_source: RunSource) -> None:
    kinds = {
        "Boolean": True, "SByte": -5, "Byte": 200, "Int16": -3000, "UInt16": 60000, "Int32": -70000,
        "UInt32": 4_000_000_000, "Int64": -(2**40), "UInt64": 2**50, "Float": 1.5, "Double": 2.25,
    }  # fmt: skip
    await works.start(**{name: ua.Variant(value, ua.VariantType[name]) for name, value in kinds.items()})
    async with run_source(works.url, {f"u.{name.lower()}": node(name) for name in kinds}) as running:
        await running.until(lambda: running.deliveries)
    assert list(running.latest().values()) == [float(value) for value in kinds.values()]
    assert {row[3] for row in running.rows()} == {Quality.GOOD}


async def test_values_are_converted_to_the_stored_unit(works: Works, run_source: RunSource) -> None:
    await works.start(blast=100.0)
    conversion = {"u.blast": {"conversion": Conversion(60.0, 5.0)}}
    async with run_source(works.url, {"u.blast": node("blast")}, tags=conversion) as running:
        await running.until(lambda: running.deliveries)
    assert running.latest() == {0: 6005.0}


@pytest.mark.parametrize("mode", ["poll", "subscribe"])
async def test_stamps_come_from_where_the_configuration_says(works: Works, run_source: RunSource, mode: str) -> None:
    stamp = datetime(2026, 3, 1, 12, 0, 0, 123000, tzinfo=UTC)
    await works.start(belt=1.0, never=1.0)
    await works.write("belt", 2.0, source=stamp)
    await works.write("never", 2.0, source=datetime(1601, 1, 1, tzinfo=UTC))
    nodes = {"u.belt": node("belt"), "u.never": node("never")}
    times: dict[str, dict[int, int]] = {}
    for time_from in ("source", "server", "receive"):
        keys = {"time_from": time_from, "mode": mode, "publishing_interval": "50ms"}
        async with run_source(works.url, nodes, **keys) as running:
            await running.until(lambda running=running: len(running.latest()) == 2)
        times[time_from] = {row[0]: row[2] for row in running.rows()}
        received = [delivery.received_ns for delivery in running.deliveries if delivery.readings is not None]
    assert times["source"] == {0: datetime_to_ns(stamp), 1: 0}
    assert abs(times["server"][0] - received[0]) < 60e9
    assert times["server"][1] > 0
    assert times["receive"][0] in received


@pytest.mark.parametrize("mode", ["poll", "subscribe"])
async def test_a_value_that_is_no_number_is_rejected_and_its_neighbours_go_through(
    works: Works, run_source: RunSource, mode: str
) -> None:
    await works.start(grade="St3sp", array=[1.0, 2.0], belt=7.0)
    nodes = {"u.grade": node("grade"), "u.array": node("array"), "u.belt": node("belt")}
    async with run_source(works.url, nodes, mode=mode, publishing_interval="50ms", limits={}) as running:
        await running.until(lambda: running.latest() and running.rejections())
    assert running.latest() == {2: 7.0} or (mode == "subscribe" and running.latest()[2] == 7.0)
    first = {rejection.tag: rejection for rejection in running.rejections()}
    assert first.keys() == {"u.grade"} | ({"u.array"})
    assert {rejection.reason for rejection in first.values()} == {Reason.WRONG_TYPE}
    assert "St3sp" in first["u.grade"].value


async def test_quality_follows_the_status_code_with_the_exceptions_of_the_configuration(
    works: Works, run_source: RunSource
) -> None:
    await works.start(good=1.0, last=1.0, sensor=1.0)
    await works.write("last", 1.0, status=ua.StatusCodes.UncertainLastUsableValue)
    await works.write("sensor", 1.0, status=ua.StatusCodes.BadSensorFailure)
    nodes = {"u.good": node("good"), "u.last": node("last"), "u.sensor": node("sensor")}
    async with run_source(works.url, nodes) as running:
        await running.until(lambda: running.deliveries)
    assert [row[3] for row in running.rows()[:3]] == [Quality.GOOD, Quality.UNCERTAIN, Quality.BAD]
    async with run_source(works.url, nodes, quality={"UncertainLastUsableValue": "bad"}) as running:
        await running.until(lambda: running.deliveries)
    assert [row[3] for row in running.rows()[:3]] == [Quality.GOOD, Quality.BAD, Quality.BAD]


async def test_reads_are_cut_to_the_smaller_limit_of_server_and_configuration(
    works: Works, run_source: RunSource, recorder: Recorder
) -> None:
    works.nodes_per_read = 7
    await works.start(**{f"v{number}": float(number) for number in range(20)})
    nodes = {f"u.v{number}": node(f"v{number}") for number in range(20)}
    async with run_source(works.url, nodes) as running:
        await running.until(lambda: len(running.deliveries) >= 2)
    assert running.latest() == {number: float(number) for number in range(20)}
    assert max(recorder.reads) == 7
    recorder.reads.clear()
    limits = {"requests_per_s": 1000.0, "nodes_per_request": 4}
    async with run_source(works.url, nodes, limits=limits) as running:
        await running.until(lambda: running.deliveries)
    assert max(recorder.reads) == 4


async def test_a_bad_node_is_set_aside_reported_and_read_again_once_it_exists(
    works: Works, run_source: RunSource, recorder: Recorder
) -> None:
    await works.start(belt=7.0)
    nodes = {
        "u.belt": node("belt"),
        "u.later": node("later"),
        "u.nowhere": "nsu=urn:other:plant;s=x",
        "u.plain": f"ns={works.index};s=belt",
    }
    async with run_source(works.url, nodes, retry_bad_nodes="300ms") as running:
        await running.until(lambda: len(running.deliveries) > 3)
        assert set(running.source.health.bad_nodes) == {"u.later", "u.nowhere"}
        assert running.source.health.bad_nodes["u.later"] == "BadNodeIdUnknown"
        assert running.latest() == {0: 7.0, 3: 7.0}
        assert sorted(rejection.tag for rejection in running.rejections()) == ["u.later", "u.nowhere"]
        await works.add("later", 3.0)
        await running.until(lambda: running.latest().get(1) == 3.0)
        assert set(running.source.health.bad_nodes) == {"u.nowhere"}
    assert sorted(rejection.tag for rejection in running.rejections()) == ["u.later", "u.nowhere"]


async def test_requests_in_a_second_stay_under_the_ceiling(
    works: Works, run_source: RunSource, recorder: Recorder
) -> None:
    await works.start(belt=7.0)
    keys = {"poll": "10ms", "limits": {"requests_per_s": 40.0}}
    async with run_source(works.url, {"u.belt": node("belt")}, **keys) as running:
        await running.until(lambda: recorder.count("ReadRequest") >= 100)
    times = np.array([moment for moment, name in recorder.requests if name == "ReadRequest"])
    busiest = max(int(np.count_nonzero((times >= start) & (times < start + 1.0))) for start in times)
    assert busiest <= 40 + 4 + 2


async def test_no_more_sessions_are_open_than_the_ceiling_allows(works: Works, run_source: RunSource) -> None:
    await works.start(belt=7.0)
    limits = {"sessions": 1}
    async with run_source(works.url, {"u.belt": node("belt")}, limits=limits) as first:
        await first.until(lambda: first.deliveries)
        async with run_source(works.url, {"u.belt": node("belt")}, limits=limits) as second:
            await second.until(lambda: "limits.sessions" in second.source.health.last_error)
            assert not second.deliveries
            first.task.cancel()
            await second.until(lambda: second.deliveries)


async def test_a_belt_that_stands_at_zero_for_two_hours_stays_fresh(works: Works, run_source: RunSource) -> None:
    await works.start(belt=0.0)
    began_ns = 1_800_000_000 * 10**9
    passed_s = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal passed_s
        passed_s += max(seconds, 0.0)

    injected = {"monotonic": lambda: passed_s, "sleep": sleep}

    def clock_ns() -> int:
        return began_ns + int(passed_s * 1e9)

    keys = {"poll": "30s", "stale_after": "90s", "clock_ns": clock_ns, "injected": injected}
    async with run_source(works.url, {"u.belt": node("belt")}, **keys) as running:
        oldest_s = 0.0

        def two_hours() -> bool:
            nonlocal oldest_s
            if running.source.health.up:
                oldest_s = max(oldest_s, (clock_ns() - running.source.health.last_success_ns) / 1e9)
            return passed_s > 7200

        await running.until(two_hours)
        assert running.source.health.reconnects == 0
    assert oldest_s <= 60
    stamps = {row[2] for row in running.rows()}
    assert len(stamps) == 1, "the source stamp never moved"
    assert {row[1] for row in running.rows()} == {0.0}
    assert not any(math.isnan(row[1]) for row in running.rows())


async def test_the_offset_of_the_servers_clock_is_measured(works: Works, run_source: RunSource) -> None:
    import time

    await works.start(belt=1.0)
    async with run_source(
        works.url, {"u.belt": node("belt")}, clock_ns=lambda: time.time_ns() - 5_000_000_000
    ) as running:
        await running.until(lambda: running.deliveries)
    assert running.source.health.clock_offset_s == pytest.approx(5.0, abs=0.5)
