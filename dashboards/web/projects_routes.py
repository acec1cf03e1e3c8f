"""The address of projects and indicators: one page, on which a planner states projects."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from functools import partial
from time import time_ns

import structlog
from fastapi import Request
from nicegui import ui

from dashboards.web.acting import Acting, FormAnswer
from dashboards.web.ask_dialog import button
from dashboards.web.elements import page_head
from dashboards.web.errors import ReportRefused
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts
from dashboards.web.project_dialog import ProjectDialog, StatedProject
from dashboards.web.project_withdrawal import ProjectWithdrawal
from dashboards.web.projects_page import build_projects_page
from dashboards.web.projects_view import ProjectsView, projects_view
from dashboards.web.texts import text
from dashboards.web.viewer import viewer
from models.access.desk_actions import DeskActions
from models.access.user import Right, User
from models.briefing.shown_numbers import currency_name
from models.stated.project_progress import ProjectsAsKnown
from models.works.calendar import local_date

log = structlog.get_logger(__name__)


def add_projects(page: Callable[[str], ui.page], parts: DeskParts) -> None:
    """Register the page. `page`: makes the decorator of a page of the desk."""

    @page("/projects")
    async def projects(request: Request) -> None:
        language, plant = language_of(request), parts.data.plant()
        today = local_date(plant.zone, time_ns())
        asked = request.query_params.get("known", "")[:20]
        day, fault = asked_day(asked, today), ""
        if day is None:
            fault = text("projects_bad_day", language).format(given=asked)
        view: ProjectsView | None = None
        known: ProjectsAsKnown | None = None
        try:
            known = await asyncio.to_thread(parts.briefings.projects, None if day in (None, today) else day, language)
            view = await asyncio.to_thread(projects_view, plant, known, language)
        except ReportRefused as refusal:
            fault = str(refusal)
        except Exception as error:  # whatever the reader meets, the page says that there are no figures
            log.warning("desk_read_failed", error=str(error))
            fault = text("projects_failed", language)
        page_head(text("projects_title", language), language)
        looking = viewer()
        may = looking.user is not None and looking.user.may(Right.PLAN) and (day or today) == today
        enter = partial(_enter_bar, known, parts.actions, Acting(looking, language)) if view and known and may else None
        build_projects_page(plant, view, fault, (day or today, today), enter, language)


def _enter_bar(known: ProjectsAsKnown, actions: DeskActions, acting: Acting, code: str) -> None:
    """The buttons by which a planner states a project."""
    language = acting.language
    project = next(each for each in known.projects if each.code == code)
    amounts = text(f"amounts_{project.amounts_in}", language).format(currency=currency_name(project.currency, language))
    milestones = {each.code: each.name(language) for each in project.milestones}
    dialog = ProjectDialog(StatedProject(code, project.name(language), amounts, milestones), language)

    async def state(action: Callable[[User], bool]) -> FormAnswer:
        older: list[bool] = []
        answer = await acting.answer(lambda user: older.append(action(user)))
        return FormAnswer(text("project_older", language)) if any(older) else answer

    def month(cells: Mapping[str, str], confirmed: bool) -> Awaitable[FormAnswer]:
        return state(lambda user: actions.state_project_month(user, cells, confirmed=confirmed))

    def milestone(cells: Mapping[str, str], _: bool) -> Awaitable[FormAnswer]:
        return state(lambda user: actions.state_milestone(user, cells))

    button(text("project_state_month", language), "act state-month", lambda: dialog.month(month))
    if milestones:
        button(text("project_state_milestone", language), "act state-milestone", lambda: dialog.milestone(milestone))
    withdrawal = ProjectWithdrawal(project, actions, acting)
    button(text("project_withdraw", language), "quiet withdraw-stated", withdrawal.open)


def asked_day(asked: str, today: date) -> date | None:
    """The day that the address names; today if it names none. None: it cannot be."""
    if not asked:
        return today
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return None
    return day if date(1970, 1, 2) <= day <= today else None
