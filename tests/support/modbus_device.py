"""A real Modbus TCP server with the registers of a weighing terminal."""

from pymodbus.pdu import ModbusPDU
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from tests.support.ports import free_port


class Device:
    """A device with 60 holding registers from 100 on and 4 coils, which says what it was asked."""

    def __init__(self) -> None:
        self.port = free_port()
        self.asked: list[tuple[int, int, int]] = []
        self.server: ModbusTcpServer | None = None

    async def start(self) -> None:
        holding = [SimData(100, values=[0] * 60, datatype=DataType.REGISTERS)]
        coils = [SimData(0, values=[True, False, True, False] * 4, datatype=DataType.BITS)]
        nothing = [SimData(0, values=[0], datatype=DataType.REGISTERS)]
        device = SimDevice(1, simdata=(coils, coils, holding, nothing))
        self.server = ModbusTcpServer([device], address=("127.0.0.1", self.port), trace_pdu=self._note)
        await self.server.serve_forever(background=True)

    def _note(self, sending: bool, pdu: ModbusPDU) -> ModbusPDU:
        if not sending:
            self.asked.append((pdu.function_code, pdu.address, pdu.count))
        return pdu

    async def put(self, register: int, words: list[int]) -> None:
        assert self.server is not None
        await self.server.async_setValues(1, 16, register, words)

    async def stop(self) -> None:
        if self.server is not None:
            await self.server.shutdown()
            self.server = None
