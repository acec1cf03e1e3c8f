"""Percentages and rates: every worked example that was published or agreed, to 0.1."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.tables.kpi import attainment_pct, growth_pct, per_day_growth_pct, required_rate, tenths

GRAMS = st.integers(0, 10**13)


@pytest.mark.parametrize(
    ("actual", "base", "growth"),
    [
        (366, 381, "-3.9"),  # crude steel of Kazakhstan, December 2016 to December 2015, worldsteel
        (4243, 3910, "8.5"),  # 2016 to 2015
        (366, 360, "1.7"),  # December to November 2016
        (341_785, 358_944, "-4.8"),  # May to April 2023, Bureau of National Statistics
        (10_005, 10_000, "0.1"),  # half up: 0.05 is 0.1
        (9_995, 10_000, "-0.1"),
        (10_004, 10_000, "0.0"),
    ],
)
def test_growth_is_as_published(actual: int, base: int, growth: str) -> None:
    assert growth_pct(actual, base) == Decimal(growth)


def test_growth_per_day_is_as_published() -> None:
    assert per_day_growth_pct(341_785, 31, 358_944, 30) == Decimal("-7.9")
    # 2,525 kt of solid steel in 243 days at +9 % on a base in the 244 days of a leap year: +9.4 per day.
    base = Fraction(2_525_000) / Fraction(109, 100)
    assert tenths(base.numerator, base.denominator * 1000) == Decimal("2316.5")
    assert growth_pct(2_525_000, base) == Decimal("9.0")
    assert per_day_growth_pct(2_525_000, 243, base, 244) == Decimal("9.4")


def test_a_month_on_its_twentieth_day_is_as_agreed() -> None:
    plan, actual = 310_000, 190_000
    to_date = plan * 20 // 31
    assert attainment_pct(actual, to_date) == Decimal("95.0")
    assert required_rate(plan, actual, 11) == Decimal("10909.1")
    assert required_rate(plan * 1000, actual * 1000, 11.0, 1000) == Decimal("10909.1")
    assert attainment_pct(294_500, plan) == Decimal("95.0")


def test_what_has_no_base_is_unknown_and_never_zero() -> None:
    assert growth_pct(5, None) is None
    assert growth_pct(5, 0) is None
    assert growth_pct(None, 5) is None
    assert attainment_pct(5, 0) is None
    assert attainment_pct(None, 5) is None
    assert per_day_growth_pct(5, 0, 5, 30) is None
    assert required_rate(100, 50, 0) is None
    assert required_rate(None, 50, 3) is None
    assert required_rate(100, 150, 3) == 0


@given(GRAMS, st.integers(1, 10**13))
def test_growth_is_never_derived_from_rounded_inputs(actual: int, base: int) -> None:
    exact = Fraction(actual - base, base) * 100
    shown = growth_pct(actual, base)
    assert shown is not None
    assert abs(Fraction(shown) - exact) <= Fraction(1, 20)


@pytest.mark.parametrize(
    ("actual", "target", "pct"),
    [
        (10_005.0, 10_000.0, Decimal("100.1")),
        (9_994.9, 10_000.0, Decimal("99.9")),
        (0.0, 5.0, Decimal("0.0")),
        (None, 5.0, None),
        (5.0, None, None),
        (5.0, 0.0, None),
    ],
)
def test_attainment_is_rounded_half_up_and_unknown_stays_unknown(
    actual: float | None, target: float | None, pct: Decimal | None
) -> None:
    exact = [None if tonnes is None else Fraction(tonnes) for tonnes in (actual, target)]
    assert attainment_pct(*exact) == pct
