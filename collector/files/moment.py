"""Months, dates and instants as people write them, to days and UTC nanoseconds. Pure."""

import re
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeVar

from collector.files.refusal import RefusalCode
from collector.files.refused import Refused
from models.works.calendar import day_bounds, wall_ns
from models.works.localize import month_names
from models.works.plant import Calendar

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
"""Before and after, a year is a slip of the hand: 0026, 9999. Instants in int64 nanoseconds end in 2262."""
_MONTHS = month_names() | {"sept": 9}
_DATE = re.compile(
    r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>\d{4}|\d{2}))(?!\d)"
)
_NAMED_DATE = re.compile(r"(?P<d>\d{1,2})[ .-](?P<name>[^\W\d_]+)\.?[ .-](?P<y>\d{4})(?: ?г\.?| ?ж\.?)?")
"""3 октября 2025 г., 3 Oct 2025."""
SERIAL_EPOCH, SERIALS = date(1899, 12, 30), range(36_526, 73_051)
"""A spreadsheet keeps a date as the number of days since then; of the years 2000 to 2099 a number in a column of dates
is one that has lost its format."""
_CLOCK = re.compile(r"[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?")
_OFFSET = re.compile(r"(Z|[+-]\d{2}:?\d{2})$")
_MIDNIGHT = time(0)
Day = TypeVar("Day", date, datetime)


class UnreadableMoment(Refused):
    """The text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, and the time of the clock where one is given; `at_ns` where the writer gave the offset too.

    `cell`: it is a cell of a spreadsheet at midnight, which may be a date alone or a time: who reads it has to say.
    """

    day: date
    clock: time | None = None
    at_ns: int | None = None
    cell: bool = False

    @property
    def is_date(self) -> bool:
        """Whether it may be read as a date alone."""
        return self.clock is None and self.at_ns is None

    def start_ns(self, calendar: Calendar) -> int:
        """Its instant by a shop's clock; of a date alone the start of the production day that begins on it."""
        if self.at_ns is not None:
            return self.at_ns
        # Without an offset it is the shop's wall clock; of an hour that comes twice the first is meant.
        return day_bounds(calendar, self.day)[0] if self.clock is None else wall_ns(calendar.zone, self.day, self.clock)

    def timed(self, value: object) -> "Moment":
        """The same beside a moment that has a time. Raises UnreadableMoment if it is a date that a person wrote."""
        if not self.is_date:
            return self
        if not self.cell:
            raise UnreadableMoment(RefusalCode.DATE_BESIDE_TIME, value=str(value))
        return replace(self, clock=_MIDNIGHT)


def day_ordinal(value: str) -> int:
    """The ordinal of a production date such as 2025-08-31 or 31.08.2025. Raises UnreadableMoment."""
    text = value.strip()
    found = _DATE.fullmatch(text)
    if found is None:
        raise UnreadableMoment(RefusalCode.NOT_A_DATE, value=value)
    return _matched(found, text).toordinal()


def month(value: object) -> int:
    """The ordinal of a month's first day: of 2025-08, 08.2025, "август 2025", "Aug 2025" or a date in it.

    Raises UnreadableMoment.
    """
    value = _serial(value) or value
    if isinstance(value, date):
        return _likely(value).replace(day=1).toordinal()
    text = " ".join(str(value).strip().lower().split())
    numbers = re.fullmatch(r"(?:(\d{4})-(\d{1,2})|(\d{1,2})[./](\d{4}))(?:-01)?", text)
    if numbers:
        year, number = (numbers[1], numbers[2]) if numbers[1] else (numbers[4], numbers[3])
        return _day(int(year), int(number), 1, text).toordinal()
    words = re.fullmatch(r"(\w+)\.? (\d{4})(?: ?г\.?| ?ж\.?)?|(\d{4}) (\w+)\.?", text)
    name, year = ((words[1], words[2]) if words[1] else (words[4], words[3])) if words else ("", "")
    # A spreadsheet program turns "август 2025" into "авг.25" and "Aug-25".
    short = re.fullmatch(r"([^\W\d_]+)[.-](\d{2})", text)
    name, year = (short[1], f"20{short[2]}") if short else (name, year)
    if name in _MONTHS:
        return _day(int(year), _MONTHS[name], 1, text).toordinal()
    full = _DATE.fullmatch(text)
    if full:
        return _matched(full, text).replace(day=1).toordinal()
    raise UnreadableMoment(RefusalCode.NOT_A_MONTH, value=str(value))


