"""A rehearsal as one standalone page: tables and a picture, no scripts, nothing from elsewhere."""

from collections.abc import Sequence
from html import escape

from dashboards.report.html import PAGE_STYLE
from dashboards.report.rehearsal_view import RehearsalView, TableView
from models.works.localize import Language

_STYLE = f"""{PAGE_STYLE}
h2 {{ font-size: 15px; margin: 18px 0 4px; }}
table.rehearsal {{ width: auto; min-width: 40%; }}
svg {{ max-width: 100%; height: auto; }}
section + section {{ border-top: 2px solid #16202a; margin-top: 28px; padding-top: 8px; }}
"""


def rehearsal_page(parts: Sequence[tuple[RehearsalView, str]], language: Language) -> str:
    """The page of one or several rehearsals, each with its picture as an SVG element ("": none)."""
    title = escape(parts[0][0].title)
    sections = "".join(f"<section>{_section(view, svg)}</section>" for view, svg in parts)
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>{sections}</body></html>\n"
    )


def _section(view: RehearsalView, svg: str) -> str:
    simulated = f'<p class="simulated">{escape(view.simulated)}</p>' if view.simulated else ""
    head = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in view.header)
    tables = "".join(_table(table) for table in view.tables)
    notes = "".join(f"<li>{escape(note)}</li>" for note in view.notes)
    return f"{simulated}<dl>{head}</dl>{svg}{tables}<ul>{notes}</ul>"


def _table(table: TableView) -> str:
    def cell(tag: str, number: int, text: str) -> str:
        return f"<{tag}{'' if number in table.numbers else ' class=text'}>{escape(text)}</{tag}>"

    head = "".join(cell("th", number, title) for number, title in enumerate(table.columns))
    rows = "".join(
        f"<tr>{''.join(cell('td', number, text) for number, text in enumerate(row))}</tr>" for row in table.rows
    )
    more = f"<p>{escape(table.more)}</p>" if table.more else ""
    return (
        f'<h2>{escape(table.title)}</h2><table class="rehearsal"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{more}"
    )
