"""Feeds the page of a unit: a read of its own beside the shared one, only while somebody looks at it."""

import asyncio
import time
from dataclasses import replace

import structlog
from nicegui import ui

from dashboards.web.acting import Acting
from dashboards.web.alerts_view import IncidentView, incident_views, incidents_of
from dashboards.web.elements import box, label, page_footer, page_head, page_header
from dashboards.web.parts import DeskParts
from dashboards.web.pressed_incidents import PressedIncidents
from dashboards.web.snapshot import SharedSnapshot, Snapshot
from dashboards.web.texts import text
from dashboards.web.unit_page import UnitPage
from dashboards.web.unit_view import UnitView, unit_view
from dashboards.web.view import stale_warning
from dashboards.web.viewer import Viewer, viewer
from models.access.desk_actions import DeskActions
from models.tables.desk_data import DeskData
from models.tables.unit_record import UnitRecord
from models.works.localize import Language
from models.works.plant import Plant

log = structlog.get_logger(__name__)

REFRESH_S = 5.0
"""Minutes and hours change seldom; the first page has what changes by the second."""


async def build_unit(shared: SharedSnapshot, parts: DeskParts, code: str, language: Language) -> None:
    """Build the page inside a NiceGUI page function, and keep it up to date."""
    snapshot = await shared.current()
    plant = snapshot.plant
    head = (plant.site_names.get(language) or plant.site_names["en"], plant.simulated)
    page_head(text("unit_title", language), language)
    if code not in plant.units:
        page_header(head[0], simulated=head[1], page="unit/-", language=language)
        with box("desk"):
            label("warning", text("no_such_unit", language).format(code=code[:80]))
            page_footer(simulated=head[1], language=language)
        return
    data, looking = parts.data, viewer()
    record, warning = await _read(data, code, snapshot, language)

    async def view(now: Snapshot) -> UnitView:
        incidents = await _incidents(parts.actions, plant, code, looking, language)
        return replace(unit_view(now, record, language), incidents=incidents)

    pressed = PressedIncidents(parts.actions, Acting(looking, language), lambda: refresh())
    page = UnitPage(head, await view(snapshot), warning, pressed, language)
    client = ui.context.client

    async def refresh() -> None:
        nonlocal record
        if not client.has_socket_connection:  # a page that nobody sees costs nothing
            return
        now = await shared.current()
        newer, wrong = await _read(data, code, now, language)
        record = record if wrong and not newer.days else newer
        page.show(await view(now), wrong)

    ui.timer(REFRESH_S, refresh)


async def _incidents(
    actions: DeskActions, plant: Plant, code: str, looking: Viewer, language: Language
) -> tuple[IncidentView, ...]:
    try:
        found = await asyncio.to_thread(actions.incidents, ended=False)
    except Exception as error:  # what cannot be read is told above the page, by its record
        log.warning("desk_read_failed", error=str(error))
        return ()
    return incident_views(incidents_of(found, code), plant, looking.user, language)


async def _read(data: DeskData, code: str, snapshot: Snapshot, language: Language) -> tuple[UnitRecord, str]:
    """The record, and what stands above it if it is not of now."""
    warning = stale_warning(snapshot, language)
    try:
        return await asyncio.to_thread(data.unit_record, code, snapshot.now_ns), warning
    except Exception as error:  # whatever the reader meets, the page says that it has no figures
        log.warning("desk_read_failed", error=str(error))
        return UnitRecord(unit=code, read_ns=time.time_ns()), warning or text("read_failed_at_start", language)
