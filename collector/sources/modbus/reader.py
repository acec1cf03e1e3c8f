"""Reads a Modbus TCP device: few requests a poll, and a register that it refuses harms no other."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from collector.errors import SourceUnavailable
from collector.sources.bad_nodes import BadNodes
from collector.sources.base import Delivery, SourceContext, SourceHealth
from collector.sources.modbus.blocks import RegisterBlock, blocks, number
from collector.sources.modbus.config import ModbusAddress, ModbusConfig, RegisterPlace
from collector.sources.modbus.line import ModbusLine, place_of, refusal
from collector.sources.modbus.newest import NewestInRegisters
from models.counting.reading import ReadingBatch, Rejection
from models.works.codes import Quality
from models.works.exact_number import Number
from models.works.plant import Tag

if TYPE_CHECKING:
    from models.counting.newest_thing import ThingLook

log = structlog.get_logger(__name__)


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
        self._line = ModbusLine(config)

    async def read(self) -> Delivery | None:
        """Read all. Raises SourceUnavailable."""
        await self._line.connected()
        rejections: tuple[Rejection, ...] = ()
        if self._health.bad_nodes and time.monotonic() > self._retry_at_s:
            self._asked = self._all
        addresses = [register.address for register in self._asked]
        rows: list[tuple[int, Number]] = []
        refused: dict[int, str] = {}
        for block in blocks(addresses):
            answer = await self._line.answer(block)
            if isinstance(answer, int):
                await self._one_by_one(block, addresses, rows, refused)
                continue
            rows += self._values(block, answer, addresses)
        unread = await self._look()
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

    async def _look(self) -> dict[str, str]:
        """Look at the newest events; by tag, why one cannot be read. What one was taken of waits for `taken`."""
        self._looks, unread = [], dict[str, str]()
        for newest in self._newest:
            values: dict[int, Number] = {}
            for block in blocks(newest.places):
                answer = await self._line.answer(block)
                if isinstance(answer, int):
                    unread[newest.tag.name] = f"{block.table} {block.first}: {refusal(answer)}"
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
        self._line.close()

    async def _one_by_one(
        self,
        refused_block: RegisterBlock,
        addresses: Sequence[RegisterPlace],
        rows: list[tuple[int, Number]],
        refused: dict[int, str],
    ) -> None:
        """The device refuses a request: it may have a hole, or lack one register of many."""
        for row in refused_block.rows:
            (alone,) = blocks([addresses[row]], alone=True)
            answer = await self._line.answer(alone)
            if isinstance(answer, int):
                address = addresses[row]
                why = refusal(answer)
                refused[row] = f"{address.table} {address.first}: {why}; correct register or table"
                continue
            register = self._asked[row]
            rows.append(self._value(register, number(addresses[row], alone, answer)))

    def _values(
        self, block: RegisterBlock, answer: Sequence[int], addresses: Sequence[RegisterPlace]
    ) -> list[tuple[int, Number]]:
        return [self._value(self._asked[row], number(addresses[row], block, answer)) for row in block.rows]

    def _value(self, register: _Register, raw: Number) -> tuple[int, Number]:
        return register.index, register.tag.conversion.applied(raw)
