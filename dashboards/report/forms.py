"""A document as JSON, CSV, and as a table for a terminal."""

import csv
import io
import json
from collections.abc import Iterable
from decimal import Decimal

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from dashboards.report.cells import cell_text, harmless, shown_value
from dashboards.report.document import Column, Document, ReportRow
from dashboards.report.texts import report_text


def to_json(rows: Iterable[ReportRow]) -> str:
    """The rows as a list; what is not known is left out."""
    return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1)


def to_csv(document: Document, *, excel: bool = False) -> bytes:
    """Columns and rows as UTF-8 with commas; `excel`: with a mark, semicolons and the decimal sign of the language.

    The first column names the site, which for a simulated works says so.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n")
    # "+/-" is no formula that a spreadsheet would take.
    titles = [column.title if column.title == "+/-" else harmless(column.title) for column in document.columns]
    writer.writerow([report_text("site", document.language), *titles])
    comma = excel and document.language != "en"
    for line in document.lines:
        cells = zip(line.cells, document.columns, strict=True)
        writer.writerow([harmless(document.site), *(_csv_cell(value, column, comma=comma) for value, column in cells)])
    return text.getvalue().encode("utf-8-sig" if excel else "utf-8")


def _csv_cell(value: str | Decimal | None, column: Column, *, comma: bool) -> str:
    if isinstance(value, str):
        return harmless(value)
    if value is None:
        return ""
    shown = str(shown_value(value, column))
    return shown.replace(".", ",") if comma else shown


def to_terminal(document: Document, width: int | None = None) -> str:
    """The document with the columns for which a terminal has room."""
    table = Table(header_style="bold")
    for column in document.columns:
        if not column.brief:
            continue
        text = column.decimals is None
        table.add_column(column.title, justify="left" if text else "right", overflow="fold", no_wrap=not text)
    for line in document.lines:
        cells = zip(line.cells, document.columns, strict=True)
        style = "bold" if line.level != "unit" else ""
        shown = (cell_text(value, column, document.language) for value, column in cells if column.brief)
        table.add_row(*shown, style=style)
    above = [document.title, *([document.simulated] if document.simulated else [])]
    above += [f"{name}: {value}" for name, value in document.header]
    body = table if document.lines else Text(document.empty)
    console = Console(width=width, file=io.StringIO(), highlight=False, markup=False, force_terminal=False)
    console.print(Group(*(Text(line) for line in above), body, *(Text(note) for note in document.notes)))
    written = console.file
    assert isinstance(written, io.StringIO)  # noqa: S101 - it was given so above
    return written.getvalue()
