"""Spoils bytes as a broken or hostile server would: bits, lengths, cuts, repetitions, values within values."""

import random
import struct

_LENGTHS = [
    struct.pack("<i", length)
    for length in (-(2**31), -65536, -4, -2, -1, 0, 1, 7, 255, 65_535, 65_536, 1_000_000, 2**28, 2**31 - 1)
]
_SIX_BYTES = b"\x01\x80" + struct.pack("<i", 2**31 - 1)  # a value: an array of Null, 2^31-1 of them
_BLOCKS = [
    _SIX_BYTES,
    b"\x0c" + struct.pack("<i", -4),
    b"\x98" + struct.pack("<i", 1),  # an array of one Variant, for the next one to stand in
    b"\x0f\x80" + struct.pack("<i", 2**31 - 1),
    b"\xd6" + struct.pack("<i", 3),
    b"\x17\x01",
    b"\x40\x7f\xff",
]


def spoilt(sound: bytes, chance: random.Random) -> bytes:
    """The same bytes with one to four faults."""
    data = bytearray(sound)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
        _spoil(data, chance)
    return bytes(data)


def _spoil(data: bytearray, chance: random.Random) -> None:
    if not data:
        return
    at, kind = chance.randrange(len(data)), chance.randrange(8)
    if kind == 0:
        data[at] ^= 1 << chance.randrange(8)
    elif kind == 1:
        data[at] = chance.randrange(256)
    elif kind in (2, 3):
        data[at : at + 4] = chance.choice(_LENGTHS)
    elif kind == 4:
        del data[at : at + chance.choice((1, 2, 4, 8, 64))]
    elif kind == 5:
        data[at:at] = chance.choice(_BLOCKS) * chance.choice((1, 1, 2, 200, 2000))
    elif kind == 6:
        data[at : at + 6] = chance.choice(_BLOCKS)
    else:
        piece = data[at : at + chance.choice((1, 4, 16, 200))]
        data[at:at] = piece * chance.choice((1, 2, 50, 500))
