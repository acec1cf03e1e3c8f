"""The page of who changed what: what people stated, decided and signed, as it is recorded."""

import asyncio
import time
from collections.abc import Mapping, Sequence

import structlog
from nicegui import ui

from dashboards.web.changes_named import StatedNames
from dashboards.web.changes_view import COLUMNS, AskedChanges, ChangesOf, change_lines
from dashboards.web.elements import box, heading, label, page_footer, page_head, page_header, scroll
from dashboards.web.linked_table import show_table
from dashboards.web.misread_address import misread, say_misread
from dashboards.web.numbers import number
from dashboards.web.parts import DeskParts
from dashboards.web.texts import text
from dashboards.web.viewer import viewer
from models.access.recorded_change import ActKind, RecordedChange
from models.access.user import Right
from models.works.localize import Language

log = structlog.get_logger(__name__)

SHOWN = 300
"""Lines of one page: some weeks of a works, and no more than a browser draws at once."""
LONGEST_AUTHOR = 300


async def build_changes(parts: DeskParts, query: Mapping[str, str], language: Language) -> None:
    """Build the page inside a NiceGUI page function. `query`: as the address has it."""
    user, plant = viewer().user, parts.data.plant()
    manages = user is not None and user.may_somewhere(Right.MANAGE_USERS)
    kinds = [kind for kind in ActKind if manages or kind is not ActKind.USER]
    asked = AskedChanges(
        kind=next((kind for kind in kinds if kind.value == query.get("kind", "")), None),
        author=query.get("who", "")[:LONGEST_AUTHOR],
    )
    found: Sequence[RecordedChange] = ()
    warning, of = "", ChangesOf(plant, (), time.time_ns(), language)
    try:
        found = await asyncio.to_thread(
            parts.changes.newest, SHOWN, kind=asked.kind, author=asked.author, users=manages
        )
        projects = await asyncio.to_thread(parts.briefings.projects, None, language)
        named = StatedNames(plant, projects, parts.safety.terms())
        of = ChangesOf(plant, parts.actions.stop_reasons(), of.now_ns, language, named)
    except Exception as error:  # whatever the reader meets, the page says that it shows nothing
        log.warning("desk_read_failed", error=str(error))
        warning = text("read_failed_at_start", language)
    page_head(text("changes_title", language), language)
    site = plant.site_names.get(language) or plant.site_names["en"]
    page_header(site, simulated=plant.simulated, page="changes", language=language)
    with box("desk changes-page"):
        if warning:
            label("warning", warning).props("role=status")
        _kinds(kinds, asked, language)
        with box("panel listed", "section"):
            heading(text("changes_title", language))
            label("quiet", text("changes_help", language))
            if asked.author:
                label("quiet", text("changes_of", language).format(name=asked.author))
                ui.link(text("changes_of_all", language), AskedChanges(kind=asked.kind).address(language))
            with scroll(text("changes_title", language)):
                if found:
                    show_table(COLUMNS, change_lines(found, asked, of), (), language)
                elif not warning:
                    label("empty", text("changes_none", language))
            if len(found) == SHOWN:
                label("quiet", text("changes_shown", language).format(count=number(SHOWN, language)))
        page_footer(simulated=plant.simulated, language=language)
    known = {kind.value for kind in kinds}
    say_misread(misread(query, {"kind": known.__contains__}), text("change_all", language), language)


def _kinds(kinds: Sequence[ActKind], asked: AskedChanges, language: Language) -> None:
    with box("languages", "nav").props(f'aria-label="{text("changes_kinds", language)}"'):
        for kind in (None, *kinds):
            key = "measures" if kind is ActKind.MEASURE else kind.value if kind else "all"
            name = text(f"change_{key}", language)
            link = ui.link(name, AskedChanges(kind=kind, author=asked.author).address(language))
            link.props(f'aria-current="{str(kind is asked.kind).lower()}"')
