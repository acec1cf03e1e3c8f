"""Percentages and rates of output, exact on whole grams; a result that is not known is None, never 0 or infinite.

Percentages are rounded half up (away from zero) to 0.1, once and from unrounded grams: 10,005 on 10,000 is +0.1.
"""

from decimal import Decimal
from fractions import Fraction

_TENTH = Decimal("0.1")
"""The works and the statistics offices publish growth with one decimal. Decimal, for 0.1 is no binary float."""
Number = int | Fraction


def tenths(numerator: int, denominator: int) -> Decimal:
    """numerator / denominator (> 0) rounded half away from zero to 0.1. Whole numbers only: they are exact."""
    # Half away from zero, so that growth and decline of the same size round alike.
    magnitude = (20 * abs(numerator) + denominator) // (2 * denominator)
    return Decimal(magnitude if numerator >= 0 else -magnitude) * _TENTH


def attainment_pct(actual: Number | None, target: Number | None) -> Decimal | None:
    """actual / target x 100. None if either is unknown, or if there is nothing to attain."""
    if actual is None or target is None or target <= 0:
        return None
    return tenths(100 * actual.numerator * target.denominator, actual.denominator * target.numerator)


def growth_pct(actual: Number | None, base: Number | None) -> Decimal | None:
    """The growth rate: actual / base x 100 - 100. None without a base, or with one that is nothing."""
    if actual is None or base is None or base <= 0:
        return None
    now, then = actual.numerator * base.denominator, base.numerator * actual.denominator
    return tenths(100 * (now - then), then)


def per_day_growth_pct(
    actual: Number | None, days: Number | None, base: Number | None, base_days: Number | None
) -> Decimal | None:
    """(actual / days) / (base / base_days) - 1, in percent; days may be calendar days or those free of repair."""
    if actual is None or base is None or not days or not base_days or days <= 0 or base_days <= 0:
        return None
    return growth_pct(Fraction(actual) / Fraction(days), Fraction(base) / Fraction(base_days))


def required_rate(target: int | None, actual: int | None, days_left: float, per: int = 1) -> Decimal | None:
    """(target - actual) / available days left, what each has to give: in units of `per`, rounded half up to 0.1. 0 if
    the target is reached already."""
    if target is None or actual is None or days_left <= 0:
        return None
    # A float is a fraction of two whole numbers.
    days, parts = days_left.as_integer_ratio()
    return tenths(max(0, target - actual) * parts, days * per)
