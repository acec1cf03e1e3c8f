"""Modernisation, for managers: money and progress of each project, and what is published of the region."""

from collections.abc import Sequence

from dashboards.panels import catalogue
from dashboards.panels.board import TWO_YEARS, Board, Panel, PanelRow, Pick, Shape
from dashboards.panels.boards.hour_panels import running
from dashboards.panels.quantity import Quantity
from models.stated.measure import Indicator, Project

EVERY_CURRENCY = ""
"""Amounts of several currencies stand below each other, each beside the name of its own."""


def modernisation(declared: Sequence[Project | Indicator]) -> Board:
    """All projects as they stand, the published numbers, then a row for each project."""
    projects = [each for each in declared if isinstance(each, Project)]
    tables = [_projects()] if projects else []
    if len(projects) < len(declared):
        tables.append(_indicators())
    rows = [PanelRow(panels=tuple(tables)), *(_project(each) for each in projects)]
    # People state these by the month.
    return Board(key="modernisation", span=TWO_YEARS, refresh="5m", rows=tuple(rows))


def _projects() -> Panel:
    return Panel(
        shape=Shape.TABLE,
        title="projects",
        quantities=(
            catalogue.PROJECT_NAME,
            catalogue.PHYSICAL,
            catalogue.PAID_TO_DATE,
            catalogue.BUDGET,
            catalogue.CURRENCY,
            catalogue.PAID_OF_BUDGET,
            catalogue.WORK_TO_DATE,
            catalogue.MONTHS_WITHOUT_PAYMENT,
            catalogue.MILESTONES,
            catalogue.MILESTONES_REACHED,
            catalogue.MILESTONES_LATE,
            catalogue.DAYS_LATE,
            catalogue.JOBS,
            catalogue.CAPACITY,
            catalogue.CAPACITY_PRODUCT,
            catalogue.CAPACITY_FROM,
        ),
        split="project",
        pick=Pick.RUNNING,
        width=24,
        # Heads of four lines, and four projects with names of two.
        height=11,
        display_unit=EVERY_CURRENCY,
    )


def _indicators() -> Panel:
    return Panel(
        shape=Shape.TABLE,
        title="indicators",
        quantities=(
            catalogue.INDICATOR_NAME,
            catalogue.INDICATOR_PERIOD,
            catalogue.INDICATOR_VALUE,
            catalogue.INDICATOR_UNIT,
            catalogue.GROWTH_PUBLISHED,
            catalogue.GROWTH_COMPUTED,
            catalogue.GROWTH_DIFFERS,
            catalogue.PUBLISHED_BY,
            catalogue.PUBLISHED_ON,
        ),
        width=24,
        height=8,
        newest_first=True,
    )


def _project(project: Project) -> PanelRow:
    where = {"project": project.code}

    def by_month(title: str, plan: Quantity, fact: Quantity) -> Panel:
        return Panel(
            shape=Shape.BAR_CHART,
            title=title,
            quantities=(catalogue.PROJECT_PERIOD, plan, fact),
            where=where,
            width=12,
            height=7,
            display_unit=project.currency,
            x="period",
        )

    return PanelRow(
        heading=project.names,
        panels=(
            running("paid_and_budget", (catalogue.PAID_TO_DATE, catalogue.BUDGET), where, 8, project.currency),
            running("paid_of_budget_pct", (catalogue.PAID_OF_BUDGET,), where, 4, project.currency),
            running("physical_pct", (catalogue.PHYSICAL,), where, 4, project.currency),
            running("milestones_late", (catalogue.MILESTONES_LATE, catalogue.DAYS_LATE), where, 5, project.currency),
            running("jobs", (catalogue.JOBS,), where, 3, project.currency),
            by_month("work_by_month", catalogue.WORK_PLAN, catalogue.WORK_DONE),
            by_month("paid_by_month", catalogue.PAID_PLAN, catalogue.PAID),
            Panel(
                shape=Shape.TABLE,
                title="paid_growth",
                quantities=(
                    catalogue.PROJECT_PERIOD,
                    catalogue.PAID_GROWTH_MONTH,
                    catalogue.PAID_GROWTH_YEAR,
                    catalogue.PAID_GROWTH_TO_DATE,
                ),
                where=where,
                width=24,
                height=7,
                display_unit=project.currency,
                newest_first=True,
            ),
        ),
    )
