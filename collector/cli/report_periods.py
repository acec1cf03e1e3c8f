"""Which days a report is of: as it was asked for, or what people look at in the morning."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collector.cli.places import parsed_day, parsed_instant, parsed_month
from collector.cli.report_refusals import report_refusal
from collector.errors import ConfigurationError
from models.tables.shifts import most_shifts, shifts_of_day
from models.works.calendar import production_day
from models.works.month import month_of, period_text, shifted, year_start
from models.works.plant import Calendar, Plant
from models.works.span import SpanKind, WorksSpan, span_holding

if TYPE_CHECKING:
    from collections.abc import Callable

GROWTH = "growth"
_QUARTER = re.compile(r"(\d{4})-?[QqКк]?([1-4])")
_YEAR = re.compile(r"\d{4}")
_SHIFT = re.compile(r"(.+)/(\d{1,2})")


@dataclass(frozen=True, slots=True)
class AskedDays:
    """The production dates [first, end) (ordinals) of a report, and how it was named. `span`: None for several months,
    and for growth."""

    first: int
    end: int
    text: str
    span: WorksSpan | None = None


def usual_period(plant: Plant, kind: str, now_ns: int) -> str:
    """What people look at in the morning: the last completed shift or day, the span that holds that day, or the last
    complete month for growth.

    A day is complete when it has ended in every shop: with days from 08:00, yesterday runs until then.
    """
    running = min(production_day(shop.calendar, now_ns).toordinal() for shop in plant.shops.values())
    if kind == GROWTH:
        return period_text(shifted(month_of(running), -1))
    if kind == SpanKind.SHIFT:
        return _last_shift(plant, running, now_ns).text
    return span_holding(SpanKind(kind), running - 1).text


def asked_days(plant: Plant, kind: str, period: str, now_ns: int) -> AskedDays:
    """The days of a period. Raises ConfigurationError if it is not one, or has not begun anywhere."""
    if kind in (GROWTH, SpanKind.MONTH):
        first, _, last = period.partition("..")
        months = parsed_month(first), parsed_month(last or first)
        if months[0] > months[1]:
            raise ConfigurationError(report_refusal("ends_before", period=period))
        # A month to come has no rows yet, and the report says so.
        span = span_holding(SpanKind.MONTH, months[0]) if kind == SpanKind.MONTH and months[0] == months[1] else None
        return AskedDays(months[0], shifted(months[1], 1), period, span)
    parse: dict[str, Callable[[], WorksSpan]] = {
        SpanKind.SHIFT: lambda: _shift(plant, period),
        SpanKind.DAY: lambda: span_holding(SpanKind.DAY, parsed_day(period)),
        SpanKind.TEN_DAYS: lambda: span_holding(SpanKind.TEN_DAYS, parsed_day(period.partition("..")[0])),
        SpanKind.QUARTER: lambda: _quarter(period),
        SpanKind.YEAR: lambda: _year(period),
    }
    span = parse[kind]()
    if not _has_begun(plant, span, now_ns):
        raise ConfigurationError(report_refusal("in_future", period=period))
    # A day is headed as it was asked for.
    return AskedDays(span.first, span.end, period if kind == SpanKind.DAY else span.text, span)


def briefing_months(plant: Plant, period: str | None, now_ns: int) -> tuple[int, int]:
    """The production dates [first, end) of whole months of one year; None: from January to the last complete month.
    Raises ConfigurationError for what is none, is of more than a year, or has not begun anywhere."""
    if period is None:
        last = parsed_month(usual_period(plant, GROWTH, now_ns))
        return year_start(last), shifted(last, 1)
    days = asked_days(plant, GROWTH, period, now_ns)
    if year_start(days.first) != year_start(days.end - 1):
        raise ConfigurationError(report_refusal("more_than_a_year", period=period))
    if days.first > max(production_day(shop.calendar, now_ns).toordinal() for shop in plant.shops.values()):
        raise ConfigurationError(report_refusal("in_future", period=period))
    return days.first, days.end


def known_at_ns(plant: Plant, as_known_on: str | None, now_ns: int) -> int | None:
    """The instant of `--as-known-on` (UTC ns). Raises ConfigurationError for one that cannot be."""
    if as_known_on is None:
        return None
    # The site's zone, as a report may be of shops in several.
    known_ns = parsed_instant(as_known_on, Calendar(zone=plant.zone))
    if known_ns > now_ns:
        raise ConfigurationError(f"--as-known-on {as_known_on} is in the future: nothing is known of it")
    return known_ns


def _has_begun(plant: Plant, span: WorksSpan, now_ns: int) -> bool:
    if span.kind is SpanKind.SHIFT:
        return any(shift.start_ns <= now_ns for shift in shifts_of_day(plant, span.first, span.shift))
    return span.first <= max(production_day(shop.calendar, now_ns).toordinal() for shop in plant.shops.values())


def _last_shift(plant: Plant, running: int, now_ns: int) -> WorksSpan:
    """The last one that has ended in every shop that has it."""
    for day in (running + 1, running, running - 1):
        for number in range(most_shifts(plant), 0, -1):
            shifts = shifts_of_day(plant, day, number)
            if all(shift.end_ns <= now_ns for shift in shifts):
                return span_holding(SpanKind.SHIFT, day, number)
    return span_holding(SpanKind.SHIFT, running - 1, 1)


def _shift(plant: Plant, period: str) -> WorksSpan:
    found, most = _SHIFT.fullmatch(period.strip()), most_shifts(plant)
    if found is None or not 1 <= int(found[2]) <= most:
        raise ConfigurationError(report_refusal("not_a_shift", period=period, most=most))
    return span_holding(SpanKind.SHIFT, parsed_day(found[1]), int(found[2]))


def _quarter(period: str) -> WorksSpan:
    found = _QUARTER.fullmatch(period.strip())
    if found is None:
        raise ConfigurationError(report_refusal("not_a_quarter", period=period))
    return span_holding(SpanKind.QUARTER, parsed_month(f"{found[1]}-{3 * int(found[2]):02d}"))


def _year(period: str) -> WorksSpan:
    if _YEAR.fullmatch(period.strip()) is None:
        raise ConfigurationError(report_refusal("not_a_year", period=period))
    return span_holding(SpanKind.YEAR, parsed_month(f"{period.strip()}-01"))
