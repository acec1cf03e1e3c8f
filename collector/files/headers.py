"""Which column holds what: the header row of a sheet, in English, Russian or Kazakh. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collector.files.number import unit_of_measure
from collector.files.sheet import Cell, Sheet

_NAMES: Mapping[str, tuple[str, ...]] = {
    "month": ("month", "месяц", "ай", "период"),
    "start": ("start", "from", "начало", "с", "басы", "басталуы"),
    "end": ("end", "to", "конец", "по", "до", "окончание", "соңы", "аяқталуы"),
    "site": ("site", "works", "площадка", "комбинат", "предприятие", "кәсіпорын", "алаң"),
    "shop": ("shop", "цех", "подразделение", "шахтоуправление"),
    "unit": ("unit", "агрегат", "объект", "шахта"),
    "product": ("product", "продукция", "продукт", "вид продукции", "өнім", "өнім түрі"),
    "tonnes": (
        *("tonnes", "tons", "output", "plan", "actual", "тонны", "тонн", "выпуск", "план", "факт", "добыча"),
        *("производство", "объем", "объём", "количество", "жоспар", "нақты", "өндіріс", "тонна", "көлемі"),
    ),
    "unit_of_measure": ("unit of measure", "ед. изм.", "ед.изм.", "единица измерения", "өлшем бірлігі"),
    "basis": ("basis", "базис", "состояние", "негіз"),
    "status": ("status", "статус", "мәртебе", "күйі"),
    "key": ("key", "ключ", "номер", "кілт"),
    "definition": ("definition", "определение", "анықтама"),
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names}
_UNIT_AFTER = re.compile(r"^(?P<name>.*?)\s*[,(\[]\s*(?P<unit>[^,()\[\]]+?)\s*[)\]]?$")


@dataclass(frozen=True, slots=True)
class Header:
    """Columns by field and the row that named them.

    `unit` is the unit of measure that the column of tonnes declares ("план, тыс. т"); `named_tonnes` whether its name
    alone is tonnes, which a person may declare otherwise.
    """

    row: int
    columns: Mapping[str, int]
    unit: str | None
    named_tonnes: bool

    def cell(self, cells: Sequence[Cell], field: str) -> Cell:
        """The cell of a field in a row; None if the row or the sheet has none."""
        column = self.columns.get(field)
        if column is None or column >= len(cells):
            return None
        value = cells[column]
        return None if value is None or not str(value).strip() else value

    def text(self, cells: Sequence[Cell], field: str) -> str:
        """The same as text without space around it; "" if there is none."""
        value = self.cell(cells, field)
        return "" if value is None else " ".join(str(value).split())


def find_header(sheet: Sheet, needed: Sequence[str]) -> Header | None:
    """The first row that names all `needed` columns; titles above it are passed over."""
    for number, cells in sheet.rows:
        columns: dict[str, int] = {}
        unit: str | None = None
        named_tonnes = False
        for column, cell in enumerate(cells):
            field, declared = _field(cell)
            # The first column of a name counts: forms repeat headers further right, for notes or for last year.
            if field and field not in columns:
                columns[field] = column
                unit = declared or unit
                named_tonnes |= field == "tonnes" and declared is None and _is_tonnes(cell)
        if all(field in columns for field in needed):
            return Header(number, columns, unit, named_tonnes)
    return None


def _field(cell: Cell) -> tuple[str | None, str | None]:
    """The field that a header cell names, and the unit of measure that it declares."""
    text = _text(cell)
    if text in _FIELDS:
        return _FIELDS[text], None
    if unit_of_measure(text):
        return "tonnes", unit_of_measure(text)
    after = _UNIT_AFTER.match(text)
    if after and after["name"] in _FIELDS and unit_of_measure(after["unit"]):
        return _FIELDS[after["name"]], unit_of_measure(after["unit"])
    return None, None


def _is_tonnes(cell: Cell) -> bool:
    return unit_of_measure(_text(cell)) == "t"


def _text(cell: Cell) -> str:
    return " ".join(str(cell or "").strip().lower().replace("_", " ").split())
