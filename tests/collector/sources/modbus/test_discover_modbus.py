"""`tundish discover modbus://...` finds what registers are, on a real device, and never writes one."""

import asyncio
import re
import struct
from pathlib import Path

import pytest
import yaml
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from collector.cli.discover import discover
from collector.cli.discover_modbus import known_registers
from collector.config.settings import ConfiguredSource
from collector.errors import CollectorError, ConfigurationError, SourceUnavailable
from collector.sources.modbus import SOURCE
from collector.sources.modbus.line import ModbusLine
from collector.sources.modbus.watched_block import WatchedBlock
from tests.collector.sources.modbus.test_modbus import tag
from tests.support.modbus_device import Device
from tests.support.ports import free_port

READS = {1, 2, 3, 4}
"""The functions of the protocol that read."""


async def works(device: Device) -> None:
    """A counter of 32 bits at 100, the last weight with its counter at 110, a rate as a float at 120."""
    for n in range(200):
        await device.put(100, list(divmod(190_000 + 5_000 * n, 2**16)))
        await device.put(110, [28_000 + n // 12 * 13 % 40 * 25, 7 + n // 12])
        await device.put(120, list(struct.unpack(">2H", struct.pack(">f", 720 + n * 37 % 11 * 3.7)))[::-1])
        await asyncio.sleep(0.25)


async def run(device: Device, seconds: float, **options: object) -> None:
    working = asyncio.create_task(works(device))
    await asyncio.sleep(0.1)
    await asyncio.to_thread(discover, f"modbus://127.0.0.1:{device.port}/1", Path(), seconds, **options)
    working.cancel()


@pytest.mark.long
async def test_what_registers_are_is_found_and_nothing_is_written(
    device: Device, capsys: pytest.CaptureFixture[str]
) -> None:
    await run(device, 12.0, registers="95-165")
    text = capsys.readouterr().out
    counter, event = yaml.safe_load(text)["tags"]
    assert {key: counter[key] for key in ("kind", "register", "type", "words", "modulus")} == {
        "kind": "totalizer",
        "register": 100,
        "type": "uint32",
        "words": "big",
        "modulus": 2**32,
    }
    assert event["newest"] == {
        "tonnes": {"register": 110, "type": "uint16"},
        "counter": {"register": 111, "type": "uint16"},
    }
    assert "likely a rate or level: holding 120 (register: 120, type: float32, words: little)" in text
    assert re.search(r"not given: holding 95 to 99: the device has no such register", text)
    assert re.search(r"not given: holding 160 to 165: the device has no such register", text)
    assert {function for function, _, _ in device.asked} <= READS


@pytest.mark.long
async def test_what_is_proposed_is_an_address_that_plant_yaml_takes(
    device: Device, capsys: pytest.CaptureFixture[str]
) -> None:
    await run(device, 12.0, registers="100-125")
    entries = yaml.safe_load(capsys.readouterr().out)["tags"]
    assert [entry["source"] for entry in entries] == ["modbus", "modbus"]
    keys = ("register", "type", "words", "newest")
    addresses = [SOURCE.address(**{key: entry[key] for key in keys if key in entry}) for entry in entries]
    assert [address.complaint(entry["kind"]) for address, entry in zip(addresses, entries, strict=True)] == [None, None]


@pytest.mark.long
async def test_a_watch_of_registers_outlives_a_device_that_is_away(
    device: Device, capsys: pytest.CaptureFixture[str]
) -> None:
    async def restart() -> None:
        await asyncio.sleep(2)
        await device.stop()
        await asyncio.sleep(1)
        await device.start()

    restarting = asyncio.create_task(restart())
    await asyncio.to_thread(discover, f"modbus://127.0.0.1:{device.port}/1", Path(), 6.0, registers="100-110")
    await restarting
    assert "the line was lost at" in capsys.readouterr().out


@pytest.mark.long
async def test_a_watch_of_registers_is_gone_on_with(
    device: Device, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "watch.json"
    await run(device, 3.0, registers="100-101", keep=kept)
    await run(device, 3.0, registers="100-101", keep=kept)
    assert "holding 100 as uint32 big words" in kept.read_text()


async def test_registers_that_are_not_there_are_told_with_the_reason(device: Device) -> None:
    url = f"modbus://127.0.0.1:{device.port}/1"
    with pytest.raises(SourceUnavailable, match=r"holding 0-20: the device has no such register .* another table"):
        await asyncio.to_thread(discover, url, Path(), 2.0, registers="0-20")
    await device.stop()
    with pytest.raises(SourceUnavailable, match="takes no connection"):
        await asyncio.to_thread(discover, url, Path(), 2.0)


@pytest.mark.parametrize(
    ("url", "options", "said"),
    [
        ("modbus://127.0.0.1/x", {}, "the device 'x' is no number"),
        ("modbus://127.0.0.1/999", {}, "device"),
        ("modbus://me:secret@127.0.0.1/1", {}, "holds a login"),
        ("modbus://127.0.0.1:99999/1", {}, "no port"),
        ("http://127.0.0.1/1", {}, "does not begin with opc.tcp:// or modbus://"),
        ("modbus://127.0.0.1/1", {"registers": "60-0"}, "no span of registers"),
        ("modbus://127.0.0.1/1", {"registers": "0-9999"}, "give fewer"),
        ("modbus://127.0.0.1/1", {"table": "coils"}, "'coils' is none"),
    ],
)
def test_what_cannot_be_watched_is_told_before_anything_is_asked(url: str, options: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said) as told:
        discover(url, Path(), 2.0, **options)
    assert isinstance(told.value, CollectorError)
    assert "secret" not in str(told.value)


async def test_neighbours_stand_in_one_request_whatever_the_block_is_read_in() -> None:
    port = free_port()
    holding = [SimData(0, values=[0] * 150, datatype=DataType.REGISTERS)]
    holding.append(SimData(153, values=[0] * 150, datatype=DataType.REGISTERS))
    nothing = [SimData(0, values=[0], datatype=DataType.REGISTERS)]
    bits = [SimData(0, values=[True] * 16, datatype=DataType.BITS)]
    server = ModbusTcpServer([SimDevice(1, simdata=(bits, bits, holding, nothing))], address=("127.0.0.1", port))
    await server.serve_forever(background=True)
    line = ModbusLine(SOURCE.config(name="x", type="modbus", host="127.0.0.1", port=port))
    block = WatchedBlock("holding", 0, 310)
    try:
        answers = await block.read(line)
    finally:
        line.close()
        await server.shutdown()
    assert sorted(block.refused) == [150, 151, 152, *range(303, 311)]
    together = {(at, at + 1) for words in answers for at in words if at + 1 in words}
    assert together == {(at, at + 1) for at in range(302) if not {at, at + 1} & set(block.refused)}


async def test_coils_are_watched_as_bits_and_never_written(device: Device, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"modbus://127.0.0.1:{device.port}/1"
    await asyncio.to_thread(discover, url, Path(), 2.0, registers="0-9", table="coil")
    assert "10 of coil were watched" in capsys.readouterr().out
    assert {function for function, _, _ in device.asked} == {1}


def test_registers_that_a_tag_reads_already_are_told_with_it() -> None:
    addresses = [SOURCE.address(register=7, type="uint32"), SOURCE.address(register=7, type="uint16", table="input")]
    tags = tuple((row, tag(name), address) for row, (name, address) in enumerate(zip("ab", addresses, strict=True)))
    config = SOURCE.config(name="x", type="modbus", host="127.0.0.1")
    assert known_registers(ConfiguredSource(SOURCE, config, tags), "holding") == {7: "bridge.a", 8: "bridge.a"}
