"""Numbers, dates and months as people of each language write them: 12,345.6 and 24 Nov 2026; 12 345,6 and 24.11.2026.

The forms are those of Unicode's CLDR, by Babel. Tests pin them, for a report must not change with a library.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

Language = Literal["en", "ru", "kk"]
LANGUAGES: tuple[Language, ...] = ("en", "ru", "kk")
NO_BREAK_SPACE = "\u00a0"

# English dates name the month, for 03/04 is March to one reader and April to another.
_DAY_FORM: dict[Language, str] = {"en": "d MMM y", "ru": "dd.MM.y", "kk": "dd.MM.y"}
_MONTH_FORM: dict[Language, str] = {"en": "MMM y", "ru": "MM.y", "kk": "MM.y"}
_LOCALES: dict[Language, Locale] = {language: Locale(language) for language in LANGUAGES}


def localize_number(rounded: Decimal | int, language: Language, decimals: int = 0) -> str:
    """12,345.6 in English; 12 345,6 with a no-break space in Russian and Kazakh.

    `rounded` has no more than `decimals` places: each caller rounds by the rule of its own figure.
    """
    return str(_pattern(decimals).apply(rounded, _LOCALES[language]))


def localize_day(day: date, language: Language) -> str:
    """24 Nov 2026 in English; 24.11.2026 in Russian and Kazakh."""
    return format_date(day, _DAY_FORM[language], locale=_LOCALES[language])


def localize_month(day: date, language: Language) -> str:
    """Nov 2026 in English; 11.2026 in Russian and Kazakh."""
    return format_date(day, _MONTH_FORM[language], locale=_LOCALES[language])


def utc_offset(at_s: int, zone: ZoneInfo) -> str:
    """The zone's offset at that instant (UTC seconds): UTC+5, UTC+5:30."""
    shown = datetime.fromtimestamp(at_s, UTC).astimezone(zone).strftime("%z")
    minutes = "" if shown[3:5] == "00" else f":{shown[3:5]}"
    return f"UTC{shown[0]}{int(shown[1:3])}{minutes}"


def month_names() -> dict[str, int]:
    """Every name of a month in the three languages, in lower case: whole, as it stands in a date, and its first three
    letters, as clerks shorten it."""
    found: dict[str, int] = {}
    for locale in _LOCALES.values():
        for names in (locale.months["format"]["wide"], locale.months["stand-alone"]["wide"]):
            for number, name in names.items():
                found |= {name.lower(): number, name.lower()[:3]: number}
    return found


@cache
def _pattern(decimals: int) -> NumberPattern:
    # Kept, for reading a pattern takes longer than using it, and evidence is written every ten seconds.
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


def clock_text(at_s: int, now_s: int, zone: ZoneInfo) -> str:
    """HH:MM on the clocks of `zone`; with the date before it if that is not the date of `now_s`: 23.11 18:40, and with
    the year if that is another one: 23.11.2025 18:40."""
    at, now = (datetime.fromtimestamp(each_s, UTC).astimezone(zone) for each_s in (at_s, now_s))
    day = "%d.%m" if at.year == now.year else "%d.%m.%Y"
    return at.strftime("%H:%M" if at.date() == now.date() else f"{day} %H:%M")
