"""The address of projects and indicators: one page, which only reads."""

import asyncio
from collections.abc import Callable
from datetime import date
from time import time_ns

import structlog
from fastapi import Request
from nicegui import ui

from dashboards.web.elements import page_head
from dashboards.web.errors import ReportRefused
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts
from dashboards.web.projects_page import build_projects_page
from dashboards.web.projects_view import ProjectsView, projects_view
from dashboards.web.texts import text
from models.works.calendar import local_date

log = structlog.get_logger(__name__)


def add_projects(page: Callable[[str], ui.page], parts: DeskParts) -> None:
    """Register the page. `page`: makes the decorator of a page of the desk."""

    @page("/projects")
    async def projects(request: Request) -> None:
        language, plant = language_of(request), parts.data.plant()
        today = local_date(plant.zone, time_ns())
        asked = request.query_params.get("known", "")[:20]
        day, fault = _day(asked, today), ""
        if day is None:
            fault = text("projects_bad_day", language).format(given=asked)
        view: ProjectsView | None = None
        try:
            known = await asyncio.to_thread(parts.briefings.projects, None if day in (None, today) else day, language)
            view = await asyncio.to_thread(projects_view, plant, known, language)
        except ReportRefused as refusal:
            fault = str(refusal)
        except Exception as error:  # whatever the reader meets, the page says that there are no figures
            log.warning("desk_read_failed", error=str(error))
            fault = text("projects_failed", language)
        page_head(text("projects_title", language), language)
        build_projects_page(plant, view, fault, (day or today, today), language)


def _day(asked: str, today: date) -> date | None:
    """The day that the address names; today if it names none. None: it cannot be."""
    if not asked:
        return today
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return None
    return day if date(1970, 1, 2) <= day <= today else None
