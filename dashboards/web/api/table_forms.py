"""Rows as a table in a file: CSV, XLSX and Parquet. Each row says of which works it is, and whether that is simulated.

A column is a field of the row; what a report has beside (`more`) gets columns of its own. Rows are made one after the
other as they are written: fifty thousand of them at once would take 200 MB. Pure but for its libraries.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from types import NoneType
from typing import Any, get_args
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import AwareDatetime, BaseModel

from dashboards.report.cells import harmless
from models.works.plant import Plant

CellOf = str | int | float | bool | date | datetime | None
MORE = "more"
ROWS_A_GROUP = 10_000
"""Of a Parquet file: what is in memory as cells beside it."""
_TYPES: dict[object, str] = {bool: "flag", int: "whole", date: "date", AwareDatetime: "instant"}
_WIDTHS = {"name": 26, "start": 20, "end": 20, "evidence": 60}


@dataclass(frozen=True, slots=True)
class ColumnedRows:
    """`rows` are cells in the order of `columns`, to be gone through once. `types`: by column, its JSON type and
    format. `zone`: of instants. `widths`: of the columns in a sheet, in letters (None: by their names and types)."""

    name: str
    columns: Sequence[str]
    types: Sequence[str]
    rows: Iterable[Sequence[CellOf]]
    zone: ZoneInfo
    widths: Sequence[int] | None = None


def columned(name: str, rows: Iterable[BaseModel], kind: type[BaseModel], plant: Plant) -> ColumnedRows:
    """Rows of a kind as a table."""
    own = [field for field in kind.model_fields if field != MORE]
    extra: dict[str, str] = {}
    if MORE in kind.model_fields:  # all of them say which columns there are
        rows = list(rows)
    for row in rows if isinstance(rows, list) else ():
        for field, value in getattr(row, MORE, {}).items():
            extra[field] = "text" if isinstance(value, str) or extra.get(field) == "text" else "number"
    types = [_type_of(kind, field) for field in own]
    found = (
        [plant.site, plant.simulated, *(_cell(getattr(row, field)) for field in own), *_extra(row, extra)]
        for row in rows
    )
    return ColumnedRows(
        name, ["site", "simulated", *own, *extra], ["text", "flag", *types, *extra.values()], found, plant.zone
    )


def _extra(row: BaseModel, extra: dict[str, str]) -> Iterator[CellOf]:
    more = getattr(row, MORE, {})
    for field, kind in extra.items():
        value = more.get(field)
        yield value if value is None else str(value) if kind == "text" else float(value)


def _cell(value: Any) -> CellOf:  # noqa: ANN401 - a field of any row
    return ", ".join(value) if isinstance(value, tuple) else value


def _type_of(kind: type[BaseModel], field: str) -> str:
    """text, flag, whole, tonnes, number, date or instant."""
    annotation = kind.model_fields[field].annotation
    said = next(iter(each for each in get_args(annotation) or (annotation,) if each is not NoneType))
    if said is float:
        return "tonnes" if field.endswith("tonnes") else "number"
    return _TYPES.get(said, "text")


def to_csv(table: ColumnedRows) -> bytes:
    """UTF-8 with commas and a decimal point; instants with their offset; an unknown figure is an empty cell."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    return written.getvalue().encode()


def _csv_cell(cell: CellOf) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def to_xlsx(*tables: ColumnedRows) -> bytes:
    """A sheet for each, with real numbers and dates, the headings in view. Instants are those of the clocks of the
    works."""
    book = Workbook(write_only=True)
    for table in tables:
        _add_sheet(book, table)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _add_sheet(book: Workbook, table: ColumnedRows) -> None:
    sheet = book.create_sheet(table.name[:31])
    sheet.freeze_panes = "A2"
    # Printed, all columns stand on one page.
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    widths = table.widths or [_width(column, kind) for column, kind in zip(table.columns, table.types, strict=True)]
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    headings = []
    for column in table.columns:
        cell = WriteOnlyCell(sheet, column)
        cell.font = Font(bold=True)
        headings.append(cell)
    sheet.append(headings)
    for row in table.rows:
        sheet.append([_xlsx_cell(sheet, cell, table.zone) for cell in row])


def _width(column: str, kind: str) -> int:
    width = 20 if kind == "instant" else next((width for word, width in _WIDTHS.items() if word in column), 13)
    return max(width, len(column) + 2)  # the headings are bold


def _xlsx_cell(sheet: Any, cell: CellOf, zone: ZoneInfo) -> Any:  # noqa: ANN401 - types of the library
    if isinstance(cell, datetime):
        return cell.astimezone(zone).replace(tzinfo=None)  # a sheet knows no zones
    if not isinstance(cell, str):
        return cell
    made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", cell))
    made.data_type = "s"  # never a formula
    return made


def to_parquet(table: ColumnedRows) -> bytes:
    """Parquet: tonnes as exact decimals, instants in the zone of the works."""
    import pyarrow as pa
    from pyarrow import parquet

    types = {
        "text": pa.string(),
        "flag": pa.bool_(),
        "whole": pa.int64(),
        "tonnes": pa.decimal128(19, 6),
        "number": pa.float64(),
        "date": pa.date32(),
        "instant": pa.timestamp("us", tz=str(table.zone)),
    }
    schema = pa.schema([(name, types[kind]) for name, kind in zip(table.columns, table.types, strict=True)])
    file, rows = io.BytesIO(), iter(table.rows)
    with parquet.ParquetWriter(file, schema) as writer:
        while some := list(islice(rows, ROWS_A_GROUP)):
            arrays: list[pa.Array[Any]] = []
            for at, kind in enumerate(table.types):
                values = [row[at] for row in some]
                given = [_exact(value) for value in values] if kind == "tonnes" else values
                arrays.append(pa.array(given, types[kind]))
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    return file.getvalue()


def _exact(value: CellOf) -> Decimal | None:
    # Grams are whole, so six decimals are all there are; what was not counted (a rate, an estimate) is rounded to them.
    return None if value is None else Decimal(repr(value)).quantize(Decimal("0.000001"))
