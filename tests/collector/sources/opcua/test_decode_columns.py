"""DecodedColumns decoded from ReadResponse bytes equal what the library decodes."""

import math
import struct
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import struct_from_binary, struct_to_binary
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.sources.opcua.ceilings import MOST_PARTS
from collector.sources.opcua.clock import datetime_to_ns
from collector.sources.opcua.decode import DecodedColumns, ValueReader, decode_read_response
from collector.sources.opcua.walk import Undecodable, Walk
from tests.support.budget import examples

RANGES = {
    "SByte": (-128, 127), "Byte": (0, 255), "Int16": (-(2**15), 2**15 - 1), "UInt16": (0, 2**16 - 1),
    "Int32": (-(2**31), 2**31 - 1), "UInt32": (0, 2**32 - 1), "Int64": (-(2**63), 2**63 - 1), "UInt64": (0, 2**64 - 1),
}  # fmt: skip
NUMBERS = st.one_of(
    st.builds(lambda value: ua.Variant(value, ua.VariantType.Double), st.floats()),
    st.builds(lambda value: ua.Variant(value, ua.VariantType.Float), st.floats(width=32)),
    st.builds(lambda value: ua.Variant(value, ua.VariantType.Boolean), st.booleans()),
    *(
        st.builds(lambda value, kind=kind: ua.Variant(value, ua.VariantType[kind]), st.integers(*limits))
        for kind, limits in RANGES.items()
    ),
)
OTHERS = st.one_of(
    st.just(ua.Variant()),
    st.builds(lambda text: ua.Variant(text, ua.VariantType.String), st.text(max_size=9)),
    st.builds(lambda array: ua.Variant(array, ua.VariantType.Double), st.lists(st.floats(), max_size=3)),
    st.just(ua.Variant(datetime(2026, 1, 1, tzinfo=UTC), ua.VariantType.DateTime)),
    st.just(ua.Variant(ua.LocalizedText("печь"), ua.VariantType.LocalizedText)),
    st.just(ua.Variant(ua.NodeId(7, 2), ua.VariantType.NodeId)),
)
STATUS = st.sampled_from([0, 0, 0, 0x480, 0x40900000, 0x80340000, 0xC0000000])
# Microseconds: the library's datetimes hold no more.
SINCE_1601 = st.integers(0, 649 * 365 * 86400 * 10**6).map(lambda count: timedelta(microseconds=count))
MOMENTS = st.none() | SINCE_1601.map(lambda passed: datetime(1601, 1, 1, tzinfo=UTC) + passed)
PICO = st.none() | st.integers(0, 9999)


@st.composite
def data_values(draw: st.DrawFn) -> ua.DataValue:
    time = draw(MOMENTS)
    value = ua.DataValue(draw(st.one_of(NUMBERS, NUMBERS, NUMBERS, OTHERS)), ua.StatusCode(draw(STATUS)))
    if draw(st.booleans()):
        object.__setattr__(value, "Value", None)
    side = draw(st.sampled_from(["Source", "Server"]))
    # One side only: with both and picoseconds the library mixes up the order of the parts (see below).
    object.__setattr__(value, f"{side}Timestamp", time)
    object.__setattr__(value, f"{side}Picoseconds", draw(PICO))
    return value


@st.composite
def frames(draw: st.DrawFn) -> list[ua.DataValue]:
    """Runs of one value, as servers send them, with odd ones between."""
    runs = draw(st.lists(st.tuples(data_values(), st.integers(1, 90)), max_size=8))
    return [value for value, count in runs for _ in range(count)]


def response(values: list[ua.DataValue]) -> bytes:
    answer = ua.ReadResponse()
    answer.Results = values
    return struct_to_binary(answer)


def by_library(body: bytes, side: str) -> list[tuple[float, int, int, bool]]:
    """(value, status, time_ns, whether it is believed and no number) of each value."""
    rows = []
    for value in struct_from_binary(ua.ReadResponse, Buffer(body)).Results:
        held = value.Value.Value if value.Value is not None else None
        number = isinstance(held, int | float)
        status = value.StatusCode.value if value.StatusCode is not None else 0
        time_ns = datetime_to_ns(getattr(value, f"{side}Timestamp"))
        rows.append((float(held) if number else math.nan, status, time_ns, not number and status < 1 << 31))
    return rows


def whole_by_library(body: bytes) -> dict[int, int]:
    """By row, the numbers of 64 bits that a float may not hold."""
    values = struct_from_binary(ua.ReadResponse, Buffer(body)).Results
    held = {row: value.Value for row, value in enumerate(values) if value.Value is not None}
    long = {row: one.Value for row, one in held.items() if one.VariantType.name in ("Int64", "UInt64")}
    return {row: number for row, number in long.items() if abs(number) >= 2**53}


@settings(max_examples=examples(250))
@given(frames(), st.sampled_from(["Source", "Server"]))
def test_columns_equal_what_the_library_decodes(values: list[ua.DataValue], side: str) -> None:
    body = response(values)
    expected = by_library(body, side)
    columns = DecodedColumns.empty(len(values))
    decode_read_response(Buffer(body), columns, 0, len(values), side.lower())  # type: ignore[arg-type]
    np.testing.assert_array_equal(columns.values, np.array([row[0] for row in expected]))
    assert columns.exact == whole_by_library(body)
    assert columns.status.tolist() == [row[1] for row in expected]
    assert columns.times_ns.tolist() == [row[2] for row in expected]
    assert sorted(columns.wrong) == [index for index, row in enumerate(expected) if row[3]]


