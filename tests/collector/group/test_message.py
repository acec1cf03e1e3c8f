"""Messages between a site and its group: what goes in comes out, and nothing strange comes in."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.group.message import (
    MOST_BYTES,
    MOST_ROWS,
    MOST_UNPACKED_BYTES,
    FiguresMessage,
    GroupAnswer,
    PublishedRow,
    StrangeMessage,
    WithdrawnRow,
    decode_answer,
    decode_message,
    encode_answer,
    encode_message,
)
from models.works.table import RowKey
from tests.support.group_catalogue import CATALOGUE

STREAM = "0123456789abcdef" * 2
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUE = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | TEXT
KEY = {
    "table": st.sampled_from(["output_day", "output_month"]),
    "tags": st.lists(st.tuples(TEXT.filter(bool), TEXT), max_size=5).map(tuple),
    "time_ns": st.integers(-(2**63), 2**63 - 1),
    "revision": st.integers(0, 2**63 - 1),
}
PUBLISHED = st.builds(PublishedRow, **KEY, fields=st.dictionaries(TEXT.filter(bool), VALUE, max_size=8))
MESSAGE = st.builds(
    FiguresMessage,
    site=st.just("works"),
    stream=st.just(STREAM),
    number=st.integers(1, 2**63 - 1),
    made_ns=st.integers(0, 2**63 - 1),
    in_image=st.booleans(),
    image_ends=st.booleans(),
    catalogue=st.sampled_from([None, CATALOGUE]),
    rows=st.lists(PUBLISHED, max_size=4).map(tuple),
    withdrawn=st.lists(st.builds(WithdrawnRow, **KEY), max_size=4).map(tuple),
)


def message(**changed: object) -> FiguresMessage:
    given = {
        "site": "works", "stream": STREAM, "number": 1, "made_ns": 5, "in_image": True, "image_ends": False,
        "catalogue": CATALOGUE, "rows": (), "withdrawn": (),
    }  # fmt: skip
    return FiguresMessage(**{**given, **changed})


def packed(**changed: object) -> bytes:
    """The message with some of its JSON replaced."""
    return gzip.compress(json.dumps({**json.loads(message().model_dump_json()), **changed}).encode())


@given(MESSAGE)
def test_a_message_comes_out_as_it_went_in(sent: FiguresMessage) -> None:
    got = decode_message(encode_message(sent))
    assert got == sent
    for before, after in zip(sent.rows, got.rows, strict=True):
        assert {name: type(value) for name, value in after.fields.items()} == {
            name: type(value) for name, value in before.fields.items()
        }


def test_whole_numbers_stay_whole_and_a_float_gives_its_grams_back() -> None:
    fields = {"actual_t": 5.0, "status": 5, "target_t": 12345678901234 / 1e6, "period": "2025-08"}
    sent = message(rows=(PublishedRow(table="output_day", tags=(), time_ns=1, revision=1, fields=fields),))
    found = decode_message(encode_message(sent)).rows[0].fields
    assert {name: type(value) for name, value in found.items()} == {
        "actual_t": float, "status": int, "target_t": float, "period": str,
    }  # fmt: skip
    assert round(float(found["target_t"]) * 1e6) == 12345678901234


def test_a_row_of_a_message_is_the_row_of_the_table() -> None:
    sent = PublishedRow(table="output_day", tags=(("b", "2"), ("a", "1")), time_ns=7, revision=3, fields={"x": 1})
    assert sent.row().key == RowKey.of("output_day", 7, {"a": "1", "b": "2"})
    assert sent.row().fields == {"x": 1}


def test_an_answer_comes_out_as_it_went_in() -> None:
    answer = GroupAnswer(site="works", stream=STREAM, taken=12, resend=True)
    assert decode_answer(encode_answer(answer)) == answer
    assert json.loads(encode_answer(answer)) == {
        "version": 1, "site": "works", "stream": STREAM, "taken": 12, "resend": True,
    }  # fmt: skip


@given(st.binary(max_size=200))
def test_bytes_of_a_stranger_are_refused(data: bytes) -> None:
    with pytest.raises(StrangeMessage):
        decode_message(data)
    with pytest.raises(StrangeMessage):
        decode_message(gzip.compress(data))
    with pytest.raises(StrangeMessage):
        decode_answer(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"x" * (MOST_BYTES + 1), "900001 bytes long"),
        (b"no gzip", "not packed by gzip"),
        (gzip.compress(b" " * (MOST_UNPACKED_BYTES + 1)), "unpacks to more than 16000000 bytes"),
        (encode_message(message())[:-9], "cut off"),
        (encode_message(message()) + b"x", "something follows"),
        (encode_message(message()) * 2, "something follows"),
        (gzip.compress(b"{"), "not JSON"),
        (gzip.compress(b"[" * 100_000), "not JSON"),
        (gzip.compress(b"[]"), "not an object"),
        (packed(version=2), "of version 2 and this program knows 1: upgrade the group"),
        (packed(version=2, new_field=1), "of version 2"),
        (packed(new_field=1), "new_field"),
        (packed(number=0), "number"),
        (packed(number="1"), "number"),
        (packed(number=2**63), "number"),
        (packed(stream="x" * 32), "stream"),
        (packed(site="../x"), "site"),
        (packed(rows=[{}]), "rows.0"),
        (packed(withdrawn=[{"table": "t", "tags": [], "time_ns": 0, "revision": 0}] * (MOST_ROWS + 1)), "withdrawn"),
    ],
    ids=range(19),
)
def test_a_strange_message_is_refused_with_its_reason(data: bytes, why: str) -> None:
    with pytest.raises(StrangeMessage, match=why):
        decode_message(data)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999", "true", "null", "[]", "9223372036854775808"])
def test_a_field_that_no_table_holds_is_refused(value: str) -> None:
    row = f'[{{"table":"output_day","tags":[],"time_ns":0,"revision":0,"fields":{{"x":{value}}}}}]'
    text = message().model_dump_json().replace('"rows":[]', f'"rows":{row}')
    with pytest.raises(StrangeMessage):
        decode_message(gzip.compress(text.encode()))


def test_an_answer_of_a_newer_version_or_of_any_length_is_refused() -> None:
    answer = GroupAnswer(site="works", stream=STREAM, taken=12, resend=False)
    with pytest.raises(StrangeMessage, match="version 2"):
        decode_answer(encode_answer(answer).replace(b'"version":1', b'"version":2'))
    with pytest.raises(StrangeMessage, match="4096 at most"):
        decode_answer(encode_answer(answer) + b" " * 5000)
