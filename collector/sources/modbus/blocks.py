"""Which registers are read together, and what their words say. Pure.

A number of 32 or 64 bits is never shared by two requests: read in two halves, a counter that ticks between them shows a
value that it never had.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from collector.sources.modbus.config import BITS, RegisterPlace
from models.works.exact_number import Number, held

MOST_REGISTERS = 120
"""The protocol's limit is 125 registers in one answer; some devices count their header in."""
MOST_BITS = 2000
LARGEST_HOLE = 8
"""Registers that nobody asked for are read too where that saves a request: 8 words more cost less than a question."""
_FORMATS = {"int16": "h", "uint16": "H", "int32": "i", "uint32": "I", "int64": "q", "uint64": "Q"}
_FORMATS |= {"float32": "f", "float64": "d"}


@dataclass(frozen=True, slots=True)
class RegisterBlock:
    """One request: `count` registers or bits of `table` from `first` on, and the rows (of the tags) that are in it."""

    table: str
    first: int
    count: int
    rows: tuple[int, ...]


def blocks(addresses: Sequence[RegisterPlace], *, alone: bool = False) -> list[RegisterBlock]:
    """Few requests for all addresses; `alone`: one for each, to find the one that a device refuses."""
    found: list[RegisterBlock] = []
    order = sorted(range(len(addresses)), key=lambda row: (addresses[row].table, addresses[row].first))
    for row in order:
        address = addresses[row]
        end = address.first + address.size
        last = found[-1] if found else None
        most = MOST_BITS if address.table in BITS else MOST_REGISTERS
        if (
            last is None
            or alone
            or last.table != address.table
            or address.first > last.first + last.count + LARGEST_HOLE
            or max(end, last.first + last.count) - last.first > most
        ):
            found.append(RegisterBlock(address.table, address.first, address.size, (row,)))
            continue
        count = max(end, last.first + last.count) - last.first
        found[-1] = RegisterBlock(last.table, last.first, count, (*last.rows, row))
    return found


def number(address: RegisterPlace, block: RegisterBlock, answer: Sequence[int]) -> Number:
    """The value at `address` in the answer to `block`: registers as whole numbers of 16 bits, or bits as 0 and 1.

    Raises LookupError if the answer is too short for it.
    """
    at = address.first - block.first
    words = answer[at : at + address.size]
    if len(words) < address.size:
        raise LookupError(f"the device gave {len(answer)} of {block.count} values")
    if address.type == "bit":
        return float(bool(words[0]))
    order = ">" if address.bytes == "big" else "<"
    if address.words == "little":
        words = words[::-1]
    data = b"".join(struct.pack(f"{order}H", word) for word in words)
    said: float = struct.unpack(f">{_FORMATS[address.type]}", data)[0]
    return held(said)
