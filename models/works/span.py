"""The spans that a works reports: a shift, a day, ten days, a month, a quarter, a year, in production dates.

Ten days are those of the month: 1-10, 11-20, 21 to its end (in Russian and Kazakh a decade). Each span is made up of
whole smaller ones, and no smaller one lies in two of them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.works.month import month_of, period_text, shifted, year_start

_TEN_DAYS = 10
_QUARTER = 3


class SpanKind(StrEnum):
    """How long a span is; the value is what people type."""

    SHIFT = "shift"
    DAY = "day"
    TEN_DAYS = "ten-days"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class WorksSpan:
    """The production dates [first, end) (ordinals). `shift`: its number in the day, from 1 on; 0 for other kinds."""

    kind: SpanKind
    first: int
    end: int
    shift: int = 0

    @property
    def text(self) -> str:
        """How people name it: 2026-08-31/2, 2026-08-31, 2026-08-21..2026-08-31, 2026-08, 2026-Q3, 2026."""
        day = date.fromordinal(self.first)
        if self.kind is SpanKind.SHIFT:
            return f"{day.isoformat()}/{self.shift}"
        if self.kind is SpanKind.DAY:
            return day.isoformat()
        if self.kind is SpanKind.TEN_DAYS:
            return f"{day.isoformat()}..{date.fromordinal(self.end - 1).isoformat()}"
        if self.kind is SpanKind.MONTH:
            return period_text(self.first)
        return f"{day.year}-Q{self.number}" if self.kind is SpanKind.QUARTER else str(day.year)

    @property
    def number(self) -> int:
        """Which it is: the shift of the day, the ten days of the month, the month or quarter of the year; else 1."""
        day = date.fromordinal(self.first)
        if self.kind is SpanKind.TEN_DAYS:
            return (day.day - 1) // _TEN_DAYS + 1
        if self.kind is SpanKind.MONTH:
            return day.month
        return (day.month - 1) // _QUARTER + 1 if self.kind is SpanKind.QUARTER else self.shift or 1


def span_holding(kind: SpanKind, day: int, shift: int = 1) -> WorksSpan:
    """The span of that kind that holds production date `day` (an ordinal); of its shifts, the one of that number."""
    if kind is SpanKind.SHIFT:
        return WorksSpan(kind, day, day + 1, shift)
    if kind is SpanKind.DAY:
        return WorksSpan(kind, day, day + 1)
    month = month_of(day)
    if kind is SpanKind.TEN_DAYS:
        third = min((day - month) // _TEN_DAYS, 2)
        end = shifted(month, 1) if third == 2 else month + _TEN_DAYS * (third + 1)
        return WorksSpan(kind, month + _TEN_DAYS * third, end)
    if kind is SpanKind.MONTH:
        return WorksSpan(kind, month, shifted(month, 1))
    if kind is SpanKind.QUARTER:
        first = shifted(month, -((date.fromordinal(month).month - 1) % _QUARTER))
        return WorksSpan(kind, first, shifted(first, _QUARTER))
    return WorksSpan(kind, year_start(day), shifted(year_start(day), 12))


def next_to(span: WorksSpan, *, later: bool, shifts: int = 1) -> WorksSpan:
    """The span of the same kind after it, or before it. `shifts`: how many a day has."""
    if span.kind is SpanKind.SHIFT:
        number = span.shift + (1 if later else -1)
        if 1 <= number <= shifts:
            return WorksSpan(span.kind, span.first, span.end, number)
        day = span.first + (1 if later else -1)
        return WorksSpan(span.kind, day, day + 1, 1 if later else shifts)
    return span_holding(span.kind, span.end if later else span.first - 1)


def whole_of(span: WorksSpan) -> WorksSpan:
    """The span whose parts are summed with it: the day of a shift, the month of ten days; else the span itself."""
    wider = {SpanKind.SHIFT: SpanKind.DAY, SpanKind.TEN_DAYS: SpanKind.MONTH}.get(span.kind)
    return span if wider is None else span_holding(wider, span.first)


def parts_of(span: WorksSpan) -> list[WorksSpan]:
    """What makes it up: a month its ten days, a quarter its months, a year its quarters; nothing of the others."""
    smaller = {
        SpanKind.MONTH: SpanKind.TEN_DAYS,
        SpanKind.QUARTER: SpanKind.MONTH,
        SpanKind.YEAR: SpanKind.QUARTER,
    }.get(span.kind)
    found: list[WorksSpan] = []
    day = span.first
    while smaller is not None and day < span.end:
        found.append(span_holding(smaller, day))
        day = found[-1].end
    return found
