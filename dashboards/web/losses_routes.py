"""The address of what stops cost."""

import asyncio
from collections.abc import Callable

import structlog
from fastapi import Request
from nicegui import ui

from dashboards.web.address import days_of
from dashboards.web.elements import page_head
from dashboards.web.errors import AddressFault, ReportRefused
from dashboards.web.language import language_of
from dashboards.web.losses_page import LossesPage
from dashboards.web.losses_view import losses_view
from dashboards.web.parts import DeskParts
from dashboards.web.texts import text

log = structlog.get_logger(__name__)


def add_losses(page: Callable[[str], ui.page], parts: DeskParts) -> None:
    """Register /losses. `page`: makes the decorator of a page of the desk."""
    source, one = parts.why, asyncio.Lock()  # one at a time: each goes through a span of figures

    @page("/losses")
    async def losses(request: Request) -> None:
        language, plant, given = language_of(request), parts.data.plant(), request.query_params
        page_head(text("losses_title", language), language)
        reported = [each.product for each in plant.reported] or list(plant.products)
        product, usual = given.get("product", "")[:40] or reported[0], source.usual()[0]
        try:
            if product not in plant.products:
                raise AddressFault("why_no_product", product)
            days = days_of(given, ("from", "to")) if given.get("from") or given.get("to") else usual
        except AddressFault as fault:
            known = product if product in plant.products else reported[0]
            shown = LossesPage(plant, known, (None, usual), language)
            shown.refuse(text(fault.text, language).format(given=fault.given))
            return
        # The page comes at once and says that the losses are being found.
        shown = LossesPage(plant, product, (days, usual), language)

        async def fill() -> None:
            try:
                async with one:
                    report = await asyncio.to_thread(source.losses, days, product, language)
                shown.show(losses_view(report, language))
            except ReportRefused as refusal:
                shown.refuse(str(refusal))
            except Exception as error:  # whatever the reader meets, the page says that there are no losses
                log.warning("desk_losses_failed", error=str(error))
                shown.refuse(text("losses_failed", language))

        ui.timer(0, fill, once=True)
