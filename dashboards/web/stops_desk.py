"""Feeds the page of stops, and states the reasons that are given there."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog
from nicegui import ui

from dashboards.web.acting import Acting, hint_for
from dashboards.web.elements import page_head
from dashboards.web.join_dialogs import JoinDialogs
from dashboards.web.misread_address import misread, say_misread
from dashboards.web.snapshot import SharedSnapshot
from dashboards.web.stop_dialog import StopDialog
from dashboards.web.stops_page import PERIODS_DAYS, AskedOfStops, StopsPage
from dashboards.web.stops_view import Stopping, StopsView, StopView, stops_view
from dashboards.web.texts import text
from dashboards.web.view import stale_warning
from dashboards.web.viewer import Viewer, viewer
from models.access.desk_actions import DeskActions
from models.access.user import Right, User
from models.stated.stop_reason import StopPart, StopStatement
from models.works.localize import Language

log = structlog.get_logger(__name__)

REFRESH_S = 5.0
"""A stop is found after minutes."""
USUAL_DAYS = 7


async def build_stops(shared: SharedSnapshot, actions: DeskActions, days: str, language: Language) -> None:
    """Build the page inside a NiceGUI page function, and keep it up to date. `days`: as the address has it."""
    looking = viewer()
    period = int(days) if days in map(str, PERIODS_DAYS) else USUAL_DAYS
    feed = _Feed(shared, actions, looking, period, language)
    plant = (await shared.current()).plant
    page_head(text("stops_title", language), language)
    head = (plant.site_names.get(language) or plant.site_names["en"], plant.simulated)
    client, acting = ui.context.client, Acting(looking, language)

    async def refresh() -> None:
        if client.has_socket_connection:  # a page that nobody sees costs nothing
            page.show(await feed.view())

    async def settled(action: Callable[[User], None]) -> str:
        said = await acting.do(action)
        await refresh()
        return said

    def ask(stop: StopView) -> None:
        async def state(parts: tuple[StopPart, ...]) -> str:
            return await settled(_stating(actions, stop, parts))

        of = Stopping(plant, actions.stop_reasons(), looking.user, 0, language)
        reasons = [(reason.code, of.reason(reason.code)) for reason in of.reasons]
        StopDialog(stop, reasons, state, plant.zone, language).open()

    joining = JoinDialogs(actions, settled, language)
    page = StopsPage(head, await feed.view(), AskedOfStops(ask, joining.join, joining.separate), language)
    given = misread({"days": days}, {"days": [str(each) for each in PERIODS_DAYS].__contains__})
    say_misread(given, text("last_days", language).format(count=USUAL_DAYS), language)
    ui.timer(REFRESH_S, refresh)


def _stating(actions: DeskActions, stop: StopView, parts: tuple[StopPart, ...]) -> Callable[[User], None]:
    statement = StopStatement(stop.statement, stop.unit, stop.start_s, parts, "")
    return lambda user: actions.state_reasons(user, statement)


@dataclass(slots=True)
class _Feed:
    shared: SharedSnapshot
    actions: DeskActions
    looking: Viewer
    days: int
    language: Language
    _last: StopsView | None = None

    async def view(self) -> StopsView:
        """What holds now. If it cannot be read, the last that was, and a warning."""
        snapshot = await self.shared.current()
        warning = stale_warning(snapshot, self.language)
        now_s = int(time.time())
        try:
            found = await asyncio.to_thread(self.actions.stops, now_s - self.days * 86_400, now_s)
        except Exception as error:  # whatever the reader meets, the page says that it is not of now
            log.warning("desk_read_failed", error=str(error))
            last = self._last or StopsView(self.days, "", (), (), (), ())
            return replace(last, warning=warning or text("read_failed_at_start", self.language))
        of = Stopping(snapshot.plant, self.actions.stop_reasons(), self.looking.user, now_s, self.language)
        self._last = replace(
            stops_view(found, self.days, of),
            warning=warning,
            hint=hint_for(self.looking, Right.NAME_REASONS, ("sign_in_to_state", "add_users_to_state"), self.language),
        )
        return self._last
