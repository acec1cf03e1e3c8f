"""The walk over encoded values goes where the library goes, and nowhere else."""

import random
import struct
from dataclasses import fields

import pytest
from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import struct_from_binary, struct_to_binary, variant_from_binary, variant_to_binary
from asyncua.ua.uaerrors import BadEncodingLimitsExceeded, UaStatusCodeError

from collector.sources.opcua.answers import answer_to, check_answer, check_structure
from collector.sources.opcua.ceilings import MOST_DEPTH, MOST_DIMENSIONS, MOST_HEADER_BYTES, MOST_PARTS, NUMBERS_A_PART
from collector.sources.opcua.walk import Undecodable, Walk
from collector.sources.opcua.walk_values import variant
from tests.support.hostile.answers import odd_values, sound_answers
from tests.support.hostile.spoil import spoilt

UNREADABLE = {"AliasCategoryUpdateDataType"}
"""The library names a type in it that it does not have, so it can neither write nor read one."""


def response_of(request: type) -> type:
    found: type = getattr(ua, request.__name__.removesuffix("Request") + "Response")
    return found


def walked(encoded: bytes) -> int:
    return variant(Walk(encoded), 0)


def length(number: int) -> bytes:
    return struct.pack("<i", number)


@pytest.mark.long
def test_what_the_walk_accepts_the_library_reads_to_the_same_byte() -> None:
    chance, accepted = random.Random(7), 0
    answers = [answer for answer in sound_answers() if b"what it was" not in answer.body]
    for _ in range(20_000):
        answer = chance.choice(answers)
        kind, body = response_of(answer.request), spoilt(answer.body, chance)
        try:
            after = check_structure(body, kind)
        except (Undecodable, UaStatusCodeError):
            continue
        buffer = Buffer(body)
        try:
            struct_from_binary(kind, buffer)
        except Exception:  # noqa: S112 - what it refuses does no harm; the time is held by the spoilt messages
            continue
        assert buffer.cur_pos == after, (kind, body.hex())
        accepted += 1
    assert accepted > 2_000


def test_every_structure_that_the_library_knows_is_walked_as_it_reads_it() -> None:
    walked_types = 0
    for kind in ua.extension_objects_by_typeid.values():
        if kind.__name__ in UNREADABLE or any(field.name == "Encoding" for field in fields(kind)):
            continue
        try:
            encoded = struct_to_binary(kind())
            buffer = Buffer(encoded)
            struct_from_binary(kind, buffer)
        except Exception:  # noqa: S112 - the library cannot write an empty one, or not read what it wrote
            continue
        assert check_structure(encoded, kind) == buffer.cur_pos, kind
        walked_types += 1
    assert walked_types > 250


@pytest.mark.parametrize("value", odd_values(), ids=lambda value: str(value.Value.VariantType))
def test_a_value_of_each_type_is_walked_to_its_end(value: ua.DataValue) -> None:
    encoded = variant_to_binary(value.Value)
    assert walked(encoded) == len(encoded)
    for cut in range(len(encoded)):
        with pytest.raises(Undecodable):
            walked(encoded[:cut])


def test_the_library_itself_believes_each_length() -> None:
    """Why there is a walk: nine bytes become twenty thousand texts. Once this fails, the library has learnt it."""
    value = variant_from_binary(Buffer(b"\x8c" + length(20_000) + length(-4)))
    assert len(value.Value) == 20_000


@pytest.mark.parametrize(
    "encoded",
    [
        b"\x80" + length(2**31 - 1),
        b"\x80" + length(1),
        b"\x0c" + length(-4),
        b"\x0c" + length(-2) + b"ab",
        b"\x8c" + length(20_000) + length(-4),
        b"\x8b" + length(-2),
        b"\x8b" + length(2) + b"\0" * 15,
        b"\x4b" + b"\0" * 8 + length(1) + length(1),  # a single number with dimensions
        b"\xc3" + length(2) + b"ab" + length(0),
        b"\xc3" + length(2) + b"ab" + length(-1),
        b"\xc3" + length(2) + b"ab" + length(2) + length(-1) + length(-2),
        b"\xc3" + length(2) + b"ab" + length(2) + length(0) + length(3),
        b"\xc3" + length(2) + b"ab" + length(MOST_DIMENSIONS + 1) + length(1) * (MOST_DIMENSIONS + 1),
        b"\x11\x06",  # a NodeId of no kind
        b"\x16\x01\x00\x79\x03\x00",  # a unit without its parts
        b"\x16\x01\x00\x79\x03\x01" + length(3) + b"abc",
        b"\x16\x01\x00\x79\x03\x01" + length(-2),
    ],
    ids=lambda encoded: encoded[:12].hex(),
)
def test_a_value_that_lies_is_refused(encoded: bytes) -> None:
    with pytest.raises(Undecodable):
        walked(encoded)


def test_values_within_values_are_bounded_in_depth() -> None:
    sound = (b"\x98" + length(1)) * MOST_DEPTH + b"\x01\x01"
    assert walked(sound) == len(sound)
    variant_from_binary(Buffer(sound))
    with pytest.raises(BadEncodingLimitsExceeded):
        walked((b"\x98" + length(1)) * (MOST_DEPTH + 1) + b"\x01\x01")


def test_elements_are_bounded_in_total_and_numbers_count_less() -> None:
    texts = b"\x8c" + length(MOST_PARTS) + b"\0\0\0\0" * MOST_PARTS
    assert walked(texts) == len(texts)
    with pytest.raises(BadEncodingLimitsExceeded):
        walked(b"\x8c" + length(MOST_PARTS + 1) + b"\0\0\0\0" * (MOST_PARTS + 1))
    count = MOST_PARTS * NUMBERS_A_PART
    assert walked(b"\x81" + length(count) + b"\1" * count) == 5 + count
    with pytest.raises(BadEncodingLimitsExceeded):
        walked(b"\x81" + length(count + NUMBERS_A_PART) + b"\1" * (count + NUMBERS_A_PART))


def test_an_answer_must_be_of_the_kind_that_was_asked_for() -> None:
    published = next(answer for answer in sound_answers() if answer.use == "publish").body
    assert check_answer(published, answer_to(ua.PublishRequest)) is None
    with pytest.raises(Undecodable, match="is no ReadResponse"):
        check_answer(published, answer_to(ua.ReadRequest))


def test_a_fault_is_told_by_its_code_and_one_that_says_all_is_well_is_none() -> None:
    fault = ua.ServiceFault()
    fault.ResponseHeader.ServiceResult = ua.StatusCode(ua.StatusCodes.BadTooManyOperations)
    told = check_answer(struct_to_binary(fault), answer_to(ua.ReadRequest))
    assert isinstance(told, ua.uaerrors.BadTooManyOperations)
    with pytest.raises(Undecodable, match="all is well"):
        check_answer(struct_to_binary(ua.ServiceFault()), answer_to(ua.ReadRequest))


def test_the_header_of_an_answer_is_bounded_also_where_values_are_read_by_us() -> None:
    answer = ua.ReadResponse()
    answer.ResponseHeader.StringTable = ["x" * MOST_HEADER_BYTES]
    with pytest.raises(Undecodable, match="a header of"):
        check_answer(struct_to_binary(answer), answer_to(ua.ReadRequest, in_columns=True))
