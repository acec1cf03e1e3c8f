"""The addresses of the briefing: the page, and its files."""

import asyncio
from collections.abc import Callable
from datetime import date
from time import time_ns

import structlog
from fastapi import FastAPI, Request, Response
from nicegui import ui
from starlette.responses import PlainTextResponse

from dashboards.report.briefing.html import briefing_html
from dashboards.web.briefing_page import BriefingPage
from dashboards.web.elements import page_head
from dashboards.web.errors import ReportRefused
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts
from dashboards.web.report_source import BriefingSource
from dashboards.web.texts import text
from models.briefing.document import Briefing
from models.tables.growth_span import Days
from models.works.calendar import production_day
from models.works.localize import Language

log = structlog.get_logger(__name__)


def _pdf(briefing: Briefing) -> bytes:
    # Letters take a second to load, and most briefings are looked at.
    from dashboards.report.briefing.pdf import briefing_pdf

    return briefing_pdf(briefing)


def _docx(briefing: Briefing) -> bytes:
    from dashboards.report.briefing.docx import briefing_docx

    return briefing_docx(briefing)


FORMS: dict[str, tuple[str, Callable[[Briefing], bytes]]] = {
    "pdf": ("application/pdf", _pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    "html": ("text/html; charset=utf-8", lambda briefing: briefing_html(briefing).encode()),
}


def add_briefings(app: FastAPI, page: Callable[[str], ui.page], parts: DeskParts) -> None:
    """Register the page and the files of briefings. `page`: makes the decorator of a page of the desk."""
    source, one = parts.briefings, asyncio.Lock()  # one at a time: each goes through two years of figures

    @page("/briefing")
    async def briefing(request: Request) -> None:
        language, plant = language_of(request), parts.data.plant()
        page_head(text("briefing_title", language), language)
        now_ns = time_ns()
        today = max(production_day(shop.calendar, now_ns) for shop in plant.shops.values())
        try:
            months = _asked(source, request, language)
        except ReportRefused as refusal:
            BriefingPage(plant, None, today, language).refuse(str(refusal))
            return
        # The page comes at once and says that the briefing is being made.
        shown = BriefingPage(plant, months, today, language)

        async def fill() -> None:
            try:
                async with one:
                    shown.show(await asyncio.to_thread(source.briefing, months, language))
            except ReportRefused as refusal:
                shown.refuse(str(refusal))
            except Exception as error:  # whatever the reader meets, the page says that there is no briefing
                log.warning("desk_briefing_failed", error=str(error))
                shown.refuse(text("briefing_failed", language))

        ui.timer(0, fill, once=True)

    for form in FORMS:
        _add_file(app, form, source, one)


def _add_file(app: FastAPI, form: str, source: BriefingSource, one: asyncio.Lock) -> None:
    media, make = FORMS[form]

    @app.get(f"/briefing.{form}", response_model=None)
    async def file(request: Request) -> Response:
        language = language_of(request)
        try:
            months = _asked(source, request, language)
            async with one:
                content = await asyncio.to_thread(lambda: make(source.briefing(months, language)))
        except ReportRefused as refusal:
            return PlainTextResponse(str(refusal), 404)
        except Exception as error:  # as on the page: nothing half is handed out
            log.warning("desk_briefing_failed", form=form, error=str(error))
            return PlainTextResponse(text("briefing_failed", language), 503)
        span = f"{date.fromordinal(months[0]):%Y-%m}-{date.fromordinal(months[1] - 1):%m}"
        headers = {
            "Content-Disposition": f'attachment; filename="briefing-{span}.{form}"',
            "Cache-Control": "no-store",
        }
        return Response(content, media_type=media, headers=headers)


def _asked(source: BriefingSource, request: Request, language: Language) -> Days:
    """The months that the address names; January to the last complete one if it names none."""
    return source.months(request.query_params.get("period", "")[:40], language)
