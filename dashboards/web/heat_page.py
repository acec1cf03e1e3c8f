"""The page of heat supply as NiceGUI elements: each network against its graph, and what stands behind it."""

import asyncio
from collections.abc import Iterable
from datetime import date
from time import time_ns

import structlog
from nicegui import ui

from dashboards.web.elements import BarsInWords, box, heading, label, page_footer, page_head, page_header, scroll
from dashboards.web.heat_chart import heat_options
from dashboards.web.heat_period import LONGEST_DAYS, HeatPeriod, heat_days_7, heat_period, last_week, month_period
from dashboards.web.heat_view import (
    DAY_COLUMNS,
    DAY_NUMBERS,
    SOURCE_NUMBERS,
    HeatView,
    NetworkCard,
    heat_view,
)
from dashboards.web.later_chart import LaterChart
from dashboards.web.linked_table import show_table
from dashboards.web.parts import DeskParts
from dashboards.web.texts import text
from models.briefing.months_named import months_named
from models.heat.sentences import HeatSentence
from models.works.calendar import local_date
from models.works.localize import Language, localize_day
from models.works.month import month_of, shifted

log = structlog.get_logger(__name__)


async def build_heat(parts: DeskParts, asked: str, language: Language) -> None:
    """Build the page inside a NiceGUI page function. `asked`: the days, as `heat_period` reads them."""
    plant = parts.data.plant()
    today = local_date(plant.zone, time_ns()).toordinal()
    period = heat_period(asked, today)
    fault = "" if period is not None else text("heat_bad_days", language).format(given=asked, most=LONGEST_DAYS)
    shown = period or heat_days_7(today)
    page_head(text("heat_title", language), language)
    site = plant.site_names.get(language) or plant.site_names["en"]
    page_header(site, simulated=plant.simulated, page="heat", language=language, address=shown.address())
    with box("desk growth heat-page wide-tiles"):
        if not parts.heat.is_declared():
            label("panel empty", text("heat_none", language))
        else:
            _choice(shown, today, language)
            if fault:
                label("warning", fault).props("role=status")
            try:
                report = await asyncio.to_thread(parts.heat.report, (shown.first, shown.end))
                _show(heat_view(report, language, runs=shown.runs), language)
            except Exception as error:  # whatever the reader meets, the page says that it has no figures
                log.warning("desk_read_failed", error=str(error))
                label("warning", text("heat_read_failed", language)).props("role=status")
        page_footer(simulated=plant.simulated, language=language)


def _choice(shown: HeatPeriod, today: int, language: Language) -> None:
    """Links to the periods that are near: from a month to the one before it and the one after it."""
    this_month = month_of(today)
    around = shown.month or this_month
    months = {shifted(around, -1), around, min(shifted(around, 1), this_month)} - {this_month}
    links = [
        (text("heat_days_7", language), heat_days_7(today)),
        (text("heat_week", language), last_week(today)),
        (text("heat_days_month", language), month_period(this_month, today)),
        *(
            (months_named((first, shifted(first, 1)), language), month_period(first, today))
            for first in sorted(months, reverse=True)
        ),
    ]
    if shown.asked not in [period.asked for _, period in links]:
        days = (localize_day(date.fromordinal(day), language) for day in (shown.first, shown.end - 1))
        links.append((" - ".join(days), shown))
    with box("languages", "nav").props(f'aria-label="{text("heat_days", language)}"'):
        for name, period in links:
            link = ui.link(name, period.address(language))
            link.props(f'aria-current="{str(period.asked == shown.asked).lower()}"')


def _show(view: HeatView, language: Language) -> None:
    charts = [(_card(card, language), card) for card in view.cards]
    if view.sources or view.source_days:
        with box("panel growth-card", "section").props("data-sources"):
            heading(text("heat_sources", language))
            _sentences(view.sources)
            if view.source_days:
                with box("said"), scroll(text("heat_sources", language)):
                    show_table(view.source_columns, view.source_days, SOURCE_NUMBERS, language)

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
        label(f"toned {_tone(said, tone)}".strip(), said.words)


def _tone(said: HeatSentence, tone: str) -> str:
    """A supply by the graph is green; that there is less heat than is due is not, whatever the supply."""
    if said.missing:
        return "unknown"
    return "lacking" if said.lacking and tone != "down" else tone
