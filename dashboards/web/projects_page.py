"""The page of projects as NiceGUI elements: each with its figures, months and milestones, then the indicators."""

from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path

from nicegui import ui

from dashboards.web.elements import box, heading, label, page_footer, page_header, scroll
from dashboards.web.linked_table import show_table
from dashboards.web.month_parts import Linked
from dashboards.web.projects_view import ProjectsView, ProjectView, ShownMonth
from dashboards.web.texts import text
from models.works.localize import Language
from models.works.plant import Plant

_STYLE = "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("report.css", "projects.css"))
_MONTHS = ("project_month", "project_work_plan", "project_work_done", "project_paid_plan", "project_paid_month")
_MILESTONES = (
    *("project_milestone", "project_planned", "project_expected", "project_reached", "project_lateness"),
    "project_document",
)
_INDICATORS = (
    *("indicator", "indicator_months", "indicator_value", "indicator_published", "indicator_computed"),
    *("indicator_remark", "project_document"),
)
_INVESTMENT = ("investment_months", "investment_paid", "investment_before", "investment_growth", "indicator_remark")
_NUMBERS = frozenset(
    (*_INVESTMENT[1:4], "indicator_value", "indicator_published", "indicator_computed", "project_lateness")
)


EnterBar = Callable[[str], None]
"""Makes, where it is called, the buttons by which the project of that code is stated."""


def build_projects_page(
    plant: Plant,
    view: ProjectsView | None,
    fault: str,
    known: tuple[date, date],
    enter: EnterBar | None,
    language: Language,
) -> None:
    """Build the page inside a NiceGUI page function; `fault` stands above the figures, or is "". `known`: the day as of
    which it tells, and the present one. `enter` None: the viewer may only read."""
    ui.add_head_html(f"<style>{_STYLE}</style>")
    site = plant.site_names.get(language) or plant.site_names["en"]
    page_header(site, simulated=plant.simulated, page="projects", language=language)
    with box("desk projects-page wide-tiles"):
        if fault:
            label("warning", fault).props("role=status")
        if view is not None:
            known_on(known, "projects", language)
            if not (view.projects or view.indicators):
                label("panel empty", text("projects_none", language))
            for project in view.projects:
                _project(project, enter, language)
            if view.growth:
                _listed("investment_title", _INVESTMENT, view.growth, language)
            if view.indicators:
                _listed("indicators_title", _INDICATORS, view.indicators, language)
        page_footer(simulated=plant.simulated, language=language)


def _listed(title: str, columns: tuple[str, ...], rows: tuple[tuple[Linked, ...], ...], language: Language) -> None:
    with box("panel listed", "section"):
        heading(text(title, language))
        with box("said"), scroll(text(title, language)):
            show_table(columns, rows, _NUMBERS, language)


def known_on(known: tuple[date, date], page: str, language: Language) -> None:
    """The day as of which everything is told; a change leads to the page of that day."""
    day, today = known
    with box("known-on"):
        name = text("projects_known", language)
        label("", name)
        chosen = ui.element("input").classes("report-date").props("type=date")
        chosen.props["value"], chosen.props["max"], chosen.props["aria-label"] = (
            day.isoformat(),
            today.isoformat(),
            name,
        )
        chosen.on(
            "change",
            js_handler="(event) => { const to = new URL(location); "
            "to.searchParams.set('known', event.target.value); location.assign(to); }",
        )
        if day != today:
            ui.link(text("projects_now", language), f"/{page}?lang={language}")
        with box("report-files"):
            ui.link(text("briefing_title", language), f"/briefing?lang={language}")
            other = "region" if page == "projects" else "projects"
            ui.link(text(f"{other}_title", language), f"/{other}?lang={language}")


def _project(project: ProjectView, enter: EnterBar | None, language: Language) -> None:
    with box("panel listed", "section").props(f'data-project="{escape(project.code)}"'):
        with box("panel-head"):
            heading(project.name)
            if enter is not None:
                with box("buttons"):
                    enter(project.code)
        label("when", project.answers)
        with box("tiles"):
            for tile in project.tiles:
                with box(f"tile {tile.tone}"):
                    label("pct", tile.amount)
                    if tile.share is not None:
                        _bar(tile.share)
                    label("what", tile.what)
        if project.capacity:
            label("when added-capacity", project.capacity)
        if project.remark:
            label("not-known", project.remark)
        if project.milestones:
            name = text("project_milestones", language)
            heading(name, "h3")
            with box("said"), scroll(f"{project.name}: {name}"):
                show_table(_MILESTONES, project.milestones, _NUMBERS, language)
        name = text("project_months", language)
        heading(name, "h3")
        if not project.months:
            label("empty", text("project_nothing", language))
            return
        with box("said"), scroll(f"{project.name}: {name}"):
            ui.html(_months_html(project.months, language), sanitize=False, tag="table").classes("lines linked")


def _bar(share: float) -> None:
    with box("share").props("aria-hidden=true"):
        box("fill").style(f"width: {share:.1f}%")


def _months_html(months: tuple[ShownMonth, ...], language: Language) -> str:
    """The inside of the table; below a fact, how much of its plan it is."""
    names = [escape(text(column, language)) for column in _MONTHS]
    heads = "".join(f"<th{' class=number' if place else ''}>{name}</th>" for place, name in enumerate(names))
    lines = []
    for month in months:
        shares = (None, month.shares[0], None, month.shares[1])
        cells = "".join(map(_amount, names[1:], month.amounts, shares))
        lines.append(f"<tr><td>{escape(month.name)}</td>{cells}</tr>")
    return f"<thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody>"


def _amount(name: str, amount: str, share: float | None) -> str:
    told = f' data-label="{name}"' if amount else ""
    return f'<td class="number"{told}>{escape(amount)}{_share(share)}</td>'


def _share(share: float | None) -> str:
    if share is None:
        return ""
    return f'<div class="share" aria-hidden="true"><div class="fill" style="width: {share:.1f}%"></div></div>'
