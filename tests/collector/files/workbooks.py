"""Workbooks as the cases describe them, and files whose parts were edited as no library would write them."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def workbook_file(path: Path, described: Mapping[str, Any]) -> Path:
    """A workbook of `sheets`, with what else is said of the first of them."""
    book = Workbook()
    for number, (name, rows) in enumerate(described["sheets"].items()):
        sheet: Any = book.active if number == 0 else book.create_sheet()
        sheet.title = name
        _fill(sheet, rows)
        if name in described.get("hidden_sheets", ()):
            sheet.sheet_state = "hidden"
    first: Any = book.worksheets[0]
    for cell, formula in described.get("formulas", {}).items():
        first[cell] = formula
    for cells in described.get("merged", ()):
        first.merge_cells(cells)
    for row in described.get("hidden_rows", ()):
        first.row_dimensions[row].hidden = True
    for column in described.get("hidden_columns", ()):
        first.column_dimensions[column].hidden = True
    book.save(path)
    if "dimension" in described:
        stated = first.dimensions
        edit_part(path, "xl/worksheets/sheet1.xml", f'ref="{stated}"', f'ref="{described["dimension"]}"')
    return path


def _fill(sheet: Worksheet, rows: Sequence[Sequence[object]]) -> None:
    for row_number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell: Any = sheet.cell(row_number, column, value)  # type: ignore[arg-type]
            if isinstance(value, date):
                cell.number_format = "dd.mm.yyyy hh:mm" if isinstance(value, datetime) else "dd.mm.yyyy"


def ods_file(path: Path, tables: str) -> Path:
    """A workbook of OpenDocument with these tables."""
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for name, kind in names.items()
    )
    # No program writes space between cells.
    tables = "".join(line.strip() for line in tables.splitlines())
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def edit_part(path: Path, part: str, old: str, new: str) -> None:
    """Put `new` for `old` in one part of a zipped file; `old` has to be there."""
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            parts[info.filename] = archive.read(info)
    text = parts[part].decode()
    assert old in text, text[:500]
    parts[part] = text.replace(old, new).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
