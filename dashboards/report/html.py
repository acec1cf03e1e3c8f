"""A document as one standalone page, printable on A4 landscape.

No scripts and nothing from elsewhere: it is sent by mail, opened from a file share, and read years later.
"""

from decimal import Decimal
from html import escape

from dashboards.report.cells import cell_text, shown_value
from dashboards.report.document import Line, ReportDocument

MANY = 16
"""A table of more columns is printed smaller: the daily report has 26, and a sheet of A4 across takes about 16."""
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
th.group { text-align: center; border-bottom: 1px solid #8a96a0; }
.begins { border-left: 1px solid #c3cbd2; }
th.text, td.text { text-align: left; }
tr.shop td { font-weight: 600; background: #f3f6f8; }
tr.site td { font-weight: 700; background: #e6edf2; }
td.unknown { color: #8a96a0; font-weight: 400; }
td.down { color: #b3261e; }
td.up { color: #1c6b35; }
ul { margin: 12px 0 0; padding-left: 18px; color: #44515c; }
.signed { display: flex; gap: 32px; margin-top: 36px; break-inside: avoid; }
.signed span { flex: 1; border-top: 1px solid #16202a; padding-top: 3px; color: #44515c; }
@media print { body { margin: 0; font-size: 9px; } th { font-size: 8px; } td, th { padding: 2px 3px; }
  td.text { white-space: normal; } table.many { font-size: 7px; } .many th { font-size: 6.5px; }
  .many td, .many th { padding: 2px 1px; }
  .wide { overflow: visible; } thead { display: table-header-group; } tr { break-inside: avoid; } }
"""


def to_html(document: ReportDocument) -> str:
    """The page."""
    return (
        f'<!doctype html>\n<html lang="{document.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)}</title><style>{PAGE_STYLE}</style></head><body>"
        f"<h1>{escape(document.title)}</h1>{report_body(document)}</body></html>\n"
    )


def report_body(document: ReportDocument) -> str:
    """What stands below the title, without style: every text in it is escaped."""
    document = document.on_paper()
    head = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in document.header)
    simulated = f'<p class="simulated">{escape(document.simulated)}</p>' if document.simulated else ""
    rows = "".join(_row(document, line) for line in document.lines)
    many = ' class="many"' if len(document.columns) > MANY else ""
    # A wide table scrolls in itself, by key too.
    wide = f'<div class="wide" tabindex="0" role="region" aria-label="{escape(document.title)}">'
    table = f"{wide}<table{many}><thead>{_headings(document)}</thead><tbody>{rows}</tbody></table></div>"
    notes = "".join(f"<li>{escape(note)}</li>" for note in document.notes)
    signed = "".join(f"<span>{escape(who)}</span>" for who in document.signatures)
    return (
        f"{simulated}<dl>{head}</dl>"
        f"{table if document.lines else f'<p>{escape(document.empty)}</p>'}"
        f"{f'<ul>{notes}</ul>' if notes else ''}"
        f"{f'<div class=signed>{signed}</div>' if signed and document.lines else ''}"
    )


def _headings(document: ReportDocument) -> str:
    """One row, or two with what the columns are of above them."""
    if not any(name for name, _ in document.groups):
        return f"<tr>{''.join(_heading(document, at) for at in range(len(document.columns)))}</tr>"
    above, at = "", 0
    for name, count in document.groups:
        if name:
            classes = "group begins" if document.begins_group(at) else "group"
            above += f'<th scope="colgroup" colspan="{count}" class="{classes}">{escape(name)}</th>'
        else:
            above += _heading(document, at, rows=2)
        at += count
    below = "".join(_heading(document, at) for at, column in enumerate(document.columns) if column.group)
    return f"<tr>{above}</tr><tr>{below}</tr>"


def _heading(document: ReportDocument, at: int, rows: int = 1) -> str:
    span = f' rowspan="{rows}"' if rows > 1 else ""
    return f'<th scope="col"{span}{_class(_classes(document, at))}>{escape(document.columns[at].title)}</th>'


def _row(document: ReportDocument, line: Line) -> str:
    cells = []
    for at, (value, column) in enumerate(zip(line.cells, document.columns, strict=True)):
        classes = _classes(document, at)
        if column.decimals is not None and value is None:
            classes.append("unknown")
        elif column.signed and isinstance(value, Decimal) and shown_value(value, column):
            classes.append("up" if value > 0 else "down")
        cells.append(f"<td{_class(classes)}>{escape(cell_text(value, column, document.language))}</td>")
    return f'<tr class="{line.level}">{"".join(cells)}</tr>'


def _classes(document: ReportDocument, at: int) -> list[str]:
    begins = ["begins"] if document.begins_group(at) else []
    return [*begins, "text"] if document.columns[at].decimals is None else begins


def _class(classes: list[str]) -> str:
    return f' class="{" ".join(classes)}"' if classes else ""
