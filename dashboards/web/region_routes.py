"""The address of the region: one page, to read."""

import asyncio
from collections.abc import Callable, Sequence
from time import time_ns

import structlog
from fastapi import Request
from nicegui import ui

from dashboards.web.elements import page_head
from dashboards.web.errors import ReportRefused
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts
from dashboards.web.projects_routes import asked_day
from dashboards.web.region_page import build_region_page
from dashboards.web.region_view import SeriesView, region_view
from dashboards.web.texts import text
from models.works.calendar import local_date

log = structlog.get_logger(__name__)


def add_region(page: Callable[[str], ui.page], parts: DeskParts) -> None:
    """Register the page. `page`: makes the decorator of a page of the desk."""

    @page("/region")
    async def region(request: Request) -> None:
        language, plant = language_of(request), parts.data.plant()
        today = local_date(plant.zone, time_ns())
        asked = request.query_params.get("known", "")[:20]
        day, fault = asked_day(asked, today), ""
        if day is None:
            fault = text("projects_bad_day", language).format(given=asked)
        view: Sequence[SeriesView] | None = None
        try:
            known = await asyncio.to_thread(parts.briefings.projects, None if day in (None, today) else day, language)
            view = region_view(known, language)
        except ReportRefused as refusal:
            fault = str(refusal)
        except Exception as error:  # whatever the reader meets, the page says that there are no figures
            log.warning("desk_read_failed", error=str(error))
            fault = text("projects_failed", language)
        page_head(text("region_title", language), language)
        build_region_page(plant, view, fault, (day or today, today), language)
