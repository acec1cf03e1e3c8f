import gzip
import itertools
import math
import time

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from collector.errors import ConfigurationError
from collector.influx.client import InfluxClient
from collector.influx.line_protocol import TelemetryEncoder, encode_rows
from collector.influx.packing import gzip_member
from collector.influx.settings import InfluxSettings
from models.counting.reading import ReadingBatch
from models.tables.influxql import identifier
from models.works.codes import Quality, TagKind
from models.works.plant import Tag
from models.works.table import Row, RowKey
from tests.support.budget import examples
from tests.support.influxd import InfluxServer


def gauge(signal: str, unit: str = "bf3") -> Tag:
    return Tag(
        name=f"{unit}.{signal}",
        signal=signal,
        kind=TagKind.GAUGE,
        site="temirtau",
        shop="blast_furnaces",
        unit=unit,
        source="plc",
        unit_of_measure="m3/h",
        cadence_s=10,
    )


ENCODER = TelemetryEncoder([gauge("blast"), gauge("top_pressure")], "temirtau")
START = "telemetry,shop=blast_furnaces,signal={},site=temirtau,unit=bf3 quality={}i,value={} {}\n"


def test_readings_of_one_time_stamp_become_lines_in_their_order() -> None:
    batch = ReadingBatch.of("plc", 0, [(1, 2.5, 77, Quality.GOOD), (0, -1e22, 77, Quality.UNCERTAIN)])
    encoded = ENCODER.encode(batch)
    assert encoded.data.decode() == START.format("top_pressure", 2, "2.5", 77) + START.format("blast", 1, "-1e+22", 77)
    assert encoded.line_count == 2


def test_readings_of_several_time_stamps_keep_each_its_own() -> None:
    batch = ReadingBatch.of("plc", 0, [(0, 0.1, 78, Quality.GOOD), (0, 0.2, 77, Quality.BAD)])
    assert ENCODER.encode(batch).data.decode() == START.format("blast", 2, 0.1, 78) + START.format("blast", 0, 0.2, 77)


def test_a_reading_that_is_not_a_number_is_counted_and_never_written() -> None:
    rows = [(0, math.nan, 1, Quality.BAD), (0, math.inf, 1, Quality.BAD), (1, 5.0, 1, Quality.GOOD)]
    encoded = ENCODER.encode(ReadingBatch.of("plc", 0, rows))
    assert encoded.data.decode() == START.format("top_pressure", 2, "5.0", 1)
    assert encoded.line_count == 1
    nothing = ENCODER.encode(ReadingBatch.of("plc", 0, rows[:2]))
    assert (nothing.data, nothing.line_count) == (b"", 0)


def test_a_tag_that_cannot_be_written_is_refused_when_the_encoder_is_made() -> None:
    with pytest.raises(ConfigurationError, match="line break"):
        TelemetryEncoder([gauge("a\nb")], "temirtau")


@given(st.lists(st.floats(), max_size=40), st.booleans())
def test_every_finite_value_reads_back_exactly(values: list[float], one_stamp: bool) -> None:
    times = [7 if one_stamp else index for index in range(len(values))]
    batch = ReadingBatch(
        "plc",
        0,
        np.zeros(len(values), np.int32),
        np.array(values, np.float64),
        np.array(times, np.int64),
        np.full(len(values), Quality.GOOD, np.uint8),
    )
    lines = ENCODER.encode(batch).data.decode().splitlines()
    read = [(float(line.split("value=")[1].split()[0]), int(line.split()[-1])) for line in lines]
    assert read == [(value, at) for value, at in zip(values, times, strict=True) if math.isfinite(value)]


def row(table: str = "t", tags: dict[str, str] | None = None, **fields: float | int | str) -> Row:
    return Row(RowKey.of(table, 1, tags or {}), fields)


def test_floats_integers_and_strings_keep_their_types() -> None:
    encoded = encode_rows([row("output day", {"unit": "a,b=c d"}, actual_t=1.0, status=2, note='say "ton"\\')])
    assert encoded.data == rb'output\ day,unit=a\,b\=c\ d actual_t=1.0,status=2i,note="say \"ton\"\\" 1' + b"\n"


