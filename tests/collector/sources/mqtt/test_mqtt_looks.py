"""Whoever tries a source beside the running service takes nothing from it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from collector.sources.base import Source, SourceContext
from collector.sources.mqtt import SOURCE
from collector.sources.mqtt.source import MqttSource
from collector.sources.sparkplug import SOURCE as SPARKPLUG
from collector.sources.sparkplug.source import SparkplugSource
from tests.collector.service.steel_works import soon
from tests.collector.sources.mqtt.test_mqtt import BELT, NOW_NS, Broker, publish, readings, run, tag
from tests.support.run_source import run_source, values


def belt(broker: Broker, folder: Path, *, only_looks: bool = False) -> MqttSource:
    given = {"name": "line", "type": "mqtt", "host": "127.0.0.1", "port": broker.port, "tls": False, "timeout": "2s"}
    tags = [(0, tag("belt"), SOURCE.address(topic=BELT))]
    context = SourceContext(tags, folder, {}, lambda: NOW_NS, only_looks=only_looks)
    return SOURCE.build(SOURCE.config.model_validate(given), context)


def edge(broker: Broker, folder: Path, *, only_looks: bool = False) -> SparkplugSource:
    given = {"name": "line", "type": "sparkplug", "host": "127.0.0.1", "port": broker.port, "tls": False}
    tags = [(0, tag("load"), SPARKPLUG.address(value="Load", edge="mine/fans"))]
    context = SourceContext(tags, folder, {}, lambda: NOW_NS, only_looks=only_looks)
    return SPARKPLUG.build(SPARKPLUG.config.model_validate(given | {"rebirth": True}), context)


@pytest.mark.parametrize("made", [belt, edge])
async def test_who_looks_beside_the_service_does_not_end_its_connection(
    tmp_path: Path, made: Callable[..., Source]
) -> None:
    broker = Broker(tmp_path)
    broker.start()
    try:
        service, looker = made(broker, tmp_path), made(broker, tmp_path, only_looks=True)
        async with run_source(service):
            await soon(lambda: service.health.up)
            async with run_source(looker):
                await soon(lambda: looker.health.up)
                await asyncio.sleep(0.5)
            assert service.health.up
            assert service.health.reconnects == 0
    finally:
        broker.stop()


async def test_who_only_looks_leaves_the_session_of_the_service_as_it_is(tmp_path: Path) -> None:
    broker = Broker(tmp_path)
    broker.start()
    try:
        async with run(belt(broker, tmp_path)):
            pass
        await publish(broker, BELT, 7)
        async with run(belt(broker, tmp_path, only_looks=True)) as looked:
            await publish(broker, BELT, 8)
            await soon(lambda: readings(looked) == {0: 8.0})
        async with run(belt(broker, tmp_path)) as got:
            await soon(lambda: readings(got) == {0: 8.0})
        batches = [delivery for delivery in got if delivery.readings is not None]
        assert sum(len(delivery.readings or ()) for delivery in batches) == 2, "7 and 8 both waited"
        assert values(batches[-1]) == {0: 8.0}
    finally:
        broker.stop()
