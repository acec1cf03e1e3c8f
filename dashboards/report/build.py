"""Builds the reports of a day, of months against their plan, and of growth, from rows of the output tables. Pure."""

from collections.abc import Iterable, Sequence

from dashboards.report.assemble import assembled
from dashboards.report.cells import attainment_cell, period_shown
from dashboards.report.columns import ALWAYS, MONTH, ON_PAPER, PLAN, REST, YEAR, ReportColumns
from dashboards.report.document import CellValue, ReportDocument, ReportHeader, ReportRow, number_of
from dashboards.report.order import by_product
from dashboards.report.places import forecast_range, scale_of
from dashboards.report.running_day import due_cell, runs, so_far_cells
from dashboards.report.texts import report_text
from models.works.localize import Language
from models.works.plant import Plant


def day_report(plant: Plant, rows: Iterable[ReportRow], header: ReportHeader, language: Language) -> ReportDocument:
    """The daily production report: rows of output_day, the totals of the works first, then shop by shop.

    A day that runs is judged by what was due by now, and has a column of it; so has what is not known.
    """
    rows = list(rows)
    columns = ReportColumns(plant, language)

    def judged(row: ReportRow) -> tuple[CellValue, CellValue]:
        scale = scale_of(plant, row, language)[0]
        if runs(row, header):
            return so_far_cells(row, scale, language)
        return number_of(row, "deviation_t", scale), attainment_cell(row, language)

    columns.place()
    columns.tonnes("plan", "target_t", group="group_day", rank=PLAN)
    if any(runs(row, header) for row in rows):
        columns.number(
            "due", lambda row: due_cell(row, header, scale_of(plant, row, language)[0]), group="group_day", rank=PLAN
        )
    columns.tonnes("actual", "actual_t", group="group_day", rank=ALWAYS)
    columns.number("deviation", lambda row: judged(row)[0], group="group_day", rank=REST, signed=True)
    columns.number("pct", lambda row: judged(row)[1], group="group_day", rank=MONTH)
    month_to_date(columns)
    columns.tonnes("plan", "month_target_t", group="group_month", rank=REST)
    columns.tonnes("forecast", "forecast_month_t", group="group_month", rank=MONTH)
    columns.text(
        "forecast_range",
        lambda row: forecast_range(plant, row, scale_of(plant, row, language)[0], language),
        group="group_month",
    )
    columns.number(
        "forecast_pct", lambda row: columns.share(row, "forecast_month_t", "month_target_t"), group="group_month"
    )
    columns.number("required", lambda row: _required(columns, row), group="group_month", rank=YEAR)
    fields = {"plan": "ytd_target_t", "actual": "year_to_date_t", "last_year": "ytd_prev_year_t", "growth": "ytd_pct"}
    columns.year(fields)
    columns.stops(header.causes)
    columns.quality(unknown=any("not_known_since" in row for row in rows))
    return assembled("day", rows, header, columns)


NOTHING_LEFT = "–"
"""In place of a rate where no day is left on which the unit could work: nothing is required, and nothing is unknown."""


def _required(columns: ReportColumns, row: ReportRow) -> CellValue:
    rate = columns.scaled(row, "required_rate_t_per_day")
    known = "month_target_t" in row and "month_to_date_t" in row
    return NOTHING_LEFT if rate is None and known else rate


def month_to_date(columns: ReportColumns) -> None:
    """The month beside what of its plan was due."""
    made, due = "month_to_date_t", "month_to_date_due_t"
    columns.tonnes("plan", due, group="group_mtd")
    columns.tonnes("actual", made, group="group_mtd", rank=MONTH)
    columns.number("deviation", lambda row: columns.less(row, made, due), group="group_mtd", rank=REST, signed=True)
    columns.number("pct", lambda row: columns.share(row, made, due), group="group_mtd", rank=MONTH)


