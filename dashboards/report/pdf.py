"""A document as PDF: A4 across, headings on every page, every letter embedded.

By fpdf2, which needs nothing of the system: a plant without internet has what the bundle has. The letters are those of
DejaVu Sans, which has the Kazakh ones and comes with matplotlib; a tenth narrower, as its own condensed cut is.
"""

from pathlib import Path

import matplotlib as mpl
from fpdf import FPDF
from fpdf.enums import CellBordersLayout, TableBordersLayout, TableHeadingsDisplay, WrapMode
from fpdf.fonts import FontFace

from dashboards.report.cells import cell_text, shown_value
from dashboards.report.document import CellValue, Column, Line, ReportDocument
from dashboards.report.page_fit import LARGEST_PT, PageFit, page_fit, unbroken
from dashboards.report.printable import printable
from dashboards.report.texts import report_text

MARGIN_MM = 10.0
_WIDTH_MM = 297.0 - 2 * MARGIN_MM
_PADDING_MM = 0.8
_STRETCH = 90.0
_FONT = "DejaVu"
_INK, _QUIET, _LINE = (22, 32, 42), (90, 103, 114), (195, 203, 210)
_UP, _DOWN = (28, 107, 53), (179, 38, 30)
_FILL = {"site": (226, 234, 240), "shop": (243, 246, 248)}
_TITLE_PT, _TEXT_PT, _SMALL_PT = 13.0, 8.0, 7.0
_ONE_SHEET_PT = 6.75
"""Read well at arm's length; a works of some thirty rows is on one sheet then."""
_MEASURED_PT = 10.0


