"""Production days, shifts and hours as spans of UTC nanoseconds, right on 23 and 25 hour days.

Every span is half-open: [start, end). A local wall time that happens twice is taken the first time; one that is
skipped is taken with the offset before the change, which for a change at that very time is the instant of the change.
So consecutive days, shifts and hours always join without gap or overlap.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.works.plant import Calendar, RepairShift

NS = 1_000_000_000
MS_NS = 1_000_000
HOUR_NS = 3600 * NS
_MIDNIGHT = time(0)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - naive on purpose: the base of wall-clock arithmetic


# Finding the offset of a wall time is slow, and every row asks for its day. Two years of days at a few starts are some
# thousands of entries; the limit only keeps a service that rolls up many years from growing without end.
@lru_cache(maxsize=65536)
def wall_ns(zone: ZoneInfo, day: date, clock: time = _MIDNIGHT) -> int:
    """The UTC instant (ns) at which the clocks of `zone` first show `clock` on `day`."""
    local = datetime.combine(day, clock, tzinfo=zone)
    offset = local.utcoffset()
    assert offset is not None  # noqa: S101 - a ZoneInfo always knows its offset
    seconds = (local.replace(tzinfo=None) - _EPOCH - offset) // timedelta(microseconds=1)
    return seconds * 1000


def local_date(zone: ZoneInfo, instant_ns: int) -> date:
    """The date that the clocks of `zone` show at `instant_ns`."""
    return datetime.fromtimestamp(instant_ns // NS, tz=zone).date()


def stamp_ns(site_zone: ZoneInfo, day: date) -> int:
    """The stamp of every day row of production date `day`: local midnight in the site's zone."""
    return wall_ns(site_zone, day)


def date_bounds(site_zone: ZoneInfo, day: date) -> tuple[int, int]:
    """[start_ns, end_ns) of the local date in the site's zone: rows of no other day are stamped within it."""
    return wall_ns(site_zone, day), wall_ns(site_zone, day + timedelta(days=1))


def day_bounds(calendar: Calendar, day: date) -> tuple[int, int]:
    """[start_ns, end_ns) of the production day that is named `day`: the date on which it starts."""
    return (
        wall_ns(calendar.zone, day, calendar.day_start),
        wall_ns(calendar.zone, day + timedelta(days=1), calendar.day_start),
    )


def production_day(calendar: Calendar, instant_ns: int) -> date:
    """The production day that holds `instant_ns`; its first instant belongs to it, its end to the next."""
    day = local_date(calendar.zone, instant_ns)
    # An offset change can move a day's start by hours, so the neighbour is decided by the bounds themselves.
    while True:
        start_ns, end_ns = day_bounds(calendar, day)
        if start_ns <= instant_ns < end_ns:
            return day
        day += timedelta(days=1 if instant_ns >= end_ns else -1)


def shifts_of(calendar: Calendar, day: date) -> tuple[tuple[int, int], ...]:
    """[start_ns, end_ns) of each shift of production day `day`, in order; together they are exactly the day.

    Raises ValueError if the first shift does not start with the production day.
    """
    if not calendar.shift_starts or calendar.shift_starts[0] != calendar.day_start:
        raise ValueError(
            f"shift_starts begin with {calendar.shift_starts[:1]} but the production day starts at "
            f"{calendar.day_start}: let the first shift start with the day"
        )
    starts = [
        wall_ns(calendar.zone, day if clock >= calendar.day_start else day + timedelta(days=1), clock)
        for clock in calendar.shift_starts
    ]
    ends = [*starts[1:], day_bounds(calendar, day)[1]]
    return tuple(zip(starts, ends, strict=True))


def repair_shifts_of(zone: ZoneInfo, shifts: Iterable[RepairShift], day: date) -> Iterator[tuple[int, int]]:
    """[start_ns, end_ns) of each repair shift that starts on the local date `day`."""
    for shift in shifts:
        last = day if shift.end > shift.start else day + timedelta(days=1)
        yield wall_ns(zone, day, shift.start), wall_ns(zone, last, shift.end)


def shift_bounds(calendar: Calendar, instant_ns: int) -> tuple[int, int]:
    """[start_ns, end_ns) of the shift that holds `instant_ns`; a shift is keyed by its start.

    Raises ValueError as `shifts_of`.
    """
    shifts = shifts_of(calendar, production_day(calendar, instant_ns))
    return next(shift for shift in reversed(shifts) if shift[0] <= instant_ns)


def hour_bounds(zone: ZoneInfo, instant_ns: int) -> tuple[int, int]:
    """[start_ns, end_ns) of the hour bucket that holds `instant_ns`, aligned to the local hours of `zone`.

    Hours are counted from local midnight, so a 25 hour day has 25. If a day is no whole number of hours long (the
    offset changed by half an hour), its last bucket is the shorter.
    """
    start, end = day_bounds(Calendar(zone=zone), production_day(Calendar(zone=zone), instant_ns))
    hour_start = start + (instant_ns - start) // HOUR_NS * HOUR_NS
    return hour_start, min(hour_start + HOUR_NS, end)


def hours_between(zone: ZoneInfo, start_ns: int, end_ns: int) -> list[tuple[int, int]]:
    """The hour buckets of `zone` that share time with [start_ns, end_ns), in order."""
    hours: list[tuple[int, int]] = []
    instant = start_ns
    while instant < end_ns:
        hours.append(hour_bounds(zone, instant))
        instant = hours[-1][1]
    return hours
