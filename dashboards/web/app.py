"""The server of the desk: pages on the loopback interface, the first fed by one shared read of the ledger."""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Sequence
from functools import partial
from ipaddress import ip_address
from types import FrameType
from typing import NoReturn

import structlog
import uvicorn
from fastapi import FastAPI, Request
from nicegui import ui

from dashboards.web.elements import page_head
from dashboards.web.errors import DeskRefused
from dashboards.web.growth_page import build_growth_page
from dashboards.web.growth_view import growth_view
from dashboards.web.guard import Guard
from dashboards.web.half_requests import DeskServer
from dashboards.web.page import DeskPage
from dashboards.web.report_desk import add_reports
from dashboards.web.report_source import ReportSource
from dashboards.web.snapshot import REFRESH_S, SharedSnapshot
from dashboards.web.texts import chosen_language, text
from dashboards.web.unit_desk import build_unit
from dashboards.web.view import DeskView, desk_view, stale_warning
from dashboards.web.wall_page import TURN_S, WallPage
from models.tables.desk_data import DeskData, MonthPoint
from models.works.localize import LANGUAGES, Language

log = structlog.get_logger(__name__)

STOP_LIMIT_S = 1
"""How long an open page may hold up the end of the process: a page only reads, so nothing is lost."""
KEPT_S = 600.0
"""How long a page whose connection was lost finds itself again, as it was. After NiceGUI's three seconds it is loaded
anew, and every busy machine, sleeping laptop or slow tunnel takes longer. A judgement: a page that is left costs some
megabytes for so long, and no work."""
BUILT_WITHIN_S = 60.0
"""After that NiceGUI answers with an error of its own, in English. Far longer than SLOW_READ_S, after which the page
says by itself that the read hangs: a busy machine is slow with everything."""
# Later than the instant of any row: the growth page reads all months.
_ALWAYS_NS = 2**62
_ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='6' fill='#1f5f99'/>"
    "<path d='M6 9h20l-3 9H9z' fill='#fff'/><path d='M14 18h4v7h-4z' fill='#f5a623'/></svg>"
)


def run(data: DeskData, host: str, port: int, listening: Callable[[str], None], reports: ReportSource) -> None:
    """Serve the page until SIGTERM or Ctrl-C. `listening` gets the address; port 0 takes a free one.

    Call it in the main thread. Raises SystemExit(0) at its end, and DeskRefused for a host that is not the
    loopback interface (there is no sign-in yet), or a port in use.
    """
    for ending in (signal.SIGTERM, signal.SIGINT):  # the server raises them anew after it has closed its pages
        signal.signal(ending, _end)
    for library in ("engineio.server", "socketio.server"):  # they would write everything once more, as they like
        logging.getLogger(library).handlers.clear()
    door = _bind(host, port)
    port = door.getsockname()[1]
    shared = SharedSnapshot(data)
    try:
        app = _application(shared, data, reports)
        config = uvicorn.Config(
            Guard(app, port), log_level=logging.ERROR, access_log=False, timeout_graceful_shutdown=STOP_LIMIT_S
        )
        shown = f"[{host}]" if ":" in host else host
        listening(f"http://{shown}:{port}")
        DeskServer(config).run(sockets=[door])
    finally:
        door.close()


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _bind(host: str, port: int) -> socket.socket:
    if host != "localhost" and not _is_loopback(host):
        raise DeskRefused(
            f"the desk does not listen on {host}: it has no sign-in yet; set desk.host to 127.0.0.1 in plant.yaml, "
            "and reach it from elsewhere through an SSH tunnel"
        )
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise DeskRefused(
            f"the desk cannot listen on {host}:{port}: {error.strerror}; stop what listens there, or set another "
            "desk.port in plant.yaml"
        ) from error


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _application(shared: SharedSnapshot, data: DeskData, reports: ReportSource) -> FastAPI:
    # No pages that describe an interface: there is none.
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @ui.page("/", response_timeout=BUILT_WITHIN_S, reconnect_timeout=KEPT_S)
    async def desk(request: Request, lang: str | None = None) -> None:
        language = _language(lang, request)
        snapshot = await shared.current()
        page_head(text("title", language), language)
        _keep_up(shared, DeskPage(desk_view(snapshot, language), language).show, language)

    @ui.page("/growth", response_timeout=BUILT_WITHIN_S, reconnect_timeout=KEPT_S)
    async def growth(request: Request, lang: str | None = None) -> None:
        language = _language(lang, request)
        warning = stale_warning(await shared.current(), language)
        months: Sequence[MonthPoint] = ()
        try:
            months = await asyncio.to_thread(data.months, 0, _ALWAYS_NS)
        except Exception as error:  # whatever the reader meets, the page says that it has no figures
            log.warning("desk_read_failed", error=str(error))
            warning = text("read_failed_at_start", language)
        page_head(text("growth_title", language), language)
        build_growth_page(growth_view(data.plant(), months, language), warning, language)

    @ui.page("/unit/{code}", response_timeout=BUILT_WITHIN_S, reconnect_timeout=KEPT_S)
    async def unit(request: Request, code: str, lang: str | None = None) -> None:
        language = _language(lang, request)
        await build_unit(shared, data, code, language)

    @ui.page("/wall", response_timeout=BUILT_WITHIN_S, reconnect_timeout=KEPT_S)
    async def wall(request: Request, lang: str | None = None) -> None:
        language = _language(lang, request)
        snapshot = await shared.current()
        page_head(text("title", language), language)
        screen = WallPage(desk_view(snapshot, language), language)
        _keep_up(shared, screen.show, language)
        ui.timer(TURN_S, screen.turn, immediate=False)

    page = partial(ui.page, response_timeout=BUILT_WITHIN_S, reconnect_timeout=KEPT_S)
    add_reports(app, page, data, reports, _language)
    ui.run_with(app, title="Tundish", favicon=_ICON, tailwind=False, show_welcome_message=False, dark=False)
    return app


def _keep_up(shared: SharedSnapshot, show: Callable[[DeskView], None], language: Language) -> None:
    """Bring a page up to date each second. One that nobody sees costs nothing."""
    client = ui.context.client

    async def refresh() -> None:
        if client.has_socket_connection:
            show(desk_view(await shared.current(), language))

    ui.timer(REFRESH_S, refresh)


def _language(asked: str | None, request: Request) -> Language:
    for language in LANGUAGES:
        if asked == language:
            return language
    return chosen_language(request.headers.get("accept-language"))
