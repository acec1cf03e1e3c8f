"""The table of output drops as NiceGUI elements."""

from collections.abc import Sequence

from nicegui import ui
from nicegui.element import Element

from dashboards.web.drops import DropView
from dashboards.web.elements import box, cell, label
from dashboards.web.texts import text
from models.works.localize import Language

_COLUMNS = ("unit", "what", "when", "lasted", "cause", "evidence")
_IF_ANY = "cause"
"""A column that nothing stands in takes the room of the sentences beside it."""


def show_drops(drops: Sequence[DropView], none: str, language: Language) -> None:
    """A line for each drop, or the words `none` if there are none."""
    if not drops:
        if none:
            label("empty", none)
        return
    with ui.element("table").classes("drops"):
        with ui.element("thead"), ui.element("tr"):
            cell("td", "")
            columns = [column for column in _COLUMNS if column != _IF_ANY or any(drop.cause for drop in drops)]
            for column in columns:
                cell("th", text(f"drop_{column}", language))
        with ui.element("tbody"):
            for drop in drops:
                _show_drop(drop, columns, language)


def _unit_cell(drop: DropView, language: Language) -> Element:
    """The unit, as the way to its page."""
    with ui.element("td") as made:
        ui.link(drop.name, f"/unit/{drop.unit}?lang={language}")
    return made


def _show_drop(drop: DropView, columns: Sequence[str], language: Language) -> None:
    shown = dict(zip(_COLUMNS, (drop.name, drop.what, drop.when, drop.lasted, drop.cause, drop.evidence), strict=True))
    with ui.element("tr").classes("lasts" if drop.lasts else "ended").props(f'data-drop="{drop.unit}"'):
        with ui.element("td"):
            label(f"grade {drop.severity.lower()}", drop.severity)
        for column in columns:
            made = _unit_cell(drop, language) if column == "unit" else cell("td", shown[column])
            made.classes(column)
            made.props["data-label"] = f"{text(f'drop_{column}', language)}:"
        with made, box("losses"):
            for loss in drop.losses:
                with box("loss"):
                    label("label", f"{loss.label}:")
                    label("amount", loss.amount)
