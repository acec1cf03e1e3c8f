"""Numbers and dates as a sentence has them: 6.9 and 6, not 6.0; amounts of money in the words of the language."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from models.works.localize import NO_BREAK_SPACE, Language, localize_day, localize_number

_TENTH = Decimal("0.1")
_SCALES: tuple[tuple[Decimal, Mapping[Language, str]], ...] = (
    (Decimal(10**9), {"en": "bn", "ru": "млрд", "kk": "млрд"}),
    (Decimal(10**6), {"en": "m", "ru": "млн", "kk": "млн"}),
    (Decimal(1), {"en": "", "ru": "", "kk": ""}),
)
_CURRENCIES: Mapping[str, Mapping[Language, str]] = {
    "KZT": {"en": "tenge", "ru": "тенге", "kk": "теңге"},
    "USD": {"en": "US dollars", "ru": "долл. США", "kk": "АҚШ доллары"},
    "EUR": {"en": "euros", "ru": "евро", "kk": "еуро"},
    "RUB": {"en": "roubles", "ru": "руб.", "kk": "рубль"},
    "CNY": {"en": "yuan", "ru": "юаней", "kk": "юань"},
}


def rounded(number: Decimal) -> Decimal:
    """To 0.1, half away from zero; a whole number without decimals, for 6.0 is said as 6 and agrees as 6 does."""
    return plain(number.quantize(_TENTH, ROUND_HALF_UP))


def plain(number: Decimal) -> Decimal:
    """The same number with no zero at its end."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def shown(number: Decimal, language: Language) -> str:
    """The number with every digit that it has."""
    exponent = plain(number).as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - a figure is a number, and no infinity
    return localize_number(plain(number), language, max(-exponent, 0))


def signed(number: Decimal, language: Language) -> str:
    """The same with its sign, also if it is +."""
    return f"{'+' if number > 0 else '-' if number < 0 else ''}{shown(abs(number), language)}"


def day_shown(day: int, language: Language) -> str:
    """A date (an ordinal)."""
    return localize_day(date.fromordinal(day), language)


def currency_name(currency: str, language: Language) -> str:
    """A currency in words; its code where the table has none."""
    return _CURRENCIES.get(currency, {}).get(language, currency)


def money(amount: Decimal, currency: str, language: Language) -> str:
    """110 bn tenge, 110 млрд тенге; a currency without a word in the table by its code."""
    scale, word = next((each for each in _SCALES if abs(amount) >= each[0]), _SCALES[-1])
    parts = (shown(rounded(amount / scale), language), word[language], currency_name(currency, language))
    return NO_BREAK_SPACE.join(part for part in parts if part)
