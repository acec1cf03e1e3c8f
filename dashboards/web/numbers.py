"""Numbers, ages and instants as people of each language write them."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from dashboards.web.texts import text
from models.works.calendar import NS
from models.works.localize import NO_BREAK_SPACE, Language, clock_text, localize_number


def number(value: float | Decimal | None, language: Language, decimals: int = 0) -> str:
    """`value` rounded half up: 12,345.6 in English, 12 345,6 (no-break space) in Russian and Kazakh.

    None is the language's "no data". A float is rounded from its exact binary value.
    """
    if value is None:
        return text("no_data", language)
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return localize_number(rounded, language, decimals)


def with_unit(value: float | Decimal | None, unit: str, language: Language, decimals: int = 0) -> str:
    """`value` and its unit with a no-break space between; "no data" alone if there is no value."""
    shown = number(value, language, decimals)
    return shown if value is None else f"{shown}{NO_BREAK_SPACE}{unit}"


def age(seconds: float | None, language: Language) -> str:
    """A span in its largest whole unit: 45 s, 12 min, 3 h, 5 d."""
    if seconds is None:
        return text("no_data", language)
    for limit, unit_s, key in ((120, 1, "second"), (7200, 60, "minute"), (172_800, 3600, "hour")):
        if seconds < limit:
            return with_unit(max(int(seconds / unit_s), 0), text(key, language), language)
    return with_unit(int(seconds / 86_400), text("day", language), language)


def duration(seconds: int, language: Language) -> str:
    """A span to the minute: 12 min, 3 h 40 min; to the hour from two days on: 3 d 4 h."""
    minutes = seconds // 60
    if minutes < 60:
        parts: tuple[tuple[int, str], ...] = ((minutes, "minute"),)
    elif minutes < 48 * 60:
        parts = ((minutes // 60, "hour"), (minutes % 60, "minute"))
    else:
        parts = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"))
    return " ".join(f"{count}{NO_BREAK_SPACE}{text(key, language)}" for count, key in parts)


def local(time_ns: int, zone: ZoneInfo) -> datetime:
    """The instant on the wall clock of `zone`, to the second."""
    return datetime.fromtimestamp(time_ns // NS, UTC).astimezone(zone)


def clock(time_ns: int, zone: ZoneInfo) -> str:
    """HH:MM:SS in `zone`."""
    return local(time_ns, zone).strftime("%H:%M:%S")


def moment(time_ns: int, now_ns: int, zone: ZoneInfo) -> str:
    """HH:MM in `zone`; with the date before it if that is not the date of `now_ns`, and the year of another one."""
    return clock_text(time_ns // NS, now_ns // NS, zone)
