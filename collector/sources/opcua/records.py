"""How DataValues that hold a number lie in memory, and how many alike follow each other.

A DataValue is one byte that says which parts follow, then those parts; a number's type is the byte behind the first.
So neighbours with the same two bytes have the same size, and are read together as an array of records. Part order on
the wire (OPC UA part 6, 5.2.2.17): value, status, source time, source picoseconds, server time, server picoseconds.
"""

import struct
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

TimePart = Literal["source", "server"]

VALUE, _STATUS, _SOURCE, _SERVER, _SOURCE_PICO, _SERVER_PICO = 1, 2, 4, 8, 16, 32
_NO_PART = 0xC0  # bits that the standard gives no meaning
# Variant type number -> numpy and struct codes of its little-endian scalar.
_NUMBERS = {1: "B", 2: "b", 3: "B", 4: "h", 5: "H", 6: "i", 7: "I", 8: "q", 9: "Q", 10: "f", 11: "d"}
_BOOLEAN = 1
_LONG = (8, 9)  # Int64, UInt64
_NUMPY = {
    "B": "u1",
    "b": "i1",
    "h": "<i2",
    "H": "<u2",
    "i": "<i4",
    "I": "<u4",
    "q": "<i8",
    "Q": "<u8",
    "f": "<f4",
    "d": "<f8",
}
_FIRST_WINDOW = 64  # a run may be short: compare few heads first, then eight times as many, until one differs


@dataclass(frozen=True, slots=True, eq=False)
class RecordLayout:
    """One kind of record, made once. `head_at`: where in it the DataValue begins; `mask` and `kind`: its first byte,
    and the second one if there is a value. `long`: its number may be one that a float does not hold."""

    size: int
    head_at: int
    mask: bytes
    kind: bytes
    records: np.dtype[np.void]
    scalars: struct.Struct
    names: tuple[str, ...]
    boolean: bool
    long: bool


@cache
def record_layout(mask: int, variant: int, *, numbered: bool = False) -> RecordLayout | None:
    """How a DataValue with these parts lies in memory; None if it is not a plain number.

    `numbered`: behind the number of a monitored item, as notifications have them.
    """
    has_value = bool(mask & VALUE)
    if mask & _NO_PART or (has_value and variant not in _NUMBERS):
        return None
    parts = [("handle", "I")] if numbered else []
    parts.append(("mask", "B"))
    if has_value:
        parts += [("kind", "B"), ("value", _NUMBERS[variant])]
    for bit, name, code in (
        (_STATUS, "status", "I"),
        (_SOURCE, "source", "q"),
        (_SOURCE_PICO, "source_pico", "H"),
        (_SERVER, "server", "q"),
        (_SERVER_PICO, "server_pico", "H"),
    ):
        if mask & bit:
            parts.append((name, code))
    records = np.dtype([(name, _NUMPY[code]) for name, code in parts])
    return RecordLayout(
        records.itemsize,
        4 if numbered else 0,
        bytes((mask,)),
        bytes((variant,)) if has_value else b"",
        records,
        struct.Struct("<" + "".join(code for _, code in parts)),
        tuple(name for name, _ in parts),
        has_value and variant == _BOOLEAN,
        has_value and variant in _LONG,
    )


def alike(body: bytes, offset: int, layout: RecordLayout, most: int) -> int:
    """How many records of `layout` follow each other from `offset` on, where one begins: at most `most`, and no more
    than are whole. 0: it is cut short."""
    size, head_at = layout.size, offset + layout.head_at
    most = min(most, (len(body) - offset) // size)
    window = min(most, _FIRST_WINDOW)
    while window:
        # Every `size`-th byte: the first bytes of the records, up to the first record that is another one.
        same = window - len(body[head_at : offset + window * size : size].lstrip(layout.mask))
        if layout.kind and same:
            same -= len(body[head_at + 1 : offset + same * size : size].lstrip(layout.kind))
        if same < window or window == most:
            return same
        window = min(most, window * 8)
    return 0
