"""Alarms and conditions of a real server."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asyncua import ua

from models.detection.alarm import LONGEST_MESSAGE, LONGEST_NAME, STORM, AlarmNotice
from tests.support.opcua_alarms import Condition, answers_what_stands, happen
from tests.support.opcua_works import Proxy, Recorder, Running, RunSource, Works

BELT = {"mine1.belt": "nsu=urn:test:plant;s=belt"}
QUICK = {"publishing_interval": "50ms", "alarms": {}}


def notices(running: Running) -> list[AlarmNotice]:
    return [notice for delivery in running.deliveries for notice in delivery.alarms]


def standing(running: Running) -> list[tuple[str, ...]]:
    return [one.standing_alarms for one in running.deliveries if one.standing_alarms is not None]


@pytest.mark.parametrize("mode", ["poll", "subscribe"])
async def test_an_alarm_is_told_when_it_comes_is_acknowledged_and_goes_beside_the_readings(
    works: Works, run_source: RunSource, mode: str
) -> None:
    await works.start(belt=5.0)
    await answers_what_stands(works)
    low = await Condition.of(works, "Tuyere cooling low")
    async with run_source(works.url, BELT, mode=mode, **QUICK) as running:
        await running.until(lambda: standing(running) and running.rows())
        await low.tell("flow 12 m3/h", active=True)
        await low.tell("flow 12 m3/h", acked=True)
        await low.tell("flow 40 m3/h", active=False)
        await running.until(lambda: len(notices(running)) == 3)
    came, acked, gone = notices(running)
    assert (came.name, came.origin, came.severity, came.message) == (
        "Tuyere cooling low", "BF3.Cooling", 700, "flow 12 m3/h",
    )  # fmt: skip
    assert [(one.active, one.acked) for one in (came, acked, gone)] == [(True, False), (True, True), (False, True)]
    assert len({one.condition for one in (came, acked, gone)}) == 1
    assert len({one.event_id for one in (came, acked, gone)}) == 3
    assert abs(came.time_ns / 1e9 - datetime.now(UTC).timestamp()) < 10


async def test_after_each_connect_the_server_is_asked_what_stands(
    works: Works, proxy: Proxy, run_source: RunSource, recorder: Recorder
) -> None:
    await works.start(belt=5.0)
    await answers_what_stands(works)
    stands, went = await Condition.of(works, "stands"), await Condition.of(works, "went")
    began = datetime.now(UTC) - timedelta(hours=3)
    await stands.tell(active=True, at=began)
    async with run_source(proxy.url, BELT, **QUICK) as running:
        await running.until(lambda: standing(running))
        (first,) = notices(running)
        assert first.told_again
        assert abs(first.since_ns / 1e9 - began.timestamp()) < 0.01
        assert standing(running) == [(first.condition,)]
        await went.tell(active=True)
        await running.until(lambda: len(notices(running)) == 2)
        proxy.cut()
        await went.tell(active=False)
        await running.until(lambda: len(standing(running)) == 2)
    assert standing(running)[1] == (first.condition,), "the other is over"
    assert recorder.count("CallRequest") == 2


async def test_what_is_not_severe_enough_or_of_another_source_is_left_out(works: Works, run_source: RunSource) -> None:
    await works.start(belt=5.0)
    await answers_what_stands(works)
    alarms: dict[str, Any] = {"min_severity": 600, "origins": ["bf3*"]}
    async with run_source(works.url, BELT, publishing_interval="50ms", alarms=alarms) as running:
        await running.until(lambda: running.rows())
        await asyncio.sleep(0.3)
        for origin, severity in (("BF3.Top", 599), ("BF4.Top", 900), ("BF3.Top", 600)):
            await happen(works, f"{origin} {severity}", severity, origin)
        await running.until(lambda: notices(running))
        await asyncio.sleep(0.3)
    assert [one.message for one in notices(running)] == ["BF3.Top 600"]
    assert notices(running)[0].active is None


async def test_a_storm_is_bounded_and_told_and_what_stands_is_asked_again(
    works: Works, run_source: RunSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So few a second that also a slow server is a storm, and so many that it is soon quiet again.
    monkeypatch.setattr("collector.sources.opcua.alarm_reader.A_MINUTE", 12_000)
    monkeypatch.setattr("collector.sources.opcua.alarms._REFRESH_EVERY_S", 0.5)
    await works.start(belt=5.0)
    await answers_what_stands(works)
    before = await Condition.of(works, "before the storm")
    await before.tell(active=True)
    # The server tells nothing while it makes thousands of events, for seconds on a slow machine.
    async with run_source(works.url, BELT, **QUICK, stale_after="60s") as running:
        await running.until(lambda: standing(running))
        await happen(works, "storm", count=5_000)
        await before.tell(active=False)
        await running.until(lambda: any(one.name == STORM for one in notices(running)))
        await running.until(lambda: standing(running)[-1] == ())
        readings = len(running.rows())
        await running.until(lambda: len(running.rows()) > readings)
    told = sum(int(one.message) for one in notices(running) if one.name == STORM)
    kept = sum(one.message == "storm" for one in notices(running))
    assert 0 < kept < 4_500
    assert told >= 500
    assert running.source.health.overflows > 0


async def test_hostile_texts_are_cut_to_a_line(works: Works, run_source: RunSource) -> None:
    await works.start(belt=5.0)
    await answers_what_stands(works)
    async with run_source(works.url, BELT, **QUICK) as running:
        await running.until(lambda: standing(running))
        evil = await Condition.of(works, "\x1b[2J\n" + "n" * 100_000, origin="o" * 100_000)
        await evil.tell("a\nb\u202e" + "m" * 100_000, active=True)
        await running.until(lambda: notices(running))
    (one,) = notices(running)
    assert (len(one.name), len(one.origin), len(one.message)) == (LONGEST_NAME, LONGEST_NAME, LONGEST_MESSAGE)
    assert all(text.isprintable() for text in (one.name, one.origin, one.message, one.condition))
    assert len(one.condition) <= 200


async def test_a_node_that_does_not_notify_harms_no_other_and_is_tried_again(
    works: Works, run_source: RunSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collector.sources.opcua.alarms._ASK_EVERY_S", 0.2)
    await works.start(belt=5.0)
    await answers_what_stands(works)
    alarms: dict[str, Any] = {"from": ["nsu=urn:test:plant;s=furnace", "i=2253"]}
    async with run_source(works.url, BELT, publishing_interval="50ms", alarms=alarms) as running:
        await running.until(lambda: standing(running))
        await happen(works, "of the server")
        await running.until(lambda: notices(running))
        furnace = await works.server.nodes.objects.add_object(ua.NodeId("furnace", works.index), "furnace")
        generator = await works.server.get_event_generator(emitting_node=furnace)
        await asyncio.sleep(1)
        await generator.trigger(message="of the furnace")
        await running.until(lambda: len(notices(running)) == 2)
    assert [one.message for one in notices(running)] == ["of the server", "of the furnace"]


async def test_a_server_without_events_is_told_once_and_read_as_before(
    works: Works, run_source: RunSource, recorder: Recorder
) -> None:
    await works.start(belt=5.0)
    await answers_what_stands(works)
    alarms = {"from": ["nsu=urn:test:plant;s=belt"]}
    keys: dict[str, Any] = {"publishing_interval": "50ms", "retry_bad_nodes": "100ms", "alarms": alarms}
    async with run_source(works.url, BELT, **keys) as running:
        await running.until(lambda: running.rejections())
        readings = len(running.rows())
        await running.until(lambda: len(running.rows()) > readings + 5)
    (told,) = running.rejections()
    assert "its alarms are not heard" in told.detail
    assert recorder.count("CreateSubscriptionRequest") - recorder.count("DeleteSubscriptionsRequest") <= 1
    assert recorder.count("CreateSubscriptionRequest") > 2, "it is asked again, and leaves nothing behind"
    assert running.source.health.reconnects == 0


async def test_a_server_that_answers_no_question_about_alarms_is_read_as_before(
    works: Works, run_source: RunSource, recorder: Recorder
) -> None:
    await works.start(belt=5.0)
    await answers_what_stands(works)
    recorder.unanswered[2253] = Recorder.SILENT
    async with run_source(works.url, BELT, **QUICK, timeout="200ms", stale_after="2s") as running:
        await running.until(lambda: any("alarms" in one.detail for one in running.rejections()))
        readings = len(running.rows())
        await running.until(lambda: len(running.rows()) > readings + 10)
    assert running.source.health.reconnects == 0
