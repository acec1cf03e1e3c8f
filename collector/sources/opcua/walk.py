"""Walks over encoded values without building them: what the library would read, and whether it is there.

The library believes each length. With one of -4 it walks backwards for ever, with one of 2^31-1 it fills the memory. So
whatever it decodes is walked first, part by part as it will read it: no length is below -1 or beyond the end, arrays
have no more elements than there are bytes for, and depth and total are bounded.
"""

import struct
from collections.abc import Callable

import numpy as np
from asyncua.ua.uaerrors import BadEncodingLimitsExceeded

from collector.sources.opcua.ceilings import MOST_DEPTH, MOST_PARTS, NUMBERS_A_PART

_LENGTH = struct.Struct("<i")
_SHORT_RUN = 4  # fewer alike are quicker to walk one by one


class Undecodable(ValueError):
    """The bytes are not what they claim to be; ask for fewer nodes at a time to find the value at fault."""


class Walk:
    """One walk: the bytes, where they end, and how many parts and levels may still come.

    A walk that raised is of no further use.
    """

    __slots__ = ("body", "depth", "end", "parts")

    def __init__(self, body: bytes, end: int | None = None, parts: int = MOST_PARTS) -> None:
        self.body = body
        self.end = len(body) if end is None else end
        self.parts = parts
        self.depth = MOST_DEPTH

    def skip(self, at: int, size: int) -> int:
        """The offset behind `size` bytes."""
        if at + size > self.end:
            raise Undecodable(f"{size} bytes are claimed where {self.end - at} are left")
        return at + size

    def length(self, at: int) -> int:
        """The length that stands at `at`; -1 means that there is nothing."""
        self.skip(at, 4)
        length: int = _LENGTH.unpack_from(self.body, at)[0]
        if length < -1:
            raise Undecodable(f"a length of {length}")
        return length

    def byte(self, at: int) -> int:
        """The byte at `at`."""
        if at >= self.end:
            raise Undecodable("it is cut short")
        return self.body[at]

    def count(self, parts: int) -> None:
        """Take so many parts off those that may still come."""
        self.parts -= parts
        if self.parts < 0:
            raise BadEncodingLimitsExceeded

    def deeper(self) -> None:
        """One level down; `depth` is given back by who called."""
        self.depth -= 1
        if self.depth < 0:
            raise BadEncodingLimitsExceeded


Step = Callable[[Walk, int], int]
"""Walks over one value that begins at an offset; returns the offset behind it.

Raises Undecodable, or BadEncodingLimitsExceeded where the bytes are sound but too many."""


class Fixed:
    """The step over a value that always has this size. `numbers`: an array of them is decoded in one go."""

    def __init__(self, size: int, *, numbers: bool = False) -> None:
        self.size = size
        self.numbers = numbers

    def __call__(self, walk: Walk, at: int) -> int:
        return walk.skip(at, self.size)


class Records:
    """The step over a value of which many neighbours may be alike: they are stepped over together.

    `size_of`: from the two bytes at `head_at` of a value, its size, where they say it; else 0.
    """

    def __init__(self, one: Step, head_at: int, size_of: Callable[[int, int], int]) -> None:
        self._one = one
        self._head_at = head_at
        self._size_of = size_of

    def __call__(self, walk: Walk, at: int) -> int:
        return self._one(walk, at)

    def size(self, walk: Walk, at: int) -> int:
        """The size of the value that begins here; 0 if its first bytes do not say it."""
        head = walk.body[at + self._head_at : at + self._head_at + 2]
        return self._head_at + self._size_of(*head) if len(head) == 2 and self._size_of(*head) else 0

    def alike(self, walk: Walk, at: int, most: int) -> int:
        """How many values from here on have the same head and size, and are whole; 0 where it is not worth the look."""
        size = self.size(walk, at)
        if not size or most < _SHORT_RUN:
            return 0
        head_at = at + self._head_at
        ahead = head_at + _SHORT_RUN * size
        if walk.body[ahead : ahead + 2] != walk.body[head_at : head_at + 2]:
            return 0
        most = min(most, (walk.end - at) // size)
        if most < _SHORT_RUN:
            return 0
        heads = np.frombuffer(walk.body, np.uint8, most * size, at).reshape(most, size)
        heads = heads[:, self._head_at : self._head_at + 2]
        same = (heads == heads[0]).all(axis=1)
        return most if same.all() else int(same.argmin())


def text(walk: Walk, at: int) -> int:
    """Over a String or ByteString."""
    return walk.skip(at + 4, max(0, walk.length(at)))


def array(element: Callable[[], Step]) -> Step:
    """The step over an array of such elements. They are named late, for a type may hold arrays of itself."""

    def walk_array(walk: Walk, at: int) -> int:
        length = max(0, walk.length(at))
        step, at = element(), at + 4
        if isinstance(step, Fixed) and step.size:
            after = walk.skip(at, length * step.size)
            walk.count(length // NUMBERS_A_PART if step.numbers else length)
            return after
        if length > walk.end - at:
            raise Undecodable(f"{length} elements are claimed in {walk.end - at} bytes")
        walk.count(length)
        while length:
            if isinstance(step, Records) and (alike := step.alike(walk, at, length)):
                at, length = at + alike * step.size(walk, at), length - alike
            else:
                at, length = step(walk, at), length - 1
        return at

    return walk_array


_TWO_BYTE, _FOUR_BYTE, _NUMERIC, _STRING, _GUID, _BYTES = range(6)
_NODE_SIZES = {_TWO_BYTE: 2, _FOUR_BYTE: 4, _NUMERIC: 7, _GUID: 19}
_HAS_URI, _HAS_SERVER = 0x80, 0x40


def node_id(walk: Walk, at: int) -> int:
    """Over a NodeId or ExpandedNodeId."""
    encoding = walk.byte(at)
    kind = encoding & 0x3F
    if kind in _NODE_SIZES:
        at = walk.skip(at, _NODE_SIZES[kind])
    elif kind in (_STRING, _BYTES):
        at = text(walk, walk.skip(at, 3))
    else:
        raise Undecodable(f"{kind} is no kind of NodeId")
    if encoding & _HAS_URI:
        at = text(walk, at)
    return walk.skip(at, 4) if encoding & _HAS_SERVER else at


def qualified_name(walk: Walk, at: int) -> int:
    """Over a QualifiedName."""
    return text(walk, walk.skip(at, 2))


def localized_text(walk: Walk, at: int) -> int:
    """Over a LocalizedText."""
    mask, at = walk.byte(at), at + 1
    if mask & 1:
        at = text(walk, at)
    return text(walk, at) if mask & 2 else at
