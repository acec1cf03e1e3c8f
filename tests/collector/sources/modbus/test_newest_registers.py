"""A weighbridge on Modbus that shows its newest weighing alone."""

from pathlib import Path

from collector.sources.base import SourceContext
from collector.sources.modbus import SOURCE
from collector.sources.polling import PollingSource
from models.works.codes import TagKind
from models.works.plant import Conversion
from tests.collector.service.steel_works import soon
from tests.collector.sources.modbus.test_modbus import NOW_NS, tag
from tests.support.modbus_device import Device
from tests.support.run_source import run_source

MEMBERS = {
    "counter": {"register": 100},
    "tonnes": {"register": 101, "type": "uint32"},
    "tare": {"register": 103, "type": "uint32"},
    "key": {"register": 110, "type": "uint32"},
}


def weighbridge(device: Device, tmp_path: Path, members: dict[str, object], **known: object) -> PollingSource:
    settings = {"name": "scale", "type": "modbus", "host": "127.0.0.1", "port": device.port, "poll": "30ms"}
    wagons = tag("wagons", kind=TagKind.EVENT, product="coal", conversion=Conversion(0.001))
    context = SourceContext([(0, wagons, SOURCE.address(newest=members))], tmp_path, {}, lambda: NOW_NS, **known)
    return SOURCE.build(SOURCE.config.model_validate(settings), context)


async def weigh(device: Device, count: int, gross_kg: int, wagon: int) -> None:
    await device.put(101, [gross_kg >> 16, gross_kg & 0xFFFF, 0, 23_400])
    await device.put(110, [wagon >> 16, wagon & 0xFFFF])
    await device.put(100, [count])


async def test_each_wagon_is_a_net_event_and_one_that_was_missed_a_gap(device: Device, tmp_path: Path) -> None:
    await weigh(device, 41, 93_000, 52_990_001)
    async with run_source(weighbridge(device, tmp_path, MEMBERS)) as got:
        await soon(lambda: len(got) > 3)
        await weigh(device, 42, 93_400, 52_990_002)
        await soon(lambda: [event.key for each in got for event in each.events] == ["52990002"])
        await weigh(device, 44, 91_400, 52_990_004)
        await soon(lambda: len([event for each in got for event in each.events]) == 2)
    events = [event for each in got for event in each.events]
    assert [(event.key, event.tonnes, event.sequence) for event in events] == [
        ("52990002", 70.0, 42),
        ("52990004", 68.0, 44),
    ]
    assert len([gap for each in got for gap in each.gaps]) == 1
    assert {count for _, _, count in device.asked} == {12}, "all of it is read by one request"


async def test_a_register_that_is_not_there_is_named(device: Device, tmp_path: Path) -> None:
    one = weighbridge(device, tmp_path, MEMBERS | {"end": {"register": 9_000, "type": "uint32"}})
    async with run_source(one):
        await soon(lambda: one.health.last_error)
        assert "no such register" in one.health.last_error
