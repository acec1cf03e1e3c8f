"""Tonnes and instants as readers of each language write them."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from models.works.localize import NO_BREAK_SPACE, Language, localize_day, localize_number

_TONNE: dict[Language, str] = {"en": "t", "ru": "т", "kk": "т"}


def tonnes(value: float, language: Language) -> str:
    """Whole tonnes from 10 on, below that to a tenth: 1,240 t in English, 1 240 т in Russian and Kazakh."""
    decimals = 1 if abs(value) < 10 else 0
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{localize_number(rounded, language, decimals)}{NO_BREAK_SPACE}{_TONNE[language]}"


def local_time(at_s: int, zone: ZoneInfo, language: Language) -> str:
    """24 Nov 2026 14:05 in English, 24.11.2026 14:05 in Russian and Kazakh, on the clocks of `zone`."""
    at = datetime.fromtimestamp(at_s, UTC).astimezone(zone)
    return f"{localize_day(at.date(), language)} {at:%H:%M}"


def utc_text(at_s: int | None) -> str | None:
    """The instant for programs: 2026-11-24T09:05:00Z."""
    return None if at_s is None else datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
