"""The addresses of alerts: the page, its history as files, the next digest and the roster."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from starlette.responses import PlainTextResponse

from dashboards.web.acting import sentence
from dashboards.web.alert_history import history_tables
from dashboards.web.alerts_desk import build_alerts
from dashboards.web.api.table_forms import ColumnedRows, to_csv, to_xlsx
from dashboards.web.digest_page import build_digest
from dashboards.web.language import language_of
from dashboards.web.parts import DeskParts
from dashboards.web.roster_desk import build_roster
from dashboards.web.snapshot import SharedSnapshot
from dashboards.web.texts import text
from models.access.alert_desk import LONGEST_DAYS, PERIODS_DAYS
from models.access.desk_actions import ActionRefused

log = structlog.get_logger(__name__)

PageOf = Callable[[str], Callable[[Callable[..., Any]], Any]]
FORMS: dict[str, tuple[str, Callable[[list[ColumnedRows]], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", lambda tables: to_xlsx(*tables)),
    # A file of CSV has one table: that of the incidents.
    "csv": ("text/csv; charset=utf-8", lambda tables: to_csv(tables[0])),
}


def add_alert_pages(app: FastAPI, page: PageOf, shared: SharedSnapshot, parts: DeskParts) -> None:
    """Serve them."""

    @page("/alerts")
    async def alerts(request: Request) -> None:
        await build_alerts(shared, parts, language_of(request))

    @page("/alerts/digest")
    async def digest(request: Request) -> None:
        await build_digest(parts, language_of(request))

    @page("/alerts/roster")
    async def roster(request: Request) -> None:
        await build_roster(parts, request.query_params, language_of(request))

    for form in FORMS:
        _add_file(app, form, parts)


def _add_file(app: FastAPI, form: str, parts: DeskParts) -> None:
    media, make = FORMS[form]

    @app.get(f"/alerts.{form}", response_model=None)
    async def file(request: Request) -> Response:
        language, days = language_of(request), _days(request)

        def made() -> bytes:
            return make(history_tables(parts.alerts.history(days), parts.data.plant(), language))

        try:
            content = await asyncio.to_thread(made)
        except ActionRefused as refused:
            return PlainTextResponse(sentence(refused.told(language)), 409)
        except Exception as error:  # whatever the reader meets, nothing half is handed out
            log.warning("desk_history_failed", form=form, error=str(error))
            return PlainTextResponse(text("history_failed", language), 503)
        name = f"alerts-{parts.data.plant().site}-{days}d.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(content, media_type=media, headers=headers)


def _days(request: Request) -> int:
    """As the address has it; a month if it says nothing that can be."""
    given = request.query_params.get("days", "")
    days = int(given[:9]) if given.isascii() and given.isdigit() else 0
    return days if 0 < days <= LONGEST_DAYS else PERIODS_DAYS[0]
