"""A weighbridge on Modbus TCP: a real server of registers, read in few requests and never written."""

import asyncio
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from collector.sources.base import SourceContext
from collector.sources.modbus import SOURCE
from collector.sources.modbus.blocks import MOST_REGISTERS, blocks, number
from collector.sources.modbus.config import ModbusAddress
from collector.sources.polling import PollingSource
from models.works.codes import Quality, TagKind
from models.works.plant import Conversion, Tag
from tests.collector.service.steel_works import soon
from tests.support.modbus_device import Device
from tests.support.run_source import run_source, values

NOW_NS = 1_790_751_600 * 10**9


def tag(name: str, kind: TagKind = TagKind.GAUGE, **keys: object) -> Tag:
    return Tag(
        name=f"bridge.{name}",
        signal=name,
        kind=kind,
        site="works",
        shop="yard",
        unit="bridge",
        source="scale",
        unit_of_measure="t",
        cadence_s=1,
        **keys,
    )


def source(peer: Device, addresses: dict[str, dict[str, object]], tmp_path: Path, **keys: object) -> PollingSource:
    config = SOURCE.config.model_validate(
        {
            "name": "scale",
            "type": "modbus",
            "host": "127.0.0.1",
            "port": peer.port,
            "poll": "50ms",
            "timeout": "300ms",
        }
        | keys
    )
    tags = [
        (
            index,
            tag(name, conversion=Conversion(0.001) if name == "kilograms" else Conversion()),
            SOURCE.address(**given),
        )
        for index, (name, given) in enumerate(addresses.items())
    ]
    return SOURCE.build(config, SourceContext(tags, tmp_path, {}, lambda: NOW_NS))


async def test_numbers_of_every_type_and_order_come_as_they_are(device: Device, tmp_path: Path) -> None:
    await device.put(100, [0x0001, 0x86A0])  # 100,000 kg, the high word first
    await device.put(102, [0x86A0, 0x0001])  # the same, the low word first
    await device.put(104, list(struct.unpack(">2H", struct.pack(">f", 12.5))))
    await device.put(106, list(struct.unpack(">4H", struct.pack(">Q", 2**48 + 7))))
    await device.put(110, [0xFFFE, 0xA086])
    addresses: dict[str, dict[str, object]] = {
        "kilograms": {"register": 100, "type": "uint32"},
        "swapped": {"register": 102, "type": "uint32", "words": "little"},
        "float": {"register": 104, "type": "float32"},
        "long": {"register": 106, "type": "uint64"},
        "below": {"register": 110, "type": "int16"},
        "turned": {"register": 111, "type": "uint16", "bytes": "little"},
        "full": {"table": "coil", "register": 2, "type": "bit"},
        "empty": {"table": "coil", "register": 3, "type": "bit"},
    }
    one = source(device, addresses, tmp_path)
    async with run_source(one) as got:
        await soon(lambda: len(got) > 1)
    assert {list(addresses)[index]: value for index, value in values(got[0]).items()} == {
        "kilograms": 100.0,
        "swapped": 100_000.0,
        "float": 12.5,
        "long": 2.0**48 + 7,
        "below": -2.0,
        "turned": 0x86A0,
        "full": 1.0,
        "empty": 0.0,
    }
    assert (got[0].readings.times_ns == NOW_NS).all()
    assert (got[0].readings.quality == Quality.GOOD).all()
    assert got[0].addresses["bridge.swapped"].endswith("holding 102 as uint32 little words big bytes")
    assert got[1].addresses == {}
    assert one.health.up
    assert {code for code, _, _ in device.asked} == {1, 3}, "it is read, and nothing is written"
    assert device.asked[:2] == [(1, 2, 2), (3, 100, 12)], "two requests for eight values"


async def test_a_register_that_is_not_there_harms_no_other_and_is_named(device: Device, tmp_path: Path) -> None:
    await device.put(100, [7])
    one = source(device, {"there": {"register": 100}, "gone": {"register": 165}, "near": {"register": 101}}, tmp_path)
    async with run_source(one) as got:
        await soon(lambda: len(got) > 3)
    assert set(values(got[0])) == set(values(got[-1])) == {0, 2}
    assert "holding 165: the device has no such register" in one.health.bad_nodes["bridge.gone"]
    (rejection,) = got[0].rejections
    assert rejection.tag == "bridge.gone"
    assert not got[1].rejections, "it is told once"
    asked = len(device.asked)
    assert asked < 12, "and asked for once a minute, not at each poll"


