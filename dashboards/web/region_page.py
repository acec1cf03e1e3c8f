"""The page of the region as NiceGUI elements: a panel for each published series."""

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

from nicegui import ui

from dashboards.web.elements import box, heading, label, page_footer, page_header, scroll
from dashboards.web.linked_table import show_table
from dashboards.web.projects_page import known_on
from dashboards.web.region_view import SERIES_COLUMNS, SERIES_NUMBERS, SeriesView
from dashboards.web.texts import text
from models.works.localize import Language
from models.works.plant import Plant

_STYLE = "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("report.css", "projects.css"))


def build_region_page(
    plant: Plant, view: Sequence[SeriesView] | None, fault: str, known: tuple[date, date], language: Language
) -> None:
    """Build the page inside a NiceGUI page function; `fault` stands above the figures, or is "". `view` None: nothing
    could be read. `known`: the day as of which it tells, and the present one."""
    ui.add_head_html(f"<style>{_STYLE}</style>")
    site = plant.site_names.get(language) or plant.site_names["en"]
    page_header(site, simulated=plant.simulated, page="region", language=language)
    with box("desk projects-page region-page"):
        if fault:
            label("warning", fault).props("role=status")
        if view is not None:
            known_on(known, "region", language)
            if not view:
                label("panel empty", text("region_none", language))
            for series in view:
                _series(series, language)
        page_footer(simulated=plant.simulated, language=language)


def _series(series: SeriesView, language: Language) -> None:
    with box("panel listed", "section").props(f'data-series="{escape(series.code)}"'):
        heading(series.name)
        label("when", text("region_defined", language).format(unit=series.unit, definition=series.definition))
        if series.differs:
            label("not-known", text("region_differs", language))
        if series.lines:
            with box("said"), scroll(series.name):
                show_table(SERIES_COLUMNS, series.lines, SERIES_NUMBERS, language)
        else:
            label("empty", text("indicator_nothing", language))
        if series.older:
            label("quiet", text("region_older", language).format(count=series.older))
