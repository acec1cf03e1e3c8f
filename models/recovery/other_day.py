"""The time of day of a repair on another production day. Pure."""

from datetime import date

from models.works.calendar import day_bounds, production_day
from models.works.plant import Calendar


def on_day(calendar: Calendar, instant_ns: int, day: int) -> int:
    """The instant (UTC ns) as long after the beginning of production date `day` (an ordinal) as `instant_ns` is after
    that of its own."""
    began_ns = day_bounds(calendar, production_day(calendar, instant_ns))[0]
    return day_bounds(calendar, date.fromordinal(day))[0] + instant_ns - began_ns
