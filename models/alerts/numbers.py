"""Tonnes and instants as readers of each language write them."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from models.alerts.policy import Language
from models.works.number_form import NO_BREAK_SPACE, written

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TONNE: dict[Language, str] = {"en": "t", "ru": "т", "kk": "т"}


def tonnes(value: float, language: Language) -> str:
    """Whole tonnes from 10 on, below that to a tenth: 1,240 t in English, 1 240 т in Russian and Kazakh."""
    places = Decimal("0.1") if abs(value) < 10 else Decimal(1)
    shown = written(f"{Decimal(value).quantize(places, ROUND_HALF_UP):,}", language)
    return f"{shown}{NO_BREAK_SPACE}{_TONNE[language]}"


def local_time(at_s: int, zone: ZoneInfo, language: Language) -> str:
    """24 Nov 2026 14:05 in English, 24.11.2026 14:05 in Russian and Kazakh, in the time of `zone`."""
    at = datetime.fromtimestamp(at_s, UTC).astimezone(zone)
    if language == "en":
        return f"{at.day} {_MONTHS[at.month - 1]} {at.year} {at:%H:%M}"
    return f"{at:%d.%m.%Y %H:%M}"


def utc_offset(at_s: int, zone: ZoneInfo) -> str:
    """The zone's offset at that instant: UTC+5, UTC+5:30."""
    shown = datetime.fromtimestamp(at_s, UTC).astimezone(zone).strftime("%z")
    minutes = "" if shown[3:5] == "00" else f":{shown[3:5]}"
    return f"UTC{shown[0]}{int(shown[1:3])}{minutes}"


def utc_text(at_s: int | None) -> str | None:
    """The instant for programs: 2026-11-24T09:05:00Z."""
    return None if at_s is None else datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
