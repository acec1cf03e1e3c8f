"""The frames of SQLite's write-ahead log and their checksums. Pure.

SQLite checks them when it plays a log back after a crash, and never when it reads a page out of it. Its sum runs over
pairs of 32-bit words, a += x + b; b += y + a, from frame to frame. That is linear, so a frame's share of it is two
scalar products with constants, modulo 2^32.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from collector.storage.file.page_sums import PAGE

HEADER_BYTES, FRAME_HEADER_BYTES = 32, 24
FRAME_BYTES = FRAME_HEADER_BYTES + PAGE
_BIG_ENDIAN = 0x377F0683
"""The magic of a log whose words are summed as big-endian ones; the other one ends in 2."""
_SALTS = slice(8, 16)
_WORDS = (8 + PAGE) // 4
_PAIR, _LITTLE_PAIR = struct.Struct(">II"), struct.Struct("<II")


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: the page that it holds, the size of the file in pages where it ends a commit (else 0), the content."""

    page: int
    size: int
    content: bytes


def _factors() -> tuple[tuple[np.ndarray, np.ndarray], tuple[int, int, int, int]]:
    """How much each word counts in a and in b at the end, and how much a and b at the beginning do."""
    in_a, in_b = [0] * _WORDS, [0] * _WORDS
    # What (a, b) at a pair contribute to (a, b) at the end: the identity behind the last pair.
    aa, ab, ba, bb = 1, 0, 0, 1
    for pair in reversed(range(_WORDS // 2)):
        # a' = a + x + b, b' = b + y + a'
        in_a[2 * pair], in_b[2 * pair] = (aa + ab) % 2**32, (ba + bb) % 2**32
        in_a[2 * pair + 1], in_b[2 * pair + 1] = ab, bb
        aa, ab = (aa + ab) % 2**32, (aa + 2 * ab) % 2**32
        ba, bb = (ba + bb) % 2**32, (ba + 2 * bb) % 2**32
    return (np.array(in_a, np.uint32), np.array(in_b, np.uint32)), (aa, ab, ba, bb)


(_IN_A, _IN_B), (_AA, _AB, _BA, _BB) = _factors()
_PAGE_FACTORS = np.stack((_IN_A[2:], _IN_B[2:]))
_HEAD_FACTORS = tuple(int(factor) for factor in (*_IN_A[:2], *_IN_B[:2]))


def frame_sum(before: bytes, head: bytes, page: bytes, *, big_endian: bool) -> bytes:
    """The checksum of a frame as it stands in its header; `before` is that of what is before it."""
    in_a, in_b = (_PAGE_FACTORS @ np.frombuffer(page, ">u4" if big_endian else "<u4").astype(np.uint32)).tolist()
    a, b = _PAIR.unpack(before)
    x, y = (_PAIR if big_endian else _LITTLE_PAIR).unpack_from(head)
    xa, ya, xb, yb = _HEAD_FACTORS
    return _PAIR.pack(
        (_AA * a + _AB * b + xa * x + ya * y + in_a) % 2**32, (_BA * a + _BB * b + xb * x + yb * y + in_b) % 2**32
    )


def is_big_endian(header: bytes) -> bool:
    """By the first bytes of a log."""
    return int.from_bytes(header[:4], "big") == _BIG_ENDIAN


def committed(log: bytes) -> Iterator[Frame]:
    """The frames that SQLite plays back from a log: all of whole commits before the first frame that is not sound."""
    waiting: list[Frame] = []
    header, before = log[:HEADER_BYTES], log[24:HEADER_BYTES]
    for start in range(HEADER_BYTES, len(log) - FRAME_BYTES + 1, FRAME_BYTES):
        head, page = log[start : start + FRAME_HEADER_BYTES], log[start + FRAME_HEADER_BYTES : start + FRAME_BYTES]
        after = frame_sum(before, head, page, big_endian=is_big_endian(header))
        if head[_SALTS] != header[16:24] or head[16:24] != after:
            return
        before = after
        waiting.append(Frame(int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big"), page))
        if waiting[-1].size:
            yield from waiting
            waiting = []
