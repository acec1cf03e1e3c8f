"""Turns a sheet with a column for each unit or each month into one with a row for each amount. Pure.

Every cell stays in its column; what an amount belongs to stands in added columns at the right. So what the file says
beside its amounts is read, or named as unread, as of any other sheet.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from collector.files.headers import LOOKED_AT, FileForm, goes_on_below
from collector.files.heading import Sense, is_note
from collector.files.import_rule import FileLayout, ImportRule
from collector.files.moment import UnreadableMoment, moment, month
from collector.files.number import unit_of_measure
from collector.files.places import PlaceFinder
from collector.files.sheet import PLACE_OF_CELL, Cell, Misfit, Sheet, SheetFile, column_letters

_ADDED = {
    FileLayout.UNIT_COLUMNS: ("unit", "output", "unit of measure", PLACE_OF_CELL),
    FileLayout.MONTH_COLUMNS: ("month", "output", "unit of measure", PLACE_OF_CELL),
}
_MEASURED = re.compile(r"^(?P<name>.*?)\s*[,(\[]\s*(?P<unit>[^,()\[\]]+?)\s*[)\]]?$")
_TIMES = {"date", "start", "period", "month"}


@dataclass(frozen=True, slots=True)
class Amounts:
    """The columns of a sheet that hold amounts, by index, each with the unit or the month that its heading names.

    `grouped`: headings of other columns below a common one, with its words: "Итого Факт".
    """

    header_row: int
    width: int
    owners: Mapping[int, Cell]
    measures: Mapping[int, str]
    grouped: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OneAmountARow:
    """The rows of a sheet, each given once for every amount in it; gone through anew whenever it is asked."""

    sheet: Sheet
    amounts: Amounts
    added: Sequence[str]

    def __iter__(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        found = self.amounts
        for number, cells in self.sheet.rows:
            if number < found.header_row:
                yield number, cells
                continue
            row = list(cells)
            # Empty cells after the last heading say nothing; others show that the row does not fit.
            while len(row) > found.width and (row[-1] is None or not str(row[-1]).strip()):
                row.pop()
            if not self.sheet.counted:
                row.extend([None] * (found.width - len(row)))
            if self.sheet.counted and len(row) != found.width:
                yield number, Misfit(row)
                continue
            bare = [None if column in found.owners else cell for column, cell in enumerate(row)]
            if number == found.header_row:
                headings = [found.grouped.get(column, cell) for column, cell in enumerate(bare)]
                yield number, [*headings, *self.added]
                continue
            for column, owner in found.owners.items():
                if _filled(row[column]):
                    place = f"{column_letters(column)}{number}"
                    yield number, [*bare, owner, row[column], found.measures.get(column), place]


def laid_out(file: SheetFile, rule: ImportRule | None, finder: PlaceFinder) -> SheetFile:
    """A file as the rule for it says that it is to be read; a sheet without a header of that layout stays as it is."""
    if rule is None or rule.layout is FileLayout.ROWS:
        return file
    return replace(file, sheets=[_sheet(sheet, rule, finder) for sheet in file.sheets])


def _sheet(sheet: Sheet, rule: ImportRule, finder: PlaceFinder) -> Sheet:
    if sheet.hidden:
        return sheet
    amounts = _amounts(sheet, rule, _owner(rule, finder))
    return sheet if amounts is None else replace(sheet, rows=OneAmountARow(sheet, amounts, _ADDED[rule.layout]))


def owners_of(sheet: Sheet, rule: ImportRule, finder: PlaceFinder) -> tuple[Cell, ...]:
    """The units or months that columns of a sheet are named for."""
    owner = _owner(rule, finder)
    amounts = _amounts(sheet, rule, owner)
    return () if amounts is None else tuple(of for of in amounts.owners.values() if owner(of) is not None)


def _owner(rule: ImportRule, finder: PlaceFinder) -> Callable[[Cell], Cell]:
    return _unit_of(rule, finder) if rule.layout is FileLayout.UNIT_COLUMNS else _month_of(rule)


def _amounts(sheet: Sheet, rule: ImportRule, owner: Callable[[Cell], Cell]) -> Amounts | None:
    """The header of a sheet with amounts in several columns; `owner` says whose a heading is, None if nobody's."""
    form = FileForm.of(rule, plans=rule.plans, sheet=sheet.name)
    above: dict[int, str] = {}
    for count, (number, cells) in enumerate(sheet.rows):
        if count >= LOOKED_AT:
            return None
        groups, above = above, _texts(cells)
        if goes_on_below(number, cells):
            continue
        named = {heading.field for cell in cells if (heading := form.heading(cell)) is not None}
        headings = {
            column: cell for column, cell in enumerate(cells) if _filled(cell) and column not in sheet.hidden_columns
        }
        owners = {column: of for column, cell in headings.items() if (of := owner(_name(cell))) is not None}
        # One date may stand in a title, and units in any row: beside them a header names what the rows are.
        beside = named & _TIMES if rule.layout is FileLayout.UNIT_COLUMNS else named or len(owners) > 1
        grouped: dict[int, str] = {}
        if not owners and beside and rule.layout is FileLayout.UNIT_COLUMNS:
            owners, grouped = _below_units(headings, groups, form, owner)
        if not owners or not beside:
            continue
        if rule.layout is FileLayout.UNIT_COLUMNS and not grouped:
            # What is no field, no note and no subtotal is a unit, and if the plant has none of that name its rows are
            # refused: a slip in a heading loses nothing.
            owners = {
                column: owners.get(column, _name(cell))
                for column, cell in headings.items()
                if form.heading(cell) is None and not is_note(str(cell)) and not rule.skips(cell)
                if column in owners or form.slip(cell) is None
            }
        measures = {column: unit for column, cell in headings.items() if (unit := _measure(cell)) is not None}
        # Beside the table of a spreadsheet there may be more, which is kept in its place.
        width = max(headings) + 1 if sheet.counted else max(len(row) for _, row in sheet.rows)
        others = {column: text for column, text in grouped.items() if column not in owners}
        return Amounts(number, width, owners, measures, others)
    return None


