"""One row of a file under its header: its cells by field, its place, its tonnes. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from collector.files.headers import Header
from collector.files.heading import heading_of, is_note
from collector.files.number import grams, unit_of_measure
from collector.files.places import ALL_WORDS, NamedPlace, PlaceFinder
from collector.files.refusal import RefusalCode
from collector.files.refused import Refused
from collector.files.result import FileOptions
from collector.files.sheet import ADDED_COLUMNS, PLACE_OF_CELL, Cell, MergedCell, Misfit, NoStoredValue, column_letters
from collector.files.words import Word


class RefusedRow(Refused):
    """The text is the reason, with the next step."""

    def __init__(self, code: RefusalCode, /, in_field: str | None = None, **parameters: object) -> None:
        super().__init__(code, **parameters)
        self.field = in_field


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row under its header."""

    header: Header
    cells: Sequence[Cell]
    number: int
    options: FileOptions

    def text(self, field: str) -> str:
        """A cell as text without space around it; "" if there is none. Raises RefusedRow."""
        value = self._value(field)
        return "" if value is None else " ".join(str(value).split())

    def cell(self, field: str) -> Cell:
        """A cell as the file has it. Raises RefusedRow if it is empty."""
        value = self._value(field)
        if value is None:
            raise RefusedRow(RefusalCode.CELL_EMPTY, field, field=Word(field))
        return value

    def has(self, field: str) -> bool:
        """Whether the file has the field: a column of it, or one text for all rows."""
        return field in self.header.columns or field in self.header.fixed

    def heading(self, field: str) -> str:
        """The heading of a field's column, as it is written."""
        return self.header.headings[self.header.columns[field]] if field in self.header.columns else field

    def names(self, field: str) -> bool:
        """Whether its unit or shop is one of the plant's, and not all of them."""
        return self.text(field).lower() not in ALL_WORDS

    def filled(self, column: int) -> bool:
        """Whether a column has something in this row."""
        return column < len(self.cells) and self.cells[column] is not None and bool(str(self.cells[column]).strip())

    @property
    def is_one_text(self) -> bool:
        """Whether it has one text alone, which may stand in merged cells, and no amount."""
        amount = self.header.columns["tonnes"]
        texts = {str(cell).strip() for cell in self.cells if cell is not None and str(cell).strip()}
        typed = [at for at, cell in enumerate(self.cells) if self.filled(at) and not isinstance(cell, MergedCell)]
        return len(texts) == 1 and bool(typed) and amount not in typed

    @property
    def is_numbers_of_columns(self) -> bool:
        """Whether it is the row below a header that counts its columns: 1, 2, 3."""
        if self.number > self.header.row + 2:
            return False
        filled = [str(cell).strip().removesuffix(".0") for cell in self.cells if str(cell or "").strip()]
        return len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]

    def telling(self, columns: Iterable[int]) -> set[int]:
        """Those of the unread columns whose cell may say what the row is about: no note, share or measured value."""
        header, found = self.header, set()
        for column in columns:
            heading = header.headings[column]
            # A measured value has decimals, or its unit of measure in the heading: ash, moisture, a temperature.
            if not self.filled(column) or isinstance(self.cells[column], float) or "," in heading or is_note(heading):
                continue
            if heading != PLACE_OF_CELL and column not in header.left and column not in header.ignored:
                found.add(column)
        return found

    def cell_name(self, field: str | None) -> str:
        """Where a field stands, like E5; "" if it has no column."""
        column = self.header.columns.get(field) if field else None
        if column is None:
            return ""
        added = self.laid_out and column >= self.header.width - ADDED_COLUMNS
        if added and len(self.cells) == self.header.width:
            return str(self.cells[-1] or "")
        return f"{column_letters(column)}{self.number}"

    def place(self, finder: PlaceFinder) -> NamedPlace:
        """Where it was made, and what. Raises RefusedRow, UnknownPlace."""
        if not self.has("unit"):
            self._check_total()
        return finder.find(self.text("site"), self.text("shop"), self.text("unit"), self.text("product"))

    def grams(self) -> int:
        """Its tonnes in grams, by the declared unit of measure and number format.

        Raises RefusedRow, UnreadableNumber.
        """
        column = self.header.columns["tonnes"]
        cell = self.cells[column] if column < len(self.cells) else None
        # Merged tonnes are one amount of several rows: each would have all of it.
        if isinstance(cell, MergedCell):
            raise RefusedRow(RefusalCode.AMOUNT_MERGED, "tonnes", cells=cell.cells)
        value = self.cell("tonnes")
        try:
            return grams(value, self._unit(), self.options.number_format)
        except Refused as error:
            error.field = error.field or "tonnes"
            raise

    def grams_in(self, column: int) -> int:
        """The tonnes of another column, in its own unit of measure or that of the amount. Raises Refused."""
        value = self.cells[column] if column < len(self.cells) else None
        heading = heading_of(f"output, {self.header.headings[column].rpartition(',')[2]}")
        unit = heading.unit if heading is not None and heading.unit else self._unit()
        return grams("" if value is None else value, unit, self.options.number_format)

    @property
    def laid_out(self) -> bool:
        """Whether it is one of several amounts of a row, to which a layout has added what each belongs to."""
        return self.header.headings[-1] == PLACE_OF_CELL

    @property
    def owner(self) -> str:
        """The unit or month whose column its amount stands in; "" if every row has one amount."""
        at = self.header.width - ADDED_COLUMNS
        return str(self.cells[at]) if self.laid_out and at < len(self.cells) else ""

    def _value(self, field: str) -> Cell:
        column = self.header.columns.get(field)
        if column is None:
            return self.header.fixed.get(field)
        value = self.cells[column] if column < len(self.cells) else None
        if isinstance(value, MergedCell):
            value = value.value
        if isinstance(value, NoStoredValue):
            raise RefusedRow(RefusalCode.NO_STORED_VALUE, field, cell=value.cell)
        return None if value is None or (isinstance(value, str) and not value.strip()) else value

    def _check_total(self) -> None:
        """Without a column of units a row is a total, unless a heading that nobody knows hides the unit."""
        for column in sorted(self.telling(self.header.unread)):
            letters, value = column_letters(column), str(self.cells[column]).strip()
            heading = self.header.headings[column]
            raise RefusedRow(RefusalCode.TOTAL_BESIDE_UNREAD, column=letters, heading=heading, value=value)

    def _unit(self) -> str:
        own = self.text("unit_of_measure")
        if own:
            unit = unit_of_measure(own)
            if unit is None:
                raise RefusedRow(RefusalCode.UNKNOWN_UNIT_OF_MEASURE, "unit_of_measure", value=own)
            return self._as_titled(unit) if self.laid_out else unit
        amount, option = self.header.amount, self.options.unit_of_measure
        if amount.unit and option and amount.unit != option:
            raise RefusedRow(RefusalCode.UNITS_OF_MEASURE_DIFFER, column=amount.unit, option=option)
        unit = amount.unit or option or ("t" if amount.named_tonnes else None)
        if unit is not None:
            return self._as_titled(unit)
        if len(self.header.title_units) != 1:
            raise RefusedRow(RefusalCode.NO_UNIT_OF_MEASURE)
        return next(iter(self.header.title_units))

    def _as_titled(self, unit: str) -> str:
        """The unit of a heading, unless the title of the form names another one."""
        titles = self.header.title_units
        if titles and unit not in titles and not self.options.confirm:
            raise RefusedRow(RefusalCode.TITLE_DIFFERS, "tonnes", title=tuple(sorted(titles)), column=unit)
        return unit


def check_cells(row: FileRow, delimiter: str) -> None:
    """A row of a CSV file has as many cells as its header, and none that runs on over other rows. Raises RefusedRow."""
    cells, width = row.cells, row.header.width
    if isinstance(cells, Misfit):
        width -= ADDED_COLUMNS
    # Empty cells after the last heading say nothing: spreadsheet programs pad rows with them.
    if len(cells) > width and any(str(cell).strip() for cell in cells[width:]):
        raise RefusedRow(RefusalCode.MORE_CELLS, cells=len(cells), columns=width)
    if len(cells) < width:
        raise RefusedRow(RefusalCode.FEWER_CELLS, cells=len(cells), columns=width)
    for cell in cells:
        if "\n" in str(cell) and any(delimiter in line for line in str(cell).splitlines()[1:]):
            raise RefusedRow(RefusalCode.ROW_SWALLOWED, line=str(row.number))
