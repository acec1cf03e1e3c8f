"""DataValues as columns: those of a ReadResponse, and those of a notification.

Runs of numbers that lie alike in memory are read together (`records`); a value of any other type is stepped over, and
decoded only where it is short.
"""

import struct
from dataclasses import dataclass, field

import numpy as np
from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import nodeid_from_binary, struct_from_binary, variant_from_binary
from asyncua.ua.uaerrors import UaStatusCodeError
from numpy.typing import NDArray

from collector.sources.opcua.records import VALUE, RecordLayout, TimePart, alike, record_layout
from collector.sources.opcua.short_text import one_line, short_text
from collector.sources.opcua.walk import Undecodable, Walk
from collector.sources.opcua.walk_values import variant
from models.works.exact_number import WHOLE_FROM

_ARRAY = 0x80
_TEXTS = (12, 15, 16)  # String, ByteString, XmlElement: a length, then bytes
_STRING = _TEXTS[0]
_LONGEST_DECODED = 512  # no text that is shown is longer, and 512 bytes hold nothing that takes long

_EPOCH_TICKS = 116_444_736_000_000_000  # 1970 in units of 100 ns since 1601
_LAST_TICKS = _EPOCH_TICKS + (2**63 - 1) // 100  # 2262: nanoseconds no longer fit


