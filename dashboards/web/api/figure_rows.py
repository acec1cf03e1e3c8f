"""Rows of tables and reports as the API gives them: figures, growth and plans. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from dashboards.report.document import ReportRow
from dashboards.web.api.documents import FigureRow, GrowthRow, PlanRow, ReportedRow
from dashboards.web.api.named import WorksNames, grams_of
from models.stated.plan import PlanEntry
from models.tables.asked_figures import FigureGrain, row_date
from models.tables.desk_data import MonthPoint
from models.tables.row_fields import tonnes
from models.works.calendar import MS_NS, local_date
from models.works.codes import FigureStatus
from models.works.place import ALL
from models.works.span import WorksSpan
from models.works.table import FieldValue, Row

STATUSES: dict[FigureStatus, Literal["operational", "refined", "closed"]] = {
    FigureStatus.OPERATIONAL: "operational",
    FigureStatus.REFINED: "refined",
    FigureStatus.CLOSED: "closed",
}
_KEYS = ("site", "level", "shop", "unit", "product", "period", "shift", "start_ms", "end_ms", "status")
_TOLD = ("actual_t", "target_t", "deviation_t", "attainment_pct", "completeness_pct", "whole")
"""Fields that have columns of their own."""


def figure_row(names: WorksNames, grain: FigureGrain, row: Row, *, now_ns: int) -> FigureRow:
    """A published row, or one as it was known at `now_ns`."""
    tags = dict(row.key.tags)
    first = date.fromordinal(row_date(names.plant, grain, row))
    return FigureRow.model_validate({**_placed(names, tags), **_figure(names, row.fields, now_ns), "date": first})


def reported_row(names: WorksNames, span: WorksSpan, row: ReportRow, now_ns: int) -> ReportedRow:
    """A row of a report."""
    tags = {name: str(row[name]) for name in ("level", "shop", "unit", "product")}
    given = {**_placed(names, tags), **_figure(names, row, now_ns), "date": date.fromordinal(span.first)}
    more = {name: value for name, value in row.items() if name not in (*_KEYS, *_TOLD)}
    return ReportedRow.model_validate({**given, "period": str(row["period"]), "more": more})


def growth_row(names: WorksNames, point: MonthPoint) -> GrowthRow:
    """A published month with its growth."""
    percents = (
        "attainment_pct", "mom_pct", "mom_per_day_pct", "yoy_pct", "yoy_per_day_pct", "yoy_repair_free_pct", "ytd_pct",
        "restated_mom_pct", "restated_yoy_pct", "restated_ytd_pct", "completeness_pct",
    )  # fmt: skip
    amounts = ("target", "ytd", "ytd_prev_year", "as_closed", "restated")
    days = point.fields.get("in_progress_days")
    made = point.number("actual_t")
    return GrowthRow.model_validate(
        {
            **names.place(point.level, point.shop, point.unit, point.product),
            "month": local_date(names.plant.zone, point.time_ns),
            "running": days is not None,
            "in_progress_days": None if days is None else int(days),
            "tonnes": made,
            "grams": grams_of(made),
            **{f"{name}_tonnes": point.number(f"{name}_t") for name in amounts},
            **{name: point.number(name) for name in percents},
            "status": STATUSES[FigureStatus(int(point.fields["status"]))],
        }
    )


def plan_row(names: WorksNames, plan: PlanEntry) -> PlanRow:
    """The plan of a month."""
    level = "unit" if plan.unit != ALL else "shop" if plan.shop != ALL else "site"
    return PlanRow.model_validate(
        {
            **names.place(level, plan.shop, plan.unit, plan.product),
            "month": date.fromordinal(plan.month),
            "tonnes": None if plan.grams is None else tonnes(plan.grams),
            "grams": plan.grams,
            "author": plan.author,
            "entered": names.at(plan.recorded_ns),
        }
    )


def _placed(names: WorksNames, tags: Mapping[str, str]) -> dict[str, object]:
    return {**names.place(tags["level"], tags["shop"], tags["unit"], tags["product"])}


def _figure(names: WorksNames, fields: Mapping[str, FieldValue], now_ns: int) -> dict[str, object]:
    start_ns, end_ns = (int(fields[name]) * MS_NS for name in ("start_ms", "end_ms"))
    made, target, deviation = (_number(fields, f"{name}_t") for name in ("actual", "target", "deviation"))
    return {
        "start": names.at(start_ns),
        "end": names.at(end_ns),
        "shift": int(fields["shift"]) if "shift" in fields else None,
        "running": end_ns > now_ns,
        "tonnes": made,
        "grams": grams_of(made),
        "target_tonnes": target,
        "target_grams": grams_of(target),
        "deviation_tonnes": deviation,
        "attainment_pct": _number(fields, "attainment_pct"),
        "completeness_pct": _number(fields, "completeness_pct"),
        "status": STATUSES[FigureStatus(int(fields["status"]))],
        "whole": bool(fields["whole"]) if "whole" in fields else None,
    }


def _number(fields: Mapping[str, FieldValue], name: str) -> float | None:
    value = fields.get(name)
    return None if value is None or isinstance(value, str) else float(value)