def instant_ns(value: Hashable, calendar: Calendar) -> int:
    """The instant (UTC ns) of a date or a local time in the zone of `calendar`, or of a time with its offset.

    A date alone, and a cell at midnight, is the start of the production day that begins on it. Raises UnreadableMoment.
    """
    return moment(value).start_ns(calendar)


def span_of(start: Hashable, end: Hashable) -> tuple[Moment, Moment]:
    """Both ends of a span. If one has a time, a cell at midnight is midnight and not a production day.

    Raises UnreadableMoment; also if a person wrote a time at one end and none at the other.
    """
    first, last = moment(start), moment(end)
    if first.is_date and last.is_date:
        return first, last
    return first.timed(start), last.timed(end)


# The rows of a file have few dates, and many times: a million rows of hours have each of them twice or more.
@lru_cache(maxsize=8192)
def moment(value: Hashable) -> Moment:
    """A date or time as it was written. Raises UnreadableMoment."""
    if isinstance(value, datetime):
        return _of_cell(value)
    if isinstance(value, date):
        return Moment(_likely(value), cell=True)
    serial = _serial(value)
    if serial is not None:
        return Moment(serial, cell=True)
    text = str(value).strip()
    found, named = _DATE.match(text), _NAMED_DATE.fullmatch(text.lower())
    if found is None and named is not None and named["name"] in _MONTHS:
        return Moment(_day(int(named["y"]), _MONTHS[named["name"]], int(named["d"]), text))
    if found is None:
        raise UnreadableMoment(RefusalCode.NOT_A_MOMENT, value=str(value))
    day, rest = _matched(found, text), text[found.end() :]
    if not rest:
        return Moment(day)
    clock = _CLOCK.match(rest)
    if clock is None:
        raise UnreadableMoment(RefusalCode.NO_TIME_AFTER_DATE, value=text)
    hours, minutes, seconds = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    micros = int((clock[4] or "0").ljust(6, "0"))
    # 24:00 is how a shift that lasts to midnight is written.
    if (hours, minutes, seconds, micros) == (24, 0, 0, 0):
        day, hours = day + timedelta(days=1), 0
    if hours > 23 or minutes > 59 or seconds > 59:
        raise UnreadableMoment(RefusalCode.NOT_A_TIME_OF_DAY, value=text)
    at = time(hours, minutes, seconds, micros)
    zone = rest[clock.end() :].strip()
    if not zone:
        return Moment(day, at)
    if not _OFFSET.fullmatch(zone):
        raise UnreadableMoment(RefusalCode.UNKNOWN_OFFSET, value=text)
    iso = f"{day.isoformat()}T{at.isoformat('microseconds')}{zone.replace('Z', '+00:00')}"
    return Moment(day, at, _ns(datetime.fromisoformat(iso)))


def _serial(value: object) -> date | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and value in SERIALS:
        return SERIAL_EPOCH + timedelta(days=int(value))
    return None


def _of_cell(value: datetime) -> Moment:
    # A spreadsheet keeps a time as a fraction of a day, which is off by some microseconds: 15:59:59.999997.
    whole = (_likely(value) + timedelta(milliseconds=500)).replace(microsecond=0)
    if value.tzinfo is not None:
        return Moment(whole.date(), whole.time(), _ns(value))
    midnight = whole.time() == _MIDNIGHT
    return Moment(whole.date(), None if midnight else whole.time(), cell=midnight)


def _ns(moment_: datetime) -> int:
    since = moment_.astimezone(UTC) - _EPOCH
    return ((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds) * 1000


def _matched(found: re.Match[str], text: str) -> date:
    year, number, day = (found["y"], found["m"], found["d"]) if found["y"] else (found["y2"], found["m2"], found["d2"])
    # "01.10.25" is of this century: nobody hands in forms of another.
    return _day(int(year) + (2000 if len(year) == 2 else 0), int(number), int(day), text)


def _day(year: int, number: int, day: int, text: str) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise _unlikely(text)
    try:
        return date(year, number, day)
    except ValueError as error:
        raise UnreadableMoment(RefusalCode.NOT_IN_CALENDAR, value=text) from error


def _likely(value: Day) -> Day:
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise _unlikely(str(value))
    return value


def _unlikely(text: str) -> UnreadableMoment:
    return UnreadableMoment(RefusalCode.UNLIKELY_YEAR, value=text, first=str(EARLIEST_YEAR), last=str(LATEST_YEAR))
