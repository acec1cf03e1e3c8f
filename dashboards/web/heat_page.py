"""The page of heat supply as NiceGUI elements: each network against its graph, and what stands behind it."""

import asyncio
from collections.abc import Iterable

import structlog
from nicegui import ui

from dashboards.web.elements import BarsInWords, box, heading, label, page_footer, page_head, page_header, scroll
from dashboards.web.heat_chart import heat_options
from dashboards.web.heat_view import DAY_COLUMNS, DAY_NUMBERS, HeatView, NetworkCard, heat_view
from dashboards.web.later_chart import LaterChart
from dashboards.web.linked_table import show_table
from dashboards.web.parts import DeskParts
from dashboards.web.texts import text
from models.heat.sentences import HeatSentence
from models.works.localize import Language

log = structlog.get_logger(__name__)

MONTH = "month"


async def build_heat(parts: DeskParts, asked: str, language: Language) -> None:
    """Build the page inside a NiceGUI page function. `asked`: "month" for the running month, else seven days."""
    plant, month = parts.data.plant(), asked == MONTH
    page_head(text("heat_title", language), language)
    site = plant.site_names.get(language) or plant.site_names["en"]
    page_header(site, simulated=plant.simulated, page="heat", language=language, address=_address(month=month))
    with box("desk growth heat-page"):
        if not parts.heat.is_declared():
            label("panel empty", text("heat_none", language))
        else:
            _choice(language, month=month)
            try:
                report = await asyncio.to_thread(parts.heat.report, month=month)
                _show(heat_view(report, language), language)
            except Exception as error:  # whatever the reader meets, the page says that it has no figures
                log.warning("desk_read_failed", error=str(error))
                label("warning", text("heat_read_failed", language)).props("role=status")
        page_footer(simulated=plant.simulated, language=language)


def _address(*, month: bool) -> str:
    return f"/heat?days={MONTH}" if month else "/heat"


def _choice(language: Language, *, month: bool) -> None:
    with box("languages", "nav").props(f'aria-label="{text("heat_days", language)}"'):
        for key, is_month in (("heat_days_7", False), ("heat_days_month", True)):
            address = _address(month=is_month)
            link = ui.link(text(key, language), f"{address}{'&' if is_month else '?'}lang={language}")
            link.props(f'aria-current="{str(is_month == month).lower()}"')


def _show(view: HeatView, language: Language) -> None:
    charts = [(_card(card, language), card) for card in view.cards]
    if view.sources:
        with box("panel growth-card", "section"):
            heading(text("heat_sources", language))
            _sentences(view.sources)

    def draw() -> None:
        for chart, card in charts:
            if chart is not None:
                chart.options.clear()
                chart.options.update(heat_options(card.lines, card.outdoor, language))
                chart.update()

    ui.on("theme", draw)


def _card(card: NetworkCard, language: Language) -> LaterChart | None:
    chart = None
    with box("panel growth-card", "section").props(f'data-network="{card.code}"'):
        with box("top"), box("named"):
            heading(card.name, classes="name")
            label("when", card.hour)
        _sentences(card.verdicts, card.tone)
        with box("tiles"):
            for tile in card.tiles:
                with box(f"tile {tile.tone}"):
                    label("pct", tile.shown)
                    label("what", tile.what)
                    if tile.due:
                        label("restated", tile.due)
        if card.lines.are_known:
            chart = LaterChart(heat_options(card.lines, card.outdoor, language)).classes("chart").props("role=img")
            chart.props["aria-label"] = f"{card.name}: {text('heat_chart', language)}"
            BarsInWords(text("in_figures", language)).show(text("heat_chart", language), card.lines.tips)
        heading(text("heat_by_day", language), "h3")
        _sentences(card.totals)
        with box("said"), scroll(f"{card.name}: {text('heat_by_day', language)}"):
            show_table(DAY_COLUMNS, card.days, DAY_NUMBERS, language)
        label("when", card.note)
    return chart


def _sentences(sentences: Iterable[HeatSentence], tone: str = "") -> None:
    for said in sentences:
        label(f"toned {'unknown' if said.missing else tone}".strip(), said.words)
