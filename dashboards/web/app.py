"""The server of the desk: pages on the loopback interface, the first fed by one shared read of the ledger."""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Sequence
from functools import partial
from types import FrameType
from typing import NoReturn

import structlog
import uvicorn
from fastapi import FastAPI, Request
from nicegui import ui

from dashboards.web.alerts_desk import build_alerts
from dashboards.web.door import DeskDoor, is_loopback
from dashboards.web.elements import page_head
from dashboards.web.errors import DeskRefused
from dashboards.web.growth_page import build_growth_page
from dashboards.web.growth_view import growth_view
from dashboards.web.guard import Guard
from dashboards.web.half_requests import DeskServer
from dashboards.web.language import language_of
from dashboards.web.month_routes import add_month_pages
from dashboards.web.page import DeskPage
from dashboards.web.sign_in import SignIn, SignInForms
from dashboards.web.snapshot import REFRESH_S, SharedSnapshot
from dashboards.web.stops_desk import build_stops
from dashboards.web.texts import text
from dashboards.web.unit_desk import build_unit
from dashboards.web.view import DeskView, desk_view, stale_warning
from dashboards.web.wall_page import TURN_S, WallPage
from models.access.desk_access import DeskAccess
from models.access.desk_actions import DeskActions
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


def run(
    data: DeskData, actions: DeskActions, access: DeskAccess, door: DeskDoor, listening: Callable[[str], None]
) -> None:
    """Serve the pages until SIGTERM or Ctrl-C. `listening` gets the address; port 0 takes a free one.

    Call it in the main thread. Raises SystemExit(0) at its end, and DeskRefused for a port in use, or a host beyond the
    loopback interface where nobody can sign in or nothing encrypts.
    """
    for ending in (signal.SIGTERM, signal.SIGINT):  # the server raises them anew after it has closed its pages
        signal.signal(ending, _end)
    for library in ("engineio.server", "socketio.server"):  # they would write everything once more, as they like
        logging.getLogger(library).handlers.clear()
    if not is_loopback(door.host):
        _check_public(access, door)
    listener = _bind(door)
    port = listener.getsockname()[1]
    shared = SharedSnapshot(data)
    try:
        app = _application(shared, data, actions, SignInForms(access, door.cookie, door.encrypted, _names(data)))
        signed_in = SignIn(app, access, door.cookie, open_to_read=door.open_to_read)
        config = uvicorn.Config(
            Guard(signed_in, port, door.addresses, tls=door.tls is not None),
            log_level=logging.ERROR,
            access_log=False,
            timeout_graceful_shutdown=STOP_LIMIT_S,
            server_header=False,
            ssl_certfile=door.tls and door.tls[0],
            ssl_keyfile=door.tls and door.tls[1],
        )
        shown = f"[{door.host}]" if ":" in door.host else door.host
        listening(f"{'https' if door.tls else 'http'}://{shown}:{port}")
        DeskServer(config).run(sockets=[listener])
    finally:
        listener.close()


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _check_public(access: DeskAccess, door: DeskDoor) -> None:
    if door.tls is None:
        raise DeskRefused(
            f"the desk does not listen on {door.host} without TLS, for passwords would be read on the way; give "
            "desk.certificate_file and desk.key_file in plant.yaml, or 127.0.0.1 behind a proxy that encrypts"
        )
    if not access.has_users():
        raise DeskRefused(
            f"the desk does not listen on {door.host} while nobody can sign in; add a user first: tundish user add"
        )


def _bind(door: DeskDoor) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in door.host else socket.AF_INET
        return socket.create_server((door.host, door.port), family=family)
    except OSError as error:
        raise DeskRefused(
            f"the desk cannot listen on {door.host}:{door.port}: {error.strerror}; stop what listens there, or set "
            "another desk.port in plant.yaml"
        ) from error


def _application(shared: SharedSnapshot, data: DeskData, actions: DeskActions, forms: SignInForms) -> FastAPI:
    # No pages that describe an interface: there is none.
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    forms.add_to(app)  # before the pages, which take every path that is left

    @ui.page("/", response_timeout=BUILT_WITHIN_S, reconnect_timeout=KEPT_S)
    async def desk(request: Request) -> None:
        language = language_of(request)
        snapshot = await shared.current()
        page_head(text("title", language), language)
        _keep_up(shared, DeskPage(desk_view(snapshot, language), language).show, language)

    @ui.page("/growth", response_timeout=BUILT_WITHIN_S, reconnect_timeout=KEPT_S)
    async def growth(request: Request) -> None:
        language = language_of(request)
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
    async def unit(request: Request, code: str) -> None:
        await build_unit(shared, data, code, language_of(request))

    @ui.page("/alerts", response_timeout=BUILT_WITHIN_S, reconnect_timeout=KEPT_S)
    async def alerts(request: Request) -> None:
        await build_alerts(shared, actions, language_of(request))

    @ui.page("/stops", response_timeout=BUILT_WITHIN_S, reconnect_timeout=KEPT_S)
    async def stops(request: Request) -> None:
        await build_stops(shared, actions, request.query_params.get("days", ""), language_of(request))

    @ui.page("/wall", response_timeout=BUILT_WITHIN_S, reconnect_timeout=KEPT_S)
    async def wall(request: Request) -> None:
        language = language_of(request)
        snapshot = await shared.current()
        page_head(text("title", language), language)
        screen = WallPage(desk_view(snapshot, language), language)
        _keep_up(shared, screen.show, language)
        ui.timer(TURN_S, screen.turn, immediate=False)

    add_month_pages(app, partial(ui.page, response_timeout=BUILT_WITHIN_S, reconnect_timeout=KEPT_S), shared, data)
    ui.run_with(app, title="Tundish", favicon=_ICON, tailwind=False, show_welcome_message=False, dark=False)
    return app


def _names(data: DeskData) -> dict[Language, str]:
    plant = data.plant()
    return {language: plant.site_names.get(language) or plant.site_names["en"] for language in LANGUAGES}


def _keep_up(shared: SharedSnapshot, show: Callable[[DeskView], None], language: Language) -> None:
    """Bring a page up to date each second. One that nobody sees costs nothing."""
    client = ui.context.client

    async def refresh() -> None:
        if client.has_socket_connection:
            show(desk_view(await shared.current(), language))

    ui.timer(REFRESH_S, refresh)
