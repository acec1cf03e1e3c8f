"""Heat of a day, a month or a season, and under-heating as towns report it: 7 of 52 days, 10 degC in the mean."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from models.heat.heat_hour import HOUR_S, HeatHour
from models.heat.network import HeatLimits
from models.works.calendar import NS, date_bounds, local_date

JUDGED_PART_OF_A_DAY = 0.75
"""A day is told cold or not from so many of its hours on, as an hour is from so much of its time. A judgement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatSpan:
    """Hours of a span together. `hours`: all that the span has; `judged` have a verdict, `heat_known_h` a heat.

    `under_heated_h`: judged hours in which T1 was lower than due beyond what is let pass. `heat_gcal` and `demand_gcal`
    are of the same `both_known_h`; None: of none both are known. `heat_gcal_alone`: of all that is known, with or
    without a demand. `short_by`: mean degC below the graph, over the judged hours (negative: above it).
    """

    hours: int
    judged: int
    under_heated_h: int
    heat_known_h: float
    both_known_h: float
    heat_gcal_alone: float | None
    heat_gcal: float | None
    demand_gcal: float | None
    short_by: float | None

    @property
    def of_demand_pct(self) -> float | None:
        """The heat in percent of the demand."""
        if self.heat_gcal is None or not self.demand_gcal:
            return None
        return self.heat_gcal / self.demand_gcal * 100

    @property
    def is_judged(self) -> bool:
        """Whether enough of its hours have a verdict to speak of it as a whole."""
        return self.hours > 0 and self.judged >= JUDGED_PART_OF_A_DAY * self.hours


@dataclass(frozen=True, slots=True)
class UnderHeating:
    """Of `days`, `judged` could be told; `cold` of these were under-heated, by `mean_short_by` degC (None: none was).
    `hours`: under-heated hours, of all `judged_hours`."""

    days: int
    judged: int
    cold: int
    mean_short_by: float | None
    hours: int
    judged_hours: int


def heat_span(hours: Sequence[HeatHour], expected: int) -> HeatSpan:
    """`expected`: how many hours the span has, 25 on the day on which clocks go back."""
    short = [hour.short_by for hour in hours if hour.short_by is not None]
    heats = [hour.heat_gcal for hour in hours if hour.heat_gcal is not None]
    both = [
        (hour.heat_gcal, hour.demand_gcal, hour.heat_known_s)
        for hour in hours
        if hour.heat_gcal is not None and hour.demand_gcal is not None
    ]
    return HeatSpan(
        hours=expected,
        judged=len(short),
        under_heated_h=sum(hour.verdict is not None and hour.verdict.is_under_heating for hour in hours),
        heat_known_h=sum(hour.heat_known_s for hour in hours) / HOUR_S,
        both_known_h=sum(known_s for *_, known_s in both) / HOUR_S,
        heat_gcal_alone=sum(heats) if heats else None,
        heat_gcal=sum(heat for heat, *_ in both) if both else None,
        demand_gcal=sum(demand for _, demand, _ in both) if both else None,
        short_by=sum(short) / len(short) if short else None,
    )


def heat_days(hours: Iterable[HeatHour], zone: ZoneInfo, days: tuple[int, int], until_s: int) -> dict[int, HeatSpan]:
    """By date (an ordinal) of `days` [first, end) its hours together; of the running date those that ended by `until_s`
    (UTC seconds), and no date that has not one."""
    by_day: dict[int, list[HeatHour]] = defaultdict(list)
    for hour in hours:
        by_day[local_date(zone, hour.start_s * NS).toordinal()].append(hour)
    found = {}
    for day in range(*days):
        start_s, end_s = (edge // NS for edge in date_bounds(zone, date.fromordinal(day)))
        expected = (min(end_s, until_s) - start_s) // HOUR_S
        if expected > 0:
            found[day] = heat_span(by_day[day], expected)
    return found


def under_heating(days: Mapping[int, HeatSpan], limits: HeatLimits) -> UnderHeating:
    """`days`: by date (ordinal) its hours together. A day is under-heated if T1 was lower than due by more than
    `limits.low_by` in the mean of its hours; mean degrees are of these days, each with the same weight."""
    judged = [day for day in days.values() if day.is_judged]
    cold = [day.short_by for day in judged if day.short_by is not None and day.short_by > limits.low_by]
    return UnderHeating(
        days=len(days),
        judged=len(judged),
        cold=len(cold),
        mean_short_by=sum(cold) / len(cold) if cold else None,
        hours=sum(day.under_heated_h for day in days.values()),
        judged_hours=sum(day.judged for day in days.values()),
    )
