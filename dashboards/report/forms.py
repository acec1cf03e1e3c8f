"""A document as JSON, CSV, and as a table for a terminal."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from dashboards.report.cells import cell_text, harmless, shown_value
from dashboards.report.document import Column, ReportDocument, ReportRow
from dashboards.report.texts import report_text


def to_json(rows: Iterable[ReportRow]) -> str:
    """The rows as a list. A figure that is not known is left out: null would invite somebody to read it as 0."""
    return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1)


def to_csv(document: ReportDocument, *, excel: bool = False) -> bytes:
    """Columns and rows as UTF-8 with commas; `excel`: with a mark, semicolons and the decimal sign of the language.

    Excel takes UTF-8 only with a byte order mark, and in a language with a decimal comma it separates cells by
    semicolons. The first column names the site, so that figures of a simulated works say so in any file that they are
    copied to.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n")
    titles = [harmless(column.heading) for column in document.columns]
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


def to_terminal(document: ReportDocument, width: int = 160) -> str:
    """The document with the columns for which a terminal of `width` has room. No number is ever cut short.

    Columns are left out whole: half a number would be another number.
    """
    shown = [
        [
            cell_text(value, column, document.language)
            for value, column in zip(line.cells, document.columns, strict=True)
        ]
        for line in document.lines
    ]
    widths = [
        max(len(word) for word in (*column.heading.split(), *(cells[number] for cells in shown)))
        for number, column in enumerate(document.columns)
    ]
    kept = _fitting(document.columns, widths, width)
    table = Table(header_style="bold")
    for number in kept:
        column = document.columns[number]
        table.add_column(column.heading, justify="left" if column.decimals is None else "right", width=widths[number])
    for line, cells in zip(document.lines, shown, strict=True):
        table.add_row(*(cells[number] for number in kept), style="bold" if line.level != "unit" else "")
    above = [document.title, *([document.simulated] if document.simulated else [])]
    above += [f"{name}: {value}" for name, value in document.header]
    below = list(document.notes)
    if document.lines and len(kept) < len(document.columns):
        left_out = [column.heading for number, column in enumerate(document.columns) if number not in kept]
        options = ", ".join(f"--{form}" for form in document.forms)
        said = report_text("left_out", document.language).format(forms=options)
        below.append(f"{said}: {'; '.join(left_out)}")
    body = table if document.lines else Text(document.empty)
    # 3 is what rich puts around a column: a space on either side and a rule; 1 is the last rule.
    needed = max(width, sum(widths[number] + 3 for number in kept) + 1)
    console = Console(width=needed, file=io.StringIO(), highlight=False, markup=False, force_terminal=False)
    console.print(Group(*(Text(line) for line in above), body, *(Text(note) for note in below)))
    written = console.file
    assert isinstance(written, io.StringIO)  # noqa: S101 - it was given so above
    return written.getvalue()


def _fitting(columns: Sequence[Column], widths: Sequence[int], width: int) -> list[int]:
    """The columns that fit. Those of the highest rank go first, from the right; those of rank 0 stay in any case."""
    kept = list(range(len(columns)))
    while sum(widths[number] + 3 for number in kept) + 1 > width:
        rank = max(columns[number].rank for number in kept)
        if not rank:
            break
        kept.remove(max(number for number in kept if columns[number].rank == rank))
    return kept
