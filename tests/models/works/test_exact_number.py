"""Numbers beyond what a float holds are kept, scaled and written to the last count."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.works.exact_number import WHOLE_FROM, Number, exact, held, is_rounding, of_text, residue, scaled, written

COUNTS = st.integers(-(2**63), 2**64)


def kept(number: Number) -> Number:
    """As it comes back from a file."""
    return exact(float(number), residue(number))


@given(COUNTS)
def test_every_count_of_64_bits_comes_back_from_two_floats_and_from_its_text(count: int) -> None:
    number = held(count)
    assert number == count
    assert kept(number) == count
    assert of_text(written(number)) == count
    assert of_text(str(count)) == count


@given(st.floats())
def test_a_float_stays_the_float_that_it_is(value: float) -> None:
    assert residue(held(value)) is None
    again = kept(value)
    assert again == value or (math.isnan(again) and math.isnan(value))


@given(st.integers(-WHOLE_FROM + 1, WHOLE_FROM - 1))
def test_a_whole_number_that_is_a_float_has_no_residue(count: int) -> None:
    assert residue(held(count)) is None


@given(COUNTS, st.sampled_from([0.001, 1e-6, 1e-9, 1000.0, 0.45359237, 0.5]))
def test_a_scale_is_applied_to_less_than_a_thousandth_of_a_count(count: int, factor: float) -> None:
    value = scaled(held(count), factor, 0.0)
    assert abs(Fraction(value) / Fraction(repr(factor)) - count) < Fraction(1, 1000)
    assert kept(value) == value


@given(st.integers(WHOLE_FROM, 2**64), st.sampled_from([0.001, 1000.0, 0.45359237]))
def test_a_scaled_count_comes_back_from_its_text(count: int, factor: float) -> None:
    value = scaled(held(count), factor, 0.0)
    assert of_text(written(value)) == value


def test_numbers_of_databases_and_texts_are_what_they_say() -> None:
    assert held(Decimal(18446744073709551615)) == 2**64 - 1
    assert held(Decimal("9223372036854775807.5")) == Fraction(2**64 - 1, 2)
    assert held(True) == 1.0
    assert isinstance(of_text("1.8446744073709552e+19"), float), "an exponent says the digits of a float"
    assert of_text("77.5") == 77.5
    assert abs(of_text("8796093022208.001") - Fraction(8796093022208001, 1000)) < Fraction(1, 10**18)
    for none in ("", "many", "0x10"):
        with pytest.raises(ValueError, match="could not convert"):
            of_text(none)
    assert held(10**40) == 1e40, "no counter goes so far"
    with pytest.raises(OverflowError):
        held(10**400)


def test_a_rounded_number_is_the_exact_one_to_its_own_digits_only() -> None:
    assert is_rounding(float(2**63), 2**63 - 300)
    assert not is_rounding(float(2**63), 2**63 - 3000)
    assert not is_rounding(2**63, 2**63 - 1), "both are exact"
    assert not is_rounding(5.0, 5.1), "neither is"