async def test_a_register_that_comes_back_is_read_again(device: Device, tmp_path: Path) -> None:
    one = source(device, {"there": {"register": 100}, "gone": {"register": 165}}, tmp_path, retry_bad="100ms")
    async with run_source(one) as got:
        await soon(lambda: one.health.bad_nodes)
        await device.stop()
        device.server = None
        holding = [SimData(100, values=[3] * 80, datatype=DataType.REGISTERS)]
        coils = [SimData(0, values=[True] * 16, datatype=DataType.BITS)]
        device.server = ModbusTcpServer(
            [SimDevice(1, simdata=(coils, coils, holding, holding))], address=("127.0.0.1", device.port)
        )
        await device.server.serve_forever(background=True)
        await soon(lambda: not one.health.bad_nodes and set(values(got[-1])) == {0, 1})


async def test_a_device_that_goes_and_comes_is_read_again(device: Device, tmp_path: Path) -> None:
    one = source(device, {"there": {"register": 100}}, tmp_path)
    async with run_source(one) as got:
        await soon(lambda: got)
        await device.stop()
        await soon(lambda: not one.health.up)
        assert f"127.0.0.1:{device.port}, device 1" in one.health.last_error
        count = len(got)
        await device.start()
        await soon(lambda: len(got) > count)
    assert one.health.up
    assert one.health.reconnects >= 1


async def test_another_device_behind_the_gateway_that_is_silent_is_told_and_not_waited_for(
    device: Device, tmp_path: Path
) -> None:
    one = source(device, {"there": {"register": 100}}, tmp_path, device=9)
    async with run_source(one):
        await soon(lambda: one.health.last_error)
    assert "device 9" in one.health.last_error
    assert "traceback" not in one.health.last_error.lower()


async def test_what_is_no_modbus_at_all_ends_in_a_sentence(tmp_path: Path) -> None:
    async def http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n<html>" + b"x" * 100_000)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(http, "127.0.0.1", 0)
    stranger = Device()
    stranger.port = server.sockets[0].getsockname()[1]
    one = source(stranger, {"there": {"register": 100}}, tmp_path)
    async with run_source(one) as got:
        await soon(lambda: one.health.last_error)
    server.close()
    assert not got
    assert one.health.last_error.startswith(f"127.0.0.1:{stranger.port}, device 1")


NUMBERS = st.sampled_from(["int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"])
PLACES = st.builds(lambda register, kind: ModbusAddress(register=register, type=kind), st.integers(0, 900), NUMBERS)


@given(st.lists(PLACES, min_size=1, max_size=80))
def test_every_number_lies_whole_in_one_request_that_no_device_refuses_for_its_length(
    addresses: list[ModbusAddress],
) -> None:
    found = blocks(addresses)
    assert sorted(row for block in found for row in block.rows) == list(range(len(addresses)))
    for block in found:
        assert block.count <= MOST_REGISTERS
        for row in block.rows:
            address = addresses[row]
            assert block.first <= address.first
            assert address.first + address.size <= block.first + block.count
    assert len(found) <= len(blocks(addresses, alone=True))


@given(st.integers(0, 2**64 - 1), st.sampled_from(["big", "little"]), st.sampled_from(["big", "little"]))
def test_a_number_is_put_together_from_its_words_in_any_order(value: int, words: str, order: str) -> None:
    registers = list(struct.unpack(">4H", value.to_bytes(8, "big")))
    if order == "little":
        registers = [int.from_bytes(word.to_bytes(2, "big"), "little") for word in registers]
    if words == "little":
        registers.reverse()
    address = ModbusAddress(register=5, type="uint64", words=words, bytes=order)
    (block,) = blocks([address])
    assert number(address, block, registers) == value
    with pytest.raises(LookupError, match="gave 3 of 4"):
        number(address, block, registers[:3])