def _texts(cells: Sequence[Cell]) -> dict[int, str]:
    """What stands in a row, over all columns of merged cells."""
    return {column: " ".join(str(cell).split()) for column, cell in enumerate(cells) if _filled(cell)}


def _below_units(
    headings: Mapping[int, Cell], groups: Mapping[int, str], form: FileForm, owner: Callable[[Cell], Cell]
) -> tuple[dict[int, Cell], dict[int, str]]:
    """Columns of amounts below the units of the row above, "План | Факт" below each; and their headings with the words
    above them. What is above and no subtotal is a unit, so that a slip in its name is refused.
    """
    amounts = {column: found for column, cell in headings.items() if (found := form.heading(cell)) is not None}
    amounts = {column: found for column, found in amounts.items() if found.field == "tonnes" and column in groups}
    if not any(owner(_name(groups[column])) is not None for column in amounts):
        return {}, {}
    other = Sense.FACT if form.plans else Sense.PLAN
    grouped = {column: f"{groups[column]} {headings[column]}" for column in amounts}
    owners: dict[int, Cell] = {
        column: _name(groups[column])
        for column, found in amounts.items()
        if found.sense is not other and not form.ignores(groups[column])
    }
    return owners, grouped


def _unit_of(rule: ImportRule, finder: PlaceFinder) -> Callable[[Cell], Cell]:
    known = {word.casefold() for word in rule.units}
    for code, unit in finder.plant.units.items():
        known |= {code.casefold(), *(name.casefold() for name in unit.names.values())}
    return lambda cell: cell if str(cell).casefold() in known else None


def _month_of(rule: ImportRule) -> Callable[[Cell], Cell]:
    def owner(cell: Cell) -> Cell:
        for value in (cell, f"{cell} {rule.year}") if rule.year is not None else (cell,):
            try:
                found = month(value)
                day = moment(value).day.toordinal() if _is_day(value) else found
            except UnreadableMoment:
                continue
            # A date within a month is no heading of that month.
            return value if day == found else None
        return None

    return owner


def _is_day(value: Cell) -> bool:
    return isinstance(value, date) or re.match(r"\d{1,2}\.\d{1,2}\.\d|\d{4}-\d{1,2}-\d", str(value)) is not None


def _name(cell: Cell) -> Cell:
    """A heading without its unit of measure."""
    if not isinstance(cell, str):
        return cell
    text = " ".join(cell.split())
    measured = _MEASURED.match(text)
    return measured["name"] if measured and unit_of_measure(measured["unit"]) else text


def _measure(cell: Cell) -> str | None:
    measured = _MEASURED.match(" ".join(cell.split())) if isinstance(cell, str) else None
    return measured["unit"] if measured and unit_of_measure(measured["unit"]) else None


def _filled(cell: Cell) -> bool:
    return cell is not None and bool(str(cell).strip())
