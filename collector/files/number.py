"""Tonnes as people write them, to exact grams. Pure.

"1,234" is 1.234 in one country and 1234 in another: it is read only if the number format is declared.
"""

import re
from decimal import Decimal, InvalidOperation

from collector.files.refusal import RefusalCode
from collector.files.refused import Refused

NUMBER_FORMATS = {"1234.5": ("", "."), "1,234.5": (",", "."), "1 234,5": (" ", ","), "1.234,5": (".", ",")}
"""The declared format, as (thousands separator, decimal sign)."""

GRAMS = {"kg": 1_000, "t": 1_000_000, "kt": 1_000_000_000}
_UNITS = {
    **dict.fromkeys(("kg", "кг", "килограмм", "килограммы"), "kg"),
    **dict.fromkeys(("t", "т", "тн", "tn", "tonnes", "tons", "тонн", "тонна", "тонны"), "t"),
    **dict.fromkeys(("kt", "кт", "тыс т", "тыс тн", "тыс тонн", "мың т", "мың тн", "мың тонна", "kilotonnes"), "kt"),
}
"""Without full stops: "тыс. т", "тыс.т." and "т." are read too."""
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]")
_PLAIN = re.compile(r"-?\d+")
_GROUPED = re.compile(r"-?\d{1,3}( \d{3})+([.,]\d+)?")
_DECIMAL = re.compile(r"-?\d+[.,]\d+")


class UnreadableNumber(Refused):
    """The text says why, and what to do."""


def unit_of_measure(text: str) -> str | None:
    """ "kg", "t" or "kt" for a way to write it (кг, тыс. т, мың т, ...); None for anything else."""
    return _UNITS.get(" ".join(text.lower().replace(".", " ").split()))


def grams(value: object, unit: str, number_format: str | None) -> int:
    """Exact grams of a cell in `unit` ("kg", "t" or "kt"); a fraction of a gram is rounded to the nearest.

    Raises UnreadableNumber if it is not a number, ambiguous, negative or not finite.
    """
    number = decimal_of(value, number_format)
    if not number.is_finite():
        raise UnreadableNumber(RefusalCode.NUMBER_NOT_FINITE, value=str(value))
    if number < 0:
        raise UnreadableNumber(RefusalCode.NUMBER_NEGATIVE, value=str(value))
    # The whole world makes about two thousand million tonnes of steel a year. It also keeps grams within 64 bits.
    if number > Decimal(10) ** 9:
        raise UnreadableNumber(RefusalCode.NUMBER_TOO_LARGE, value=str(value))
    return int((number * GRAMS[unit]).to_integral_value())


def decimal_of(value: object, number_format: str | None) -> Decimal:
    """The number in a cell, exactly. Raises UnreadableNumber."""
    if isinstance(value, bool):
        raise UnreadableNumber(RefusalCode.NOT_A_NUMBER, value=str(value))
    if isinstance(value, int | float):
        # A cell holds the shortest text that gives its float: that text is what the person typed.
        return Decimal(repr(value))
    text = _SPACES.sub(" ", str(value)).strip()
    # A declared format is believed over any guess, even if the guess would be sure.
    if number_format is not None:
        return _as_declared(text, number_format)
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(" ", "").replace(",", "."))
    if _DECIMAL.fullmatch(text):
        whole, decimals = re.split(r"[.,]", text)
        # A group of thousands begins with one to three digits, and not with 0.
        if len(decimals) == 3 and 1 <= len(whole.lstrip("-")) <= 3 and whole.lstrip("-0"):
            formats = tuple(repr(name) for name in NUMBER_FORMATS)
            raise UnreadableNumber(
                RefusalCode.NUMBER_AMBIGUOUS, value=text, whole=whole, decimals=decimals, formats=formats
            )
        return Decimal(text.replace(",", "."))
    # "-", "ремонт", "простой": whether nothing was made or nothing is known, it does not say.
    code = RefusalCode.NUMBER_UNREADABLE if re.search(r"\d", text) else RefusalCode.NO_AMOUNT
    raise UnreadableNumber(code, value=text)


def _as_declared(text: str, number_format: str) -> Decimal:
    thousands, sign = NUMBER_FORMATS[number_format]
    group = re.escape(thousands)
    pattern = (
        rf"-?(\d+|\d{{1,3}}({group}\d{{3}})+)({re.escape(sign)}\d+)?" if thousands else rf"-?\d+({re.escape(sign)}\d+)?"
    )
    if not re.fullmatch(pattern, text):
        raise UnreadableNumber(RefusalCode.NUMBER_NOT_AS_DECLARED, value=text, format=number_format)
    try:
        return Decimal(text.replace(thousands, "").replace(sign, ".") if thousands else text)
    except InvalidOperation as error:
        raise UnreadableNumber(RefusalCode.NUMBER_UNREADABLE, value=text) from error
