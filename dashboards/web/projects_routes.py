"""The address of projects and indicators: one page, on which a planner states projects."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from fastapi import Request
from nicegui import ui

from dashboards.web.acting import Acting, FormAnswer
from dashboards.web.ask_dialog import button
from dashboards.web.elements import page_head
from dashboards.web.known_projects import known_projects
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts
from dashboards.web.project_dialog import ProjectDialog, StatedProject
from dashboards.web.project_withdrawal import ProjectWithdrawal
from dashboards.web.projects_page import build_projects_page
from dashboards.web.projects_view import projects_view
from dashboards.web.texts import text
from dashboards.web.viewer import viewer
from models.access.desk_actions import DeskActions
from models.access.user import Right, User
from models.briefing.shown_numbers import currency_name
from models.stated.project_progress import ProjectsAsKnown


def add_projects(page: Callable[[str], ui.page], parts: DeskParts) -> None:
    """Register the page. `page`: makes the decorator of a page of the desk."""

    @page("/projects")
    async def projects(request: Request) -> None:
        language, plant = language_of(request), parts.data.plant()
        found = await known_projects(request, parts, partial(projects_view, plant, language=language), language)
        page_head(text("projects_title", language), language)
        looking = viewer()
        may = looking.user is not None and looking.user.may(Right.PLAN) and found.day == found.today
        known = found.known if found.view else None
        enter = partial(_enter_bar, known, parts.actions, Acting(looking, language)) if known and may else None
        build_projects_page(plant, found.view, found.fault, (found.day, found.today), enter, language)


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
