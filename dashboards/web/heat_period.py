"""Which days the page of heat supply shows, by its address: seven days, a month, or from a date to a date. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from models.works.localize import Language
from models.works.month import month_of, period_text, shifted

DAYS = 7
LONGEST_DAYS = 62
"""Hours of two months are as many as the chart and a browser take at once."""
MONTH = "month"


@dataclass(frozen=True, slots=True)
class HeatPeriod:
    """The dates [first, end) (ordinals). `asked`: as the address has it, "" for the last seven days. `runs`: today is
    one of them."""

    first: int
    end: int
    asked: str
    runs: bool

    @property
    def month(self) -> int | None:
        """The first day of the month that it is; None for other days."""
        whole = self.first == month_of(self.first) and self.asked in (MONTH, period_text(self.first))
        return self.first if whole else None

    def address(self, language: Language | None = None) -> str:
        """The page that shows it."""
        given = {"days": self.asked, "lang": language or ""}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"/heat?{query}" if query else "/heat"


def heat_period(asked: str, today: int) -> HeatPeriod | None:
    """What the address asks for; None where it asks for no days that have begun, or for too many."""
    if not asked:
        return heat_days_7(today)
    if asked == MONTH:
        return HeatPeriod(month_of(today), today + 1, asked, runs=True)
    span = _month(asked) if ".." not in asked else _days(asked)
    if span is None or span[0] > today or span[0] < date(1970, 1, 2).toordinal():
        return None
    return HeatPeriod(span[0], min(span[1], today + 1), asked, runs=span[1] > today)


def heat_days_7(today: int) -> HeatPeriod:
    """The last seven days, today with them."""
    return HeatPeriod(today - DAYS + 1, today + 1, "", runs=True)


def last_week(today: int) -> HeatPeriod:
    """From the Monday to the Sunday that are over."""
    monday = today - date.fromordinal(today).weekday() - DAYS
    last = date.fromordinal(monday) + timedelta(days=DAYS - 1)
    return HeatPeriod(monday, monday + DAYS, f"{date.fromordinal(monday)}..{last}", runs=False)


def month_period(first: int, today: int) -> HeatPeriod:
    """The month that begins on `first`."""
    if first == month_of(today):
        return HeatPeriod(first, today + 1, MONTH, runs=True)
    return HeatPeriod(first, shifted(first, 1), period_text(first), runs=False)


def _month(asked: str) -> tuple[int, int] | None:
    try:
        first = date.fromisoformat(f"{asked}-01").toordinal()
    except ValueError:
        return None
    return first, shifted(first, 1)


def _days(asked: str) -> tuple[int, int] | None:
    begin, _, last = asked.partition("..")
    try:
        first, end = date.fromisoformat(begin).toordinal(), date.fromisoformat(last).toordinal() + 1
    except ValueError:
        return None
    return (first, end) if 0 < end - first <= LONGEST_DAYS else None
