"""Files with the places of the works, in which only the tonnes are missing. Pure but for its library."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from dashboards.report.cells import harmless
from models.stated.entry_sheet import AskedSheet, SheetKind, SheetLine, sheet_lines, sheet_spans
from models.stated.figure import RECEIVED, SHIPPED, STOCK
from models.works.calendar import NS, production_day
from models.works.localize import Language
from models.works.month import month_of, shifted
from models.works.place import ALL
from models.works.plant import Plant

CellOfTemplate = str | date | datetime | None
_HEADINGS: dict[str, dict[Language, str]] = {
    "date": {"en": "Date", "ru": "Дата", "kk": "Күні"},
    "shift": {"en": "Shift", "ru": "Смена", "kk": "Ауысым"},
    "start": {"en": "Start", "ru": "Начало", "kk": "Басы"},
    "end": {"en": "End", "ru": "Конец", "kk": "Соңы"},
    "month": {"en": "Month", "ru": "Месяц", "kk": "Ай"},
    "shop": {"en": "Shop", "ru": "Цех", "kk": "Цех"},
    "unit": {"en": "Unit", "ru": "Агрегат", "kk": "Агрегат"},
    "product": {"en": "Product", "ru": "Продукция", "kk": "Өнім"},
    "basis": {"en": "Basis", "ru": "Базис", "kk": "Негіз"},
    "tonnes": {"en": "Tonnes", "ru": "Тонны", "kk": "Тонна"},
}
_BASES: dict[str, dict[Language, str]] = {
    STOCK: {"en": "stock", "ru": "остаток", "kk": "қалдық"},
    RECEIVED: {"en": "received", "ru": "получено", "kk": "алынды"},
    SHIPPED: {"en": "shipped", "ru": "отгружено", "kk": "жөнелтілді"},
}
_ALL: dict[Language, str] = {"en": "all", "ru": "все", "kk": "барлығы"}
_TIMES = {
    SheetKind.SHIFTS: ("date", "shift"),
    SheetKind.STOCKS: ("start", "end"),
    SheetKind.SURVEYS: ("month",),
    SheetKind.PLANS: ("month",),
}
_WIDTHS = {"shop": 28, "unit": 28, "product": 24, "start": 18, "end": 18}


@dataclass(frozen=True, slots=True)
class FileTemplate:
    """`name`: of its file, without the suffix."""

    name: str
    columns: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[CellOfTemplate]]


def file_template(plant: Plant, kind: SheetKind, shops: Sequence[str], now_ns: int, language: Language) -> FileTemplate:
    """That of the last whole day or month; of plans the month to come. `shops`: those with rows of their own."""
    days = {code: _day(plant, kind, code, now_ns) for code in shops}
    columns = [*_TIMES[kind], "shop", "unit", "product", *(["basis"] if kind is SheetKind.STOCKS else []), "tonnes"]
    rows = [row for code in shops for row in _rows(plant, AskedSheet(kind, code, days[code]), language)]
    first = date.fromordinal(min(days.values(), default=1))
    when = f"{first:%Y-%m}" if kind.of_month else first.isoformat()
    return FileTemplate(
        f"tundish-{kind.value}-{when}", columns, [_HEADINGS[column][language] for column in columns], rows
    )


def template_csv(template: FileTemplate, language: Language) -> bytes:
    """UTF-8 with its mark and semicolons, as spreadsheets of these languages open it."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(template.headings)
    for row in template.rows:
        writer.writerow([_as_text(cell, language) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def template_xlsx(template: FileTemplate) -> bytes:
    """One sheet with real dates, the headings in view."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Tundish")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(template.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 13)
    headings = []
    for heading in template.headings:
        cell = WriteOnlyCell(sheet, heading)
        cell.font = Font(bold=True)
        headings.append(cell)
    sheet.append(headings)
    for row in template.rows:
        cells = [WriteOnlyCell(sheet, each) for each in row]  # type: ignore[arg-type]  # dates it takes too
        for made, value in zip(cells, row, strict=True):
            if isinstance(value, str):
                made.data_type = "s"  # never a formula
            elif isinstance(value, datetime):
                made.number_format = "dd.mm.yyyy hh:mm"
            elif isinstance(value, date):
                made.number_format = "dd.mm.yyyy"
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _day(plant: Plant, kind: SheetKind, shop: str, now_ns: int) -> int:
    today = production_day(plant.shops[shop].calendar, now_ns).toordinal()
    if kind is SheetKind.PLANS:
        return shifted(month_of(today), 1)
    return shifted(month_of(today), -1) if kind.of_month else today - 1


def _rows(plant: Plant, asked: AskedSheet, language: Language) -> Iterator[Sequence[CellOfTemplate]]:
    for line in _lines(plant, asked):
        names = plant.shops[asked.shop].names
        shop = names.get(language) or names["en"]
        unit = _ALL[language] if line.unit == ALL else plant.units[line.unit].name(language)
        place = [shop, unit, plant.products[line.product].name(language)]
        basis = [_BASES[line.basis][language]] if asked.kind is SheetKind.STOCKS else []
        for time in _times(plant, asked, line, language):
            yield [*time, *place, *basis, None]


def _lines(plant: Plant, asked: AskedSheet) -> list[SheetLine]:
    lines = sheet_lines(plant, asked, ())
    if lines or asked.kind is not SheetKind.SHIFTS or any(unit.by_hand for unit in plant.units.values()):
        return lines
    # Where nothing is stated by hand, it may come to that: what the counters of a shop make.
    return sheet_lines(plant, AskedSheet(SheetKind.SURVEYS, asked.shop, asked.day), ())


def _times(plant: Plant, asked: AskedSheet, line: SheetLine, language: Language) -> Iterator[Sequence[CellOfTemplate]]:
    first = date.fromordinal(asked.days[0])
    calendar = plant.shops[asked.shop].calendar
    spans = sheet_spans(calendar, asked)
    if asked.kind.of_month:
        yield [f"{first:%Y-%m}" if language == "en" else f"{first:%m.%Y}"]
    elif asked.kind is SheetKind.SHIFTS:
        for number in range(1, len(spans) + 1):
            yield [first, str(number) if len(spans) > 1 else None]
    else:
        start, end = (_wall(at_ns, plant, asked.shop) for at_ns in spans[0])
        yield [end if line.basis == STOCK else start, end]


def _wall(at_ns: int, plant: Plant, shop: str) -> datetime:
    zone = plant.shops[shop].calendar.zone
    return datetime.fromtimestamp(at_ns // NS, UTC).astimezone(zone).replace(tzinfo=None)  # a sheet knows no zones


def _as_text(cell: CellOfTemplate, language: Language) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}" if language == "en" else f"{cell:%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat() if language == "en" else f"{cell:%d.%m.%Y}"
    return "" if cell is None else harmless(str(cell))
