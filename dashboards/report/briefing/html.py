"""A briefing as one standalone page, for one sheet of A4; every text in it is escaped."""

from html import escape

from dashboards.report.html import PAGE_STYLE
from models.briefing.document import Briefing, BriefingLine
from models.briefing.texts import briefing_text

_STYLE = """
@page { size: A4 portrait; margin: 16mm; }
body { max-width: 780px; margin: 24px auto; padding: 0 16px; font-size: 15px; line-height: 1.45; }
h1 { font-size: 22px; } h2 { font-size: 16px; margin: 18px 0 4px; } p { margin: 4px 0; } .site { color: #44515c; }
.missing { color: #7a4a00; } sup a { color: inherit; text-decoration: none; }
ol { margin: 6px 0 0; padding-left: 20px; font-size: 12px; color: #44515c; } li { margin: 3px 0; }
@media print { body { margin: 0; padding: 0; font-size: 11.5px; } ol { font-size: 9px; } }
"""


def briefing_html(briefing: Briefing) -> str:
    """The page. A sentence leads to its note, and the note back to it."""
    simulated = f'<p class="simulated">{escape(briefing.simulated)}</p>' if briefing.simulated else ""
    sections = "".join(
        f"<section><h2>{escape(section.heading)}</h2>{''.join(_line(*line) for line in numbered)}</section>"
        for section, numbered in briefing.numbered
    )
    notes = "".join(f'<li id="note{at}">{escape(note.words)}</li>' for at, note in enumerate(briefing.notes, 1))
    below = f"<section><h2>{escape(briefing_text('notes', briefing.language))}</h2><ol>{notes}</ol></section>"
    return (
        f'<!doctype html>\n<html lang="{briefing.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(briefing.title)}</title><style>{PAGE_STYLE}{_STYLE}</style></head><body><main>"
        f'<p class="site">{escape(briefing.site)}</p><h1>{escape(briefing.title)}</h1>{simulated}{sections}'
        f"{below if notes else ''}</main></body></html>\n"
    )


def _line(line: BriefingLine, number: int) -> str:
    note = f'<sup><a href="#note{number}">[{number}]</a></sup>' if number else ""
    return f"<p{' class=missing' if line.missing else ''}>{escape(line.words)}{note}</p>"
