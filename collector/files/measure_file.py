"""Files of indicators and of projects: a row for each span, a column for each number. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from collector.files.measure_texts import measure_text
from collector.files.number import decimal_of
from collector.files.period import period_days
from collector.files.plain_table import PlainRow, PlainTable, RefusedMeasure, TableRead, read_table
from collector.files.sheet import Cell, SheetFile
from models.stated.measure import MeasureKind, StatedMeasure
from models.works.month import month_of, shifted

PERIOD, SOURCE, STATED_ON, GROWTH = "period", "source", "stated_on", "growth"
MONTHS = {"month": PERIOD, "месяц": PERIOD, "ай": PERIOD}
_PLANS = (MeasureKind.WORK_PLAN, MeasureKind.PAID_PLAN)
"""What may be stated of months to come."""
LIKE_AN_INDEX = 50
"""Growth from so many percent on is asked for again: what is published of a region grows by a few. A judgement."""
MOST = Decimal(10) ** 15
"""Of any number: a hundred times what the country makes in tenge."""

LEAST_HOURS, MOST_HOURS = 5, 31 * 24
"""Of one person in a month: less are thousands of hours that were taken for hours, and there are no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureForm:
    """What a file is about. `subject`: "indicator" or "project". `names`: the codes of what is known, by every way to
    write it. `kinds`: the numbers that it may have. `today`: the date (ordinal) after which nothing can have been
    stated. `monthly`: each row is of one month."""

    subject: str
    names: Mapping[str, str]
    kinds: Sequence[MeasureKind]
    author: str
    today: int
    monthly: bool = False
    number_format: str | None = None


def read_measures(file: SheetFile, form: MeasureForm) -> TableRead[StatedMeasure]:
    """The numbers of a file."""
    needed = (form.subject, PERIOD, SOURCE, STATED_ON)
    growth = [GROWTH] if MeasureKind.VALUE in form.kinds else []
    table = PlainTable((*needed, *(kind.value for kind in form.kinds), *growth), needed, MONTHS)
    return read_table(file, table, lambda row: _row(row, form), lambda each: each.of)


def _row(row: PlainRow, form: MeasureForm) -> list[StatedMeasure]:
    subject = row.known(form.subject, form.names)
    words = row.text(PERIOD)
    start, end = _months(row.cell(PERIOD))
    if form.monthly and end != shifted(start, 1):
        raise RefusedMeasure(measure_text("not_one_month", value=words))
    source, stated_on = row.text(SOURCE), row.past_day(STATED_ON, form.today)
    if start > form.today and any(row.cell(kind.value) is not None for kind in form.kinds if kind not in _PLANS):
        raise RefusedMeasure(measure_text("in_future", value=words))
    growth = row.cell(GROWTH)
    growth_pct = None if growth is None else _growth(growth, form)
    found = [
        StatedMeasure(
            subject=subject, kind=kind, start=start, end=end, value=_value(row.cell(kind.value), kind, form),
            growth_pct=growth_pct, source=source, stated_on=stated_on, author=form.author,
        )
        for kind in form.kinds
        if row.cell(kind.value) is not None
    ]  # fmt: skip
    if not found:
        columns = tuple(measure_text(kind.value) for kind in form.kinds)
        raise RefusedMeasure(measure_text("no_number", columns=columns))
    _check_hours({each.kind: each.value for each in found})
    return found


def _check_hours(stated: Mapping[MeasureKind, Decimal]) -> None:
    people, hours = stated.get(MeasureKind.EMPLOYED), stated.get(MeasureKind.HOURS_WORKED)
    if people and hours and not LEAST_HOURS <= hours / people <= MOST_HOURS:
        each = (hours / people).quantize(Decimal("0.1"))
        raise RefusedMeasure(measure_text("hours_per_head", hours=hours, people=people, each=each))


def _growth(cell: Cell, form: MeasureForm) -> Decimal:
    """Growth in percent. Many offices publish an index instead, 101.5 for growth of 1.5."""
    words = str(cell).strip()
    sure = words.startswith("+")
    growth = _number(words[1:] if sure else cell, GROWTH, form, signed=True)
    if growth >= LIKE_AN_INDEX and not sure:
        raise RefusedMeasure(measure_text("like_an_index", value=growth, growth=growth - 100))
    return growth


def _value(cell: Cell, kind: MeasureKind, form: MeasureForm) -> Decimal:
    # A published balance may be below zero; nobody paid or built less than nothing.
    value = _number(cell, kind.value, form, signed=kind is MeasureKind.VALUE)
    if kind is MeasureKind.PHYSICAL_PCT and value > 100:
        raise RefusedMeasure(measure_text("not_a_percentage", value=value))
    if kind is MeasureKind.JOBS and value != value.to_integral_value():
        raise RefusedMeasure(measure_text("not_whole_jobs", value=value))
    return value


def _number(cell: Cell, field: str, form: MeasureForm, *, signed: bool) -> Decimal:
    value = decimal_of(cell, form.number_format)
    if not value.is_finite() or abs(value) >= MOST:
        raise RefusedMeasure(measure_text("too_large", value=str(cell)[:40]))
    if value < 0 and not signed:
        raise RefusedMeasure(measure_text("below_zero", value=value, column=measure_text(field)))
    return value


def _months(cell: Cell) -> tuple[int, int]:
    start, end = period_days(cell)
    if start != month_of(start) or end != month_of(end) or end <= start:
        raise RefusedMeasure(measure_text("not_whole_months", value=str(cell).strip()[:40]))
    return start, end
