"""The pages of the desk by their addresses."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import structlog
from fastapi import FastAPI, Request
from nicegui import core, ui

from dashboards.web.alert_routes import add_alert_pages
from dashboards.web.api.application import make_api
from dashboards.web.briefing_routes import add_briefings
from dashboards.web.changes_page import build_changes
from dashboards.web.data_desk import build_data
from dashboards.web.door import OidcDoor
from dashboards.web.elements import page_head
from dashboards.web.entry_desk import build_entry
from dashboards.web.files_desk import build_files
from dashboards.web.files_routes import add_file_routes
from dashboards.web.fuel_routes import add_fuel
from dashboards.web.growth_page import build_growth_page
from dashboards.web.growth_view import growth_view
from dashboards.web.heat_routes import add_heat
from dashboards.web.language import language_of
from dashboards.web.losses_routes import add_losses
from dashboards.web.month_routes import add_month_pages
from dashboards.web.own_socket import keep_sockets_apart
from dashboards.web.page import DeskPage
from dashboards.web.parts import DeskParts
from dashboards.web.problem import API
from dashboards.web.projects_routes import add_projects
from dashboards.web.recovery_routes import add_recovery
from dashboards.web.region_routes import add_region
from dashboards.web.repairs_desk import build_repairs
from dashboards.web.report_desk import add_reports
from dashboards.web.safety_page import build_safety
from dashboards.web.sign_in import SignInForms
from dashboards.web.snapshot import REFRESH_S, SharedSnapshot
from dashboards.web.stops_desk import build_stops
from dashboards.web.texts import text
from dashboards.web.unit_desk import build_unit
from dashboards.web.view import DeskView, SharedViews, stale_warning
from dashboards.web.wall_page import TURN_S, WallPage
from dashboards.web.why_routes import add_why
from models.works.localize import Language

if TYPE_CHECKING:
    from models.tables.desk_data import MonthPoint

log = structlog.get_logger(__name__)

KEPT_S = 600.0
"""How long a page whose connection was lost finds itself again, as it was. After NiceGUI's three seconds it is loaded
anew, and every busy machine, sleeping laptop or slow tunnel takes longer. A judgement: a page that is left costs some
megabytes for so long, and no work."""
LATE_S = 5
"""How late the answer to a ping may be. One comes every four seconds, so a page notices within nine that its server is
gone. A judgement: after two seconds, browsers of a busy machine were thrown out together, and came back together."""
BUILT_WITHIN_S = 60.0
"""After that NiceGUI answers with an error of its own, in English. Far longer than SLOW_READ_S, after which the page
says by itself that the read hangs: a busy machine is slow with everything."""
# Later than the instant of any row: the growth page reads all months.
_ALWAYS_NS = 2**62
_ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='6' fill='#1f5f99'/>"
    "<path d='M6 9h20l-3 9H9z' fill='#fff'/><path d='M14 18h4v7h-4z' fill='#f5a623'/></svg>"
)


def make_application(parts: DeskParts, forms: SignInForms, oidc: OidcDoor | None = None) -> FastAPI:
    """All pages, forms and files. `oidc`: the company's own sign-in service."""
    data, actions, shared = parts.data, parts.actions, SharedSnapshot(parts.data)
    views = SharedViews()
    # The API describes itself (dashboards/web/api); of pages and forms there is nothing to describe.
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    forms.add_to(app)  # before the pages, which take every path that is left
    if oidc is not None:
        # Its libraries are for the works that have such a service.
        from dashboards.web.single_sign_on import SingleSignOn

        SingleSignOn(oidc, forms).add_to(app)
    app.mount(API, make_api(parts))
    page = partial(ui.page, response_timeout=BUILT_WITHIN_S, reconnect_timeout=KEPT_S)

    @page("/")
    async def desk(request: Request) -> None:
        language = language_of(request)
        snapshot = await shared.current()
        page_head(text("title", language), language)
        _keep_up(shared, views, DeskPage(views.of(snapshot, language), language).show, language)

    @page("/growth")
    async def growth(request: Request) -> None:
        language = language_of(request)
        snapshot = await shared.current()
        warning = stale_warning(snapshot, language)
        months: Sequence[MonthPoint] = ()
        try:
            months = await asyncio.to_thread(data.months, 0, _ALWAYS_NS)
        except Exception as error:  # whatever the reader meets, the page says that it has no figures
            log.warning("desk_read_failed", error=str(error))
            warning = text("read_failed_at_start", language)
        page_head(text("growth_title", language), language)
        build_growth_page(growth_view(data.plant(), months, language, snapshot.days), warning, language)

    @page("/unit/{code}")
    async def unit(request: Request, code: str) -> None:
        await build_unit(shared, parts, code, language_of(request))

    @page("/stops")
    async def stops(request: Request) -> None:
        await build_stops(shared, actions, request.query_params.get("days", ""), language_of(request))

    @page("/changes")
    async def changes(request: Request) -> None:
        await build_changes(parts, request.query_params, language_of(request))

    @page("/data")
    async def data_page(request: Request) -> None:
        await build_data(shared, parts, language_of(request))

    @page("/entry")
    async def entry(request: Request) -> None:
        await build_entry(data.plant(), parts.entry, request.query_params, language_of(request))

    @page("/repairs")
    async def repairs(request: Request) -> None:
        await build_repairs(data.plant(), parts.repairs, request.query_params, language_of(request))

    @page("/safety")
    async def safety(request: Request) -> None:
        await build_safety(data.plant(), parts.safety, request.query_params, language_of(request))

    @page("/files")
    async def files(request: Request) -> None:
        await build_files(parts, request.query_params, language_of(request))

    @page("/wall")
    async def wall(request: Request) -> None:
        language = language_of(request)
        snapshot = await shared.current()
        page_head(text("title", language), language)
        screen = WallPage(views.of(snapshot, language), language)
        _keep_up(shared, views, screen.show, language)
        ui.timer(TURN_S, screen.turn, immediate=False)

    add_alert_pages(app, page, shared, parts)
    add_file_routes(app, parts)
    add_month_pages(app, page, shared, data)
    add_reports(app, page, parts)
    add_briefings(app, page, parts)
    add_projects(page, parts)
    add_region(page, parts)
    add_heat(page, parts)
    add_fuel(page, parts)
    add_why(page, parts)
    add_losses(page, parts)
    add_recovery(page, parts)
    ui.run_with(app, title="Tundish", favicon=_ICON, tailwind=False, show_welcome_message=False, dark=False)
    keep_sockets_apart()
    core.app.on_startup(_bear_with_slow_links)
    return app


def _bear_with_slow_links() -> None:
    """NiceGUI has just set two seconds, after each of which a browser that is late connects anew."""
    core.sio.eio.ping_timeout = LATE_S


def _keep_up(shared: SharedSnapshot, views: SharedViews, show: Callable[[DeskView], None], language: Language) -> None:
    """Bring a page up to date each second. One that nobody sees costs nothing."""
    client = ui.context.client

    async def refresh() -> None:
        if client.has_socket_connection:
            show(views.of(await shared.current(), language))

    ui.timer(REFRESH_S, refresh)