def month_report(plant: Plant, rows: Iterable[ReportRow], header: ReportHeader, language: Language) -> ReportDocument:
    """The month against its plan: rows of output_month."""
    rows = list(rows)
    columns = ReportColumns(plant, language)
    # Of one month the header says which; a column of it would say so in each row.
    if len({row["period"] for row in rows}) > 1:
        columns.text("month", lambda row: period_shown(str(row["period"]), language), rank=PLAN)
    columns.place()
    columns.tonnes("plan", "target_t", group="group_month", rank=REST)
    columns.tonnes("actual", "actual_t", group="group_month", rank=MONTH)
    columns.judged("group_month")
    columns.tonnes("last_year", "prev_year_t", group="group_month")
    columns.pct("to_last_year", "yoy_pct", group="group_month", rank=PLAN, signed=True)
    # Of a month that is neither closed nor corrected they would say nothing.
    if any("as_closed_t" in row for row in rows):
        columns.tonnes("as_closed", "as_closed_t", group="group_month", rank=YEAR)
    if any("restated_t" in row for row in rows):
        columns.tonnes("restated", "restated_t", group="group_month", rank=PLAN)
    columns.year({"plan": "ytd_target_t", "actual": "ytd_t", "last_year": "ytd_prev_year_t", "growth": "ytd_pct"})
    columns.text("status", lambda row: report_text(f"status_{int(row['status'])}", language), rank=REST)
    columns.quality(unknown=any("not_known_since" in row for row in rows))
    return assembled("month", rows, header, columns)


_RESTATED = frozenset(("restated_mom_pct", "restated_yoy_pct", "restated_ytd_t", "restated_ytd_pct"))


def growth_report(plant: Plant, rows: Iterable[ReportRow], header: ReportHeader, language: Language) -> ReportDocument:
    """The table of monthly growth: each figure as it stands or was closed, and the restated one below it, labelled."""
    columns = ReportColumns(plant, language)
    columns.text("month", lambda row: period_shown(str(row["period"]), language), rank=PLAN)
    columns.place()
    columns.text("basis", lambda row: report_text(_basis(row), language), rank=ALWAYS)
    columns.number(
        "month_actual",
        lambda row: columns.scaled(row, "restated_t" if row.get("is_restated") else "actual_t"),
        rank=MONTH,
    )

    def growth(key: str, plain: str, restated: str | None = None) -> None:
        def cell(row: ReportRow) -> CellValue:
            if not row.get("is_restated"):
                return number_of(row, plain)
            return "" if restated is None else number_of(row, restated)

        columns.number(key, cell, rank=PLAN if key in ("mom", "yoy", "ytd_growth") else ON_PAPER, signed=True)

    growth("mom", "mom_pct", "restated_mom_pct")
    growth("mom_per_day", "mom_per_day_pct")
    growth("yoy", "yoy_pct", "restated_yoy_pct")
    growth("yoy_per_day", "yoy_per_day_pct")
    growth("yoy_repair_free", "yoy_repair_free_pct")
    columns.number(
        "ytd", lambda row: columns.scaled(row, "restated_ytd_t" if row.get("is_restated") else "ytd_t"), rank=YEAR
    )
    columns.number("ytd_before", lambda row: "" if row.get("is_restated") else columns.scaled(row, "ytd_prev_year_t"))
    growth("ytd_growth", "ytd_pct", "restated_ytd_pct")
    columns.text("status", lambda row: report_text(f"status_{int(row['status'])}", language), rank=REST)
    both = [each for row in by_product(plant, rows) for each in _with_restated(row)]
    return assembled("growth", both, header, columns, in_order=True)


def _basis(row: ReportRow) -> str:
    return "restated" if row.get("is_restated") else "as_closed" if "as_closed_t" in row else "as_booked"


def _with_restated(row: ReportRow) -> Sequence[ReportRow]:
    # A month whose own figure stands is restated too where one that it is compared with was corrected.
    restated = {"restated_t": row["actual_t"], **row} if "actual_t" in row else row
    if restated.get("restated_t") != row.get("actual_t") or not _RESTATED.isdisjoint(row):
        return row, {**restated, "is_restated": 1}
    return (row,)
