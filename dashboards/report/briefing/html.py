"""A briefing as one standalone page, for one sheet of A4; every text in it is escaped."""

from collections.abc import Callable
from html import escape

from dashboards.report.html import PAGE_STYLE
from models.briefing.document import Briefing, BriefingLine, BriefingNote
from models.briefing.texts import briefing_text
from models.tables.receipt_record import AskedReceipt
from models.works.localize import Language

ReceiptLink = Callable[[AskedReceipt], str]

_STYLE = """
@page { size: A4 portrait; margin: 16mm; }
body { max-width: 780px; margin: 24px auto; padding: 0 16px; font-size: 15px; line-height: 1.45; }
h1 { font-size: 22px; } h2 { font-size: 16px; margin: 18px 0 4px; } p { margin: 4px 0; } .site { color: #44515c; }
.missing { color: #7a4a00; } sup a { color: inherit; text-decoration: none; }
ol { margin: 6px 0 0; padding-left: 20px; font-size: 12px; color: #44515c; } li { margin: 3px 0; }
@media print { body { margin: 0; padding: 0; font-size: 11.5px; } ol { font-size: 9px; } }
"""


def briefing_html(briefing: Briefing) -> str:
    """The page. A sentence leads to its note."""
    return (
        f'<!doctype html>\n<html lang="{briefing.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(briefing.title)}</title><style>{PAGE_STYLE}{_STYLE}</style></head><body><main>"
        f'<p class="site">{escape(briefing.site)}</p><h1>{escape(briefing.title)}</h1>'
        f"{briefing_body(briefing, 2)}</main></body></html>\n"
    )


def briefing_body(briefing: Briefing, level: int, receipt: ReceiptLink | None = None) -> str:
    """What stands below the title, without style: every text in it is escaped. `level`: of its headings. `receipt`: the
    address of a receipt, if there is one."""
    simulated = f'<p class="simulated">{escape(briefing.simulated)}</p>' if briefing.simulated else ""
    sections = "".join(
        f"<section>{_heading(section.heading, level)}{''.join(_line(*line) for line in numbered)}</section>"
        for section, numbered in briefing.numbered
    )
    notes = "".join(_note(note, at, briefing.language, receipt) for at, note in enumerate(briefing.notes, 1))
    heading = _heading(briefing_text("notes", briefing.language), level)
    return f"{simulated}{sections}{f'<section>{heading}<ol>{notes}</ol></section>' if notes else ''}"


def _heading(words: str, level: int) -> str:
    return f"<h{level}>{escape(words)}</h{level}>"


def _line(line: BriefingLine, number: int) -> str:
    note = f'<sup><a href="#note{number}">[{number}]</a></sup>' if number else ""
    return f"<p{' class=missing' if line.missing else ''}>{escape(line.words)}{note}</p>"


def _note(note: BriefingNote, at: int, language: Language, receipt: ReceiptLink | None) -> str:
    words = escape(note.words)
    if receipt is not None:
        for asked, key in zip(note.receipts, ("receipt", "receipt_of_base"), strict=False):
            words += f' <a href="{escape(receipt(asked))}">{escape(briefing_text(key, language))}</a>'
    return f'<li id="note{at}">{words}</li>'
