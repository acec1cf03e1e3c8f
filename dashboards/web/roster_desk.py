"""Feeds the page of the on-call roster, and saves what is entered there."""

import asyncio
from collections.abc import Mapping
from datetime import date

import structlog
from nicegui import ui

from dashboards.web.acting import Acting, hint_for
from dashboards.web.elements import page_head
from dashboards.web.misread_address import misread, say_misread
from dashboards.web.parts import DeskParts
from dashboards.web.roster_page import RosterPage
from dashboards.web.texts import text
from dashboards.web.viewer import viewer
from models.access.desk_actions import ActionRefused
from models.access.user import Right
from models.alerts.roster import DutyChange
from models.works.localize import Language

log = structlog.get_logger(__name__)

REFRESH_S = 20.0
"""How long after a change of shift the page still names who had it before."""
_FARTHEST_DAYS = 3660


async def build_roster(parts: DeskParts, query: Mapping[str, str], language: Language) -> None:
    """Build the page inside a NiceGUI page function. `query`: as the address has it."""
    looking, plant, day = viewer(), parts.data.plant(), _asked(query.get("week", ""))
    client = ui.context.client
    page_head(text("roster_title", language), language)
    acting = Acting(looking, language)

    async def save(changes: list[DutyChange]) -> str:
        said = await acting.do(lambda user: parts.alerts.enter_duties(user, changes))
        await show()
        return said

    page = RosterPage(plant, looking.user, save, language)
    page.hint.text = hint_for(looking, Right.ACT_ON_ALERTS, ("roster_sign_in", "roster_add_users"), language)
    page.hint.set_visibility(bool(page.hint.text))

    async def show() -> None:
        try:
            page.show(await asyncio.to_thread(parts.alerts.roster, day))
            page.warn("")
        except Exception as error:
            page.warn(_unread(error, language))

    async def refresh() -> None:
        if client.has_socket_connection:  # a page that nobody sees costs nothing
            try:
                page.show_now(await asyncio.to_thread(parts.alerts.on_duty))
                page.warn("")
            except Exception as error:
                page.warn(_unread(error, language))

    await show()
    given = misread(query, {"week": lambda value: _asked(value) is not None})
    say_misread(given, text("roster_this_week", language), language)
    ui.timer(REFRESH_S, refresh, immediate=False)


def _unread(error: Exception, language: Language) -> str:
    """Whatever the reader meets, the page says that it is not of now."""
    if isinstance(error, ActionRefused):
        return text("roster_unread", language).format(why=error.told(language))
    log.warning("desk_read_failed", error=str(error))
    return text("read_failed_at_start", language)


def _asked(given: str) -> int | None:
    """The day that the address names, as an ordinal; None: today."""
    try:
        day = date.fromisoformat(given[:10])
    except ValueError:
        return None
    return day.toordinal() if abs((day - date(2026, 1, 1)).days) < _FARTHEST_DAYS else None
