"""A report that goes to its readers by mail, and when. Pure."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from collector.alerts.settings import MailSettings
from models.works.calendar import local_date, wall_ns
from models.works.localize import Language


class MailedReport(StrEnum):
    """What can be sent; the value is the name of its command."""

    SHIFT = "shift"
    DAY = "day"
    TEN_DAYS = "ten-days"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    GROWTH = "growth"
    BRIEFING = "briefing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledReport:
    """`at`: the local times at which the last completed period is sent, unless it was. `forms`: what is attached, as
    endings of files. `mail`: the relay and the readers."""

    code: str
    report: MailedReport
    at: tuple[time, ...]
    language: Language
    forms: tuple[str, ...]
    mail: MailSettings


def last_due_ns(scheduled: ScheduledReport, zone: ZoneInfo, now_ns: int) -> int:
    """The newest instant (UTC ns) at or before `now_ns` at which it was due."""
    return max(each for each in _around(scheduled, zone, now_ns) if each <= now_ns)


def next_due_ns(scheduled: ScheduledReport, zone: ZoneInfo, now_ns: int) -> int:
    """The first instant (UTC ns) after `now_ns` at which it is due."""
    return min(each for each in _around(scheduled, zone, now_ns) if each > now_ns)


def _around(scheduled: ScheduledReport, zone: ZoneInfo, now_ns: int) -> list[int]:
    today = local_date(zone, now_ns)
    days: tuple[date, ...] = (today - timedelta(1), today, today + timedelta(1))
    return [wall_ns(zone, day, clock) for day in days for clock in scheduled.at]
