"""Nodes that a server never answers: they are found, named and left out, and all others are read."""

from datetime import UTC, datetime

import pytest
from asyncua import ua
from structlog.testing import capture_logs

from collector.sources.opcua.suspects import LONGEST_RETRY_S, Suspects
from tests.support.opcua_works import RING_ADDRESS, Recorder, RunSource, Works

COUNT = 40
NODES = {f"u.v{number}": f"nsu=urn:test:plant;s=v{number}" for number in range(COUNT)}
VALUES = {f"v{number}": float(number) for number in range(COUNT)}
QUICK = {"timeout": "400ms", "stale_after": "3s", "retry_bad_nodes": "30s"}
RING = {
    "ring_sequence": ua.Variant([0, 1], ua.VariantType.UInt32),
    "ring_key": ua.Variant(["", "H1"], ua.VariantType.String),
    "ring_tonnes": ua.Variant([0.0, 300.0], ua.VariantType.Double),
    "ring_end": ua.Variant([datetime(2026, 1, 1, tzinfo=UTC)] * 2, ua.VariantType.DateTime),
    "ring_head": ua.Variant(1, ua.VariantType.UInt32),
}
SUBSCRIBE = {"mode": "subscribe", "publishing_interval": "50ms"}
MODES = pytest.mark.parametrize("mode", [{"mode": "poll"}, SUBSCRIBE])
WAYS = pytest.mark.parametrize("way", [Recorder.SILENT, Recorder.HOLDS_UP_ALL])


@pytest.mark.long
@MODES
@WAYS
async def test_one_node_without_an_answer_is_named_and_all_others_are_read(
    works: Works, run_source: RunSource, recorder: Recorder, mode: dict[str, str], way: int
) -> None:
    await works.start(**VALUES)
    recorder.unanswered["v17"] = way
    async with run_source(works.url, NODES, **QUICK, **mode) as running:
        await running.until(lambda: len(running.latest()) == COUNT - 1)
        await running.until(lambda: running.source.health.bad_nodes and running.source.health.up)
        assert running.source.health.bad_nodes == {"u.v17": "no answer to nsu=urn:test:plant;s=v17 within 0.4 s"}
        reconnects = running.source.health.reconnects
        await works.write("v18", 1000.0)
        await running.until(lambda: running.latest()[18] == 1000.0)
        assert running.source.health.reconnects == reconnects
        assert way == Recorder.HOLDS_UP_ALL or not reconnects
    assert running.latest() == {
        number: 1000.0 if number == 18 else float(number) for number in range(COUNT) if number != 17
    }
    (rejection,) = running.rejections()
    assert (rejection.tag, "no answer to nsu=urn:test:plant;s=v17" in rejection.detail) == ("u.v17", True)


@MODES
async def test_a_node_that_is_answered_again_is_read_again(
    works: Works, run_source: RunSource, recorder: Recorder, mode: dict[str, str]
) -> None:
    await works.start(**VALUES)
    recorder.unanswered["v3"] = Recorder.SILENT
    keys = {**QUICK, **mode, "retry_bad_nodes": "300ms"}
    with capture_logs() as logs:
        async with run_source(works.url, NODES, **keys) as running:
            await running.until(lambda: "u.v3" in running.source.health.bad_nodes)
            del recorder.unanswered["v3"]
            await running.until(lambda: running.latest().get(3) == 3.0 and not running.source.health.bad_nodes)
            assert running.source.health.reconnects == 0
    assert [(entry["event"], entry["tag"]) for entry in logs if entry["event"].startswith("node_")] == [
        ("node_bad", "u.v3"),
        ("node_good", "u.v3"),
    ]


@pytest.mark.parametrize("part", ["head", "key", "tonnes"])
async def test_a_ring_of_which_a_node_is_never_answered_is_named_and_takes_nothing_else_with_it(
    works: Works, run_source: RunSource, recorder: Recorder, part: str
) -> None:
    await works.start(belt=1.0, **RING)
    recorder.unanswered[f"ring_{part}"] = Recorder.SILENT
    nodes = {"u.belt": "nsu=urn:test:plant;s=belt", "bof.heats": RING_ADDRESS}
    async with run_source(works.url, nodes, **{**QUICK, "retry_bad_nodes": "500ms"}) as running:
        await running.until(lambda: running.source.health.bad_nodes)
        assert running.source.health.bad_nodes == {
            "bof.heats": f"no answer to nsu=urn:test:plant;s=ring_{part} within 0.4 s"
        }
        await works.write("belt", 2.0)
        await running.until(lambda: running.latest() == {0: 2.0})
        assert not any(delivery.coverage for delivery in running.deliveries)
        recorder.unanswered.clear()
        await running.until(lambda: running.events() == [(1, "H1", 300.0)] and not running.source.health.bad_nodes)
        assert running.source.health.reconnects == 0


