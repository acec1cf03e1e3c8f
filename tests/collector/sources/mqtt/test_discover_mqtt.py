"""`tundish discover mqtt://...` hears what a broker's topics hold, and takes nothing from the service."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from collector.cli import discover_mqtt
from collector.cli.discover import discover
from collector.cli.discover_mqtt import HeardTopics, mqtt_numbers
from collector.errors import ConfigurationError, SourceUnavailable
from collector.sources.mqtt import SOURCE
from models.counting.shape_watch import NumberShape
from tests.collector.service.steel_works import soon
from tests.collector.sources.mqtt.test_mqtt import BELT, readings, run, source
from tests.support.mosquitto import Broker, broker_in

NOON_S = 1_790_751_600.0


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with broker_in(tmp_path) as one:
        one.start()
        yield one


async def test_the_keys_of_messages_are_proposed_with_their_topic_and_time(
    broker: Broker, capsys: pytest.CaptureFixture[str]
) -> None:
    broker.publish("works/kept", 5, retain=True)
    watching = asyncio.create_task(
        asyncio.to_thread(discover, f"mqtt://127.0.0.1:{broker.port}", Path(), 5.0, topics=["works/#"])
    )
    await asyncio.sleep(1)
    for step in range(12):
        message = {"scale": {"total": 100 + 5 * step}, "load": 720 + step * 7 % 5, "at": "2026-09-30T07:00:00Z"}
        await asyncio.to_thread(broker.publish, "works/belt", message)
        await asyncio.to_thread(broker.publish, "works/other", b"\xff")
    await watching
    text = capsys.readouterr().out
    (entry,) = yaml.safe_load(text)["tags"]
    assert (entry["topic"], entry["value"], entry["time"]) == ("works/belt", "scale.total", "at")
    assert (entry["kind"], entry["resolution"]) == ("totalizer", 5.0)
    assert SOURCE.address(topic=entry["topic"], value=entry["value"], time=entry["time"]).complaint("totalizer") is None
    assert "a rate or level: works/belt load" in text
    assert "messages of 'works/other', and perhaps others, are no JSON" in text
    assert "1 topics, such as 'works/kept', gave only what the broker keeps" in text


async def test_what_waits_for_the_service_goes_on_waiting_while_somebody_listens(
    broker: Broker, tmp_path: Path
) -> None:
    async with run(source(broker, tmp_path)):
        pass
    watching = asyncio.create_task(
        asyncio.to_thread(discover, f"mqtt://127.0.0.1:{broker.port}", Path(), 3.0, topics=[BELT])
    )
    await asyncio.sleep(1)
    await asyncio.to_thread(broker.publish, BELT, 12.5)
    await watching
    async with run(source(broker, tmp_path)) as got:
        await soon(lambda: readings(got))
    assert readings(got) == {0: 12.5}


def heard(values: list[tuple[float, bytes]]) -> HeardTopics:
    topics = HeardTopics({})
    for after_s, payload in values:
        topics.take("t", payload, False, NOON_S + after_s)
    return topics


def test_values_at_uneven_times_are_of_events_and_those_at_a_steady_pace_are_a_level() -> None:
    weights = (b"300", b"280", b"311", b"295", b"301", b"288")
    steady = mqtt_numbers(heard([(10.0 * n, w) for n, w in enumerate(weights)]), "mqtt", {})
    uneven = mqtt_numbers(heard([(float(n**3), w) for n, w in enumerate(weights)]), "mqtt", {})
    assert [one.found.shape for one in (*steady, *uneven)] == [NumberShape.RATE, NumberShape.LAST_VALUE]


def test_a_time_is_no_counter() -> None:
    topics = heard([(n, b'{"at": %d, "ms": %d, "n": %d}' % (NOON_S + n, (NOON_S + n) * 1000, n)) for n in range(5)])
    assert [key for _, key in topics.shapes] == ["n"]
    assert topics.times == {"t": "at"}


def test_what_is_beyond_the_bound_is_counted_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discover_mqtt, "MOST_NUMBERS", 3)
    topics = heard([(n, b'{"k%d": 1}' % n) for n in range(9)])
    assert (len(topics.shapes), len(topics.kept), topics.beyond) == (3, 3, 6)
    assert "give narrower --topics" in " ".join(topics.remarks())


@pytest.mark.parametrize(
    ("url", "options", "said"),
    [
        ("mqtt://127.0.0.1:1", {}, "no topics are given"),
        ("mqtt://me:secret@127.0.0.1", {"topics": ["#"]}, "holds a login"),
        ("mqtt://broker.works.example", {"topics": ["#"], "user": "me"}, "not sent over a line in the clear"),
    ],
)
def test_what_cannot_be_heard_is_told_at_once(url: str, options: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        discover(url, Path(), 2.0, **options)


def test_a_broker_that_is_away_is_told() -> None:
    with pytest.raises(SourceUnavailable, match="check host, port and tls"):
        discover("mqtt://127.0.0.1:1", Path(), 2.0, topics=["#"])
