"""A weighbridge on Modbus TCP that shows its newest weighing alone: full, empty, the lorry, the time, a counter."""

from dataclasses import dataclass
from random import Random

from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from collector.errors import CannotStart
from collector.simulation.book import EventEntry

TAG = "weighbridge.scrap"
COUNTER, GROSS, TARE, LORRY, END = 0, 1, 3, 5, 7
"""Holding registers; all but the counter are of 32 bits, the high word first."""
_SIZE = 9
_EVERY_S = 300
_DEVICE = 1
_WRITE_REGISTERS = 16
_COUNTER_ENDS = 65_536


@dataclass(frozen=True, slots=True)
class LorryWeighing:
    """One lorry, in kilograms; `number` since 1970, of which the display shows what 16 bits hold."""

    number: int
    gross_kg: int
    tare_kg: int
    lorry: int
    end_s: int

    @property
    def shown_number(self) -> int:
        """As the counter of the weighbridge has it: it leaves 0 out, which stands for none yet."""
        return self.number % (_COUNTER_ENDS - 1) + 1

    def registers(self) -> list[int]:
        """What the registers hold, from 0 on."""
        longs = (self.gross_kg, self.tare_kg, self.lorry, self.end_s)
        return [self.shown_number, *(word for value in longs for word in divmod(value, _COUNTER_ENDS))]

    def entry(self) -> EventEntry:
        """As the book has it: net."""
        net_g = (self.gross_kg - self.tare_kg) * 1000
        return EventEntry(TAG, self.shown_number, str(self.lorry), net_g, self.end_s * 1_000_000_000)


def weighings(seed: int, after_s: int, until_s: int) -> list[LorryWeighing]:
    """The lorries that were weighed in (after_s, until_s], one in five minutes."""
    found = []
    for number in range(after_s // _EVERY_S + 1, until_s // _EVERY_S + 1):
        chance = Random(f"{seed}:lorry:{number}")
        tare_kg = chance.randrange(11_000, 14_000, 20)
        net_kg = chance.randrange(12_000, 26_000, 20)
        # A lorry comes once in forty days at the most: its number tells the weighing apart.
        lorry = 100_000 + number % 13_000
        found.append(LorryWeighing(number, tare_kg + net_kg, tare_kg, lorry, number * _EVERY_S))
    return found


class Weighbridge:
    """The device. Use `open` and `close`."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._server: ModbusTcpServer | None = None

    async def open(self) -> None:
        """Listen on this host. Raises CannotStart if the port is taken."""
        holding = [SimData(0, values=[0] * _SIZE, datatype=DataType.REGISTERS)]
        nothing = [SimData(0, values=[0], datatype=DataType.REGISTERS)]
        bits = [SimData(0, values=[False] * 16, datatype=DataType.BITS)]
        device = SimDevice(_DEVICE, simdata=(bits, bits, holding, nothing))
        server = ModbusTcpServer([device], address=("127.0.0.1", self.port))
        try:
            await server.serve_forever(background=True)
        except OSError as error:
            raise CannotStart(f"the simulated weighbridge cannot listen on 127.0.0.1:{self.port}: {error}") from None
        self._server = server

    async def show(self, weighing: LorryWeighing) -> None:
        """Show it in place of the one before."""
        if self._server is not None:
            await self._server.async_setValues(_DEVICE, _WRITE_REGISTERS, 0, weighing.registers())

    async def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            await self._server.shutdown()  # type: ignore[no-untyped-call]
