"""A formula is arithmetic on signals, and nothing else that Python knows."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.counting.formula import LONGEST, FormulaError, formula

NUMBERS = st.floats(-1e6, 1e6)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_it_reckons_as_it_is_written(a: float, b: float, c: float) -> None:
    values = {"a": a, "b": b, "c": c}
    assert formula("a + b - c").value(values) == a + b - c
    assert formula("-(a - b) * 0.5").value(values) == -(a - b) * 0.5
    ratio = formula("a / b").value(values)
    assert math.isnan(ratio) if b == 0 else ratio == a / b


def test_its_signals_come_in_the_order_of_the_text_and_once() -> None:
    assert formula("belt2 + belt1 * 2 + belt2").signals == ("belt2", "belt1")


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "a.b",
        "a[0]",
        "a if b else c",
        "a ** 9",
        "a // b",
        "a % b",
        "a < b",
        "(a := 5)",
        "lambda: a",
        "[a for a in b]",
        "f'{a}'",
        "'a'",
        "True + a",
        "1 + 1",
        "",
        "a +",
        "a\0b",
        "(" * 300 + "a" + ")" * 300,
        "a" + " + a" * LONGEST,
        " + ".join(f"a{number}" for number in range(60)),
    ],
)
def test_what_is_no_arithmetic_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(FormulaError) as caught:
        formula(text)
    assert "\n" not in str(caught.value)


def test_what_leaves_the_numbers_is_no_number() -> None:
    assert math.isnan(formula("a / (b - c)").value({"a": 1.0, "b": 5.0, "c": 5.0}))
    assert math.isinf(formula("a * a").value({"a": 1e308}))
    assert formula("-" * 400 + "a").value({"a": 1.0}) == 1.0
