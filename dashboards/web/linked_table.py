"""A table whose cells may open something: a figure its receipt. On a phone a line is a block with its headings."""

from collections.abc import Container, Sequence
from html import escape

from nicegui import ui

from dashboards.web.month_parts import Linked
from dashboards.web.texts import text
from models.works.localize import Language


def show_linked(content: Linked, classes: str = "") -> None:
    """A text, or a link with it."""
    if content.link:
        ui.link(content.shown, content.link).classes(classes)
    else:
        ui.label(content.shown).classes(classes)


def show_table(
    columns: Sequence[str], rows: Sequence[Sequence[Linked]], numbers: Container[str], language: Language
) -> None:
    """`columns`: keys of texts; those in `numbers` stand to the right."""
    # One element: a receipt has hundreds of lines, and an element for each cell takes seconds.
    content = table_html(columns, rows, numbers, language)
    ui.html(content, sanitize=False, tag="table").classes("lines linked")  # table_html escapes


def table_html(
    columns: Sequence[str], rows: Sequence[Sequence[Linked]], numbers: Container[str], language: Language
) -> str:
    """The inside of the table."""
    return _html([(text(column, language), column in numbers) for column in columns], rows)


def show_named_table(names: Sequence[str], rows: Sequence[Sequence[Linked]]) -> None:
    """A table whose columns are of things and have their names: figures of the thing that stands first in a row."""
    content = _html([(name, number > 0) for number, name in enumerate(names)], rows)
    ui.html(content, sanitize=False, tag="table").classes("lines linked")  # _html escapes


def _html(columns: Sequence[tuple[str, bool]], rows: Sequence[Sequence[Linked]]) -> str:
    names = [escape(name) for name, _ in columns]
    kinds = [' class="number"' if is_number else "" for _, is_number in columns]
    heads = "".join(f"<th{kind}>{name}</th>" for name, kind in zip(names, kinds, strict=True))
    lines = []
    for row in rows:
        cells = []
        for content, name, kind in zip(row, names, kinds, strict=True):
            # An empty cell of a block on a phone has no heading either.
            told = f' data-label="{name}"' if content.shown else ""
            cells.append(f"<td{kind}{told}>{_cell(content)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody>"


def _cell(content: Linked) -> str:
    shown = escape(content.shown)
    if content.link:
        return f'<a href="{escape(content.link)}">{shown}</a>'
    return f'<span class="toned {content.tone}">{shown}</span>' if content.tone else shown
