"""Reads a Modbus TCP device: few requests a poll, and a register that it refuses harms no other."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ConnectionException, ModbusIOException

from collector.errors import SourceUnavailable
from collector.sources.bad_nodes import BadNodes
from collector.sources.base import Delivery, SourceContext, SourceHealth
from collector.sources.modbus.blocks import RegisterBlock, blocks, number
from collector.sources.modbus.config import BITS, ModbusAddress, ModbusConfig, RegisterPlace
from collector.sources.modbus.newest import NewestInRegisters
from models.counting.reading import ReadingBatch, Rejection
from models.works.codes import Quality
from models.works.plant import Tag

if TYPE_CHECKING:
    from pymodbus.pdu import ModbusPDU

    from models.counting.newest_thing import ThingLook

log = structlog.get_logger(__name__)

_SAID = {
    1: "the device does not know this kind of register (exception 1, illegal function)",
    2: "the device has no such register (exception 2, illegal data address)",
    3: "the device does not take such a request (exception 3, illegal data value)",
    4: "the device failed (exception 4)",
    6: "the device is busy (exception 6)",
    10: "the gateway has no way to the device (exception 10)",
    11: "the device behind the gateway does not answer (exception 11)",
}
_OF_THE_DEVICE = (4, 5, 6, 10, 11)
"""Exceptions that speak of the device and not of the registers that were asked for."""


@dataclass(frozen=True, slots=True)
class _Register:
    index: int
    tag: Tag
    address: RegisterPlace


class ModbusReader:
    """One connection. `read` gives every register that the device lets us read."""

    more = False

    def __init__(
        self,
        config: ModbusConfig,
        context: SourceContext,
        newest: Sequence[NewestInRegisters],
        health: SourceHealth,
    ) -> None:
        self._config = config
        self._context = context
        self._health = health
        self._newest = newest
        self._looks: list[tuple[NewestInRegisters, ThingLook]] = []
        self._bad_nodes = BadNodes(config.name, health)
        self._all = [
            _Register(index, tag, address.place)
            for index, tag, address in context.tags
            if isinstance(address, ModbusAddress) and address.newest is None
        ]
        self._asked = self._all
        self._retry_at_s = 0.0
        self._client: AsyncModbusTcpClient | None = None

    async def read(self) -> Delivery | None:
        """Read all. Raises SourceUnavailable."""
        client = await self._connected()
        rejections: tuple[Rejection, ...] = ()
        if self._health.bad_nodes and time.monotonic() > self._retry_at_s:
            self._asked = self._all
        addresses = [register.address for register in self._asked]
        rows: list[tuple[int, float]] = []
        refused: dict[int, str] = {}
        for block in blocks(addresses):
            answer = await self._answer(client, block)
            if isinstance(answer, int):
                await self._one_by_one(client, block, addresses, rows, refused)
                continue
            rows += self._values(block, answer, addresses)
        unread = await self._look(client)
        whole = len(self._asked) == len(self._all)
        if whole or refused or unread:
            known = {} if whole else self._health.bad_nodes
            told = {self._asked[row].tag.name: why for row, why in refused.items()} | unread
            rejections = self._bad_nodes.update({**known, **told}, self._context.clock_ns())
            self._asked = [register for row, register in enumerate(self._asked) if row not in refused]
            self._retry_at_s = time.monotonic() + self._config.retry_bad
        received_ns = self._context.clock_ns()
        readings = ReadingBatch.of(
            self._config.name, received_ns, [(index, value, received_ns, Quality.GOOD) for index, value in rows]
        )
        if not rows and not self._looks and (self._all or self._newest):
            refused.update(enumerate(unread.values()))
            raise SourceUnavailable(
                f"{place_of(self._config)} refuses every register: {next(iter(refused.values()), '')}"
            )
        looks = [look for _, look in self._looks]
        return Delivery(
            self._config.name,
            received_ns,
            readings if len(readings) else None,
            events=tuple(event for look in looks for event in look.events),
            rejections=(*rejections, *(rejection for look in looks for rejection in look.rejections)),
            coverage={newest.tag.name: 1 for newest, _ in self._looks},
            gaps=tuple(gap for look in looks for gap in look.gaps),
        )

    async def _look(self, client: AsyncModbusTcpClient) -> dict[str, str]:
        """Look at the newest events; by tag, why one cannot be read. What one was taken of waits for `taken`."""
        self._looks, unread = [], dict[str, str]()
        for newest in self._newest:
            values: dict[int, float] = {}
            for block in blocks(newest.places):
                answer = await self._answer(client, block)
                if isinstance(answer, int):
                    unread[newest.tag.name] = f"{block.table} {block.first}: {_SAID.get(answer, f'exception {answer}')}"
                    break
                values |= {row: number(newest.places[row], block, answer) for row in block.rows}
            else:
                self._looks.append((newest, newest.look(values, self._context.clock_ns())))
        return unread

    async def taken(self) -> None:
        """A device keeps nothing for us; what was newest is taken now."""
        for newest, look in self._looks:
            newest.commit(look)
        self._looks = []

    async def close(self) -> None:
        """Close the connection."""
        if self._client is not None:
            self._client.close()

    async def _connected(self) -> AsyncModbusTcpClient:
        if self._client is None:
            self._client = AsyncModbusTcpClient(
                self._config.host, port=self._config.port, timeout=self._config.timeout, retries=0, reconnect_delay=0
            )
            async with asyncio.timeout(self._config.timeout):
                is_connected = await self._client.connect()
            if not is_connected:
                raise SourceUnavailable(
                    f"{place_of(self._config)} takes no connection: check host, port, and the device's power"
                )
        return self._client

    async def _answer(self, client: AsyncModbusTcpClient, block: RegisterBlock) -> Sequence[int] | int:
        """Registers or bits; or the number of the exception, if it speaks of what was asked for."""
        read = {
            "holding": client.read_holding_registers,
            "input": client.read_input_registers,
            "coil": client.read_coils,
            "discrete_input": client.read_discrete_inputs,
        }[block.table]
        answer: ModbusPDU = await read(block.first, count=block.count, device_id=self._config.device)
        if not answer.isError():
            return [int(bit) for bit in answer.bits] if block.table in BITS else answer.registers
        code = int(getattr(answer, "exception_code", 0))
        if code in _OF_THE_DEVICE or not code:
            raise SourceUnavailable(f"{place_of(self._config)}: {_SAID.get(code, f'exception {code}')}")
        return code

    async def _one_by_one(
        self,
        client: AsyncModbusTcpClient,
        refused_block: RegisterBlock,
        addresses: Sequence[RegisterPlace],
        rows: list[tuple[int, float]],
        refused: dict[int, str],
    ) -> None:
        """The device refuses a request: it may have a hole, or lack one register of many."""
        for row in refused_block.rows:
            (alone,) = blocks([addresses[row]], alone=True)
            answer = await self._answer(client, alone)
            if isinstance(answer, int):
                address = addresses[row]
                why = _SAID.get(answer, f"exception {answer}")
                refused[row] = f"{address.table} {address.first}: {why}; correct register or table"
                continue
            register = self._asked[row]
            rows.append(self._value(register, number(addresses[row], alone, answer)))

    def _values(
        self, block: RegisterBlock, answer: Sequence[int], addresses: Sequence[RegisterPlace]
    ) -> list[tuple[int, float]]:
        return [self._value(self._asked[row], number(addresses[row], block, answer)) for row in block.rows]

    def _value(self, register: _Register, raw: float) -> tuple[int, float]:
        conversion = register.tag.conversion
        return register.index, raw * conversion.factor + conversion.offset


def place_of(config: ModbusConfig) -> str:
    """The device, for messages."""
    return f"{config.host}:{config.port}, device {config.device}"


def said(config: ModbusConfig, error: Exception) -> SourceUnavailable:
    """What an error of the library means."""
    place = place_of(config)
    if isinstance(error, TimeoutError | ModbusIOException):
        next_step = "check the number of the device, or give a longer timeout"
        return SourceUnavailable(f"{place} gave no answer within {config.timeout:g} s: {next_step}")
    if isinstance(error, ConnectionException | OSError):
        return SourceUnavailable(f"{place} ended the connection: connecting again")
    return SourceUnavailable(f"{place} gave an answer that cannot be read ({type(error).__name__}): connecting again")
