"""The address of the split of a growth."""

import asyncio
from collections.abc import Callable, Mapping

import structlog
from fastapi import Request
from nicegui import ui

from dashboards.web.address import days_of
from dashboards.web.elements import page_head
from dashboards.web.errors import AddressFault, ReportRefused
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts
from dashboards.web.texts import text
from dashboards.web.why_address import SPAN_NAMES, Spans
from dashboards.web.why_page import WhyPage
from dashboards.web.why_source import WhySource
from dashboards.web.why_view import why_view

log = structlog.get_logger(__name__)


def add_why(page: Callable[[str], ui.page], parts: DeskParts) -> None:
    """Register /why. `page`: makes the decorator of a page of the desk."""
    source, one = parts.why, asyncio.Lock()  # one at a time: each goes through two spans of figures

    @page("/why")
    async def why(request: Request) -> None:
        language, plant = language_of(request), parts.data.plant()
        page_head(text("why_title", language), language)
        reported = [each.product for each in plant.reported] or list(plant.products)
        product = request.query_params.get("product", "")[:40] or reported[0]
        try:
            if product not in plant.products:
                raise AddressFault("why_no_product", product)
            spans = _asked(source, request.query_params)
        except AddressFault as fault:
            known = product if product in plant.products else reported[0]
            dates = [request.query_params.get(name, "")[:40] for name in SPAN_NAMES]
            shown = WhyPage(plant, known, None, language, dates)
            shown.refuse(text(fault.text, language).format(given=fault.given))
            return
        # The page comes at once and says that the change is being split.
        shown = WhyPage(plant, product, spans, language)

        async def fill() -> None:
            try:
                async with one:
                    report = await asyncio.to_thread(source.report, spans, product, language)
                shown.show(why_view(report, language))
            except ReportRefused as refusal:
                shown.refuse(str(refusal))
            except Exception as error:  # whatever the reader meets, the page says that there is no split
                log.warning("desk_why_failed", error=str(error))
                shown.refuse(text("why_failed", language))

        ui.timer(0, fill, once=True)


def _asked(source: WhySource, given: Mapping[str, str]) -> Spans:
    """The two spans that the address names; the usual ones if it names none. Raises AddressFault."""
    if not any(given.get(name) for name in SPAN_NAMES):
        return source.usual()
    return days_of(given, SPAN_NAMES[:2]), days_of(given, SPAN_NAMES[2:])
