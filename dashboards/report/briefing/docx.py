"""A briefing as DOCX, which whoever sends it on can still work on."""

import io

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Mm, Pt

from dashboards.report.printable import printable
from models.briefing.document import Briefing
from models.briefing.texts import briefing_text

_FONT = "Arial"
"""It has the letters of Kazakh on any office machine."""
_TEXT_PT, _NOTE_PT = 11, 8.5


def briefing_docx(briefing: Briefing) -> bytes:
    """The bytes of the file: A4, with headings by style. What is not known is marked."""
    document = Document()
    _set_up(document, briefing)
    document.add_paragraph(printable(briefing.site))
    document.add_heading(printable(briefing.title), level=1)
    if briefing.simulated:
        document.add_paragraph().add_run(briefing.simulated).bold = True
    for section, numbered in briefing.numbered:
        document.add_heading(printable(section.heading), level=2)
        for line, number in numbered:
            paragraph = document.add_paragraph()
            run = paragraph.add_run(printable(line.words))
            if line.missing:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            if number:
                paragraph.add_run(f" [{number}]").font.superscript = True
    if briefing.notes:
        document.add_heading(briefing_text("notes", briefing.language), level=2)
    for number, note in enumerate(briefing.notes, 1):
        document.add_paragraph().add_run(printable(f"[{number}] {note.words}")).font.size = Pt(_NOTE_PT)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: DocxDocument, briefing: Briefing) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(18)
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = _FONT
        style.paragraph_format.space_after = Pt(3)
    document.styles["Normal"].font.size = Pt(_TEXT_PT)
    document.core_properties.title = briefing.title
    document.core_properties.language = briefing.language
    document.core_properties.author = "Tundish"
