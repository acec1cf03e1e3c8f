"""The addresses of the month and of receipts: two pages, and the receipt as JSON. All of them only read."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from dashboards.web.address import asked_receipt
from dashboards.web.errors import AddressFault
from dashboards.web.language import language_of
from dashboards.web.month_desk import build_month, build_receipt
from dashboards.web.snapshot import SharedSnapshot
from dashboards.web.texts import text
from models.tables.desk_data import DeskData
from models.tables.receipt_document import receipt_document

log = structlog.get_logger(__name__)

PageOf = Callable[[str], Callable[[Callable[..., Any]], Any]]
"""`ui.page` with the limits of time that all pages have."""


def add_month_pages(app: FastAPI, page: PageOf, shared: SharedSnapshot, data: DeskData) -> None:
    """Serve /month, /receipt and /receipt.json."""

    @page("/month")
    async def month(request: Request) -> None:
        await build_month(shared, data, request.query_params, language_of(request))

    @page("/receipt")
    async def receipt(request: Request) -> None:
        await build_receipt(shared, data, request.query_params, language_of(request))

    @app.get("/receipt.json")
    async def receipt_json(request: Request) -> JSONResponse:
        now_ns = time.time_ns()
        try:
            asked = asked_receipt(data.plant(), request.query_params, now_ns)
        except AddressFault as fault:
            return _refused(400, text(fault.text, "en").format(given=fault.given))
        try:
            record = await asyncio.to_thread(data.receipt, asked, now_ns)
        except Exception as error:  # whatever the reader meets, the answer says so
            log.warning("desk_read_failed", error=str(error))
            return _refused(503, text("read_failed_now", "en"))
        if record is None:
            return _refused(404, text("no_such_place", "en"))
        return JSONResponse(receipt_document(record))


def _refused(status: int, reason: str) -> JSONResponse:
    return JSONResponse({"error": reason}, status_code=status)
