"""A document as a spreadsheet. Numbers stay numbers, and text never becomes a formula: names come from configurations
and imported files, and a cell that begins with "=" would run in the reader's spreadsheet."""

import io
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from dashboards.report.cells import shown_value
from dashboards.report.document import ReportDocument
from dashboards.report.texts import report_text

_BOLD = Font(bold=True)
_TOTAL = PatternFill("solid", fgColor="E6EDF2")


def to_xlsx(document: ReportDocument, more: Mapping[str, ReportDocument] | None = None) -> bytes:
    """The bytes of an XLSX file; `more`: by their names, what has sheets of their own behind it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has a sheet
    sheet.title = "report"
    _fill(sheet, document)
    for name, other in (more or {}).items():
        _fill(book.create_sheet(name), other)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, document: ReportDocument) -> None:
    above = [document.title, *([document.simulated] if document.simulated else [])]
    above += [f"{name}: {value}" for name, value in document.header]
    width = len(document.columns)
    for number, line in enumerate(above, start=1):
        _text(_cell(sheet, number, 1), line)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=width)
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    top = _headings(sheet, document, len(above) + 2)
    for at, entry in enumerate(document.lines, start=top + 1):
        for number, (value, column) in enumerate(zip(entry.cells, document.columns, strict=True), start=1):
            cell = _cell(sheet, at, number)
            if isinstance(value, str):
                _text(cell, value)
            elif value is not None:
                cell.value = float(shown_value(value, column))
                places = f".{'0' * column.decimals}" if column.decimals else ""
                plain = f"#,##0{places}"
                cell.number_format = f"+{plain};-{plain};{plain}" if column.signed else plain
            if entry.level != "unit":
                cell.font, cell.fill = _BOLD, _TOTAL
    below = top + len(document.lines) + 2
    for at, note in enumerate(document.notes, start=below):
        _text(_cell(sheet, at, 1), note)
    for at, who in enumerate(document.signatures, start=below + len(document.notes) + 1):
        _text(_cell(sheet, at, 1), f"{who}: {'_' * 40}")
    # The place and its heading stay in view: the daily report is wider than a screen.
    sheet.freeze_panes = f"C{top + 1}"
    _set_up_print(sheet, document, top)


def _headings(sheet: Worksheet, document: ReportDocument, top: int) -> int:
    """One row of headings, or two with what the columns are of above them; the number of the last."""
    grouped = any(column.group for column in document.columns)
    number = 1
    for name, count in document.groups if grouped else ():
        if name:
            cell = _cell(sheet, top, number)
            _text(cell, name)
            cell.font, cell.alignment = _BOLD, Alignment(horizontal="center", vertical="bottom")
            sheet.merge_cells(start_row=top, start_column=number, end_row=top, end_column=number + count - 1)
        number += count
    row = top + 1 if grouped else top
    for number, column in enumerate(document.columns, start=1):
        cell = _cell(sheet, row, number)
        _text(cell, column.title)
        cell.font, cell.alignment = _BOLD, Alignment(wrap_text=True, vertical="bottom")
        # In characters: names of units need 26, figures with their separators 14.
        sheet.column_dimensions[get_column_letter(number)].width = 26 if column.decimals is None and number < 4 else 14
    return row


def _set_up_print(sheet: Worksheet, document: ReportDocument, top: int) -> None:
    """A4 across, as wide as the sheet, the headings on every page and its number below."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{top - 1 if any(column.group for column in document.columns) else top}:{top}"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.4, bottom=0.6, header=0.2, footer=0.3)
    footer = sheet.HeaderFooter.oddFooter
    assert footer is not None  # noqa: S101 - a new sheet has one
    footer.right.text = report_text("page_of", document.language).format(page="&P", pages="&N")


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - nothing is merged there yet
    return cell


def _text(cell: Cell, text: str) -> None:
    # A control character is none of XML's: the library refuses it, and there would be no report.
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
    # After the value: openpyxl makes a formula of a text with "=" when it is set.
    cell.data_type = "s"
