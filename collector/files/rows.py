"""The rows of a file under its header, with what every kind of file has in common: place, tonnes, rejections. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from collector.files.headers import Header, find_header
from collector.files.moment import UnreadableMoment
from collector.files.number import UnreadableNumber, grams, unit_of_measure
from collector.files.places import NamedPlace, UnknownPlace, find_place
from collector.files.result import FileOptions, FileResult, Located, RowRejection
from collector.files.sheet import Cell, Sheet
from models.works.plant import Plant

Entry = TypeVar("Entry")


class RefusedRow(ValueError):
    """The text is the reason, with the next step."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row under its header."""

    header: Header
    cells: Sequence[Cell]
    options: FileOptions

    def text(self, field: str) -> str:
        """A cell as text; "" if there is none."""
        return self.header.text(self.cells, field)

    def cell(self, field: str) -> Cell:
        """A cell as the file has it. Raises RefusedRow if it is empty."""
        value = self.header.cell(self.cells, field)
        if value is None:
            raise RefusedRow(f"{field} is empty: fill it in")
        return value

    def place(self, plant: Plant) -> NamedPlace:
        """Where it was made, and what."""
        return find_place(plant, self.text("site"), self.text("shop"), self.text("unit"), self.text("product"))

    def grams(self) -> int:
        """Its tonnes in grams, by the declared unit of measure and number format."""
        return grams(self.cell("tonnes"), self._unit(), self.options.number_format)

    def _unit(self) -> str:
        own = self.text("unit_of_measure")
        if own:
            unit = unit_of_measure(own)
            if unit is None:
                raise RefusedRow(f'unit of measure "{own}" is unknown: write t or kt (тыс. т, мың т)')
            return unit
        declared, option = self.header.unit, self.options.unit_of_measure
        if declared and option and declared != option:
            raise RefusedRow(f"its column is in {declared} and --unit-of-measure says {option}: fix one of them")
        unit = declared or option or ("t" if self.header.named_tonnes else None)
        if unit is None:
            raise RefusedRow(
                "no unit of measure is declared: name the column like 'тонны' or 'plan, kt', or give --unit-of-measure"
            )
        return unit


def read_rows(
    sheets: Sequence[Sheet], needed: Sequence[str], options: FileOptions, parse: Callable[[FileRow], Entry]
) -> FileResult[Entry]:
    """Every row that `parse` can read, and the others with what it raised."""
    entries: list[Located[Entry]] = []
    rejections: list[RowRejection] = []
    headers = [(sheet, find_header(sheet, needed)) for sheet in sheets]
    for sheet, header in headers:
        if header is None:
            # A workbook often has a sheet of notes: it matters only if no sheet has a header.
            if sheet.rows and not any(found for _, found in headers):
                reason = f"no header row names the columns {', '.join(needed)}: add one above the rows"
                rejections.append(RowRejection(options.file, sheet.name, 0, reason))
            continue
        # Every row is read, so that a person sees all faults of a form at once.
        for number, cells in _under(sheet, header):
            try:
                entries.append(Located(sheet.name, number, parse(FileRow(header, cells, options))))
            except (RefusedRow, UnreadableNumber, UnreadableMoment, UnknownPlace) as error:
                rejections.append(RowRejection(options.file, sheet.name, number, str(error)))
    if not entries and not rejections:
        rejections.append(RowRejection(options.file, "", 0, "it holds no rows: check that it is the right file"))
    return FileResult(entries, rejections)


def _under(sheet: Sheet, header: Header) -> Iterator[tuple[int, Sequence[Cell]]]:
    return ((number, cells) for number, cells in sheet.rows if number > header.row)


def refused(result: FileResult[Entry], reasons: dict[int, str], options: FileOptions) -> FileResult[Entry]:
    """`result` with the entries at these indexes refused too."""
    rejections = [
        *result.rejections,
        *(
            RowRejection(options.file, located.sheet, located.row, reasons[index])
            for index, located in enumerate(result.entries)
            if index in reasons
        ),
    ]
    kept = [located for index, located in enumerate(result.entries) if index not in reasons]
    return FileResult(kept, sorted(rejections, key=lambda item: (item.sheet, item.row)))