def test_a_row_left_without_fields_is_not_written() -> None:
    encoded = encode_rows([row(actual_t=math.nan), row(), row(actual_t=math.inf, status=0)])
    assert (encoded.data, encoded.line_count) == (b"t status=0i 1\n", 1)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(tags={"unit": "a\nb"}, v=1.0), "line break"),
        (row(tags={"unit": "a\\"}, v=1.0), "backslash"),
        (row(tags={"unit": "a\\,b"}, v=1.0), "backslash"),
        (Row(RowKey("t", (), 1), {'a\\"b': 1.0}), "backslash"),
        (row(tags={"unit": ""}, v=1.0), "is empty"),
        (row("#t", v=1.0), "comment"),
        (row(tags={"unit": "\ud800"}, v=1.0), "surrogate"),
        (row(v=2**63), "64 bits"),
        (row(time=1.0), "keeps that name"),
        (row(note="\x00"), "NUL"),
        (Row(RowKey("t", (), 2**63), {"v": 1.0}), "64 bits"),
    ],
)
def test_what_the_format_cannot_carry_is_refused_with_the_reason_and_its_neighbours_are_written(
    bad: Row, reason: str
) -> None:
    encoded = encode_rows([row(v=1.0), bad, row(v=2.0)])
    assert encoded.data == b"t v=1.0 1\nt v=2.0 1\n"
    assert [refused for refused, _ in encoded.refused] == [bad]
    assert reason in encoded.refused[0][1]


def test_a_gzip_member_holds_the_data_and_is_the_same_every_time() -> None:
    assert gzip.decompress(gzip_member(b"one\n") + gzip_member(b"two\n")) == b"one\ntwo\n"
    assert gzip_member(b"one\n") == gzip_member(b"one\n")


_names = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text(",= \\\"'ab#", max_size=8)
_values = (
    st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(2**63), 2**63 - 1)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
    | st.text('\\"\n, =', max_size=8)
)
# Tags and fields that differ by their first letter: `SELECT *` shows both as columns.
_rows = st.tuples(
    _names,
    st.dictionaries(_names.map("t".__add__), _names.map("v".__add__), max_size=3),
    st.dictionaries(_names.map("f".__add__), _values, min_size=1, max_size=3),
)
_tables = itertools.count()


@pytest.fixture(scope="module")
def round_trip_bucket(server: InfluxServer) -> InfluxSettings:
    settings = server.settings("round_trip")
    server.make_bucket(settings.bucket)
    return settings


# Some 300 odd rows go through the database itself; shrinking them would take minutes of requests.
@hypothesis_settings(
    max_examples=examples(8), suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(drawn=st.lists(_rows, min_size=20, max_size=60))
async def test_what_is_written_is_what_the_database_reads_back(
    server: InfluxServer, round_trip_bucket: InfluxSettings, drawn: list[tuple]
) -> None:
    now_ns = time.time_ns()
    rows = [Row(RowKey.of(f"m{next(_tables)}{name}", now_ns, tags), fields) for name, tags, fields in drawn]
    encoded = encode_rows(rows)
    refused = [unwritable for unwritable, _ in encoded.refused]
    client = InfluxClient(round_trip_bucket)
    try:
        await client.write(round_trip_bucket.bucket, gzip_member(encoded.data))
        for written in rows:
            if written in refused:
                continue
            key = written.key
            (series,) = await client.query(round_trip_bucket.bucket, f"SELECT * FROM {identifier(key.table)}")
            (values,) = series.values
            expected = {"time": now_ns, **dict(key.tags), **written.fields}
            assert series.name == key.table
            # JSON shows 1e16 as 10000000000000000: what was written as a float is read as one.
            read = dict(zip(series.columns, values, strict=True))
            assert {name: type(expected[name])(value) for name, value in read.items()} == expected
    finally:
        await client.close()
