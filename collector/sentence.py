"""Sentences for people: texts in three languages with their parameters, until it is known who reads them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from models.works.month import period_text

if TYPE_CHECKING:
    from models.works.localize import Language

    Texts = Mapping[Language, str]


@runtime_checkable
class Sentence(Protocol):
    """Something that can be said in each language."""

    def told(self, language: "Language") -> str:
        """Its text in that language."""


@dataclass(frozen=True, slots=True)
class FilledText:
    """A text in three languages and what stands in it."""

    texts: "Texts"
    parameters: Mapping[str, object]

    def told(self, language: "Language") -> str:
        """Its text in that language."""
        return filled(self.texts, self.parameters, language)


@dataclass(frozen=True, slots=True)
class Joined:
    """Sentences as one."""

    sentences: Sequence[Sentence]

    def told(self, language: "Language") -> str:
        """One after the other."""
        return "; ".join(each.told(language) for each in self.sentences)


@dataclass(frozen=True, slots=True)
class NamedMonth:
    """A month, given by the ordinal of its first day."""

    first: int

    def told(self, language: "Language") -> str:
        """2025-08 in English, 08.2025 in Russian and Kazakh."""
        from models.works.localize import localize_month

        return period_text(self.first) if language == "en" else localize_month(date.fromordinal(self.first), language)


def filled(texts: "Texts", parameters: Mapping[str, object], language: "Language") -> str:
    """The text in a language, with its parameters as people write them there."""
    return texts[language].format(**{name: shown(value, language) for name, value in parameters.items()})


def shown(value: object, language: "Language") -> str:
    """Numbers, dates, months, and whatever can be told; a text stays as it is.

    Dates are 2025-08-31 in English, 31.08.2025 in Russian and Kazakh.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Sentence):
        return value.told(language)
    # They take a while to load, and most commands end without a word that needs them.
    from models.works.localize import localize_day, localize_number

    if isinstance(value, int):
        return localize_number(value, language)
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return localize_number(value, language, max(-exponent, 0) if isinstance(exponent, int) else 0)
    if isinstance(value, datetime):
        return f"{shown(value.date(), language)} {value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat() if language == "en" else localize_day(value, language)
    if isinstance(value, tuple):
        return ", ".join(shown(item, language) for item in value)
    return str(value)
