"""The rows of a file under its header, with what every kind of file has in common: place, tonnes, rejections. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, Protocol, TypeVar

from collector.files.file_row import FileRow, check_cells
from collector.files.headers import FileForm, Header, NearHeader, find_header
from collector.files.number import unit_of_measure
from collector.files.refusal import FileRefusal, RefusalCode
from collector.files.refused import Refused, unreadable
from collector.files.result import (
    ColumnRead,
    FileOptions,
    FileReading,
    FileResult,
    Located,
    RowRejection,
    SheetRead,
    SheetState,
)
from collector.files.sheet import ADDED_COLUMNS, PLACE_OF_CELL, Misfit, Sheet, SheetFile, column_letters
from collector.files.total_lines import TotalLines, is_total
from collector.files.words import words


class _Stated(Protocol):
    """A figure or a plan."""

    @property
    def grams(self) -> int | None:
        """What it states; None: nothing."""


Entry = TypeVar("Entry", bound=_Stated)
MOST_REJECTIONS = 10_000
"""With more refused rows a file is refused as a whole: a person reads the first screen of them. It bounds memory."""
TELL_EVERY = 100_000  # rows between two words of progress: some seconds


@dataclass(slots=True)
class _Reading(Generic[Entry]):
    """What was read of a file up to now. `unnamed` are entries whose row leaves its unit or shop empty, by index."""

    options: FileOptions
    plans: bool
    delimiter: str
    progress: Callable[[int], None] | None
    entries: list[Located[Entry]] = field(default_factory=list)
    rejections: list[RowRejection] = field(default_factory=list)
    sheets: list[SheetRead] = field(default_factory=list)
    unnamed: dict[int, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    seen: int = 0

    @property
    def gathers_totals(self) -> bool:
        """Whether lines may be left out as totals, which are then compared with what was read."""
        return self.options.rule is not None and bool(self.options.rule.skip)

    def refuse(self, sheet: str, row: int, refusal: FileRefusal, cell: str = "") -> None:
        self.rejections.append(RowRejection(self.options.file, sheet, row, refusal, cell))


def read_rows(
    file: SheetFile,
    options: FileOptions,
    parse: Callable[[FileRow], Entry],
    *,
    plans: bool,
    progress: Callable[[int], None] | None = None,
) -> FileResult[Entry]:
    """Every row that `parse` can read, and the others with what it raised. `progress` is told how many were read.

    Raises UnreadableFile if most of it has to be refused.
    """
    reading: _Reading[Entry] = _Reading(options, plans, file.delimiter, progress)
    nearly: list[tuple[Sheet, NearHeader]] = []
    for sheet in file.sheets:
        if sheet.hidden:
            reading.sheets.append(SheetRead(sheet.name, SheetState.HIDDEN))
            continue
        try:
            form = FileForm.of(options.rule, plans=plans, sheet=sheet.name)
            header = find_header(sheet.rows, form, sheet.hidden_columns)
        except Refused as error:
            reading.refuse(sheet.name, 0, error.refusal)
            reading.sheets.append(SheetRead(sheet.name, SheetState.REFUSED))
            continue
        if isinstance(header, NearHeader):
            nearly.append((sheet, header))
        else:
            _read_sheet(reading, sheet, header, parse)
    _tell_unread(reading, nearly)
    _refuse_unnamed(reading)
    if not reading.entries and not reading.rejections:
        reading.refuse("", 0, FileRefusal(RefusalCode.NO_ROWS, {}))
    rule = "" if options.rule is None else options.rule.name
    told = FileReading(options.file, file.kind, file.encoding, file.delimiter, reading.sheets, rule)
    return FileResult(reading.entries, sorted(reading.rejections, key=_place), told)


def refused(result: FileResult[Entry], reasons: dict[int, FileRefusal], options: FileOptions) -> FileResult[Entry]:
    """`result` with the entries at these indexes refused too."""
    if not reasons:
        return result
    rejections = [
        *result.rejections,
        *(
            RowRejection(options.file, result.entries[index].sheet, result.entries[index].row, reason)
            for index, reason in reasons.items()
        ),
    ]
    kept = [located for index, located in enumerate(result.entries) if index not in reasons]
    return replace(result, entries=kept, rejections=sorted(rejections, key=_place))


def _place(rejection: RowRejection) -> tuple[str, int]:
    return rejection.sheet, rejection.row


def _read_sheet(reading: _Reading[Entry], sheet: Sheet, header: Header, parse: Callable[[FileRow], Entry]) -> None:
    count, unseen = 0, set(range(header.width)) - set(header.columns.values())
    telling: set[int] = set()
    skipped: list[int] = []
    totals = TotalLines()
    rule = reading.options.rule
    footers: list[int] = []
    header = _with_unit_below(header, sheet)
    for number, cells in _under(sheet, header):
        row = FileRow(header, cells, number, reading.options)
        if rule is not None and rule.skip and any(rule.skips(cell) for cell in cells):
            if not skipped or skipped[-1] != number:
                skipped.append(number)
            totals.line(row)
            continue
        # A signature, a date, a name of a group: one text alone states nothing. In a CSV file it may be a row that is
        # not separated as the others are.
        if (not sheet.counted and row.is_one_text) or row.is_numbers_of_columns:
            footers.append(number)
            continue
        count += 1
        reading.seen += 1
        if reading.progress is not None and reading.seen % TELL_EVERY == 0:
            reading.progress(reading.seen)
        if unseen and not isinstance(cells, Misfit):
            telling |= row.telling(unseen)
            unseen -= {column for column in unseen if row.filled(column)}
        # Every row is read, so that a person sees all faults of a form at once.
        try:
            if sheet.counted:
                check_cells(row, reading.delimiter)
            entry = parse(row)
        except Refused as error:
            refusal = _of_total(row) or error.refusal
            reading.refuse(sheet.name, number, refusal, row.cell_name(error.field))
            if len(reading.rejections) > MOST_REJECTIONS:
                first = reading.rejections[0]
                raise unreadable(RefusalCode.MOSTLY_REFUSED, most=MOST_REJECTIONS, first=first) from error
            continue
        _note_names(reading, row)
        if reading.gathers_totals:
            totals.add(row, entry.grams or 0)
        reading.entries.append(Located(sheet.name, number, entry))
    totals.end_row()
    beyond = () if sheet.counted else _beyond(sheet, header)
    hidden = tuple(column_letters(column) for column in sheet.hidden_columns)
    columns = [
        replace(read, telling=at in telling)
        for at, read in enumerate(_columns(header, unseen, "output" if reading.plans else "plan"))
    ]
    told = SheetRead(
        sheet.name,
        SheetState.READ,
        header.row,
        count,
        [*columns, *beyond],
        skipped_rows=skipped,
        footer_rows=footers,
        hidden_rows=sheet.hidden_rows,
        hidden_columns=hidden,
        totals=totals.differing,
        unit_of_title=_unit_of_title(header, reading.options),
        shift_of_title=header.title_shift,
    )
    reading.sheets.append(told)


def _with_unit_below(header: Header, sheet: Sheet) -> Header:
    """The header with the unit of measure that the row below it says of its amount."""
    number, cells = next(_under(sheet, header), (0, ()))
    column = header.columns["tonnes"]
    below = unit_of_measure(str(cells[column] or "")) if column < len(cells) else None
    others = [str(cell) for at, cell in enumerate(cells) if at != column and cell is not None and str(cell).strip()]
    if below is None or header.amount.unit is not None or any(re.search(r"\d", text) for text in others):
        return header
    return replace(header, row=number, amount=replace(header.amount, unit=below))


def _under(sheet: Sheet, header: Header) -> Iterator[tuple[int, Sequence[object]]]:
    amount = header.columns["tonnes"]
    heading = header.headings[amount]
    for number, cells in sheet.rows:
        # The header comes again at the top of each printed page.
        again = len(cells) > amount and cells[amount] == heading
        if number > header.row and not again:
            yield number, cells


def _of_total(row: FileRow) -> FileRefusal | None:
    """Of a row that was refused, that it is a total or a footer: text in one cell, or a word for a total."""
    filled = [str(cell).strip() for cell in row.cells if cell is not None and str(cell).strip()]
    named = next((cell for cell in row.cells if is_total(cell)), None)
    # "Начальник смены", and at the right the name.
    signed = filled and len(filled) <= 2 and not any(re.search(r"\d", text) for text in filled[1:])
    text = named if named is not None else filled[0] if signed else None
    if not isinstance(text, str) or not re.match(r"[^\W\d]", text.strip()):
        return None
    # As much as tells it from rows that are read: "Шахта" would leave out every mine.
    word = re.split(r"[\s:,(]", text.strip())[0] if named is not None else text.partition(":")[0].strip()
    return FileRefusal(RefusalCode.TOTAL_LINE, {"text": " ".join(text.split()), "word": word})


def _unit_of_title(header: Header, options: FileOptions) -> str:
    """The unit of measure that only the title gives; "" if the heading or a person does."""
    known = header.amount.unit or options.unit_of_measure or header.amount.named_tonnes
    return "" if known or len(header.title_units) != 1 else next(iter(header.title_units))


def _columns(header: Header, unseen: set[int], other: str) -> Iterator[ColumnRead]:
    fields = {column: name for name, column in header.columns.items()}
    for column, heading in enumerate(header.headings):
        if heading == PLACE_OF_CELL:
            continue
        if header.headings[-1] == PLACE_OF_CELL and column >= header.width - ADDED_COLUMNS:
            heading = ""  # a layout added it: the file has none
        left, content = other if column in header.left else "", column not in unseen
        yield ColumnRead(column_letters(column), heading, fields.get(column, ""), left, content)


def _beyond(sheet: Sheet, header: Header) -> Iterator[ColumnRead]:
    """Columns with content to the right of the header, without a heading."""
    found: set[int] = set()
    for number, cells in sheet.rows:
        if number > header.row and len(cells) > header.width:
            found.update(column for column in range(header.width, len(cells)) if str(cells[column] or "").strip())
    return (ColumnRead(column_letters(column), "", "", left="", content=True) for column in sorted(found))


def _note_names(reading: _Reading[Entry], row: FileRow) -> None:
    """Which of unit and shop this row names, and which it leaves empty though its sheet has the column."""
    for name in ("unit", "shop"):
        if name not in row.header.columns:
            continue
        if row.names(name):
            reading.named.add(name)
        elif not row.text(name) and not row.names("unit"):
            reading.unnamed.setdefault(len(reading.entries), name)


def _refuse_unnamed(reading: _Reading[Entry]) -> None:
    """Tonnes of a row without its unit would be those of the whole shop or works."""
    codes = {"unit": RefusalCode.UNIT_EMPTY, "shop": RefusalCode.SHOP_EMPTY}
    lost = {index: name for index, name in reading.unnamed.items() if name in reading.named}
    for index, name in lost.items():
        located = reading.entries[index]
        reading.refuse(located.sheet, located.row, FileRefusal(codes[name], {}))
    if lost:
        reading.entries = [located for index, located in enumerate(reading.entries) if index not in lost]


def _tell_unread(reading: _Reading[Entry], nearly: Sequence[tuple[Sheet, NearHeader]]) -> None:
    """A sheet whose header lacks a column is refused. A sheet of notes matters only if no sheet has a header."""
    alone = not any(sheet.state is SheetState.READ for sheet in reading.sheets)
    for sheet, near in nearly:
        empty = next(iter(sheet.rows), None) is None
        # Two fields in one row are no chance: it is a header with a slip in it.
        if near.known >= 2:
            names = {"row": str(near.row), "columns": words(near.lacking)}
            code = RefusalCode.SHEET_WITH_SLIPS if near.slips else RefusalCode.SHEET_NOT_READ
            slips = {"slips": tuple(near.slips)} if near.slips else {}
            reading.refuse(sheet.name, 0, FileRefusal(code, {**names, **slips}))
        elif alone and not empty:
            names = {"columns": words(FileForm.of(reading.options.rule, plans=reading.plans).lacking(()))}
            reading.refuse(sheet.name, 0, FileRefusal(RefusalCode.NO_HEADER, names))
        state = SheetState.EMPTY if empty else SheetState.NO_HEADER if near.known >= 2 else SheetState.NOTES
        reading.sheets.append(SheetRead(sheet.name, state, hidden_rows=sheet.hidden_rows))
