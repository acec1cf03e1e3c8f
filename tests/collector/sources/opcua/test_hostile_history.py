"""A history that lies costs itself alone: it is bounded, put right where that can be done, and told."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from asyncua import ua
from structlog.testing import capture_logs

from collector.sources.opcua import backfill
from collector.sources.opcua import history as history_module
from collector.sources.opcua.clock import datetime_to_ns
from tests.support.opcua_history import COUNTER, HISTORY, NS, ago, node, past
from tests.support.opcua_works import RunSource, Works


class Hostile:
    """In place of a server's history: answers made up by a test. `released`: continuation points given back."""

    def __init__(self, answer: Callable[[int, ua.HistoryReadParameters], list[ua.HistoryReadResult]]) -> None:
        self.answer = answer
        self.asked = 0
        self.released = 0

    async def read(self, _manager: object, params: ua.HistoryReadParameters) -> list[ua.HistoryReadResult]:
        if params.ReleaseContinuationPoints:
            self.released += 1
            return [ua.HistoryReadResult() for _ in params.NodesToRead]
        self.asked += 1
        return self.answer(self.asked, params)


def result(rows: list[tuple[datetime, float]], point: bytes | None = None) -> ua.HistoryReadResult:
    values = [ua.DataValue(ua.Variant(value), ua.StatusCode(0), at, at) for at, value in rows]
    return ua.HistoryReadResult(ContinuationPoint=point, HistoryData=ua.HistoryData(DataValues=values))


async def run_hostile(
    works: Works,
    run_source: RunSource,
    monkeypatch: pytest.MonkeyPatch,
    hostile: Hostile,
    last_read: dict[str, tuple[int, float]] | None = None,
) -> tuple[list[float], list[Any]]:
    """What was backfilled of such a server, and what was logged; it is read live all the same."""
    await works.start(ore=1.0)
    await works.nodes["ore"].set_attr_bit(ua.AttributeIds.UserAccessLevel, ua.AccessLevel.HistoryRead)
    monkeypatch.setattr(
        "asyncua.server.history.HistoryManager.read_history", lambda manager, params: hostile.read(manager, params)
    )
    watched = {"u.ore": time.time_ns() - 600 * NS}
    with capture_logs() as logs:
        async with run_source(
            works.url,
            {"u.ore": node("ore")},
            tags={"u.ore": COUNTER},
            watched=watched,
            last_read=last_read,
            history=HISTORY,
        ) as running:
            await running.until(lambda: running.latest().get(0) == 1.0)
    return [value for _, value, _ in past(running)], logs


async def test_a_history_out_of_order_twice_and_of_other_times_is_put_right_and_told(
    works: Works, run_source: RunSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(ago(300), 3.0), (ago(500), 1.0), (ago(400), 2.0)]
    odd = [*rows, (rows[2][0], 99.0), (ago(-3600), 50.0), (ago(90_000), 60.0), (ago(200), 4.0)]
    came, logs = await run_hostile(works, run_source, monkeypatch, Hostile(lambda _asked, _params: [result(odd)]))
    assert came == [1.0, 2.0, 3.0, 4.0]
    told = next(entry for entry in logs if entry["event"] == "history_odd")["left_out"]
    assert set(told) == {
        "outside the span that was asked for",
        "not in the order of their stamps",
        "twice under one stamp",
    }


async def test_continuation_points_that_never_end_are_left_and_given_back(
    works: Works, run_source: RunSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(ago(500 - n), float(n)) for n in range(5)]
    hostile = Hostile(lambda _asked, _params: [result(rows, b"more")])
    came, logs = await run_hostile(works, run_source, monkeypatch, hostile)
    assert came == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert hostile.asked < 10
    assert hostile.released == 1
    assert "no end" in next(entry for entry in logs if entry["event"] == "history_left")["reason"]


async def test_a_history_that_creeps_on_for_ever_is_left(
    works: Works, run_source: RunSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_module, "VALUES_PER_ANSWER", 100)
    monkeypatch.setattr(history_module, "MOST_PER_S", 1)
    began = ago(599)

    def creep(asked: int, _params: ua.HistoryReadParameters) -> list[ua.HistoryReadResult]:
        return [result([(began + timedelta(microseconds=100 * asked + n), 1.0 + asked) for n in range(100)], b"more")]

    hostile = Hostile(creep)
    _, logs = await run_hostile(works, run_source, monkeypatch, hostile)
    assert hostile.asked < 20
    assert "no end" in next(entry for entry in logs if entry["event"] == "history_left")["reason"]


async def test_the_history_of_another_number_of_nodes_is_not_believed(
    works: Works, run_source: RunSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(ago(500 - n), float(n)) for n in range(5)]
    hostile = Hostile(lambda _asked, _params: [result(rows), result(rows)])
    came, logs = await run_hostile(works, run_source, monkeypatch, hostile)
    assert came == []
    assert "that of 2 came" in next(entry for entry in logs if entry["event"] == "history_left")["reason"]


async def test_a_history_that_takes_too_long_is_left_and_live_reading_goes_on(
    works: Works, run_source: RunSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backfill, "LONGEST_S", 0.0)
    hostile = Hostile(lambda _asked, _params: [result([(ago(300), 1.0)])])
    came, logs = await run_hostile(works, run_source, monkeypatch, hostile)
    assert (came, hostile.asked) == ([], 0)
    assert "live reading goes on" in next(entry for entry in logs if entry["event"] == "history_left")["reason"]


async def test_the_history_of_another_node_is_known_by_what_was_read_before_and_left(
    works: Works, run_source: RunSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = ago(610)
    rows = [(last, 77.0), *((ago(500 - n), 80.0 + n) for n in range(5))]
    hostile = Hostile(lambda _asked, _params: [result(rows)])
    read = {"u.ore": (datetime_to_ns(last), 5.0)}
    came, logs = await run_hostile(works, run_source, monkeypatch, hostile, last_read=read)
    assert came == []
    assert "of another node" in next(entry for entry in logs if entry["event"] == "history_left")["reason"]


async def test_the_same_value_under_the_last_stamp_is_its_own_history(
    works: Works, run_source: RunSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = ago(610)
    hostile = Hostile(lambda _asked, _params: [result([(last, 5.0000001), (ago(500), 6.0)])])
    read = {"u.ore": (datetime_to_ns(last), 5.0)}
    came, _ = await run_hostile(works, run_source, monkeypatch, hostile, last_read=read)
    assert came == [5.0000001, 6.0]
