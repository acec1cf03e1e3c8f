"""The address of the region: one page, to read."""

from collections.abc import Callable
from functools import partial

from fastapi import Request
from nicegui import ui

from dashboards.web.elements import page_head
from dashboards.web.known_projects import known_projects
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts
from dashboards.web.region_page import build_region_page
from dashboards.web.region_view import region_view
from dashboards.web.texts import text


def add_region(page: Callable[[str], ui.page], parts: DeskParts) -> None:
    """Register the page. `page`: makes the decorator of a page of the desk."""

    @page("/region")
    async def region(request: Request) -> None:
        language = language_of(request)
        found = await known_projects(request, parts, partial(region_view, language=language), language)
        page_head(text("region_title", language), language)
        build_region_page(parts.data.plant(), found.view, found.fault, (found.day, found.today), language)
