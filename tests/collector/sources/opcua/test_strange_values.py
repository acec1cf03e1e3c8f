"""Values that are sound bytes and no sense: limits below nothing, texts of megabytes, numbers beyond counting."""

from datetime import UTC, datetime

import pytest
from asyncua import ua

from tests.support.hostile.cost import LONGEST_STAND_S, watched
from tests.support.opcua_works import RING_ADDRESS, URI, RunSource, Works


@pytest.mark.parametrize("limit", [ua.Variant(-5), ua.Variant("many"), ua.Variant(float("inf")), ua.Variant([1, 2])])
async def test_a_limit_that_is_none_is_taken_for_none(works: Works, run_source: RunSource, limit: ua.Variant) -> None:
    await works.start(belt=1.5, flow=2.5)
    node = ua.NodeId(ua.ObjectIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead)
    await works.server.write_attribute_value(node, ua.DataValue(limit))
    nodes = {f"u.{name}": f"nsu={URI};s={name}" for name in ("belt", "flow")}
    async with run_source(works.url, nodes) as running:
        await running.until(lambda: running.latest() == {0: 1.5, 1: 2.5})


@pytest.mark.long
@pytest.mark.parametrize("mode", ["poll", "subscribe"])
async def test_of_a_value_of_three_megabytes_only_the_beginning_is_told(
    works: Works, run_source: RunSource, mode: str
) -> None:
    await works.start(belt=1.5, text="Ст3сп " * 300_000, many=[1.0] * 300_000, raw=b"\1" * 3_000_000)
    nodes = {f"u.{name}": f"nsu={URI};s={name}" for name in ("belt", "text", "many", "raw")}
    async with watched() as cost, run_source(works.url, nodes, mode=mode, publishing_interval="50ms") as running:
        if mode == "poll":  # together they are more than we take, so they are asked for in parts
            await running.until(lambda: {one.tag for one in running.rejections()} >= {"u.text", "u.many", "u.raw"})
            assert running.latest()[0] == 1.5
            assert all(len(one.value) < 150 and len(one.detail) < 300 for one in running.rejections())
        else:  # here nobody can ask for less: it is told
            await running.until(lambda: running.source.health.last_error or running.rejections())
    assert cost.stood_s < LONGEST_STAND_S


async def test_an_event_whose_number_is_too_long_is_rejected_alone(works: Works, run_source: RunSource) -> None:
    ends = [datetime(2026, 11, 19, 12, minute, tzinfo=UTC) for minute in range(4)]
    await works.start(
        ring_head=3,
        ring_sequence=[0, 1, 2, 3],
        ring_key=["", "H1", "x" * 100_000, "H3"],
        ring_tonnes=[0.0, 100.0, 101.0, float("inf")],
        ring_end=ends,
    )
    async with run_source(works.url, {"u.taps": RING_ADDRESS}) as running:
        await running.until(lambda: len(running.events()) >= 2)
        assert [(number, key) for number, key, _ in running.events()] == [(1, "H1"), (3, "H3")]
        (rejection,) = running.rejections()
        assert rejection.event_key is not None
        assert len(rejection.event_key) < 150
        assert len(rejection.detail) < 400


async def test_a_head_beyond_all_counting_is_told(works: Works, run_source: RunSource) -> None:
    head = ua.Variant(2**64 - 1, ua.VariantType.UInt64)
    ring = {
        "ring_sequence": [1],
        "ring_key": ["H1"],
        "ring_tonnes": [1.0],
        "ring_end": [datetime(2026, 1, 1, tzinfo=UTC)],
    }
    await works.start(ring_head=head, belt=1.5, **ring)
    async with run_source(works.url, {"u.belt": f"nsu={URI};s=belt", "u.taps": RING_ADDRESS}) as running:
        await running.until(lambda: "u.taps" in running.source.health.bad_nodes)
        assert "a whole number is needed" in running.source.health.bad_nodes["u.taps"]
        await running.until(lambda: running.latest().get(0) == 1.5)
