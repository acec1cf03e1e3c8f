"""What a server's own history has of an outage is asked for, bounded, and handed on in the order of time."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from asyncua import ua
from structlog.testing import capture_logs

from collector.sources.opcua import history as history_module
from collector.sources.opcua.clock import datetime_to_ns
from models.counting.reading import Backfill
from tests.support.opcua_history import COUNTER, HISTORY, NS, NamedHistory, ago, keep_history, node, past, remember
from tests.support.opcua_works import Proxy, Recorder, RunSource, Works


@pytest.fixture
async def historian(works: Works, tmp_path: Path) -> AsyncIterator[Callable[..., Any]]:
    async def make(**values: object) -> NamedHistory:
        return await keep_history(works, tmp_path, **values)

    yield make
    await works.stop()


@pytest.mark.parametrize("mode", ["poll", "subscribe"])
async def test_a_start_after_an_outage_asks_the_history_and_only_then_reads_live(
    works: Works, historian: Callable[..., Any], run_source: RunSource, mode: str
) -> None:
    storage = await historian(ore=1.0, blast=5.0)
    rows = [(ago(600 - 10 * n), 100.0 + n) for n in range(59)]
    await remember(works, storage, "ore", rows)
    await remember(works, storage, "blast", rows)
    watched = {"u.ore": time.time_ns() - 300 * NS}
    nodes, tags = {"u.ore": node("ore"), "u.blast": node("blast")}, {"u.ore": COUNTER}
    keys = {"history": HISTORY, "mode": mode, "publishing_interval": "50ms"}
    async with run_source(works.url, nodes, tags=tags, watched=watched, **keys) as running:
        await running.until(lambda: running.latest().get(0) == 1.0 and [row for row in past(running) if row[0] == 1])
    counted = [row for row in past(running) if row[0] == 0]
    # From the overlap before the outage on, each once, in the order of time.
    expected = [value for at, value in rows if datetime_to_ns(at) > watched["u.ore"] - 120 * NS]
    assert [value for _, value, _ in counted if value >= 100] == expected
    assert [at for _, _, at in counted] == sorted({at for _, _, at in counted})
    first_live = next(place for place, delivery in enumerate(running.deliveries) if not delivery.backfilled)
    assert not any(
        0 in delivery.readings.tags
        for delivery in running.deliveries[first_live:]
        if delivery.backfilled and delivery.readings is not None
    )
    assert {delivery.backfilled for delivery in running.deliveries[:first_live]} == {Backfill.SAMPLES}
    # A gauge leaves no mark in the ledger: it was away as long as what counts.
    assert [value for tag, value, _ in past(running) if tag == 1 and value >= 100][-5:] == expected[-5:]


async def test_a_line_that_was_cut_is_filled_from_the_history_within_the_same_run(
    works: Works, historian: Callable[..., Any], run_source: RunSource, proxy: Proxy
) -> None:
    storage = await historian(ore=1.0)
    async with run_source(proxy.url, {"u.ore": node("ore")}, tags={"u.ore": COUNTER}, history=HISTORY) as running:
        await running.until(lambda: running.latest() == {0: 1.0})
        assert not past(running)  # nobody was away yet
        proxy.refusing = True
        proxy.cut()
        await asyncio.sleep(1.8)
        await remember(works, storage, "ore", [(ago(1.2), 1.1), (ago(0.8), 1.2), (ago(0.4), 1.3)])
        proxy.refusing = False
        await running.until(lambda: [value for _, value, _ in past(running)][-3:] == [1.1, 1.2, 1.3])


async def test_a_tag_that_was_never_read_has_no_outage(
    works: Works, historian: Callable[..., Any], run_source: RunSource, recorder: Recorder
) -> None:
    await historian(ore=1.0)
    async with run_source(works.url, {"u.ore": node("ore")}, tags={"u.ore": COUNTER}, history=HISTORY) as running:
        await running.until(lambda: running.latest())
    assert recorder.count("HistoryReadRequest") == 0


async def test_a_node_without_history_is_asked_once_and_told_once(
    works: Works, historian: Callable[..., Any], run_source: RunSource, recorder: Recorder, proxy: Proxy
) -> None:
    storage = await historian(ore=1.0)
    await works.add("mud", 7.0)
    await remember(works, storage, "ore", [(ago(5), 0.9)])
    watched = {"u.ore": time.time_ns() - 60 * NS, "u.mud": time.time_ns() - 60 * NS}
    nodes, tags = {"u.ore": node("ore"), "u.mud": node("mud")}, {"u.ore": COUNTER, "u.mud": COUNTER}
    with capture_logs() as logs:
        async with run_source(proxy.url, nodes, tags=tags, watched=watched, history=HISTORY) as running:
            await running.until(lambda: running.latest().keys() == {0, 1})
            proxy.cut()
            await running.until(lambda: running.source.health.reconnects == 1 and running.source.health.up)
    told = [entry for entry in logs if entry["event"] == "history_missing"]
    assert [(entry["tags"], entry["first"]) for entry in told] == [(1, "u.mud")]
    assert {tag for tag, _, _ in past(running)} == {0}


async def test_a_server_that_serves_no_history_is_read_live_all_the_same(
    works: Works, run_source: RunSource, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    await works.start(ore=1.0)
    await works.nodes["ore"].set_attr_bit(ua.AttributeIds.UserAccessLevel, ua.AccessLevel.HistoryRead)

    async def none(_self: object, _params: object) -> list[ua.HistoryReadResult]:
        return [ua.HistoryReadResult(StatusCode=ua.StatusCode(ua.StatusCodes.BadHistoryOperationUnsupported))]

    monkeypatch.setattr("asyncua.server.history.HistoryManager.read_history", none)
    watched = {"u.ore": time.time_ns() - 60 * NS}
    with capture_logs() as logs:
        async with run_source(
            works.url, {"u.ore": node("ore")}, tags={"u.ore": COUNTER}, watched=watched, history=HISTORY
        ) as running:
            await running.until(lambda: running.latest() == {0: 1.0})
    assert recorder.count("HistoryReadRequest") == 1
    assert "BadHistoryOperationUnsupported" in next(e for e in logs if e["event"] == "history_missing")["reason"]


async def test_long_histories_come_in_answers_and_none_is_lost_between_two(
    works: Works, historian: Callable[..., Any], run_source: RunSource, recorder: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(history_module, "VALUES_PER_ANSWER", 40)
    storage = await historian(ore=1.0)
    storage.max_history_data_response_size = 25
    rows = [(ago(400 - n), 100.0 + n) for n in range(399)]
    await remember(works, storage, "ore", rows)
    watched = {"u.ore": time.time_ns() - 300 * NS}
    async with run_source(
        works.url, {"u.ore": node("ore")}, tags={"u.ore": COUNTER}, watched=watched, history=HISTORY
    ) as running:
        await running.until(lambda: running.latest().get(0) == 1.0)
    came = [value for _, value, _ in past(running) if value >= 100]
    assert came == [value for _, value in rows]
    assert recorder.count("HistoryReadRequest") > 10


async def test_the_history_of_a_server_whose_clock_is_off_is_not_asked_for(
    works: Works, historian: Callable[..., Any], run_source: RunSource, recorder: Recorder
) -> None:
    await historian(ore=1.0)
    shift = 600 * NS
    watched = {"u.ore": time.time_ns() + shift - 300 * NS}
    with capture_logs() as logs:
        async with run_source(
            works.url,
            {"u.ore": node("ore")},
            tags={"u.ore": COUNTER},
            watched=watched,
            history=HISTORY,
            clock_ns=lambda: time.time_ns() + shift,
        ) as running:
            await running.until(lambda: running.latest())
    assert recorder.count("HistoryReadRequest") == 0
    assert "600 s off" in next(entry for entry in logs if entry["event"] == "history_not_asked")["reason"]


async def test_of_a_history_of_changes_the_last_value_stands_to_the_end_of_what_was_asked_for(
    works: Works, historian: Callable[..., Any], run_source: RunSource
) -> None:
    storage = await historian(ore=1.0)
    await remember(works, storage, "ore", [(ago(200), 0.5)])
    watched = {"u.ore": time.time_ns() - 300 * NS}
    keys = {"tags": {"u.ore": COUNTER}, "watched": watched, "history": {"reach": "1d", "keeps": "changes"}}
    async with run_source(works.url, {"u.ore": node("ore")}, **keys) as running:
        await running.until(lambda: any(not delivery.backfilled for delivery in running.deliveries))
    stood = [delivery for delivery in running.deliveries if delivery.backfilled and delivery.coverage]
    assert {delivery.backfilled for delivery in stood} == {Backfill.CHANGES}
    assert {name for delivery in stood for name in delivery.coverage} == {"u.ore"}
    assert time.time_ns() - stood[-1].received_ns < 30 * NS


async def test_no_more_is_asked_for_than_the_configured_reach(
    works: Works, historian: Callable[..., Any], run_source: RunSource
) -> None:
    storage = await historian(ore=1.0)
    await remember(works, storage, "ore", [(ago(500 - 100 * n), float(n)) for n in range(5)])
    watched = {"u.ore": time.time_ns() - 900 * NS}
    keys = {"tags": {"u.ore": COUNTER}, "watched": watched, "history": {"reach": "250s"}}
    async with run_source(works.url, {"u.ore": node("ore")}, **keys) as running:
        await running.until(lambda: any(not delivery.backfilled for delivery in running.deliveries))
    assert [value for _, value, _ in past(running)][:2] == [3.0, 4.0]
