"""A table whose cells may open something: a figure its receipt. On a phone a line is a block with its headings."""

from collections.abc import Container, Sequence

from nicegui import ui

from dashboards.web.month_parts import Linked
from dashboards.web.texts import text
from models.works.localize import Language


def show_linked(content: Linked, classes: str = "") -> None:
    """A text, or a link with it."""
    if content.link:
        ui.link(content.shown, content.link).classes(f"receipt-link {classes}".strip())
    else:
        ui.label(content.shown).classes(classes)


def show_table(
    columns: Sequence[str], rows: Sequence[Sequence[Linked]], numbers: Container[str], language: Language
) -> None:
    """`columns`: keys of texts; those in `numbers` stand to the right."""
    with ui.element("table").classes("lines linked"):
        with ui.element("thead"), ui.element("tr"):
            for column in columns:
                with ui.element("th").classes("number" if column in numbers else ""):
                    ui.label(text(column, language))
        with ui.element("tbody"):
            for row in rows:
                with ui.element("tr"):
                    for column, content in zip(columns, row, strict=True):
                        with ui.element("td").classes("number" if column in numbers else "") as cell:
                            # An empty cell of a block on a phone has no heading either.
                            if content.shown:
                                cell.props["data-label"] = text(column, language)
                            show_linked(content)
