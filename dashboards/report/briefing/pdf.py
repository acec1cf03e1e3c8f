"""A briefing as PDF: one sheet of A4, upright."""

from pathlib import Path

import matplotlib as mpl
from fpdf import FPDF

from dashboards.report.printable import printable
from models.briefing.document import Briefing, BriefingLine
from models.briefing.texts import briefing_text

_FONT = "DejaVu"
_INK, _QUIET, _MISSING = (22, 32, 42), (90, 103, 114), (122, 74, 0)
_MARGIN_MM = 18.0
_TITLE_PT, _HEADING_PT, _TEXT_PT, _NOTE_PT = 15.0, 11.0, 10.0, 7.5
_STRETCH = 92.0
_SMALLEST = 0.75
"""Of the size of letters: below that a reader needs a glass, and two sheets are better."""


def briefing_pdf(briefing: Briefing) -> bytes:
    """The bytes of a PDF file. What does not fit on one sheet is written smaller; if that is too small, on two."""
    sheet = _drawn(briefing, 1.0)
    for size in (0.92, 0.84, _SMALLEST):
        if sheet.page_no() == 1:
            break
        smaller = _drawn(briefing, size)
        if smaller.page_no() == 1:
            sheet = smaller
    return bytes(sheet.output())


def _drawn(briefing: Briefing, size: float) -> FPDF:
    sheet = FPDF(orientation="portrait", format="A4")
    fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
    sheet.add_font(_FONT, "", fonts / "DejaVuSans.ttf")
    sheet.add_font(_FONT, "B", fonts / "DejaVuSans-Bold.ttf")
    sheet.set_margin(_MARGIN_MM)
    sheet.set_auto_page_break(auto=True, margin=_MARGIN_MM)
    sheet.set_title(briefing.title)
    sheet.set_lang(briefing.language)
    sheet.set_creator("Tundish")
    sheet.add_page()

    def written(words: str, points: float, *, bold: bool = False, colour: tuple[int, int, int] = _INK) -> None:
        sheet.set_font(_FONT, "B" if bold else "", points * size)
        sheet.set_stretching(_STRETCH)
        sheet.set_text_color(*colour)
        sheet.multi_cell(0, points * size * 0.48, printable(words), align="L", new_x="LMARGIN", new_y="NEXT")

    written(briefing.site, _TEXT_PT, colour=_QUIET)
    written(briefing.title, _TITLE_PT, bold=True)
    if briefing.simulated:
        written(briefing.simulated, _TEXT_PT, bold=True, colour=_MISSING)
    for section, numbered in briefing.numbered:
        sheet.ln(3 * size)
        written(section.heading, _HEADING_PT, bold=True)
        for line, number in numbered:
            written(_with_number(line, number), _TEXT_PT, colour=_MISSING if line.missing else _INK)
            sheet.ln(0.8 * size)
    if briefing.notes:
        sheet.ln(4 * size)
        written(briefing_text("notes", briefing.language), _NOTE_PT, bold=True, colour=_QUIET)
    for number, note in enumerate(briefing.notes, 1):
        written(f"[{number}] {note.words}", _NOTE_PT, colour=_QUIET)
    return sheet


def _with_number(line: BriefingLine, number: int) -> str:
    return f"{line.words} [{number}]" if number else line.words
