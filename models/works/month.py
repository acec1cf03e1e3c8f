"""Months of production dates. A day is its ordinal (date.toordinal), a month the ordinal of its first day."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def month_of(day: int) -> int:
    """The month that holds `day`."""
    return date.fromordinal(day).replace(day=1).toordinal()


@lru_cache(maxsize=4096)
def shifted(month: int, months: int) -> int:
    """The month that lies `months` after `month`, or before it if `months` is negative."""
    first = date.fromordinal(month)
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1).toordinal()


def length(month: int) -> int:
    """How many days `month` has."""
    return shifted(month, 1) - month


@lru_cache(maxsize=4096)
def year_start(day: int) -> int:
    """1 January of the year that holds `day`."""
    return date(date.fromordinal(day).year, 1, 1).toordinal()


def months_between(start: int, end: int) -> Iterator[tuple[int, int]]:
    """[start, end) cut at the firsts of months: the spans of days, in order."""
    while start < end:
        upto = min(shifted(month_of(start), 1), end)
        yield start, upto
        start = upto


def period_text(month: int) -> str:
    """The month as "2025-08"."""
    return date.fromordinal(month).strftime("%Y-%m")
