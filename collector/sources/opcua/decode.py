"""ReadResponse bodies as columns.

A DataValue is one byte that says which parts follow, then those parts. Neighbours with the same parts and the same
numeric type have the same size, so a run of them is read as one array of records; a lone one is unpacked singly, and a
value of any other type is stepped over, and decoded only where it is short. Part order on the wire (OPC UA part 6,
5.2.2.17): value, status, source time, source picoseconds, server time, server picoseconds.
"""

import struct
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import numpy as np
from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import nodeid_from_binary, struct_from_binary, variant_from_binary
from asyncua.ua.uaerrors import UaStatusCodeError
from numpy.typing import NDArray

from collector.sources.opcua.short_text import one_line, short_text
from collector.sources.opcua.walk import Undecodable, Walk
from collector.sources.opcua.walk_values import variant

TimePart = Literal["source", "server"]

_VALUE, _STATUS, _SOURCE, _SERVER, _SOURCE_PICO, _SERVER_PICO = 1, 2, 4, 8, 16, 32
# Variant type number -> numpy and struct codes of its little-endian scalar.
_NUMBERS = {1: "B", 2: "b", 3: "B", 4: "h", 5: "H", 6: "i", 7: "I", 8: "q", 9: "Q", 10: "f", 11: "d"}
_BOOLEAN = 1
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
_ARRAY = 0x80
_TEXTS = (12, 15, 16)  # String, ByteString, XmlElement: a length, then bytes
_LONGEST_DECODED = 512  # no text that is shown is longer, and 512 bytes hold nothing that takes long
_FIRST_WINDOW = 64  # a run may be short: compare few heads first, then eight times as many, until one differs
_SHORT_RUN = 4  # fewer than so many records are quicker to unpack singly

_EPOCH_TICKS = 116_444_736_000_000_000  # 1970 in units of 100 ns since 1601
_LAST_TICKS = _EPOCH_TICKS + (2**63 - 1) // 100  # 2262: nanoseconds no longer fit


@dataclass(slots=True)
class DecodedColumns:
    """Values of a ReadResponse in the order of the request.

    values: float64, NaN where there is no number. status: uint32. times_ns: int64 UTC nanoseconds of the wanted stamp,
    0 if it is missing, before 1970 or after 2262. `wrong`: row -> what is there instead of a number.
    """

    values: NDArray[np.float64]
    status: NDArray[np.uint32]
    times_ns: NDArray[np.int64]
    wrong: dict[int, str] = field(default_factory=dict)

    @staticmethod
    def empty(count: int) -> "DecodedColumns":
        """DecodedColumns of `count` rows: NaN, Good, no time."""
        return DecodedColumns(np.full(count, np.nan), np.zeros(count, dtype=np.uint32), np.zeros(count, dtype=np.int64))

    def take(self, rows: NDArray[np.bool_]) -> "DecodedColumns":
        """The chosen rows, in their order."""
        place = np.cumsum(rows) - 1
        wrong = {int(place[row]): text for row, text in self.wrong.items() if rows[row]}
        return DecodedColumns(self.values[rows], self.status[rows], self.times_ns[rows], wrong)


@dataclass(frozen=True, slots=True)
class _Layout:
    size: int
    head: int  # first byte, and the type byte above it if there is a value
    head_bytes: bytes
    records: np.dtype[np.void]
    scalars: struct.Struct
    names: tuple[str, ...]
    boolean: bool
    # Where the parts are among the scalars; 0, the head, where they are missing.
    value_at: int
    status_at: int
    source_at: int
    server_at: int


@cache
def _layout(mask: int, variant: int) -> _Layout | None:
    """How a DataValue with these parts lies in memory; None if it is not a plain number."""
    if mask & 0xC0 or (mask & _VALUE and variant not in _NUMBERS):
        return None
    parts = [("head", "H")] if mask & _VALUE else [("head", "B")]
    if mask & _VALUE:
        parts.append(("value", _NUMBERS[variant]))
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
    scalars = struct.Struct("<" + "".join(code for _, code in parts))
    head = mask | variant << 8 if mask & _VALUE else mask
    head_bytes = head.to_bytes(2 if mask & _VALUE else 1, "little")
    names = tuple(name for name, _ in parts)
    places = [names.index(name) if name in names else 0 for name in ("value", "status", "source", "server")]
    return _Layout(records.itemsize, head, head_bytes, records, scalars, names, variant == _BOOLEAN, *places)


