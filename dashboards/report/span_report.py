"""Builds the reports of a shift, ten days, a quarter and a year. Pure."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from dashboards.report.assemble import assembled
from dashboards.report.build import month_to_date
from dashboards.report.columns import ALWAYS, MONTH, PLAN, REST, YEAR, ReportColumns
from dashboards.report.document import CellValue, ReportDocument, ReportHeader, ReportRow
from dashboards.report.texts import report_text
from models.works.calendar import local_date
from models.works.localize import Language, localize_month
from models.works.plant import Plant
from models.works.span import SpanKind, WorksSpan, parts_of

_GROUPS = {
    SpanKind.SHIFT: "group_shift",
    SpanKind.TEN_DAYS: "group_ten_days",
    SpanKind.QUARTER: "group_quarter",
    SpanKind.YEAR: "group_year",
}
_ROMAN = ("I", "II", "III", "IV")


def span_report(
    plant: Plant, span: WorksSpan, rows: Sequence[ReportRow], header: ReportHeader, language: Language
) -> ReportDocument:
    """The report of the span: its plan, what was made, and by what parts; the totals of the works first.

    A span that runs is judged by what was due by now, and has a column of it.
    """
    columns = ReportColumns(plant, language)
    group = _GROUPS[span.kind]
    columns.place()
    columns.tonnes("plan", "target_t", group=group, rank=PLAN)
    if any(row.get("due_t", row.get("target_t")) != row.get("target_t") for row in rows):
        columns.tonnes("due", "due_t", group=group, rank=PLAN)
    columns.tonnes("actual", "actual_t", group=group, rank=ALWAYS)
    columns.judged(group)
    if span.kind is not SpanKind.SHIFT:
        columns.tonnes("last_year", "prev_year_t", group=group)
        columns.pct("to_last_year", "yoy_pct", group=group, rank=PLAN, signed=True)
        if any("restated_t" in row for row in rows):
            columns.tonnes("restated", "restated_t", group=group)
    _parts(columns, span, rows, header.at_ns)
    if span.kind is SpanKind.SHIFT:
        columns.tonnes("day_plan", "day_target_t", group="group_day_to_date", rank=REST)
        columns.tonnes("actual", "day_to_date_t", group="group_day_to_date", rank=MONTH)
        columns.stops(header.causes)
    if span.kind is SpanKind.TEN_DAYS:
        month_to_date(columns)
        columns.tonnes("month_plan", "month_target_t", group="group_mtd", rank=REST)
    if span.kind in (SpanKind.TEN_DAYS, SpanKind.QUARTER):
        columns.year({"plan": "ytd_target_t", "actual": "ytd_t", "last_year": "ytd_prev_year_t", "growth": "ytd_pct"})
    columns.quality(unknown=any("not_known_since" in row for row in rows))
    return assembled(span.kind.value, rows, header, columns)


def _parts(columns: ReportColumns, span: WorksSpan, rows: Sequence[ReportRow], at_ns: int | None) -> None:
    """What each part made that has begun: the shifts and ten days so far, the months of a quarter, the quarters of a
    year."""
    titles, group = _titles(span, columns, at_ns), f"parts_{span.kind.value}"
    # A first shift or the first ten days would say the same twice.
    if len(titles) < 2:
        return
    for number, title in titles.items():
        columns.named(title, partial(columns.scaled, name=f"part_{number}_t"), group=group, rank=YEAR)
    if any("in_no_part_t" in row for row in rows):
        columns.number("not_split", partial(_or_nothing, columns, "in_no_part_t"), group=group)


def _titles(span: WorksSpan, columns: ReportColumns, at_ns: int | None) -> dict[int, str]:
    if span.kind is SpanKind.SHIFT:
        return {number: str(number) for number in range(1, span.shift + 1)}
    if span.kind is SpanKind.TEN_DAYS:
        return {number: _ROMAN[number - 1] for number in range(1, span.number + 1)}
    today = span.end if at_ns is None else local_date(columns.plant.zone, at_ns).toordinal()
    parts = [part for part in parts_of(span) if part.first <= today]
    if span.kind is SpanKind.QUARTER:
        return {part.number: localize_month(date.fromordinal(part.first), columns.language) for part in parts}
    named = report_text("quarter_of", columns.language)
    return {part.number: named.format(number=_ROMAN[part.number - 1]) for part in parts}


def _or_nothing(columns: ReportColumns, name: str, row: ReportRow) -> CellValue:
    """A field in tonnes; nothing where there is none of it."""
    return columns.scaled(row, name) if name in row else ""
