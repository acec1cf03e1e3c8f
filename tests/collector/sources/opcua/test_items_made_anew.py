"""A node that is deleted and made again is read again, whatever the server says of it meanwhile."""

import asyncio

import numpy as np
import pytest
from asyncua import ua

from collector.sources.opcua.standing import Standing
from collector.sources.opcua.targets import Target
from models.works.codes import Quality
from tests.support.notified import notified
from tests.support.opcua_works import Recorder, RunSource, Works, make_tag

BELT = {"u.belt": "nsu=urn:test:plant;s=belt", "u.other": "nsu=urn:test:plant;s=other"}
KEYS = {"publishing_interval": "50ms", "retry_bad_nodes": "300ms", "stale_after": "600ms"}
MODES = pytest.mark.parametrize("mode", ["poll", "subscribe"])


@MODES
async def test_a_node_that_was_deleted_is_named_and_read_again_once_it_is_made_again(
    works: Works, run_source: RunSource, mode: str
) -> None:
    await works.start(belt=1.0, other=5.0)
    async with run_source(works.url, BELT, mode=mode, **KEYS) as running:
        await running.until(lambda: running.latest() == {0: 1.0, 1: 5.0})
        for value in (2.0, 3.0):
            await works.server.delete_nodes([works.nodes["belt"]])
            await running.until(lambda: running.source.health.bad_nodes == {"u.belt": "BadNodeIdUnknown"})
            await works.add("belt", value)
            await running.until(lambda value=value: running.latest()[0] == value)
            await running.until(lambda: not running.source.health.bad_nodes)
        assert running.source.health.reconnects == 0
        before = len(running.rows())
        if mode == "subscribe":
            await works.write("belt", 4.0)
            await running.until(lambda: running.latest()[0] == 4.0)
            await asyncio.sleep(0.3)
            assert len(running.rows()) == before + 1, "no old item speaks beside the new one"


async def test_a_node_that_was_replaced_without_a_word_is_read_again(
    works: Works, run_source: RunSource, recorder: Recorder
) -> None:
    """The new node knows nothing of the item: keep-alives go on, and none of them covers it."""
    await works.start(belt=1.0, other=5.0)
    async with run_source(works.url, BELT, mode="subscribe", **KEYS) as running:
        await running.until(lambda: running.latest() == {0: 1.0, 1: 5.0})
        works.server.iserver.aspace._nodes.pop(works.nodes["belt"].nodeid)
        await works.add("belt", 2.0)
        await running.until(lambda: running.latest()[0] == 2.0)
        assert recorder.count("CreateMonitoredItemsRequest") == 2
        await running.until(lambda: not running.source.health.bad_nodes)
        await works.write("belt", 3.0)
        await running.until(lambda: running.latest()[0] == 3.0)
        assert running.source.health.reconnects == 0
    assert {row[3] for row in running.rows()} == {Quality.GOOD}


async def test_items_whose_values_stand_are_left_alone(works: Works, run_source: RunSource, recorder: Recorder) -> None:
    nan = ua.Variant(float("nan"), ua.VariantType.Double)
    await works.start(belt=0.0, other=nan)
    async with run_source(works.url, BELT, mode="subscribe", **KEYS) as running:
        await running.until(lambda: running.latest().get(0) == 0.0)
        await asyncio.sleep(2.5)
        assert not running.source.health.bad_nodes
    assert recorder.count("CreateMonitoredItemsRequest") == 1
    assert recorder.count("DeleteMonitoredItemsRequest") == 0


def standing(count: int = 2) -> Standing:
    one = Standing([Target(make_tag(f"u.t{row}", cadence_s=10), row, "i=1") for row in range(count)])
    for row in range(count):
        one.made(row, 0.0, 30.0)
    return one


def compared(one: Standing, value: float, now_s: float, status: int = 0) -> None:
    one.compared(np.array([0]), np.array([value]), np.array([status], dtype=np.uint32), now_s)


def test_an_item_that_never_sent_its_first_value_is_lost_and_stands_for_nothing() -> None:
    one = standing()
    one.changed(notified(1, 1.0), 0.0)
    assert one.lost(30) == []
    assert one.lost(31) == [0]
    assert one.coverage(100) == {"u.t1": 10}


def test_a_value_that_reads_otherwise_than_it_was_sent_stands_for_nothing_until_a_change_comes() -> None:
    one = standing(1)
    one.changed(notified(0, 1.0), 0.0)
    compared(one, 2.0, now_s=60)
    assert (one.coverage(60), one.any_good, one.lost(80)) == ({}, False, [])
    compared(one, 3.0, now_s=120)
    assert one.lost(120) == [0], "the doubt is as old as the first difference"
    one.changed(notified(0, 3.0), 121.0)
    assert (one.lost(1000), one.coverage(131)) == ([], {"u.t0": 1})


def test_a_change_on_its_way_is_no_loss_nor_is_another_quality_the_same() -> None:
    one = standing(1)
    one.changed(notified(0, 1.0), 0.0)
    compared(one, 1.0, now_s=60, status=ua.StatusCodes.BadSensorFailure)
    compared(one, 1.0, now_s=70, status=0x480)
    assert one.lost(1000) == [], "it reads as it was sent: remarks such as an overflow apart"
