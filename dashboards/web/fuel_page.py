"""The page of gas and fuel as NiceGUI elements: today, the month to date, each day, and what the figures rest on."""

import asyncio
from time import time_ns
from urllib.parse import urlencode

import structlog
from nicegui import ui

from dashboards.web.address import named_month
from dashboards.web.elements import BarsInWords, box, heading, label, page_footer, page_head, page_header, scroll
from dashboards.web.errors import AddressFault
from dashboards.web.fuel_chart import fuel_options
from dashboards.web.fuel_view import (
    DAY_COLUMNS,
    DAY_NUMBERS,
    FUEL_COLUMNS,
    FUEL_NUMBERS,
    FuelBars,
    FuelCard,
    FuelView,
    fuel_view,
)
from dashboards.web.later_chart import LaterChart
from dashboards.web.linked_table import show_table
from dashboards.web.parts import DeskParts
from dashboards.web.texts import text
from models.briefing.months_named import months_named
from models.works.calendar import local_date
from models.works.localize import Language
from models.works.month import month_of, period_text, shifted

log = structlog.get_logger(__name__)

LAST = "last"


async def build_fuel(parts: DeskParts, asked: str, language: Language) -> None:
    """Build the page inside a NiceGUI page function. `asked`: a month, 2026-09; "last" for the one before the running
    one, "" for that."""
    plant = parts.data.plant()
    today, fault = local_date(plant.zone, time_ns()).toordinal(), ""
    try:
        month = _asked(asked, today)
    except AddressFault as refused:
        month, fault = month_of(today), text(refused.text, language).format(given=refused.given)
    page_head(text("fuel_title", language), language)
    site = plant.site_names.get(language) or plant.site_names["en"]
    page_header(site, simulated=plant.simulated, page="fuel", language=language, address=_address(month, today))
    with box("desk growth heat-page wide-tiles"):
        if not parts.fuel.is_declared():
            label("panel empty", text("fuel_none", language))
        else:
            _choice(month, today, language)
            if fault:
                label("warning", fault).props("role=status")
            try:
                told = await asyncio.to_thread(parts.fuel.month, month)
                _show(fuel_view(plant, told, language), language)
            except Exception as error:  # whatever the reader meets, the page says that it has no figures
                log.warning("desk_read_failed", error=str(error))
                label("warning", text("fuel_read_failed", language)).props("role=status")
        page_footer(simulated=plant.simulated, language=language)


def _asked(asked: str, today: int) -> int:
    """The first day of the month that the address asks for. Raises AddressFault: it is none, or has not begun."""
    if asked == LAST:
        return shifted(month_of(today), -1)
    named = named_month({"month": asked})
    month = month_of(today if named is None else named)
    if month > today:
        raise AddressFault("fuel_not_begun", asked[:40])
    return month


def _address(month: int, today: int, language: Language | None = None) -> str:
    given = {"month": "" if month == month_of(today) else period_text(month), "lang": language or ""}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"/fuel?{query}" if query else "/fuel"


def _choice(shown: int, today: int, language: Language) -> None:
    """Links to this month and the last one, and from the month that is shown to those beside it."""
    this, last = month_of(today), shifted(month_of(today), -1)
    beside = {shifted(shown, -1), shown, shifted(shown, 1)}
    months = [
        (text("fuel_this_month", language), this),
        (text("fuel_last_month", language), last),
        *(
            (months_named((month, shifted(month, 1)), language), month)
            for month in sorted((each for each in beside if each < last), reverse=True)
        ),
    ]
    with box("languages", "nav").props(f'aria-label="{text("fuel_months", language)}"'):
        for name, month in months:
            link = ui.link(name, _address(month, today, language))
            link.props(f'aria-current="{str(month == shown).lower()}"')


def _show(view: FuelView, language: Language) -> None:
    if not view.cards:
        label("panel empty", text("fuel_no_hour", language))
    for card in view.cards:
        _card(card, language)
    if view.days:
        _days(view, language)
    if view.phases:
        with box("panel growth-card", "section").props("data-fuel=phases"):
            heading(text("fuel_phases", language))
            for words, tone in view.phases:
                label(f"toned {tone}", words)
    with box("panel growth-card", "section").props("data-fuel=sources"):
        heading(text("fuel_sources", language))
        for note in view.notes:
            label("when", note)


def _card(card: FuelCard, language: Language) -> None:
    with box("panel growth-card", "section").props(f"data-fuel={card.key}"):
        heading(card.title, classes="name")
        with box("tiles"):
            for tile in card.tiles:
                with box(f"tile {'plain' if tile.known else 'unknown'}"):
                    label("pct", tile.shown)
                    label("what", tile.what)
                    if tile.part:
                        label("restated", tile.part)
        for words in card.said:
            label("toned unknown", words)
        heading(text("fuel_by_fuel", language), "h3")
        with box("said"), scroll(f"{card.title}: {text('fuel_by_fuel', language)}"):
            show_table(FUEL_COLUMNS, card.fuels, FUEL_NUMBERS, language)


def _days(view: FuelView, language: Language) -> None:
    with box("panel growth-card", "section").props("data-fuel=days"):
        heading(text("fuel_by_day", language))
        if view.bars.are_known:
            _chart(view.bars, language)
        with box("said"), scroll(text("fuel_by_day", language)):
            show_table(DAY_COLUMNS, view.days, DAY_NUMBERS, language)


def _chart(bars: FuelBars, language: Language) -> None:
    chart = LaterChart(fuel_options(bars, language)).classes("chart").props("role=img")
    chart.props["aria-label"] = text("fuel_chart", language)
    BarsInWords(text("in_figures", language)).show(text("fuel_chart", language), bars.tips)

    def draw() -> None:
        chart.options.clear()
        chart.options.update(fuel_options(bars, language))
        chart.update()

    ui.on("theme", draw)
