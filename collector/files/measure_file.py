"""Files of indicators and of projects: a row for each span, a column for each number. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from collector.files.field_faults import FieldReader, RefusedMeasure
from collector.files.measure_texts import measure_text
from collector.files.number import decimal_of
from collector.files.period import period_days
from collector.files.plain_table import PlainRow, PlainTable, TableRead, read_table
from collector.files.sheet import Cell, PercentCell, SheetFile
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

_PERCENT = (GROWTH, MeasureKind.PHYSICAL_PCT.value, MeasureKind.GOOD_PCT.value)
"""What is percent."""

LEAST_HOURS, MOST_HOURS = 5, 31 * 24
"""Of one person in a month: less are thousands of hours that were taken for hours, and there are no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureForm:
    """What a file is about. `subject`: "indicator", "project", "place" or "unit". `names`: the codes of what is known,
    by every way to write it. `kinds`: the numbers that it may have. `today`: the date (ordinal) after which nothing can
    have been stated. `monthly`: each row is of one month."""

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
    fields = FieldReader()
    subject = fields.take(form.subject, lambda: row.known(form.subject, form.names), "")
    start, end = fields.take(PERIOD, lambda: _period(row, form), (0, 0))
    source = fields.take(SOURCE, lambda: row.text(SOURCE), "")
    stated_on = fields.take(STATED_ON, lambda: row.past_day(STATED_ON, form.today), 0)
    growth = row.cell(GROWTH)
    growth_pct = None if growth is None else fields.take(GROWTH, lambda: _growth(growth, form), Decimal())
    stated = [kind for kind in form.kinds if row.cell(kind.value) is not None]
    values = {
        kind: fields.take(kind.value, partial(_value, row.cell(kind.value), kind, form), Decimal()) for kind in stated
    }
    if start > form.today:
        for kind in (each for each in stated if each not in _PLANS):
            fields.refuse(kind.value, "in_future", value=row.text(PERIOD))
    if not stated:
        fields.refuse(form.kinds[0].value, "no_number", columns=tuple(measure_text(kind.value) for kind in form.kinds))
    if fields.is_sound(MeasureKind.EMPLOYED.value, MeasureKind.HOURS_WORKED.value):
        fields.take(MeasureKind.HOURS_WORKED.value, lambda: _check_hours(values), None)
    fields.check()
    return [
        StatedMeasure(
            subject=subject, kind=kind, start=start, end=end, value=value, growth_pct=growth_pct, source=source,
            stated_on=stated_on, author=form.author,
        )
        for kind, value in values.items()
    ]  # fmt: skip


def _period(row: PlainRow, form: MeasureForm) -> tuple[int, int]:
    words = row.text(PERIOD)
    start, end = _months(row.cell(PERIOD))
    if form.monthly and end != shifted(start, 1):
        raise RefusedMeasure(measure_text("not_one_month", value=words))
    return start, end


def _check_hours(stated: Mapping[MeasureKind, Decimal]) -> None:
    people, hours = stated.get(MeasureKind.EMPLOYED), stated.get(MeasureKind.HOURS_WORKED)
    if people and hours and not LEAST_HOURS <= hours / people <= MOST_HOURS:
        each = (hours / people).quantize(Decimal("0.1"))
        raise RefusedMeasure(measure_text("hours_per_head", hours=hours, people=people, each=each))


def _growth(cell: Cell, form: MeasureForm) -> Decimal:
    """Growth in percent. Many offices publish an index instead, 101.5 for growth of 1.5."""
    words = "" if isinstance(cell, PercentCell) else str(cell).strip()
    sure = words.startswith("+")
    growth = _number(words[1:] if sure else cell, GROWTH, form, signed=True)
    if growth >= LIKE_AN_INDEX and not sure:
        raise RefusedMeasure(measure_text("like_an_index", value=growth, growth=growth - 100))
    return growth


def _value(cell: Cell, kind: MeasureKind, form: MeasureForm) -> Decimal:
    # A published balance may be below zero; nobody paid or built less than nothing.
    value = _number(cell, kind.value, form, signed=kind is MeasureKind.VALUE)
    if kind in (MeasureKind.PHYSICAL_PCT, MeasureKind.GOOD_PCT) and value > 100:
        raise RefusedMeasure(measure_text("not_a_percentage", value=value))
    if kind is MeasureKind.GOOD_PCT and 0 < value <= 1 and not isinstance(cell, PercentCell):
        percent = Decimal(f"{(value * 100).normalize():f}")
        raise RefusedMeasure(measure_text("like_a_share", value=value, percent=percent))
    if kind is MeasureKind.JOBS and value != value.to_integral_value():
        raise RefusedMeasure(measure_text("not_whole_jobs", value=value))
    return value


def _number(cell: Cell, field: str, form: MeasureForm, *, signed: bool) -> Decimal:
    percent = _percent_of(cell)
    if percent is not None and field not in _PERCENT:
        raise RefusedMeasure(measure_text("percent_cell", value=f"{percent:f}", column=measure_text(field)))
    value = decimal_of(cell, form.number_format) if percent is None else percent
    if not value.is_finite() or abs(value) >= MOST:
        raise RefusedMeasure(measure_text("too_large", value=str(cell)[:40]))
    if value < 0 and not signed:
        raise RefusedMeasure(measure_text("below_zero", value=value, column=measure_text(field)))
    return value


def _percent_of(cell: Cell) -> Decimal | None:
    """What people see of a cell that a spreadsheet shows as percent."""
    return cell.percent if isinstance(cell, PercentCell) else None


def _months(cell: Cell) -> tuple[int, int]:
    start, end = period_days(cell)
    if start != month_of(start) or end != month_of(end) or end <= start:
        raise RefusedMeasure(measure_text("not_whole_months", value=str(cell).strip()[:40]))
    return start, end
