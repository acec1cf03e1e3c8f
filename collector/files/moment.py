"""Months, dates and instants as people write them, to days and UTC nanoseconds. Pure."""

import re
from datetime import UTC, date, datetime, time

from models.works.calendar import day_bounds, wall_ns
from models.works.localize import month_names
from models.works.plant import Calendar

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
"""Before and after, a year is a slip of the hand: 0026, 9999. Instants in int64 nanoseconds end in 2262."""
_MONTHS = month_names() | {"sept": 9}
_DATE = re.compile(r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>\d{4}))")
_CLOCK = re.compile(r"[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?")
_OFFSET = re.compile(r"(Z|[+-]\d{2}:?\d{2})$")


class UnreadableMoment(ValueError):
    """The text says why, and what to do."""


def day_ordinal(value: str) -> int:
    """The ordinal of a production date such as 2025-08-31 or 31.08.2025. Raises UnreadableMoment."""
    text = value.strip()
    found = _DATE.fullmatch(text)
    if found is None:
        raise UnreadableMoment(f'"{value}" is not a date: write it like 2025-08-31')
    return _matched(found, text).toordinal()


def month(value: object) -> int:
    """The ordinal of a month's first day: of 2025-08, 08.2025, "август 2025", "Aug 2025" or a date in it.

    Raises UnreadableMoment.
    """
    if isinstance(value, date):
        return date(value.year, value.month, 1).toordinal()
    text = " ".join(str(value).strip().lower().split())
    numbers = re.fullmatch(r"(?:(\d{4})-(\d{1,2})|(\d{1,2})[./](\d{4}))(?:-01)?", text)
    if numbers:
        year, number = (numbers[1], numbers[2]) if numbers[1] else (numbers[4], numbers[3])
        return _day(int(year), int(number), 1, text).toordinal()
    words = re.fullmatch(r"(\w+)\.? (\d{4})(?: ?г\.?| ?ж\.?)?|(\d{4}) (\w+)\.?", text)
    name, year = ((words[1], words[2]) if words[1] else (words[4], words[3])) if words else ("", "")
    if name in _MONTHS:
        return _day(int(year), _MONTHS[name], 1, text).toordinal()
    full = _DATE.fullmatch(text)
    if full:
        return _matched(full, text).replace(day=1).toordinal()
    raise UnreadableMoment(f'"{value}" is not a month: write it like 2025-08')


def instant_ns(value: object, calendar: Calendar) -> int:
    """The instant (UTC ns) of a date or a local time in the zone of `calendar`, or of a time with its offset.

    A date alone is the start of the production day that begins on it. Raises UnreadableMoment.
    """
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            return _ns(value)
        return _at(value.date(), value.time(), calendar)
    if isinstance(value, date):
        return day_bounds(calendar, value)[0]
    text = str(value).strip()
    found = _DATE.match(text)
    if found is None:
        raise UnreadableMoment(f'"{value}" is not a date: write it like 2025-08-01 or 2025-08-01 08:00')
    day, rest = _matched(found, text), text[found.end() :]
    if not rest:
        return day_bounds(calendar, day)[0]
    clock = _CLOCK.match(rest)
    if clock is None:
        raise UnreadableMoment(f'"{value}" has no time after its date: write it like 2025-08-01 08:00')
    hours, minutes, seconds = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    micros = int((clock[4] or "0").ljust(6, "0"))
    if hours > 23 or minutes > 59 or seconds > 59:
        raise UnreadableMoment(f'"{value}" has no valid time of day: write it like 2025-08-01 08:00')
    # Without an offset it is the shop's wall clock; of an hour that comes twice the first is meant.
    zone = rest[clock.end() :].strip()
    if not zone:
        return wall_ns(calendar.zone, day, time(hours, minutes, seconds, micros))
    if not _OFFSET.fullmatch(zone):
        raise UnreadableMoment(f'"{value}" ends with an unknown offset: write it like 2025-08-01T03:00:00Z')
    iso = f"{day.isoformat()}T{hours:02d}:{minutes:02d}:{seconds:02d}.{micros:06d}{zone.replace('Z', '+00:00')}"
    return _ns(datetime.fromisoformat(iso))


def _at(day: date, clock: time, calendar: Calendar) -> int:
    """A cell of a spreadsheet has a time even if a person typed a date: midnight means the production day."""
    return day_bounds(calendar, day)[0] if clock == time(0) else wall_ns(calendar.zone, day, clock)


def _ns(moment: datetime) -> int:
    since = moment.astimezone(UTC) - _EPOCH
    return ((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds) * 1000


def _matched(found: re.Match[str], text: str) -> date:
    year, number, day = (found["y"], found["m"], found["d"]) if found["y"] else (found["y2"], found["m2"], found["d2"])
    return _day(int(year), int(number), int(day), text)


def _day(year: int, number: int, day: int, text: str) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise UnreadableMoment(f'"{text}" is not between {EARLIEST_YEAR} and {LATEST_YEAR}: check the year')
    try:
        return date(year, number, day)
    except ValueError as error:
        raise UnreadableMoment(f'"{text}" is not in the calendar: check the day and the month') from error
