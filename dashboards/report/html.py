"""A document as one standalone page, printable on A4 landscape.

No scripts and nothing from elsewhere: it is sent by mail, opened from a file share, and read years later.
"""

from html import escape

from dashboards.report.cells import cell_text, shown_value
from dashboards.report.document import Line, ReportDocument

MANY = 16
"""A table of more columns is printed smaller: the daily report has 22, and a sheet of A4 across takes about 16."""
PAGE_STYLE = """
@page { size: A4 landscape; margin: 10mm; }
* { box-sizing: border-box; }
body { font: 13px/1.35 "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; color: #16202a; margin: 24px; }
h1 { font-size: 20px; margin: 0 0 6px; }
.simulated { background: #fff1c2; border: 1px solid #d6a400; padding: 4px 8px; display: inline-block; margin: 4px 0; }
dl { display: flex; flex-wrap: wrap; gap: 2px 28px; margin: 6px 0 14px; }
dl div { display: flex; gap: 6px; }
dt { color: #5a6772; }
dd { margin: 0; font-weight: 600; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: right; vertical-align: bottom; font-weight: 600; font-size: 11px; color: #44515c; padding: 4px 6px;
     border-bottom: 2px solid #16202a; }
td { text-align: right; padding: 3px 6px; border-bottom: 1px solid #dde3e8; white-space: nowrap; }
th.text, td.text { text-align: left; }
tr.shop td { font-weight: 600; background: #f3f6f8; }
tr.site td { font-weight: 700; background: #e6edf2; }
td.unknown { color: #8a96a0; font-weight: 400; }
td.down { color: #b3261e; }
td.up { color: #1c6b35; }
ul { margin: 12px 0 0; padding-left: 18px; color: #44515c; }
@media print { body { margin: 0; font-size: 9px; } th { font-size: 8px; } td, th { padding: 2px 3px; }
  td.text { white-space: normal; } table.many { font-size: 7px; } .many th { font-size: 6.5px; }
  .many td, .many th { padding: 2px 1px; }
  .wide { overflow: visible; } thead { display: table-header-group; } tr { break-inside: avoid; } }
"""


def to_html(document: ReportDocument) -> str:
    """The page."""
    head = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in document.header)
    simulated = f'<p class="simulated">{escape(document.simulated)}</p>' if document.simulated else ""
    titles = "".join(
        f'<th scope="col"{"" if column.decimals is not None else " class=text"}>{escape(column.title)}</th>'
        for column in document.columns
    )
    rows = "".join(_row(document, line) for line in document.lines)
    many = ' class="many"' if len(document.columns) > MANY else ""
    table = f'<div class="wide"><table{many}><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table></div>'
    notes = "".join(f"<li>{escape(note)}</li>" for note in document.notes)
    return (
        f'<!doctype html>\n<html lang="{document.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)}</title><style>{PAGE_STYLE}</style></head><body>"
        f"<h1>{escape(document.title)}</h1>{simulated}<dl>{head}</dl>"
        f"{table if document.lines else f'<p>{escape(document.empty)}</p>'}"
        f"{f'<ul>{notes}</ul>' if notes else ''}</body></html>\n"
    )


def _row(document: ReportDocument, line: Line) -> str:
    cells = []
    for value, column in zip(line.cells, document.columns, strict=True):
        classes = []
        if column.decimals is None:
            classes.append("text")
        elif value is None:
            classes.append("unknown")
        elif column.signed and not isinstance(value, str) and shown_value(value, column):
            classes.append("up" if value > 0 else "down")
        name = f' class="{" ".join(classes)}"' if classes else ""
        cells.append(f"<td{name}>{escape(cell_text(value, column, document.language))}</td>")
    return f'<tr class="{line.level}">{"".join(cells)}</tr>'
