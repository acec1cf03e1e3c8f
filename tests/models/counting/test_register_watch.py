"""What registers are is told by how they move together: each way in which a device may hold a number."""

import struct
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.counting.register_watch import ReadAs, RegisterFinding, findings, readings_of
from models.counting.shape_watch import NumberShape, Sureness, WatchedShape

NOON_S = 1_790_751_600.0


def watched(looks: Sequence[dict[int, int]]) -> dict[ReadAs, WatchedShape]:
    seen: dict[ReadAs, WatchedShape] = {}
    for second, words in enumerate(looks):
        for read_as, value in readings_of(words):
            seen.setdefault(read_as, WatchedShape()).look(NOON_S + second, value)
    return seen


def found(looks: Sequence[dict[int, int]]) -> dict[int, RegisterFinding]:
    return {one.read_as.first: one for one in findings(watched(looks))}


def halves(value: int) -> tuple[int, int]:
    return divmod(value % 2**32, 2**16)


@pytest.mark.parametrize("order", ["big", "little"])
def test_two_words_of_which_one_carries_into_the_other_are_one_counter_of_32_bits(order: str) -> None:
    values = [196_000 + 4000 * n for n in range(40)]
    looks = [dict(zip((7, 8), halves(v) if order == "big" else halves(v)[::-1], strict=True)) for v in values]
    (one,) = found(looks).values()
    assert (one.read_as.type, one.read_as.words, one.read_as.first) == ("uint32", order, 7)
    assert (one.found.shape, one.found.sureness) == (NumberShape.COUNTER, Sureness.SURE)
    assert one.found.keys == {"kind": "totalizer", "resolution": 4000.0, "modulus": 2**32, "max_rate_per_h": 15_000_000}
    assert "started again 3 times, and the high word" in one.found.reasons[0]


def test_one_carry_is_no_proof_yet() -> None:
    looks = [dict(zip((7, 8), halves(60_000 + 400 * n), strict=True)) for n in range(40)]
    assert found(looks)[7].found.sureness is Sureness.LIKELY


def test_a_counter_of_16_bits_beside_a_counter_of_heats_is_not_taken_for_32_bits() -> None:
    looks = [{7: n // 9, 8: (60_000 + 400 * n) % 2**16} for n in range(40)]
    ways = {one.read_as.type for one in found(looks).values()}
    assert ways == {"uint16"}
    assert found(looks)[8].found.keys["modulus"] == 65_536


def test_a_low_word_that_has_not_started_again_is_told_with_what_may_be_its_high_word() -> None:
    looks = [{7: 3, 8: 1000 + 10 * n} for n in range(40)]
    (one,) = found(looks).values()
    assert one.read_as == ReadAs(8, "uint16")
    assert "7 (at 3) stood" in one.found.reasons[-1]
    assert "in 107 min" in one.found.reasons[-1]


@pytest.mark.parametrize("order", ["big", "little"])
def test_a_rate_in_floating_point_is_found_in_either_order_of_words(order: str) -> None:
    looks = []
    for n in range(40):
        high, low = struct.unpack(">HH", struct.pack(">f", 720 + (n * 37 % 11) / 10))
        looks.append({20: high, 21: low} if order == "big" else {20: low, 21: high})
    (one,) = found(looks).values()
    assert (one.read_as.type, one.read_as.words) == ("float32", order)
    assert one.found.shape is NumberShape.RATE
    assert one.found.keys == {"high": 730.0}


def test_a_number_that_passes_0_has_a_sign() -> None:
    looks = [{3: (n * 7 % 11 - 5) % 2**16} for n in range(40)]
    assert found(looks)[3].read_as.type == "int16"


def test_a_status_word_is_told_with_the_bits_that_changed() -> None:
    looks = [{3: 0b1000_0001 if n // 6 % 2 else 0b1000_1000} for n in range(40)]
    one = found(looks)[3]
    assert one.found.shape is NumberShape.MODE
    assert one.found.reasons[-1] == "bits 0, 3 changed"


def test_the_last_weight_is_told_with_the_counter_that_numbers_it() -> None:
    weights = [300, 287, 311, 311, 296]
    looks = [{10: weights[n // 8], 11: 40 + n // 8, 12: 9} for n in range(40)]
    weight = found(looks)[10]
    assert weight.found.shape is NumberShape.LAST_VALUE
    assert weight.counter == ReadAs(11, "uint16")
    assert "only when 11 rose by one" in weight.found.reasons[0]


@given(st.lists(st.lists(st.integers(0, 65_535), min_size=4, max_size=4), max_size=60))
def test_whatever_moves_is_told_and_no_register_is_told_twice(looks: list[list[int]]) -> None:
    seen = watched([dict(enumerate(words)) for words in looks])
    told = [at for one in findings(seen) for at in one.read_as.registers]
    moved = {at for at in range(4) if (shape := seen.get(ReadAs(at, "uint16"))) and shape.moves}
    assert len(told) == len(set(told))
    assert moved <= set(told)
