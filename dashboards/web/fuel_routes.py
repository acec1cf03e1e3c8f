"""The address of gas and fuel."""

from collections.abc import Callable

from fastapi import Request
from nicegui import ui

from dashboards.web.fuel_page import build_fuel
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts


def add_fuel(page: Callable[[str], ui.page], parts: DeskParts) -> None:
    """Register /fuel. `page`: makes the decorator of a page of the desk."""

    @page("/fuel")
    async def fuel(request: Request) -> None:
        await build_fuel(parts, request.query_params.get("month", ""), language_of(request))
