"""Russian words that agree with a number, and months in the case that a preposition asks for."""

from collections.abc import Mapping
from decimal import Decimal

from babel import Locale

_RUSSIAN = Locale("ru")
PERCENT: Mapping[str, str] = {"one": "процент", "few": "процента", "many": "процентов", "other": "процента"}
"""By the plural category of Unicode's CLDR; "other" is a number with decimals: 1,5 процента."""
DAYS: Mapping[str, str] = {"one": "сутки", "few": "суток", "many": "суток", "other": "суток"}

PEOPLE: Mapping[str, str] = {"one": "человек", "few": "человека", "many": "человек", "other": "человека"}
HURT: Mapping[str, str] = {"one": "пострадал", "few": "пострадали", "many": "пострадали", "other": "пострадали"}
_KILLED: Mapping[str, str] = {"one": "погиб", "few": "погибли", "many": "погибли", "other": "погибли"}
JOBS: Mapping[str, str] = {
    "one": "рабочее место",
    "few": "рабочих места",
    "many": "рабочих мест",
    "other": "рабочего места",
}


def counted(number: Decimal, forms: Mapping[str, str]) -> str:
    """The form of a word that stands after the number: 1 процент, 2 процента, 11 процентов, 21 процент."""
    return forms[_RUSSIAN.plural_form(abs(number))]


def killed(count: int) -> str:
    """Of people who were hurt, those who died: погибших нет, погиб 1, погибли 2, погиб 21."""
    return f"{counted(Decimal(count), _KILLED)}\u00a0{count}" if count else "погибших нет"


def dative_month(genitive: str) -> str:
    """января -> январю, августа -> августу."""
    return genitive[:-1] + ("ю" if genitive.endswith("я") else "у")