def _run(body: bytes, offset: int, layout: _Layout, most: int) -> NDArray[np.void]:
    """The records of `layout` that follow each other from `offset` on, at most `most`; at least one."""
    most = min(most, (len(body) - offset) // layout.size)
    window = min(most, _FIRST_WINDOW)
    while True:
        records = np.frombuffer(body, layout.records, window, offset)
        same = records["head"] == layout.head
        if not same.all():
            return records[: int(same.argmin())]
        if window == most:
            return records
        window = min(most, window * 8)


def ticks_to_ns(ticks: NDArray[np.int64]) -> NDArray[np.int64]:
    """UTC nanoseconds of 100 ns ticks since 1601; 0 if they are not between 1970 and 2262."""
    known = (ticks > _EPOCH_TICKS) & (ticks <= _LAST_TICKS)
    return np.where(known, (np.where(known, ticks, _EPOCH_TICKS) - _EPOCH_TICKS) * 100, 0)


def _tick_to_ns(tick: int) -> int:
    return (tick - _EPOCH_TICKS) * 100 if _EPOCH_TICKS < tick <= _LAST_TICKS else 0


def decode_values(
    body: bytes, offset: int, columns: DecodedColumns, first: int, count: int, time: TimePart | None
) -> int:
    """Decode `count` DataValues from `offset` on into rows `first`.. of `columns`; return the offset behind them.

    Raises:
        Undecodable: the bytes are cut short or hold a value that the library cannot read either.
    """
    row, end = first, first + count
    try:
        while row < end:
            mask = body[offset]
            layout = _layout(mask, body[offset + 1] if mask & _VALUE else 0)
            if layout is None:
                offset = _by_library(body, offset, columns, row, time)
                row += 1
                continue
            # A guess that costs little: if the record some steps on has the same head, this is likely a run.
            ahead = offset + _SHORT_RUN * layout.size
            if row + _SHORT_RUN < end and body[ahead : ahead + len(layout.head_bytes)] == layout.head_bytes:
                records = _run(body, offset, layout, end - row)
                _store_run(records, layout, columns, row, time)
                row += len(records)
                offset += len(records) * layout.size
            else:
                _store_one(layout.scalars.unpack_from(body, offset), layout, columns, row, time)
                row += 1
                offset += layout.size
    except (IndexError, struct.error) as error:
        raise Undecodable(f"value {row - first} of {count} is cut short") from error
    return offset


def _store_run(
    records: NDArray[np.void], layout: _Layout, columns: DecodedColumns, row: int, time: TimePart | None
) -> None:
    rows = slice(row, row + len(records))
    if "value" in layout.names:
        columns.values[rows] = records["value"] != 0 if layout.boolean else records["value"]
    if "status" in layout.names:
        columns.status[rows] = records["status"]
    if time is not None and time in layout.names:
        columns.times_ns[rows] = ticks_to_ns(records[time])
    if "value" not in layout.names:
        for believed in np.flatnonzero(columns.status[rows] >> np.uint32(31) == 0):
            columns.wrong[row + int(believed)] = "no value"


def _store_one(
    parts: tuple[Any, ...], layout: _Layout, columns: DecodedColumns, row: int, time: TimePart | None
) -> None:
    status = parts[layout.status_at] if layout.status_at else 0
    if status:
        columns.status[row] = status
    if layout.value_at:
        columns.values[row] = parts[layout.value_at] != 0 if layout.boolean else parts[layout.value_at]
    elif not status >> 31:
        columns.wrong[row] = "no value"
    time_at = layout.source_at if time == "source" else layout.server_at
    if time is not None and time_at:
        columns.times_ns[row] = _tick_to_ns(parts[time_at])


def _by_library(body: bytes, offset: int, columns: DecodedColumns, row: int, time: TimePart | None) -> int:
    """Step over one DataValue that holds something else than a number; return the offset behind it."""
    mask = body[offset]
    if mask & 0xC0 or not mask & _VALUE:
        raise Undecodable(f"{mask:#04x} does not start a value")
    try:
        after = variant(Walk(body), offset + 1)
    except UaStatusCodeError as error:
        raise Undecodable(f"it holds too much: {type(error).__name__}") from error
    # The parts behind the value are those of a DataValue without one.
    rest = _layout(mask & ~_VALUE, 0)
    assert rest is not None  # noqa: S101 - masks without a value always have a layout
    parts = rest.scalars.unpack_from(bytes((0,)) + body[after : after + rest.size - 1])
    _store_one(parts, rest, columns, row, time)
    if not int(columns.status[row]) >> 31:
        columns.wrong[row] = _describe(body[offset + 1 : after])
    return after + rest.size - 1


def _describe(encoded: bytes) -> str:
    """What a value is, shortly, for a person: type and the beginning of its text. A long one is not decoded for it."""
    kind = ua.datatype_to_varianttype(encoded[0] & 0x3F).name
    if encoded[0] & _ARRAY:
        kind = f"array of {kind}"
    if len(encoded) > _LONGEST_DECODED:
        if encoded[0] in _TEXTS:
            beginning = encoded[5 : 5 + _LONGEST_DECODED]
            return f"{kind} {short_text(beginning if kind == 'ByteString' else beginning.decode(errors='replace'))}"
        return f"{kind} of {len(encoded)} bytes"
    try:
        value = variant_from_binary(Buffer(encoded)).Value
    except Exception as error:  # the library raises many kinds on bytes that it does not understand
        raise Undecodable(f"the library cannot read it either: {one_line(error)}") from error
    return "no value" if value is None else f"{kind} {short_text(value)}"


def decode_read_response(
    answer: Buffer, columns: DecodedColumns, first: int, count: int, time: TimePart | None
) -> None:
    """Decode a ReadResponse to `count` nodes into rows `first`.. of `columns`.

    Raises:
        UaStatusCodeError: the service as a whole failed.
        Undecodable: the answer holds another number of values, or one that cannot be read.
    """
    nodeid_from_binary(answer)
    header = struct_from_binary(ua.ResponseHeader, answer)
    header.ServiceResult.check()
    body = bytes(answer)
    if len(body) < 4:
        raise Undecodable("it is cut short")
    (found,) = struct.unpack_from("<i", body)
    if found != count:
        raise Undecodable(f"{count} values were asked for, {found} came")
    decode_values(body, 4, columns, first, count, time)
