"""All that is reported of fuel over some days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from models.counting.measured_hour import MeasuredHour
from models.heat.fuel import FuelUse
from models.heat.fuel_hour import FuelHour, fuel_hour
from models.heat.fuel_span import FuelSpan, HoursOfFuels, fuel_span, joined
from models.heat.heat_hour import HOUR_S
from models.heat.specific_use import MadeInDay, SpecificUse, specific_of_day, specific_of_days
from models.works.calendar import NS, date_bounds
from models.works.month import month_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelReport:
    """Of the dates [first, end) (ordinals) in the site's zone, as far as they are over at `until_s` (UTC seconds).

    `days`: by date its hours together, none of a date of which no hour ended; `months`: from the first of its month to
    that date, so that `days` has to begin with a month. `specific`: by product and date, `specific_months` the same up
    to that date.
    """

    use: FuelUse
    zone: ZoneInfo
    until_s: int
    days: Mapping[int, FuelSpan]
    months: Mapping[int, FuelSpan]
    specific: Mapping[tuple[str, int], SpecificUse]
    specific_months: Mapping[tuple[str, int], SpecificUse]


def fuel_seconds(zone: ZoneInfo, days: tuple[int, int]) -> tuple[int, int]:
    """[start, end) in UTC seconds of the measured hours that these dates ask for: a production day begins in the
    evening before, or ends in the morning after."""
    start_s = date_bounds(zone, date.fromordinal(days[0]))[0] // NS
    end_s = date_bounds(zone, date.fromordinal(days[1] - 1))[1] // NS
    return start_s - 24 * HOUR_S, end_s + 24 * HOUR_S


def fuel_hours(
    use: FuelUse, measured: Mapping[str, Sequence[MeasuredHour]], until_s: int
) -> dict[str, dict[int, FuelHour]]:
    """Of each fuel the hours that ended by `until_s` and of which something was read."""
    by_tag = {tag: {hour.start_s: hour for hour in hours} for tag, hours in measured.items()}
    return {
        fuel.code: {
            start_s: fuel_hour(fuel, start_s, by_tag)
            for start_s in by_tag.get(fuel.flow, {})
            if start_s + HOUR_S <= until_s
        }
        for fuel in use.fuels
    }


def fuel_report(
    use: FuelUse, hours: HoursOfFuels, made: Sequence[MadeInDay], zone: ZoneInfo, days: tuple[int, int], until_s: int
) -> FuelReport:
    """Of the dates [first, end)."""
    spans: dict[int, FuelSpan] = {}
    months: dict[int, FuelSpan] = {}
    to_date: dict[int, FuelSpan] = {}
    for day in range(*days):
        starts = _starts(zone, day, until_s)
        if not starts:
            continue
        spans[day] = fuel_span(use, hours, starts)
        before = to_date.get(month_of(day))
        months[day] = to_date[month_of(day)] = spans[day] if before is None else joined(before, spans[day])
    specific = {(each.product, each.day): specific_of_day(use, hours, each, until_s) for each in made}
    specific_months = {}
    for product, day in specific:
        of_month = [specific[product, each] for each in range(month_of(day), day + 1) if (product, each) in specific]
        specific_months[product, day] = specific_of_days(of_month, product)
    return FuelReport(
        use=use,
        zone=zone,
        until_s=until_s,
        days=spans,
        months=months,
        specific=specific,
        specific_months=specific_months,
    )


def fuel_whole(use: FuelUse, hours: HoursOfFuels, zone: ZoneInfo, days: tuple[int, int], until_s: int) -> FuelSpan:
    """Of the dates [first, end) together, as far as they are over at `until_s`."""
    return fuel_span(use, hours, [start_s for day in range(*days) for start_s in _starts(zone, day, until_s)])


def _starts(zone: ZoneInfo, day: int, until_s: int) -> list[int]:
    start_s, end_s = (edge // NS for edge in date_bounds(zone, date.fromordinal(day)))
    return list(range(start_s, min(end_s, until_s) - HOUR_S + 1, HOUR_S))