def test_parts_of_a_value_stand_in_the_order_of_the_specification() -> None:
    """Source time, source picoseconds, server time, server picoseconds (the library reads both times first)."""
    ticks = 133_000_000_000_000_001
    record = struct.pack("<BBdIqHqH", 0x3F, 11, 2.5, 0, ticks, 77, ticks + 10, 88)
    for time, extra in (("source", 0), ("server", 10)):
        columns = DecodedColumns.empty(3)
        assert ValueReader(Walk(record * 3), columns, time).read(0, 0, 3) == 3 * len(record)  # type: ignore[arg-type]
        assert columns.values.tolist() == [2.5] * 3
        assert columns.times_ns.tolist() == [(ticks + extra - 116_444_736_000_000_000) * 100] * 3


def test_stamps_keep_the_100_nanoseconds_of_the_wire_whichever_way_they_are_decoded() -> None:
    ticks = 133_000_000_000_000_003
    number = struct.pack("<BBdq", 0x05, 11, 1.0, ticks)
    text = struct.pack("<BBi2sq", 0x05, 12, 2, b"St", ticks)
    columns = DecodedColumns.empty(4)
    ValueReader(Walk(number * 2 + text + number), columns, "source").read(0, 0, 4)
    assert set(columns.times_ns.tolist()) == {(ticks - 116_444_736_000_000_000) * 100}
    assert list(columns.wrong) == [2]


@settings(max_examples=examples(150))
@given(frames(), st.data())
def test_a_frame_that_is_cut_short_is_undecodable_and_nothing_else(
    values: list[ua.DataValue], data: st.DataObject
) -> None:
    if not values:
        return
    body = response(values)[:-4]
    start = len(response([])) - 4
    cut = data.draw(st.integers(start, max(start, len(body) - 1)))
    columns = DecodedColumns.empty(len(values))
    with pytest.raises(Undecodable):
        ValueReader(Walk(body[:cut]), columns, "source").read(start, 0, len(values))


def test_a_fault_of_the_whole_service_is_raised_as_it_is() -> None:
    answer = ua.ReadResponse()
    answer.ResponseHeader.ServiceResult = ua.StatusCode(ua.StatusCodes.BadTooManyOperations)
    with pytest.raises(ua.uaerrors.BadTooManyOperations):
        decode_read_response(Buffer(struct_to_binary(answer)), DecodedColumns.empty(1), 0, 1, None)


def test_a_time_before_1970_is_no_time() -> None:
    columns = DecodedColumns.empty(2)
    record = struct.pack("<BBdq", 0x05, 11, 1.0, 0)
    ValueReader(Walk(record + struct.pack("<BBdq", 0x05, 11, 1.0, 2**63 - 1)), columns, "source").read(0, 0, 2)
    assert columns.times_ns.tolist() == [0, 0]
    assert datetime_to_ns(datetime(1601, 1, 1, tzinfo=UTC) + timedelta(days=1)) == 0


def test_what_is_no_number_is_bounded_for_a_whole_answer_and_not_value_by_value() -> None:
    """Each of these takes the library milliseconds to show, and two thousand of them would take seconds."""
    texts = struct.pack("<BBi", 0x01, 0x8C, MOST_PARTS // 10) + b"\0\0\0\0" * (MOST_PARTS // 10)
    columns = DecodedColumns.empty(11)
    assert ValueReader(Walk(texts * 10), columns, None).read(0, 0, 10) == 10 * len(texts)
    with pytest.raises(Undecodable, match="too much"):
        ValueReader(Walk(texts * 11), columns, None).read(0, 0, 11)


@settings(max_examples=examples(100))
@given(st.lists(st.tuples(st.sampled_from([0x05, 0x15, 0x0D, 0x01, 0x04]), st.integers(1, 200)), max_size=12))
def test_runs_of_any_length_and_order_keep_each_value_in_its_row(runs: list[tuple[int, int]]) -> None:
    """The order of masks and the lengths of runs are what the reader divides the bytes by."""
    body, expected = b"", []
    for mask, many in runs:
        for _ in range(many):
            number, ticks = float(len(expected)), 133_000_000_000_000_000 + len(expected)
            body += struct.pack("<B", mask) + (struct.pack("<Bd", 11, number) if mask & 1 else b"")
            body += struct.pack("<q", ticks) if mask & 4 else b""
            body += struct.pack("<H", 7) if mask & 16 else b""
            body += struct.pack("<q", ticks + 1) if mask & 8 else b""
            time_ns = (ticks - 116_444_736_000_000_000) * 100 if mask & 4 else 0
            expected.append((number if mask & 1 else math.nan, time_ns))
    columns = DecodedColumns.empty(len(expected))
    assert ValueReader(Walk(body), columns, "source").read(0, 0, len(expected)) == len(body)
    np.testing.assert_array_equal(columns.values, np.array([value for value, _ in expected]))
    assert columns.times_ns.tolist() == [time_ns for _, time_ns in expected]
    assert sorted(columns.wrong) == [row for row, (value, _) in enumerate(expected) if math.isnan(value)]
