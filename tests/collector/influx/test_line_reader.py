"""Lines are read back as the rows that they were made of, whatever stands in them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.influx.line_protocol import CannotWrite, encode_row
from collector.influx.line_reader import NoLine, read_line
from models.works.table import FieldValue, Row, RowKey

NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12)
VALUES: st.SearchStrategy[FieldValue] = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(2**63), 2**63 - 1),
    st.text(st.characters(blacklist_categories=("Cs",)), max_size=20),
)


@given(
    table=NAMES,
    time_ns=st.integers(-(2**62), 2**62),
    tags=st.dictionaries(NAMES, NAMES, max_size=4),
    fields=st.dictionaries(NAMES, VALUES, min_size=1, max_size=4),
)
def test_a_line_that_can_be_written_is_read_as_its_row(
    table: str, time_ns: int, tags: dict[str, str], fields: dict[str, FieldValue]
) -> None:
    row = Row(RowKey.of(table, time_ns, tags), fields)
    try:
        line = encode_row(row)
    except CannotWrite:
        return
    assert line is not None
    read = read_line(line.removesuffix(b"\n"))
    assert read == row
    assert {name: type(value) for name, value in read.fields.items()} == {
        name: type(value) for name, value in fields.items()
    }
    assert all(not isinstance(value, float) or math.isfinite(value) for value in read.fields.values())


@pytest.mark.parametrize(
    "line",
    [b"", b"telemetry", b"telemetry value=1.0", b"t,unit value=1.0 5", b"t value=one 5", b"t =1 5", b"\xff v=1 5"],
)
def test_what_is_no_line_is_refused(line: bytes) -> None:
    with pytest.raises(NoLine):
        read_line(line)
