"""A clock for the scheduler that nobody can set: the machine's monotonic one.

APScheduler plans by wall time. When the host's clock was set back by an hour, every job had its next start an hour
ahead, and roll-up, detection and alerts stood still for as long as the step, without a word.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from apscheduler.triggers.base import BaseTrigger

_BEGIN = datetime(2000, 1, 1)  # noqa: DTZ001 - the scheduler only compares and adds: any date does
_ZERO = timedelta(0)


class SteadyClock(tzinfo):
    """Given to the scheduler as its time zone, which is the one place where it asks for the time: `datetime.now(zone)`.

    What it gets is no time of day, but the seconds since the machine started, as a date.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic

    def fromutc(self, _dt: datetime) -> datetime:
        """The present by the monotonic clock, whatever the wall clock says."""
        return (_BEGIN + timedelta(seconds=self._monotonic())).replace(tzinfo=self)

    def utcoffset(self, _dt: datetime | None) -> timedelta:
        """None: one steady date is compared with another."""
        return _ZERO

    def dst(self, _dt: datetime | None) -> timedelta:
        """None."""
        return _ZERO

    def tzname(self, _dt: datetime | None) -> str:
        """For the scheduler's own messages."""
        return "steady"


class Every(BaseTrigger):  # type: ignore[misc]
    """Every so many seconds from the start on. The library's own interval goes through the wall clock."""

    def __init__(self, seconds: float) -> None:
        self._interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """An interval after the last start that was due; after the present for the first."""
        return (previous_fire_time or now) + self._interval
