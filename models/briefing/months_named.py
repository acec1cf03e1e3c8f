"""Months of one year as a sentence names them: January-August 2025, August 2025."""

from collections.abc import Callable, Sequence
from datetime import date

from babel import Locale

from models.briefing import kazakh
from models.briefing.russian import dative_month
from models.tables.growth_span import Days
from models.works.localize import Language
from models.works.month import shifted, year_start

_DASH = "\N{EN DASH}"


def months_named(days: Days, language: Language) -> str:
    """The months that the production dates [first, end) lie in, as a heading has them: январь-август 2025 года."""
    return _named(days, language, _plain(language))


def months_listed(firsts: Sequence[int], language: Language) -> str:
    """Single months (ordinals of their firsts, in their order), those that follow each other as one span of a year."""
    spans: list[tuple[int, int]] = []
    for first in firsts:
        follows = bool(spans) and spans[-1][1] == first and year_start(spans[-1][0]) == year_start(first)
        spans[-1:] = [(spans[-1][0], shifted(first, 1))] if follows else [*spans[-1:], (first, shifted(first, 1))]
    return ", ".join(months_named(span, language) for span in spans)


def months_compared(days: Days, language: Language) -> str:
    """The same after "against": against January-August 2024, к январю-августу 2024 года, қаңтар-тамызбен
    салыстырғанда."""
    if language == "ru":
        return _named(days, language, lambda month: dative_month(_locale_month(month, "ru", "format")))
    if language == "en":
        return months_named(days, language)
    _, last = _edges(days)
    return months_named(days, "kk") + kazakh.instrumental(_plain("kk")(last.month))


def _named(days: Days, language: Language, name: Callable[[int], str]) -> str:
    first, last = _edges(days)
    names = name(first.month) if first.month == last.month else f"{name(first.month)}{_DASH}{name(last.month)}"
    if language == "kk":
        return f"{first.year} жылғы {names}"
    return f"{names} {first.year} года" if language == "ru" else f"{names} {first.year}"


def _edges(days: Days) -> tuple[date, date]:
    return date.fromordinal(days[0]), date.fromordinal(days[1] - 1)


def _plain(language: Language) -> Callable[[int], str]:
    def name(month: int) -> str:
        found = _locale_month(month, language, "stand-alone")
        return found if language == "en" else found.lower()

    return name


def _locale_month(month: int, language: Language, context: str) -> str:
    return str(Locale(language).months[context]["wide"][month])
