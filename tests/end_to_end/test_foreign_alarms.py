"""Alarms of a server that we did not write: limit alarms of node-opcua, from notifications to rows of the table."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import yaml

from collector.config.load import load
from collector.service.service import Service, opened
from collector.storage.ledger import alarms as ledger_alarms
from models.detection.alarm import STORM, PlantAlarm
from models.works.table import Row
from tests.collector.service.steel_works import soon
from tests.end_to_end.test_foreign_servers import plant
from tests.support.foreign_server import ForeignServer
from tests.support.ledger_calls import published
from tests.support.opcua_works import Proxy

LOW = "Tuyere cooling low"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[ForeignServer]:
    one = ForeignServer("node_opcua", tmp_path)
    await one.start()
    yield one
    await one.stop()


@pytest.fixture
async def line(server: ForeignServer) -> AsyncIterator[Proxy]:
    one = Proxy(server.port)
    await one.start()
    yield one
    await one.stop()


def alarms(service: Service) -> list[PlantAlarm]:
    found, _ = service.collecting.ledger.read(partial(ledger_alarms.changed_since, number=0, since_ns=0, limit=100_000))
    return sorted(found, key=lambda alarm: alarm.start_ns)


def lows(service: Service) -> list[bool]:
    """Of each time that the alarm was active, whether it still is."""
    return [alarm.end_ns is None for alarm in alarms(service) if alarm.name == LOW]


def rows(service: Service) -> list[Row]:
    return [row for row in published(service.collecting.ledger, "plant_event") if dict(row.key.tags)["kind"] == "alarm"]


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["poll", "subscribe"])
async def test_the_alarms_of_a_foreign_server_are_kept_over_a_cut_line_a_restart_and_a_storm(
    server: ForeignServer, line: Proxy, mode: str, tmp_path: Path
) -> None:
    document = plant(line.url, mode, with_never=False)
    document["sources"][0]["alarms"] = {"min_severity": 100}
    document["shops"][0]["units"][2]["alarms"] = [{"source": "plc", "from": "BF3.*", "name": "*cooling*"}]
    path = tmp_path / "plant.yaml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    settings = load(path)
    async with opened(settings) as service:
        source = service.collecting.sources["plc"]
        await soon(lambda: source.health.up, 30, "the server")
        await server.say("begin")
        await server.say("flow 12")
        await soon(lambda: lows(service) == [True], 20, "the alarm")
        await server.say("flow 3")
        await server.say("flow 40")
        await soon(lambda: lows(service) == [False], 20, "its end, of the least severity")
        await server.say("flow 12")
        await soon(lambda: lows(service) == [False, True], 20, "the second time")
        line.cut()
        await soon(lambda: source.health.reconnects, 60, "the cut line")
        await soon(lambda: source.health.up, 60, "the line")
        await asyncio.sleep(2)
        assert lows(service) == [False, True], "what stands is no second alarm"
        readings = source.health.readings
        await server.say("happen 10000")
        await soon(lambda: any(alarm.name == STORM for alarm in alarms(service)), 90, "the storm")
        assert 0 < sum(alarm.is_event for alarm in alarms(service)) < 9_000
        await soon(lambda: source.health.readings > readings, 20, "readings beside the storm")
    async with opened(settings) as service:
        source = service.collecting.sources["plc"]
        await soon(lambda: source.health.up, 30, "the server")
        await asyncio.sleep(2)
        assert lows(service) == [False, True], "a restart of the collector is no second alarm either"
        await server.stop()
        await server.start(namespaces_before=3)
        await soon(lambda: lows(service) == [False, False], 120, "the restarted server, where nothing stands")
        second = [alarm for alarm in alarms(service) if alarm.name == LOW][1]
        assert (second.unit, second.origin, second.ended_unseen) == ("bof1", "BF3.Cooling", True)
        await server.say("flow 12")
        await soon(lambda: lows(service) == [False, False, True], 20, "the third time")
        keys = {alarm.key for alarm in alarms(service) if alarm.name == LOW}
        assert len(keys) == 1, "the same alarm, however its namespace is numbered"
        await soon(lambda: len(rows(service)) == 3, 90, "a row for each time")
        assert all(dict(row.key.tags)["unit"] == "bof1" for row in rows(service))
        assert all(
            LOW in str(row.fields[f"text_{language}"]) for row in rows(service) for language in ("en", "ru", "kk")
        )
