"""Feeds the page of alerts, and does what is pressed there."""

import asyncio
from dataclasses import dataclass

import structlog
from nicegui import ui

from dashboards.web.acting import Acting, hint_for
from dashboards.web.alerts_page import AlertsPage, AlertsView
from dashboards.web.alerts_view import incident_views
from dashboards.web.drops import not_known_text
from dashboards.web.elements import page_head
from dashboards.web.parts import DeskParts
from dashboards.web.pressed_incidents import PressedIncidents
from dashboards.web.roster_view import duty_name, now_line
from dashboards.web.snapshot import SharedSnapshot
from dashboards.web.texts import text
from dashboards.web.view import stale_warning
from dashboards.web.viewer import Viewer, viewer
from models.access.user import Right
from models.alerts.roster import Lack
from models.works.localize import Language

log = structlog.get_logger(__name__)

REFRESH_S = 2.0
"""The alerts of the service run every few seconds; who acknowledges sees it at once, by its own read."""


NOTHING = AlertsView((), (), "", "", "", ())
"""What is shown until anything was read."""


async def build_alerts(shared: SharedSnapshot, parts: DeskParts, language: Language) -> None:
    """Build the page inside a NiceGUI page function, and keep it up to date."""
    looking = viewer()
    feed = _Feed(shared, parts, looking, language)
    plant = (await shared.current()).plant
    page_head(text("alerts_title", language), language)
    head = (plant.site_names.get(language) or plant.site_names["en"], plant.simulated)
    client = ui.context.client

    async def refresh() -> None:
        if client.has_socket_connection:  # a page that nobody sees costs nothing
            page.show(await feed.view())

    pressed = PressedIncidents(parts.actions, Acting(looking, language), lambda: refresh())
    page = AlertsPage(head, await feed.view(), pressed, language)
    ui.timer(REFRESH_S, refresh)


@dataclass(slots=True)
class _Feed:
    shared: SharedSnapshot
    parts: DeskParts
    looking: Viewer
    language: Language
    _last: AlertsView = NOTHING

    async def view(self) -> AlertsView:
        """What holds now. If it cannot be read, the last that was, and a warning."""
        snapshot = await self.shared.current()
        warning = stale_warning(snapshot, self.language)
        try:
            now = await asyncio.to_thread(self.parts.actions.incidents, ended=False)
            past = await asyncio.to_thread(self.parts.actions.incidents, ended=True)
            duty = await asyncio.to_thread(self.parts.alerts.on_duty)
        except Exception as error:  # whatever the reader meets, the page says that it is not of now
            log.warning("desk_read_failed", error=str(error))
            last = self._last
            unread = warning or text("read_failed_at_start", self.language)
            return AlertsView(last.open, last.past, last.not_known, unread, last.hint, last.duty)
        plant, user, language = snapshot.plant, self.looking.user, self.language
        self._last = AlertsView(
            open=incident_views(now, plant, user, language),
            past=incident_views(past, plant, user, language),
            not_known=not_known_text(snapshot, language),
            warning=warning,
            hint=hint_for(self.looking, Right.ACT_ON_ALERTS, ("sign_in_to_act", "add_users_to_act"), self.language),
            duty=tuple(
                (
                    f"{duty_name(each.duty, plant, language)}: {now_line(each, plant.zone, language)}",
                    each.lack is Lack.NOTHING,
                )
                for each in duty
            ),
        )
        return self._last
