"""The table of sources as NiceGUI elements."""

from collections.abc import Sequence

from nicegui import ui

from dashboards.web.elements import box, cell, label
from dashboards.web.texts import text
from dashboards.web.view import SourceView
from models.works.localize import Language

_FIGURES = ("age", "readings", "rejected")


def show_sources(sources: Sequence[SourceView], language: Language) -> None:
    """A line for each source, or that there is none."""
    if not sources:
        label("empty", text("no_data", language))
        return
    with ui.element("table").classes("sources"):
        with ui.element("thead"), ui.element("tr"):
            for key in ("source", "state", *_FIGURES):
                cell("th", text(key, language), number=key in _FIGURES)
        for source in sources:
            with ui.element("tbody").props(f'data-source="{source.source}"'):
                _show_source(source, language)


def _show_source(source: SourceView, language: Language) -> None:
    """A line of figures, below it the last error if there was one, and signals that are not known now."""
    with ui.element("tr"):
        cell("td", source.name).classes("source-name")
        with ui.element("td").classes("source-state"):
            box(f"dot {source.state}")
            ui.label(source.state_text)
        for key, figure in zip(_FIGURES, (source.age, source.readings, source.rejected), strict=True):
            cell("td", figure, number=True).props(f'data-label="{text(key, language)}"')
    if source.last_error:
        with ui.element("tr").classes("error"), ui.element("td").props(f"colspan={2 + len(_FIGURES)}"):
            ui.label(f"{text('last_error', language)}: {source.last_error}")
    if source.not_fresh:
        # One instrument in its calibration is no fault of the source, and not red.
        with ui.element("tr").classes("remark"), ui.element("td").props(f"colspan={2 + len(_FIGURES)}"):
            ui.label(source.not_fresh)
