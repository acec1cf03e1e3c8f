"""Numbers that a float does not hold: whole counts from 2^53 on, and what the scale of a tag makes of large ones. Pure.

In columns and files such a number is two floats: the nearest one, and the residue that it lacks. So all that needs no
more than the nearest (limits, telemetry, plots) goes by the first alone, and a number that a float holds costs nothing.
A residue that is there says that the number is exact, also where it is 0; one that is not there says nothing of it.
"""

import math
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache

Number = float | Fraction
"""A float, a whole number from 2^53 on, or what a scale made of a large number."""
WHOLE_FROM = 2**53
"""From here on not each whole number is a float."""
SCALED_FROM = 2**43
"""From here on a scale is applied exactly: below it, what it makes of a number is rounded by less than a thousandth of
a count. A counter of kilograms gets here with 8,000 million tonnes, so hardly one is scaled in this slow way."""
_MOST = 2**96
"""No counter of 64 bits goes further, in whatever unit, and two floats hold each whole number up to here. What is
beyond is no count, and kept as the nearest float."""


def residue(number: Number) -> float | None:
    """What the nearest float lacks of an exact number; None of a float, and of a whole number that is one."""
    if isinstance(number, float):
        return None
    value = float(number)
    lacking = float(Fraction(number) - Fraction(value))
    return lacking if lacking or abs(value) >= WHOLE_FROM else None


def exact(value: float, lacking: float | None) -> Number:
    """The number that is kept as the nearest float and its residue."""
    if lacking is None:
        return value
    if value.is_integer() and lacking.is_integer():
        return int(value) + int(lacking)
    return Fraction(value) + Fraction(lacking)


def held(number: float | Decimal | Fraction) -> Number:
    """A number as a source gives it, as it is kept: the nearest float, where that is the number or near enough.

    Raises OverflowError for a whole number beyond all floats.
    """
    value = float(number)
    if isinstance(number, float) or not WHOLE_FROM <= abs(value) <= _MOST:
        return value
    return _settled(Fraction(number))


def of_text(text: str) -> Number:
    """The number that a text says; one with an exponent says the digits of a float.

    Raises ValueError if it says none.
    """
    value = float(text)
    if not SCALED_FROM <= abs(value) <= _MOST or "e" in text.lower():
        return value
    try:
        said = Fraction(text)
    except ValueError:
        return value
    return value if said == value and abs(value) < WHOLE_FROM else _settled(said)


def scaled(number: Number, factor: float, offset: float) -> Number:
    """number x factor + offset. Both are taken as they are written: 0.001 is a thousandth."""
    if factor == 1.0 and not offset:
        return number
    value = float(number)
    if not SCALED_FROM <= abs(value) <= _MOST:  # NaN too
        return value * factor + offset
    return _settled(Fraction(number) * as_written(factor) + as_written(offset))


@cache
def as_written(number: float) -> Fraction:
    """The number that the shortest text of a float says."""
    return Fraction(repr(number))


def is_rounding(earlier: Number, later: Number) -> bool:
    """Whether two numbers of which only one is exact are the same to the digits that the other one has."""
    if isinstance(earlier, float) is isinstance(later, float):
        return False
    rounded = earlier if isinstance(earlier, float) else later
    return abs(Fraction(earlier) - Fraction(later)) <= Fraction(math.ulp(rounded)) / 2


def written(number: Number) -> str:
    """The number as text, from which `of_text` reads the same."""
    if not isinstance(number, Fraction):
        return repr(number)
    text = ""
    for digits in range(20, 36):  # as many as tell it from its neighbours: two floats have 32
        quotient = Context(prec=digits).divide(Decimal(number.numerator), Decimal(number.denominator))
        text = format(quotient.normalize(), "f")
        if _settled(Fraction(text)) == number:
            break
    return text


def _settled(number: Fraction) -> Number:
    """The number as it comes back from the two floats that it is kept in."""
    value = float(number)
    return exact(value, float(number - Fraction(value)))