@dataclass(slots=True)
class DecodedColumns:
    """Values of a ReadResponse in the order of the request.

    values: float64, NaN where there is no number. status: uint32. times_ns: int64 UTC nanoseconds of the wanted stamp,
    0 if it is missing, before 1970 or after 2262. `wrong`: row -> what is there instead of a number;
    `texts`: row -> the text that is there, if it is one and not too long. `exact`: row -> the whole number that is
    there, if a float may not hold it.
    """

    values: NDArray[np.float64]
    status: NDArray[np.uint32]
    times_ns: NDArray[np.int64]
    wrong: dict[int, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    exact: dict[int, int] = field(default_factory=dict)

    @staticmethod
    def empty(count: int) -> "DecodedColumns":
        """DecodedColumns of `count` rows: NaN, Good, no time."""
        return DecodedColumns(np.full(count, np.nan), np.zeros(count, dtype=np.uint32), np.zeros(count, dtype=np.int64))

    def take(self, rows: NDArray[np.bool_]) -> "DecodedColumns":
        """The chosen rows, in their order."""
        place = np.cumsum(rows) - 1
        wrong = {int(place[row]): text for row, text in self.wrong.items() if rows[row]}
        texts = {int(place[row]): text for row, text in self.texts.items() if rows[row]}
        exact = {int(place[row]): number for row, number in self.exact.items() if rows[row]}
        return DecodedColumns(self.values[rows], self.status[rows], self.times_ns[rows], wrong, texts, exact)


def joined_columns(*found: DecodedColumns) -> DecodedColumns:
    """As one, in their order. At least one."""
    columns = DecodedColumns(
        np.concatenate([one.values for one in found]),
        np.concatenate([one.status for one in found]),
        np.concatenate([one.times_ns for one in found]),
    )
    before = 0
    for one in found:
        columns.wrong |= {before + row: text for row, text in one.wrong.items()}
        columns.texts |= {before + row: text for row, text in one.texts.items()}
        columns.exact |= {before + row: number for row, number in one.exact.items()}
        before += len(one.status)
    return columns


def ticks_to_ns(ticks: NDArray[np.int64]) -> NDArray[np.int64]:
    """UTC nanoseconds of 100 ns ticks since 1601; 0 if they are not between 1970 and 2262."""
    if len(ticks) and ticks.min() > _EPOCH_TICKS and ticks.max() <= _LAST_TICKS:
        return (ticks - _EPOCH_TICKS) * 100
    known = (ticks > _EPOCH_TICKS) & (ticks <= _LAST_TICKS)
    return np.where(known, (np.where(known, ticks, _EPOCH_TICKS) - _EPOCH_TICKS) * 100, 0)


def _tick_to_ns(tick: int) -> int:
    return (tick - _EPOCH_TICKS) * 100 if _EPOCH_TICKS < tick <= _LAST_TICKS else 0


_Run = tuple[int, int, int]
"""Records that lie alike: where the first begins, its row, and how many they are."""


class ValueReader:
    """Reads DataValues of one message into `columns`. `walk`: over its bytes, which bounds as a whole what it holds
    beside numbers. `time`: the stamp that is wanted. `handles`: the numbers of the monitored items, which stand before
    each value of a notification."""

    def __init__(
        self,
        walk: Walk,
        columns: DecodedColumns,
        time: TimePart | None,
        handles: NDArray[np.uint32] | None = None,
    ) -> None:
        self._body = walk.body
        self._columns = columns
        self._time = time
        self._handles = handles
        self._head_at = 0 if handles is None else 4
        self._walk = walk

    def read(self, offset: int, first: int, count: int) -> int:
        """Read `count` DataValues from `offset` on into rows `first`.. of the columns; the offset behind them.

        Raises:
            Undecodable: the bytes are cut short or hold a value that the library cannot read either.
        """
        body, head_at, numbered = self._body, self._head_at, self._handles is not None
        found: dict[RecordLayout, list[_Run]] = {}
        row, end = first, first + count
        try:
            while row < end:
                mask = body[offset + head_at]
                kind = body[offset + head_at + 1] if mask & VALUE else 0
                layout = record_layout(mask, kind, numbered=numbered)
                if layout is None:
                    offset = self._other(offset, row)
                    row += 1
                    continue
                many = alike(body, offset, layout, end - row)
                if not many:
                    raise Undecodable(f"value {row - first} of {count} is cut short")
                found.setdefault(layout, []).append((offset, row, many))
                row += many
                offset += many * layout.size
        except (IndexError, struct.error) as error:
            raise Undecodable(f"value {row - first} of {count} is cut short") from error
        for layout, runs in found.items():
            self._store(layout, runs)
        return offset

    def _store(self, layout: RecordLayout, runs: list[_Run]) -> None:
        """Put all records of one layout into their rows."""
        columns, names = self._columns, layout.names
        rows: slice | NDArray[np.intp]
        if len(runs) == 1:
            ((offset, row, many),) = runs
            records, rows = np.frombuffer(self._body, layout.records, many, offset), slice(row, row + many)
        else:
            size = layout.size
            parts = [self._body[offset : offset + many * size] for offset, _, many in runs]
            records = np.frombuffer(b"".join(parts), layout.records)
            starts = np.array([run[1:] for run in runs], dtype=np.intp)
            # Within a run rows count up by one; from one run to the next they leap.
            before = np.cumsum(starts[:, 1]) - starts[:, 1]
            rows = np.repeat(starts[:, 0] - before, starts[:, 1]) + np.arange(len(records))
        if self._handles is not None:
            self._handles[rows] = records["handle"]
        if "value" in names:
            columns.values[rows] = records["value"] != 0 if layout.boolean else records["value"]
            if layout.long:
                self._keep_exact(records["value"], rows)
        if "status" in names:
            columns.status[rows] = records["status"]
        if self._time is not None and self._time in names:
            columns.times_ns[rows] = ticks_to_ns(records[self._time])
        if "value" not in names:
            at = np.arange(rows.start, rows.stop) if isinstance(rows, slice) else rows
            for believed in at[columns.status[rows] >> np.uint32(31) == 0].tolist():
                columns.wrong[believed] = "no value"

    def _keep_exact(self, numbers: NDArray[np.int64] | NDArray[np.uint64], rows: slice | NDArray[np.intp]) -> None:
        large = (numbers >= WHOLE_FROM) | (numbers <= -WHOLE_FROM)
        if large.any():
            at = np.arange(rows.start, rows.stop) if isinstance(rows, slice) else rows
            self._columns.exact.update(zip(at[large].tolist(), numbers[large].tolist(), strict=True))

    def _other(self, offset: int, row: int) -> int:
        """Step over one DataValue that holds something else than a number; return the offset behind it."""
        body, columns, value_at = self._body, self._columns, offset + self._head_at
        mask = body[value_at]
        rest = record_layout(mask & ~VALUE, 0)
        if rest is None or not mask & VALUE:
            raise Undecodable(f"{mask:#04x} does not start a value")
        try:
            after = variant(self._walk, value_at + 1)
        except UaStatusCodeError as error:
            raise Undecodable(f"it holds too much: {type(error).__name__}") from error
        if self._handles is not None:
            self._handles[row] = int.from_bytes(body[offset:value_at], "little")
        # The parts behind the value are those of a DataValue without one.
        parts = rest.scalars.unpack_from(bytes((0,)) + body[after : after + rest.size - 1])
        said = dict(zip(rest.names, parts, strict=True))
        columns.status[row] = said.get("status", 0)
        if self._time is not None and self._time in said:
            columns.times_ns[row] = _tick_to_ns(said[self._time])
        if not said.get("status", 0) >> 31:
            encoded = body[value_at + 1 : after]
            columns.wrong[row] = _describe(encoded)
            if encoded[0] == _STRING and len(encoded) <= _LONGEST_DECODED:
                columns.texts[row] = encoded[5:].decode(errors="replace")
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
    ValueReader(Walk(body), columns, time).read(4, first, count)