class _Sheet(FPDF):
    """A sheet of paper with what stands on every page: whose report of what it is, and the number of the page."""

    def __init__(self, document: ReportDocument) -> None:
        super().__init__(orientation="landscape", format="A4")
        self._document = document
        fonts = Path(mpl.get_data_path()) / "fonts" / "ttf"
        self.add_font(_FONT, "", fonts / "DejaVuSans.ttf")
        self.add_font(_FONT, "B", fonts / "DejaVuSans-Bold.ttf")
        self.set_margin(MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=MARGIN_MM + 5)
        self.c_margin = 0.0
        self.set_title(document.title)
        self.set_lang(document.language)
        self.set_creator("Tundish")

    def header(self) -> None:
        """A page by itself says whose figures these are, of what, and whether they are real."""
        document = self._document
        if self.page_no() == 1:
            return
        self.letters(_SMALL_PT, colour=_QUIET)
        parts = [document.title, *(f"{name}: {value}" for name, value in document.header[:2])]
        self.multi_cell(_WIDTH_MM, 4, printable("; ".join(parts)), align="L", new_x="LMARGIN", new_y="NEXT")
        if document.simulated:
            self.letters(_SMALL_PT, bold=True, colour=_DOWN)
            self.multi_cell(_WIDTH_MM, 4, document.simulated, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(2)

    def footer(self) -> None:
        """The number of the page, and of all pages."""
        self.set_y(-MARGIN_MM - 2)
        self.letters(_SMALL_PT, colour=_QUIET)
        shown = report_text("page_of", self._document.language).format(page=self.page_no(), pages="{nb}")
        self.cell(_WIDTH_MM, 4, shown, align="R")

    def letters(self, size_pt: float, *, bold: bool = False, colour: tuple[int, int, int] = _INK) -> None:
        """What is written next is in these letters."""
        self.set_font(_FONT, "B" if bold else "", size_pt)
        self.set_stretching(_STRETCH)
        self.set_text_color(*colour)

    def measure(self, text: str, bold: bool) -> float:
        """The width of a text (mm) in letters of one point."""
        self.letters(_MEASURED_PT, bold=bold)
        return float(self.get_string_width(printable(text))) / _MEASURED_PT


def to_pdf(document: ReportDocument) -> bytes:
    """The bytes of a PDF file."""
    document = document.on_paper()
    sheet, size_pt = _drawn(document, LARGEST_PT)
    # Lines to sign on a sheet of their own are signed for nothing: somewhat smaller, all of it may be on one.
    if sheet.page_no() == 2 and size_pt > _ONE_SHEET_PT:
        smaller, _ = _drawn(document, _ONE_SHEET_PT)
        sheet = smaller if smaller.page_no() == 1 else sheet
    return bytes(sheet.output())


def _drawn(document: ReportDocument, largest_pt: float) -> tuple[_Sheet, float]:
    """The sheet, and the size of letters of its table (points)."""
    sheet = _Sheet(document)
    size_pt = largest_pt
    sheet.add_page()
    _head(sheet, document)
    if document.lines:
        fit = page_fit(document, _WIDTH_MM, _PADDING_MM, sheet.measure, largest_pt)
        size_pt = fit.size_pt
        _table(sheet, document, fit)
    else:
        sheet.letters(_TEXT_PT)
        sheet.multi_cell(_WIDTH_MM, 5, document.empty, align="L", new_x="LMARGIN", new_y="NEXT")
    _below(sheet, document)
    return sheet, size_pt


def _head(sheet: _Sheet, document: ReportDocument) -> None:
    sheet.letters(_TITLE_PT, bold=True)
    sheet.multi_cell(_WIDTH_MM, 6, printable(document.title), align="L", new_x="LMARGIN", new_y="NEXT")
    if document.simulated:
        sheet.letters(_TEXT_PT, bold=True, colour=_DOWN)
        sheet.multi_cell(_WIDTH_MM, 5, document.simulated, align="L", new_x="LMARGIN", new_y="NEXT")
    sheet.ln(1)
    for name, value in document.header:
        sheet.letters(_TEXT_PT, colour=_QUIET)
        label = f"{printable(name)}: "
        width = sheet.get_string_width(label) + 1
        sheet.cell(width, 4.4, label)
        sheet.letters(_TEXT_PT)
        sheet.multi_cell(_WIDTH_MM - width, 4.4, printable(value), align="L", new_x="LMARGIN", new_y="NEXT")
    sheet.ln(2)


def _table(sheet: _Sheet, document: ReportDocument, fit: PageFit) -> None:
    grouped = any(column.group for column in document.columns)
    sheet.letters(fit.size_pt)
    sheet.set_draw_color(*_LINE)
    sheet.set_line_width(0.15)
    with sheet.table(
        width=_WIDTH_MM,
        col_widths=fit.widths_mm,
        align="LEFT",
        line_height=fit.size_pt * 0.42,
        padding=(0.5, _PADDING_MM),
        borders_layout=TableBordersLayout.NONE,
        headings_style=FontFace(emphasis="BOLD", color=_INK, fill_color=(255, 255, 255)),
        num_heading_rows=2 if grouped else 1,
        repeat_headings=TableHeadingsDisplay.ON_TOP_OF_EVERY_PAGE,
        wrapmode=WrapMode.WORD,
        v_align="MIDDLE",
    ) as table:
        if grouped:
            above, at = table.row(), 0
            for name, count in document.groups:
                border = _border(document.begins_group(at), below=bool(name))
                above.cell(printable(name), colspan=count, align="CENTER", v_align="BOTTOM", border=border)
                at += count
        headings = table.row()
        for at, column in enumerate(document.columns):
            border = _border(document.begins_group(at))
            headings.cell(unbroken(printable(column.title)), align=_align(column), v_align="BOTTOM", border=border)
        for line in document.lines:
            row = table.row()
            for at, column in enumerate(document.columns):
                text = printable(cell_text(line.cells[at], column, document.language))
                style, border = _style(line.cells[at], column, line), _border(document.begins_group(at))
                row.cell(text, align=_align(column), style=style, border=border)


def _style(value: CellValue, column: Column, line: Line) -> FontFace:
    colour = _INK
    if value is None:
        colour = _QUIET
    elif column.signed and not isinstance(value, str) and shown_value(value, column):
        colour = _UP if value > 0 else _DOWN
    return FontFace(
        emphasis="BOLD" if line.level != "unit" and value is not None else None,
        color=colour,
        fill_color=_FILL.get(line.level),
    )


def _border(begins: bool, *, below: bool = True) -> CellBordersLayout:
    left = CellBordersLayout.LEFT if begins else CellBordersLayout.NONE
    return left | CellBordersLayout.BOTTOM if below else left


def _below(sheet: _Sheet, document: ReportDocument) -> None:
    sheet.ln(3)
    sheet.letters(_SMALL_PT, colour=_QUIET)
    for note in document.notes:
        sheet.multi_cell(_WIDTH_MM, 3.8, printable(note), align="L", new_x="LMARGIN", new_y="NEXT")
    if not document.lines or not document.signatures:
        return
    if sheet.will_page_break(22):
        sheet.add_page()
    sheet.set_y(sheet.get_y() + 14)
    sheet.set_draw_color(*_INK)
    gap, width = 12.0, (_WIDTH_MM - 12.0 * (len(document.signatures) - 1)) / len(document.signatures)
    top = sheet.get_y()
    for number, who in enumerate(document.signatures):
        left = MARGIN_MM + number * (width + gap)
        sheet.line(left, top, left + width, top)
        sheet.set_xy(left, top + 1)
        sheet.letters(_SMALL_PT, colour=_QUIET)
        sheet.cell(width, 4, who)


def _align(column: Column) -> str:
    return "LEFT" if column.decimals is None else "RIGHT"
