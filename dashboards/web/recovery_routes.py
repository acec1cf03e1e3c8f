"""The address of the way to make a month."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from fastapi import Request
from nicegui import ui

from dashboards.report.recovery.document import RecoveryReport
from dashboards.web.address import named_month
from dashboards.web.elements import page_head
from dashboards.web.errors import AddressFault, ReportRefused
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts
from dashboards.web.recovery_address import recovery_link, same_link, supposed_of
from dashboards.web.recovery_page import RecoveryPage
from dashboards.web.recovery_sliders import Slider, with_slider
from dashboards.web.recovery_view import month_links, recovery_view
from dashboards.web.texts import text
from models.recovery.what_if import Supposed
from models.works.localize import Language
from models.works.month import month_of

if TYPE_CHECKING:
    from dashboards.web.recovery_source import MonthWays

SUPPOSED_FORMS = "stand=bf3:2026-11-20, move=R-17:2026-11-20, end=R-17:2026-11-20"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AskedWay:
    """What the address asks for. `month`: the ordinal of its first day; None: the one that runs."""

    product: str
    month: int | None
    supposed: Supposed
    language: Language


def add_recovery(page: Callable[[str], ui.page], parts: DeskParts) -> None:
    """Register /recovery. `page`: makes the decorator of a page of the desk."""
    one = asyncio.Lock()  # one at a time: each goes through four months of figures

    @page("/recovery")
    async def recovery(request: Request) -> None:
        language, plant = language_of(request), parts.data.plant()
        page_head(text("recovery_title", language), language)
        reported = [each.product for each in plant.reported] or list(plant.products)
        given = request.query_params
        product = given.get("product", "")[:40] or reported[0]
        known = product if product in plant.products else reported[0]
        supposed, unread = supposed_of(given.getlist)
        # The page comes at once and says that the way is being worked out.
        shown = RecoveryPage(plant, known, same_link(known, language, given.getlist), language)
        if unread:
            # Without it the way would be one that nobody asked for.
            form = text("recovery_bad_address", language)
            shown.refuse(form.format(given="; ".join(unread), forms=SUPPOSED_FORMS))
            return
        if known != product:
            shown.refuse(text("recovery_no_product", language).format(given=product))
            return

        async def fill() -> None:
            try:
                named = named_month(given)
                asked = AskedWay(product, None if named is None else month_of(named), supposed, language)
                async with one:
                    books = await asyncio.to_thread(parts.recovery.read, asked.month, language)
                    await _Ways(books, shown, asked).start()
            except AddressFault as fault:
                shown.refuse(text(fault.text, language).format(given=fault.given))
            except ReportRefused as refusal:
                shown.refuse(str(refusal))
            except Exception as error:  # whatever the reader meets, the page says that there is no way
                log.warning("desk_recovery_failed", error=str(error))
                shown.refuse(text("recovery_failed", language))

        ui.timer(0, fill, once=True)


class _Ways:
    """One open page: the books as they were when it was loaded, and what is supposed. `books.report` may take long."""

    def __init__(self, books: "MonthWays", shown: RecoveryPage, asked: AskedWay) -> None:
        self._books, self._shown, self._asked = books, shown, asked
        self._supposed = asked.supposed
        self._moves = 0

    async def start(self) -> None:
        """Show the way, and what can be supposed. Raises ReportRefused."""
        report = await self._worked_out()
        view = recovery_view(report, self._asked.language)
        self._shown.show(view)
        self._shown.keep(self._asked.month, report.supposed_of)
        self._shown.offer_months(month_links(self._asked.product, report.month, report.running, self._asked.language))
        if view is not None:
            self._shown.offer(view.sliders, self._suppose)

    async def _suppose(self, slider: Slider, at: int) -> None:
        self._supposed = with_slider(self._supposed, slider, at)
        self._moves += 1
        move = self._moves
        try:
            found = await self._worked_out()
        except ReportRefused as refusal:
            self._shown.refuse(str(refusal))
            return
        if move == self._moves:  # no later one has overtaken it
            self._shown.show(recovery_view(found, self._asked.language))
            self._shown.keep(self._asked.month, found.supposed_of)
            link = recovery_link(self._asked.product, self._asked.language, self._asked.month, self._supposed)
            ui.run_javascript(f"holdAddress({json.dumps(link)})")

    async def _worked_out(self) -> RecoveryReport:
        asked = self._asked
        return await asyncio.to_thread(self._books.report, [asked.product], self._supposed, asked.language)
