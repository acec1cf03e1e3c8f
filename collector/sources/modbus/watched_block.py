"""A block of registers that nobody described: found out which the device gives, and read again and again."""

from collector.errors import SourceUnavailable
from collector.sources.modbus.blocks import MOST_BITS, MOST_REGISTERS, RegisterBlock
from collector.sources.modbus.config import BITS
from collector.sources.modbus.line import ModbusLine, refusal

_UNKNOWN_TABLE = 1
"""The exception by which a device says that it has no registers of this kind: there is nothing to look for in parts."""


class WatchedBlock:
    """`refused`: by register, why the device does not give it. It is only read."""

    def __init__(self, table: str, first: int, last: int) -> None:
        self.table = table
        self.refused: dict[int, str] = {}
        self._span = (first, last)
        self._requests: list[RegisterBlock] | None = None

    async def read(self, line: ModbusLine) -> list[dict[int, int]]:
        """Words or bits by register, a mapping for each request; neighbours stand in one together.

        Raises SourceUnavailable, or an error of the library: see `said`.
        """
        if self._requests is None:
            self._requests = await self._found(line)
        words = []
        for request in self._requests:
            answer = await line.answer(request)
            if not isinstance(answer, int):
                words.append(dict(zip(range(request.first, request.first + request.count), answer, strict=False)))
        return words

    async def _found(self, line: ModbusLine) -> list[RegisterBlock]:
        first, last = self._span
        parts: list[RegisterBlock] = []
        for request in self._requests_for(first, last):
            parts += await self._given(line, request)
        if not parts:
            why = next(iter(self.refused.values()))
            raise SourceUnavailable(f"{self.table} {first}-{last}: {why}; try other registers, or another table")
        given = [at for at in range(first, last + 1) if at not in self.refused]
        requests: list[RegisterBlock] = []
        for low, high in runs(given):
            for request in self._requests_for(low, high):
                answer = await line.answer(request)
                inside = [part for part in parts if request.first <= part.first < request.first + request.count]
                requests += inside if isinstance(answer, int) else [request]
        return requests

    async def _given(self, line: ModbusLine, request: RegisterBlock) -> list[RegisterBlock]:
        """The parts of a request that the device answers; the halves of what it refuses are asked for by themselves."""
        answer = await line.answer(request)
        if not isinstance(answer, int):
            return [request]
        if answer == _UNKNOWN_TABLE:
            raise SourceUnavailable(f"{self.table}: {refusal(answer)}; give another --table")
        if request.count == 1:
            self.refused[request.first] = refusal(answer)
            return []
        half = request.count // 2
        halves = (request.first, half), (request.first + half, request.count - half)
        return [part for at, count in halves for part in await self._given(line, self._request(at, count))]

    def _requests_for(self, first: int, last: int) -> list[RegisterBlock]:
        """Each begins with the register that ends the one before: two neighbours are read in one request somewhere."""
        most = MOST_BITS if self.table in BITS else MOST_REGISTERS
        starts = range(first, max(last, first + 1), most - 1)
        return [self._request(at, min(most, last - at + 1)) for at in starts]

    def _request(self, first: int, count: int) -> RegisterBlock:
        return RegisterBlock(self.table, first, count, ())


def runs(registers: list[int]) -> list[tuple[int, int]]:
    """The first and last of each run of neighbours."""
    found: list[tuple[int, int]] = []
    for register in registers:
        if found and found[-1][1] == register - 1:
            found[-1] = (found[-1][0], register)
        else:
            found.append((register, register))
    return found
