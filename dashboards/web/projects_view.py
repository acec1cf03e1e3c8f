"""What the page of projects shows, in the words of one language. Pure: from the rows of the tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboards.web.investment_rows import growth_cell, investment_rows
from dashboards.web.month_parts import Linked
from dashboards.web.texts import text
from models.briefing.capacity import capacity_shown
from models.briefing.months_named import months_named
from models.briefing.shown_numbers import day_shown, money, rounded, shown
from models.stated.measure import Project, StatedMeasure, computed_growth, growth_differs, year_before
from models.stated.milestone_word import days_late
from models.stated.project_progress import ProjectsAsKnown, is_reached
from models.tables.project_rows import project_rows
from models.works.localize import Language
from models.works.month import length
from models.works.plant import Plant
from models.works.table import Row

MONTHS_SHOWN = 6
"""As many as stay readable on a phone; the board in Grafana has two years."""
DOWN, UNKNOWN = "down", "unknown"


@dataclass(frozen=True, slots=True)
class ShownTile:
    """A figure with what it is; `share` of 100, where it has a bar."""

    what: str
    amount: str
    tone: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """A month: its name, then plan and fact of work and of payments; `shares`: of each fact in percent of its plan."""

    name: str
    amounts: tuple[str, str, str, str]
    shares: tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class ProjectView:
    """One project. `capacity`: what it adds to that of the works, in words, or ""."""

    code: str
    name: str
    answers: str
    remark: str
    capacity: str
    tiles: tuple[ShownTile, ...]
    months: tuple[ShownMonth, ...]
    milestones: tuple[tuple[Linked, ...], ...]


@dataclass(frozen=True, slots=True)
class ProjectsView:
    """The page. `growth`: months compared, paid, paid before, growth, remark. `indicators`: name, months, value, growth
    as published, of the values, remark, document."""

    projects: tuple[ProjectView, ...]
    growth: tuple[tuple[Linked, ...], ...]
    indicators: tuple[tuple[Linked, ...], ...]


def projects_view(plant: Plant, known: ProjectsAsKnown, language: Language) -> ProjectsView:
    """All projects, and of each indicator the newest numbers."""
    rows = project_rows(plant, known.projects, known.stated, known.day)
    return ProjectsView(
        projects=tuple(_project(each, rows, known, language) for each in known.projects),
        growth=tuple(investment_rows(known, language)),
        indicators=tuple(_indicators(known, language)),
    )


def _project(project: Project, rows: Sequence[Row], known: ProjectsAsKnown, language: Language) -> ProjectView:
    present = f"{date.fromordinal(known.day):%Y-%m}"
    ours = [row for row in rows if dict(row.key.tags)["project"] == project.code and row.fields["period"] <= present]  # type: ignore[operator]
    answers = text("project_owner", language).format(owner=project.owner)
    if project.contractor:
        answers += "; " + text("project_contractor", language).format(contractor=project.contractor)
    lacking = int(ours[-1].fields.get("months_without_payment", 0))
    remark = text("project_months_unpaid", language).format(count=lacking) if lacking else ""
    added = capacity_shown(project, known.stated.milestones, known.day, language)
    stated = [row for row in ours if any(name in row.fields for name in _AMOUNTS)]
    return ProjectView(
        code=project.code,
        name=project.name(language),
        answers=answers,
        remark=remark,
        tiles=tuple(_tiles(project, ours[-1], language)),
        capacity=text("project_capacity", language).format(added=added) if added else "",
        months=tuple(_month(project, row, language) for row in reversed(stated[-MONTHS_SHOWN:])),
        milestones=tuple(_milestones(project, known, language)),
    )


_AMOUNTS = ("work_plan", "work_done", "paid_plan", "paid")


def _tiles(project: Project, newest: Row, language: Language) -> list[ShownTile]:
    nothing = text("no_data", language)

    def number(name: str) -> Decimal | None:
        value = newest.fields.get(name)
        return None if value is None else Decimal(str(value))

    def tile(key: str, value: Decimal | None, amount: str, tone: str = "", share: Decimal | None = None) -> ShownTile:
        if value is None:
            return ShownTile(text(key, language), nothing, UNKNOWN)
        return ShownTile(text(key, language), amount, tone, None if share is None else min(float(share), 100.0))

    def amount(value: Decimal | None) -> str:
        return "" if value is None else money(value, project.currency, language)

    ready, paid, of_budget = number("physical_pct"), number("paid_to_date"), number("paid_of_budget_pct")
    done, jobs, budget = number("work_done_to_date"), number("jobs"), number("budget")
    found = [tile("project_ready", ready, _pct(ready, language), share=ready)]
    spent = amount(paid)
    if of_budget is not None:
        spent += f" ({_pct(of_budget, language)})"
    beyond = of_budget is not None and paid is not None and budget is not None and paid > budget
    found.append(tile("project_paid", paid, spent, DOWN if beyond else "", of_budget))
    found.append(tile("project_budget", budget, amount(budget)))
    found.append(tile("project_done", done, amount(done)))
    found.append(tile("project_jobs", jobs, "" if jobs is None else shown(jobs, language)))
    late, days = int(newest.fields["milestones_late"]), int(newest.fields["days_late"])
    steps = text("project_steps_of", language).format(
        reached=newest.fields["milestones_reached"], all=newest.fields["milestones"]
    )
    found.append(ShownTile(text("project_steps", language), steps))
    if late:
        words = text("project_late_by", language).format(count=late, days=days)
        found.append(ShownTile(text("project_late", language), words, DOWN))
    return found


def _pct(value: Decimal | None, language: Language) -> str:
    return "" if value is None else f"{shown(rounded(value), language)}\N{NO-BREAK SPACE}%"


def _month(project: Project, row: Row, language: Language) -> ShownMonth:
    first = date.fromisoformat(f"{row.fields['period']}-01").toordinal()
    found: list[Decimal | None] = []
    for name in _AMOUNTS:
        value = row.fields.get(name)
        found.append(None if value is None else Decimal(str(value)))
    amounts = tuple("" if each is None else money(each, project.currency, language) for each in found)
    work_plan, work, paid_plan, paid = found
    return ShownMonth(
        name=months_named((first, first + length(first)), language),
        amounts=(amounts[0], amounts[1], amounts[2], amounts[3]),
        shares=(_share(work, work_plan), _share(paid, paid_plan)),
    )


def _share(fact: Decimal | None, plan: Decimal | None) -> float | None:
    return None if fact is None or not plan else min(float(100 * fact / plan), 100.0)


def _milestones(project: Project, known: ProjectsAsKnown, language: Language) -> list[tuple[Linked, ...]]:
    rows: list[tuple[Linked, ...]] = []
    for milestone in project.milestones:
        word = known.stated.milestones.get((project.code, milestone.code))
        late = days_late(milestone, word, known.day)
        forecast = None if word is None else word.forecast
        fact = None if word is None else word.fact
        expected = "" if forecast is None else day_shown(forecast, language)
        if fact is None and forecast is not None and forecast < known.day:
            expected += f" {text('project_date_passed', language)}"
        document = "" if word is None else f"{word.source}, {day_shown(word.stated_on, language)}"
        rows.append(
            (
                Linked(milestone.name(language)),
                Linked(day_shown(milestone.planned, language)),
                Linked(expected),
                Linked("" if fact is None else day_shown(fact, language)),
                Linked(
                    text("project_days", language).format(days=late) if late else "",
                    tone="" if is_reached(word, known.day) else DOWN,
                ),
                Linked(document),
            )
        )
    return rows


def _indicators(known: ProjectsAsKnown, language: Language) -> list[tuple[Linked, ...]]:
    rows: list[tuple[Linked, ...]] = []
    for indicator in known.indicators:
        ours = [each for each in known.stated.numbers if each.subject == indicator.code]
        if not ours:
            rows.append(
                (Linked(indicator.name(language)), *(Linked("") for _ in range(4)), _nothing(language), Linked(""))
            )
        last = max((each.end for each in ours), default=0)
        for each in (each for each in ours if each.end == last):
            before = year_before(each, ours)
            computed = None if before is None else computed_growth(each.value, before.value)
            rows.append(
                (
                    Linked(indicator.name(language)),
                    Linked(months_named((each.start, each.end), language)),
                    Linked(f"{shown(each.value, language)} {indicator.unit(language)}"),
                    growth_cell(each.growth_pct, language),
                    growth_cell(computed, language),
                    growth_remark(each, before, computed, language),
                    Linked(f"{each.source}, {day_shown(each.stated_on, language)}"),
                )
            )
    return rows


def _nothing(language: Language) -> Linked:
    return Linked(text("indicator_nothing", language), tone=UNKNOWN)


def growth_remark(
    stated: StatedMeasure, before: StatedMeasure | None, computed: Decimal | None, language: Language
) -> Linked:
    """Where the two kinds of growth differ, and why that of the values is not there."""
    if before is None:
        return Linked(text("indicator_no_year_before", language))
    if computed is None:
        return Linked(text("indicator_base_not_above_zero", language))
    if growth_differs(stated, before):
        return Linked(text("indicator_differs", language), tone=DOWN)
    return Linked("")
