"""Rows of project_month: money, progress and milestones of each project of modernisation, month by month."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from models.stated.added_capacity import capacity_start
from models.stated.investment import investment_growth, investment_spans
from models.stated.measure import MeasureKind, Project
from models.stated.project_progress import (
    StatedOfProjects,
    are_of_the_same_months,
    is_reached,
    late_milestones,
    months_without,
    newest_of,
    of_project,
    total,
)
from models.tables.row_fields import Fields
from models.works.calendar import stamp_ns
from models.works.localize import LANGUAGES
from models.works.month import month_of, months_between, period_text, shifted
from models.works.plant import Plant
from models.works.table import Row, RowKey

PROJECT_TABLE = "project_month"
_SERIES = ((MeasureKind.WORK_PLAN, MeasureKind.WORK_DONE), (MeasureKind.PAID_PLAN, MeasureKind.PAID))
"""Of work and of payments, plan and fact."""
_GROWTH = ("paid_growth_month_pct", "paid_growth_year_pct", "paid_growth_to_date_pct")
"""Of the spans of investment_spans, in their order."""


def project_rows(plant: Plant, projects: Sequence[Project], stated: StatedOfProjects, today: int) -> list[Row]:
    """A row for each project and month, from the first of which something is known to the newest or the present one.
    `today`: an ordinal.

    A month that is over is told as of its end, with what is known of it now; so the briefing tells it.
    """
    rows, present = [], month_of(today)
    for project in projects:
        ours = StatedOfProjects([each for each in stated.numbers if each.subject == project.code], stated.milestones)
        first = min([present, *(month_of(each.start) for each in ours.numbers)])
        last = max([present, *(month_of(each.end - 1) for each in ours.numbers)])
        tags = {"site": plant.site, "project": project.code}
        for month in months_between(first, shifted(last, 1)):
            time_ns = stamp_ns(plant.zone, date.fromordinal(month[0]))
            fields = _of_currency(project, month[0]) | _amounts(project, ours, month, today)
            fields |= _growth(project, ours, month[0])
            day = min(today, month[1] - 1)
            fields |= _milestones(project, ours, day) | _capacity(project, ours, day)
            rows.append(Row(RowKey.of(PROJECT_TABLE, time_ns, tags), fields))
    return rows


def _of_currency(project: Project, month: int) -> Fields:
    fields: Fields = {"currency": project.currency, "period": period_text(month)}
    for language in LANGUAGES:
        fields[f"name_{language}"] = project.name(language)
    _put(fields, "budget", None if project.budget is None else project.budget * project.amounts_in)
    return fields


def _amounts(project: Project, ours: StatedOfProjects, month: tuple[int, int], today: int) -> Fields:
    fields: Fields = {}
    known = of_project(project, ours.numbers, month[1])
    of_month = [each for each in known if each.start == month[0]]
    for plan, fact in _SERIES:
        for kind in (plan, fact):
            _put(fields, kind.value, total(project, of_month, kind))
        done = total(project, known, fact)
        _put(fields, f"{fact.value}_to_date", done)
        if done is not None and are_of_the_same_months(known, plan, fact):
            _put(fields, f"{plan.value}_to_date", total(project, known, plan))
    paid = total(project, known, MeasureKind.PAID)
    if paid is not None:
        first = min(each.start for each in known)
        over = [low for low, high in months_between(first, month[1]) if high <= today]
        fields["months_without_payment"] = len(months_without(known, MeasureKind.PAID, over))
        if project.budget is not None:
            share = paid * 100 / (project.budget * project.amounts_in)
            fields["paid_of_budget_pct"] = float(share.quantize(Decimal("0.1"), ROUND_HALF_UP))
    for kind in (MeasureKind.PHYSICAL_PCT, MeasureKind.JOBS):
        newest = newest_of(known, kind)  # to date: it stands until another is stated
        _put(fields, kind.value, None if newest is None else newest.value)
    return fields


def _growth(project: Project, ours: StatedOfProjects, month: int) -> Fields:
    fields: Fields = {}
    for name, (span, base) in zip(_GROWTH, investment_spans(month), strict=True):
        (growth,) = investment_growth([project], ours.numbers, span, base)
        _put(fields, name, growth.pct)
    return fields


def _milestones(project: Project, ours: StatedOfProjects, day: int) -> Fields:
    late = late_milestones(project, ours, day)
    words = [ours.milestones.get((project.code, each.code)) for each in project.milestones]
    return {
        "milestones": len(words),
        "milestones_reached": sum(is_reached(word, day) for word in words),
        "milestones_late": len(late),
        "days_late": max((each.days for each in late), default=0),
    }


def _capacity(project: Project, ours: StatedOfProjects, day: int) -> Fields:
    start = capacity_start(project, ours.milestones, day)
    if project.capacity is None or start is None:
        return {}
    fields: Fields = {"capacity_t_per_year": float(project.capacity.t_per_year)}
    for language in LANGUAGES:
        fields[f"capacity_product_{language}"] = project.capacity.product.name(language)
    if start.day is not None:
        fields["capacity_from"] = date.fromordinal(start.day).isoformat()
    return fields


def _put(fields: Fields, name: str, value: Decimal | None) -> None:
    if value is not None:
        fields[name] = float(value)