SIZES = pytest.mark.parametrize("fault", [Recorder.SILENT, ua.StatusCodes.BadResponseTooLarge])


@SIZES
async def test_reads_that_are_too_large_to_be_answered_in_time_become_smaller(
    works: Works, run_source: RunSource, recorder: Recorder, fault: int
) -> None:
    await works.start(**VALUES)
    recorder.most = (12, fault)
    async with run_source(works.url, NODES, **QUICK) as running:
        await running.until(lambda: len(running.latest()) == COUNT)
        await works.write("v39", 1000.0)
        await running.until(lambda: running.latest()[39] == 1000.0)
        assert running.source.health.bad_nodes == {}
        assert running.source.health.reconnects == 0


@SIZES
async def test_a_ring_that_is_too_large_for_one_answer_is_read_node_by_node(
    works: Works, run_source: RunSource, recorder: Recorder, fault: int
) -> None:
    await works.start(**RING)
    recorder.most = (3, fault)
    async with run_source(works.url, {"bof.heats": RING_ADDRESS}, **QUICK) as running:
        await running.until(lambda: running.events() == [(1, "H1", 300.0)])
        assert running.source.health.bad_nodes == {}
        assert running.source.health.reconnects == 0


@MODES
@pytest.mark.parametrize(
    "code", [ua.StatusCodes.BadTimeout, ua.StatusCodes.BadInternalError, ua.StatusCodes.BadResponseTooLarge]
)
async def test_a_fault_of_the_whole_request_for_one_node_costs_that_node_alone(
    works: Works, run_source: RunSource, recorder: Recorder, mode: dict[str, str], code: int
) -> None:
    await works.start(**VALUES)
    recorder.unanswered["v5"] = code
    async with run_source(works.url, NODES, **QUICK, **mode) as running:
        await running.until(lambda: len(running.latest()) == COUNT - 1)
        await running.until(lambda: running.source.health.bad_nodes)
        assert running.source.health.bad_nodes.keys() == {"u.v5"}
        assert running.source.health.reconnects == 0
        before = len(running.deliveries)
        await running.until(lambda: mode["mode"] == "subscribe" or len(running.deliveries) > before + 2)
        assert mode["mode"] == "subscribe" or recorder.reads[-1] == COUNT - 1, "all the others in one request again"


def suspects(now: list[float]) -> Suspects:
    return Suspects(10.0, 60.0, lambda: now[0])


def test_one_silent_node_of_two_thousand_costs_five_time_outs() -> None:
    nodes = tuple(f"i={number}" for number in range(2000))
    found, timed_out = suspects([0.0]), 1
    found.unanswered(nodes, alive=True)
    while (asked := found.due()) is not None:
        if "i=1234" in asked:
            timed_out += 1
            found.unanswered(asked, alive=True)
        else:
            found.answered(asked)
    assert [node for node in nodes if found.holds((node,))] == ["i=1234"]
    assert timed_out == 5
    assert found.request_size is None, "the node was at fault, and not the size"


def test_requests_stay_small_where_none_of_the_nodes_is_at_fault() -> None:
    found = suspects([0.0])
    found.unanswered(tuple(f"i={number}" for number in range(2000)), alive=True)
    while (asked := found.due()) is not None:
        found.answered(asked)
    assert found.request_size == 1000


def test_a_line_that_falls_silent_puts_no_node_under_suspicion_for_longer_than_one_answer() -> None:
    found, nodes = suspects([0.0]), ("i=1", "i=2", "i=3")
    found.unanswered(nodes, alive=False)
    assert found.due() == nodes, "whole, for the line may have been at fault"
    found.answered(nodes)
    assert found.due() is None
    assert not found.holds(nodes)


def test_a_node_that_holds_up_its_server_is_asked_ever_more_seldom() -> None:
    now = [0.0]
    found = suspects(now)
    found.unanswered(("i=1",), alive=False)
    found.unanswered(("i=1",), alive=False)
    waits = []
    for _ in range(9):
        began = now[0]
        while found.due() is None:
            now[0] += 30
        waits.append(now[0] - began)
        found.unanswered(("i=1",), alive=False)
    assert waits[:4] == [60, 120, 240, 480]
    assert waits[-1] == LONGEST_RETRY_S
