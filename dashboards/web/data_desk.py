"""Feeds the page of data, and does what is decided there."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import structlog
from nicegui import ui

from dashboards.web.acting import Acting, hint_for
from dashboards.web.ask_dialog import Answer, ask
from dashboards.web.data_page import DataPage
from dashboards.web.data_view import (
    GAPS_SHOWN,
    DataView,
    HeldView,
    Looking,
    clock_views,
    completeness_views,
    gap_views,
    held_views,
)
from dashboards.web.elements import page_head
from dashboards.web.numbers import number
from dashboards.web.parts import DeskParts
from dashboards.web.snapshot import SharedSnapshot
from dashboards.web.texts import text
from dashboards.web.view import stale_warning
from dashboards.web.viewer import Viewer, viewer
from models.access.user import Right, User
from models.tables.desk_data import OutputPoint
from models.tables.row_fields import DAY_TABLE
from models.works.calendar import NS, date_bounds, production_day
from models.works.localize import Language

log = structlog.get_logger(__name__)

REFRESH_S = 5.0
GAP_DAYS = 30


async def build_data(shared: SharedSnapshot, parts: DeskParts, language: Language) -> None:
    """Build the page inside a NiceGUI page function, and keep it up to date."""
    looking = viewer()
    feed = _Feed(shared, parts, looking, language)
    plant = (await shared.current()).plant
    page_head(text("data_title", language), language)
    head = (plant.site_names.get(language) or plant.site_names["en"], plant.simulated)
    client, acting, actions = ui.context.client, Acting(looking, language), parts.actions

    async def refresh() -> None:
        if client.has_socket_connection:  # a page that nobody sees costs nothing
            page.show(await feed.view())

    async def done(action: Callable[[User], None]) -> str:
        said = await acting.do(action)
        await refresh()
        return said

    def decide(held: HeldView) -> None:
        async def take_in(value: str) -> str:
            return await done(lambda user: actions.replay(user, held.name, value))

        async def drop(_value: str) -> str:
            return await done(lambda user: actions.drop(user, held.name))

        answers: list[tuple[str, Answer]] = [(text("take_in", language), take_in), (text("drop_it", language), drop)]
        title = f"{held.what}: {held.value}"
        ask(title, text("right_value" if held.has_value else "no_value", language), answers, language)

    page = DataPage(head, await feed.view(), decide, language)
    ui.timer(REFRESH_S, refresh)


@dataclass(slots=True)
class _Feed:
    shared: SharedSnapshot
    parts: DeskParts
    looking: Viewer
    language: Language
    _last: DataView | None = None

    async def view(self) -> DataView:
        """What holds now. If it cannot be read, the last that was, and a warning."""
        snapshot = await self.shared.current()
        warning = stale_warning(snapshot, self.language)
        of = Looking(snapshot.plant, self.looking.user, time.time_ns(), self.language)
        try:
            found = await asyncio.to_thread(self._read, of)
        except Exception as error:  # whatever the reader meets, the page says that it is not of now
            log.warning("desk_read_failed", error=str(error))
            return replace(self._last or DataView(), warning=warning or text("read_failed_at_start", self.language))
        self._last = replace(
            found,
            clocks=clock_views(snapshot.sources, of),
            warning=warning,
            hint=hint_for(self.looking, Right.CORRECT, ("sign_in_to_correct", "add_users_to_correct"), self.language),
        )
        return self._last

    def _read(self, of: Looking) -> DataView:
        data, actions = self.parts.data, self.parts.actions
        gaps = data.gaps(of.now_ns - GAP_DAYS * 86_400 * NS)
        today = max(production_day(shop.calendar, of.now_ns) for shop in of.plant.shops.values()).toordinal()
        more = len(gaps) - GAPS_SHOWN
        return DataView(
            waiting=held_views(actions.held_readings(settled=False), of),
            settled=held_views(actions.held_readings(settled=True), of),
            gaps=gap_views(gaps, of),
            more_gaps=text("more_gaps", of.language).format(count=number(more, of.language)) if more > 0 else "",
            completeness=completeness_views(self._day(of, today - 1), self._day(of, today), of),
        )

    def _day(self, of: Looking, day: int) -> list[OutputPoint]:
        return list(self.parts.data.output(DAY_TABLE, *date_bounds(of.plant.zone, date.fromordinal(day))))
