"""The address of heat supply."""

from collections.abc import Callable

from fastapi import Request
from nicegui import ui

from dashboards.web.heat_page import build_heat
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts


def add_heat(page: Callable[[str], ui.page], parts: DeskParts) -> None:
    """Register /heat. `page`: makes the decorator of a page of the desk."""

    @page("/heat")
    async def heat(request: Request) -> None:
        await build_heat(parts, request.query_params.get("days", ""), language_of(request))
