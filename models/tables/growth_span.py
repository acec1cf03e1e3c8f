"""Which days growth compares with which: spans [first, end) of production dates as ordinals."""

from dataclasses import dataclass

from models.works.month import length, shifted, year_start

Days = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GrowthSpan:
    """The days of a month (so far), and those that they are compared with."""

    month: Days
    month_before: Days
    year_before: Days
    year_to_date: Days
    year_to_date_before: Days


def growth_span(month: int, days_over: int) -> GrowthSpan:
    """The spans for `month` (the ordinal of its first day) of which `days_over` days are over. On the first day of a
    month, when none is, January to date alone is of any day.

    A month that is over is compared whole, February with March too: the growth per day stands beside it. One that runs
    is compared with as many days of the base, or with all of them if the base is shorter; else it would seem to fall by
    half in the middle of the month.
    """
    before, last_year = shifted(month, -1), shifted(month, -12)
    return GrowthSpan(
        (month, month + days_over),
        _first_days(before, month, days_over),
        _first_days(last_year, month, days_over),
        (year_start(month), month + days_over),
        (year_start(last_year), _first_days(last_year, month, days_over)[1]),
    )


def _first_days(base: int, month: int, days_over: int) -> Days:
    whole = days_over == length(month)
    return base, base + (length(base) if whole else min(days_over, length(base)))
