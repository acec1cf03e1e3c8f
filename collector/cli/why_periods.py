"""Which days `tundish report why` compares: as they were asked for, or the last complete month with that of last
year."""

import re
from dataclasses import dataclass
from datetime import date

from collector.cli.places import parsed_day, parsed_month
from collector.cli.report_periods import GROWTH, asked_days, usual_period
from collector.cli.report_refusals import report_refusal
from collector.errors import ConfigurationError
from models.tables.growth_span import Days
from models.tables.receipt_record import MOST_DAYS
from models.why.span_pairs import overlap
from models.works.calendar import production_day
from models.works.month import month_of, shifted
from models.works.plant import Plant
from models.works.span import SpanKind

_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{2,4}")
_YEAR = re.compile(r"\d{4}")
_QUARTER = re.compile(r"\d{4}-?[QqКк][1-4]")


@dataclass(frozen=True, slots=True)
class ComparedDays:
    """Production dates [first, end) of both spans."""

    days: Days
    base: Days


def compared_days(plant: Plant, period: str | None, base: str | None, now_ns: int) -> ComparedDays:
    """The spans that are named; without a base the same days of the year before. Raises ConfigurationError for what
    is none, has not begun, is too long, or overlaps."""
    days = span_named(plant, usual_period(plant, GROWTH, now_ns) if period is None else period, now_ns)
    base_days = _year_before(days) if base is None else span_named(plant, base, now_ns)
    return checked(plant, ComparedDays(days, base_days), now_ns)


def checked(plant: Plant, compared: ComparedDays, now_ns: int) -> ComparedDays:
    """The same spans. Raises ConfigurationError if no day of one is over, or if they overlap."""
    for days in (compared.days, compared.base):
        days_over(plant, days, now_ns)
    if overlap(compared.days, compared.base):
        raise ConfigurationError(report_refusal("overlap"))
    return compared


def days_over(plant: Plant, days: Days, now_ns: int) -> Days:
    """The days of a span that are over in every shop. Raises ConfigurationError if none is: of a day that runs, hours
    and tonnes are still to come."""
    first, end = days
    named = f"{date.fromordinal(first)}..{date.fromordinal(end - 1)}"
    _check_begun(plant, first, named, now_ns)
    over = min(production_day(shop.calendar, now_ns).toordinal() for shop in plant.shops.values())
    if first >= over:
        raise ConfigurationError(report_refusal("not_over", period=named))
    return first, min(end, over)


def span_named(plant: Plant, text: str, now_ns: int) -> Days:
    """Days, months, quarters or a year, also from one to another: 2026-10, 2026-01..2026-08, 2026-10-05..2026-10-11."""
    first, dots, last = text.partition("..")
    try:
        days = _named(plant, first, now_ns)[0], _named(plant, last if dots else first, now_ns)[1]
    except (ConfigurationError, ValueError) as error:
        # What is wrong in it a person sees from how it is written.
        raise ConfigurationError(report_refusal("no_period", period=text[:40])) from error
    if days[0] >= days[1]:
        raise ConfigurationError(report_refusal("ends_before", period=text))
    _check_begun(plant, days[0], text, now_ns)
    if days[1] - days[0] > MOST_DAYS:
        raise ConfigurationError(report_refusal("too_long", period=text, most=MOST_DAYS))
    return days


def _check_begun(plant: Plant, first: int, text: str, now_ns: int) -> None:
    if first > max(production_day(shop.calendar, now_ns).toordinal() for shop in plant.shops.values()):
        raise ConfigurationError(report_refusal("in_future", period=text))


def _named(plant: Plant, text: str, now_ns: int) -> Days:
    text = text.strip()
    if _DAY.fullmatch(text):
        day = parsed_day(text)
        return day, day + 1
    for kind, form in ((SpanKind.YEAR, _YEAR), (SpanKind.QUARTER, _QUARTER)):
        if form.fullmatch(text):
            asked = asked_days(plant, kind, text, now_ns)
            return asked.first, asked.end
    month = parsed_month(text)
    return month, shifted(month, 1)


def _year_before(days: Days) -> Days:
    first, last = (shifted(month_of(day), -12) for day in (days[0], days[1] - 1))
    # 29 February is compared with the end of February.
    begin = first + min(days[0] - month_of(days[0]), shifted(first, 1) - first - 1)
    whole = shifted(month_of(days[1] - 1), 1) == days[1]
    end = shifted(last, 1) if whole else last + days[1] - month_of(days[1] - 1)
    return begin, min(end, shifted(last, 1))
