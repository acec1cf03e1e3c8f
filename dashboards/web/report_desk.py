"""The routes of reports: a page for each span, and its PDF and spreadsheet."""

from collections.abc import Callable
from datetime import date
from time import time_ns

import structlog
from fastapi import FastAPI, Request, Response
from nicegui import ui
from starlette.responses import PlainTextResponse

from dashboards.report.document import ReportDocument
from dashboards.web.elements import page_head
from dashboards.web.errors import ReportRefused
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts
from dashboards.web.report_page import ReportPage, build_refusal
from dashboards.web.report_source import ReportSource, SharedReports
from dashboards.web.sign_off import SignOff
from dashboards.web.texts import text
from dashboards.web.viewer import viewer
from models.works.calendar import production_day
from models.works.localize import Language
from models.works.plant import Plant
from models.works.span import SpanKind, WorksSpan

log = structlog.get_logger(__name__)


def _pdf(document: ReportDocument) -> bytes:
    # Letters and images take a second to load, and most desks are looked at.
    from dashboards.report.pdf import to_pdf

    return to_pdf(document)


def _xlsx(document: ReportDocument) -> bytes:
    from dashboards.report.xlsx import to_xlsx

    return to_xlsx(document)


FORMS: dict[str, tuple[str, Callable[[ReportDocument], bytes]]] = {
    "pdf": ("application/pdf", _pdf),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}


def add_reports(app: FastAPI, page: Callable[[str], ui.page], parts: DeskParts) -> None:
    """Register the page and the files of reports. `page`: makes the decorator of a page of the desk."""
    data, source = parts.data, parts.reports
    reports = SharedReports(source)

    @page("/report")
    async def report(request: Request) -> None:
        language = language_of(request)
        page_head(text("report_title", language), language)
        plant = data.plant()
        try:
            span = _asked(source, request, language)
        except ReportRefused as refusal:
            build_refusal(plant, str(refusal), language)
            return
        beside = [name for name, part in (("heat", parts.heat), ("fuel", parts.fuel)) if part.is_declared()]
        shown = ReportPage(plant, span, _today(plant), language, beside)
        signing: SignOff | None = None
        if span.kind is SpanKind.DAY:

            async def signed() -> None:
                reports.forget()
                await fill()

            signing = SignOff(parts.signing, viewer(), plant, span.first, language, signed)
            with shown.before_paper:
                signing.build()

        async def fill() -> None:
            try:
                shown.show(await reports.document(span, language))
            except ReportRefused as refusal:
                shown.refuse(str(refusal))
            except Exception as error:  # whatever the reader meets, the page says that there is no report
                log.warning("desk_report_failed", report=span.text, error=str(error))
                shown.refuse(text("report_failed", language))

        async def fill_all() -> None:
            await fill()
            if signing is not None:
                await signing.refresh()

        # The page comes at once and says that the report is being made.
        ui.timer(0, fill_all, once=True)

    for form in FORMS:
        _add_file(app, form, reports)


def _add_file(app: FastAPI, form: str, reports: SharedReports) -> None:
    media, make = FORMS[form]

    @app.get(f"/report.{form}", response_model=None)
    async def file(request: Request) -> Response:
        language = language_of(request)
        try:
            span = _asked(reports.source, request, language)
            content = await reports.file(make, await reports.document(span, language))
        except ReportRefused as refusal:
            return PlainTextResponse(str(refusal), 404)
        except Exception as error:  # as on the page: nothing half is handed out
            log.warning("desk_report_failed", form=form, error=str(error))
            return PlainTextResponse(text("report_failed", language), 503)
        name = f"report-{span.text.replace('/', '-')}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(content, media_type=media, headers=headers)


def _asked(source: ReportSource, request: Request, language: Language) -> WorksSpan:
    """The span that the address names, such as ?month=2026-08; the last completed day if it names none."""
    for kind in SpanKind:
        period = request.query_params.get(kind.value)
        if period is not None:
            return source.span(kind.value, period[:40], language)
    return source.span(SpanKind.DAY.value, "", language)


def _today(plant: Plant) -> date:
    """The latest production date that runs in any shop."""
    now_ns = time_ns()
    return max(production_day(shop.calendar, now_ns) for shop in plant.shops.values())
