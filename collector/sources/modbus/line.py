"""The line to a Modbus TCP device: connect, ask for one block, and what its refusals mean. It never writes."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ConnectionException, ModbusIOException

from collector.errors import SourceUnavailable
from collector.sources.modbus.blocks import RegisterBlock
from collector.sources.modbus.config import BITS, ModbusConfig

if TYPE_CHECKING:
    from pymodbus.pdu import ModbusPDU

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


class ModbusLine:
    """One connection, made when it is first needed."""

    def __init__(self, config: ModbusConfig) -> None:
        self._config = config
        self._client: AsyncModbusTcpClient | None = None

    async def answer(self, block: RegisterBlock) -> Sequence[int] | int:
        """Registers or bits; or the number of the exception, if it speaks of what was asked for.

        Raises SourceUnavailable, or an error of the library: see `said`.
        """
        client = await self.connected()
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
            raise SourceUnavailable(f"{place_of(self._config)}: {refusal(code)}")
        return code

    def close(self) -> None:
        """Close the connection."""
        if self._client is not None:
            self._client.close()

    async def connected(self) -> AsyncModbusTcpClient:
        """The connection, made if there is none yet. Raises SourceUnavailable, TimeoutError or OSError."""
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


def refusal(code: int) -> str:
    """What the number of an exception means."""
    return _SAID.get(code, f"exception {code}")


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
