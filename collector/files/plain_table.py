"""Tables whose header names their fields in any of the three languages, a row for each thing that is said. Pure."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from collector.files.field_faults import RefusedFields, RefusedMeasure
from collector.files.heading import is_note
from collector.files.measure_texts import MEASURE_TEXTS, measure_text
from collector.files.moment import day_ordinal
from collector.files.refused import Refused
from collector.files.result import PLACES_IN_FILES
from collector.files.sheet import Cell, SheetFile
from collector.files.total_lines import is_total
from collector.sentence import FilledText, Sentence, filled
from models.works.localize import Language

Said = TypeVar("Said")
_LONGEST_TEXT = 500
LIKE_A_HEADER = 2
"""A row with so many of our columns is a header with a slip, and no title. A judgement."""


class Coded(Protocol):
    """What has a code and names."""

    @property
    def code(self) -> str:
        """The short code."""
        ...

    @property
    def names(self) -> Mapping[str, str]:
        """By language."""
        ...


class TotalRow(Exception):
    """A row that says what others come to: it is about nothing of its own."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that was refused: where it is, and why. Row 0: the whole sheet. `field`: the one of it that was, where that
    is known; a row with several faults has each."""

    sheet: str
    row: int
    why: Sentence
    field: str = ""

    def told(self, language: Language) -> str:
        """Where it is, and why."""
        named = {"sheet": self.sheet, "row": str(self.row or "")}
        places = [filled(PLACES_IN_FILES[name], {name: text}, language) for name, text in named.items() if text]
        return ", ".join(places) + (": " if places else "") + self.why.told(language)


@dataclass(frozen=True, slots=True)
class PlainRow:
    """The cells of one row, by field."""

    cells: Sequence[Cell]
    header: Mapping[str, int]

    def cell(self, field: str) -> Cell:
        """As the file has it; None if it is empty, or if there is no such column."""
        at = self.header.get(field)
        value = None if at is None or at >= len(self.cells) else self.cells[at]
        return None if value is None or not str(value).strip() else value

    def text(self, field: str) -> str:
        """The cell as text without what no screen shows, cut at a length that no name has. Raises RefusedMeasure if it
        is empty."""
        value = self.cell(field)
        if value is None:
            raise RefusedMeasure(measure_text("empty", column=measure_text(field)))
        shown = "".join(letter if letter.isprintable() else " " for letter in str(value))
        return " ".join(shown.split())[:_LONGEST_TEXT]

    def day(self, field: str) -> int:
        """The cell as a date (an ordinal). Raises RefusedMeasure, UnreadableMoment."""
        words, value = self.text(field), self.cell(field)
        return value.toordinal() if isinstance(value, date) else day_ordinal(words)

    def past_day(self, field: str, today: int) -> int:
        """The same of something that was done by `today` (an ordinal)."""
        day = self.day(field)
        if day > today:
            raise RefusedMeasure(measure_text("in_future", value=self.text(field)))
        return day

    def known(self, field: str, names: Mapping[str, str]) -> str:
        """The code that the cell names. `names`: the codes by every way to write them. Raises RefusedMeasure, or
        TotalRow."""
        if any(map(is_total, self.cells)) and names.get(plain_word(self.cell(field))) is None:
            raise TotalRow
        code = names.get(plain_word(self.text(field)))
        if code is None:
            known = tuple(sorted(set(names.values())))
            raise RefusedMeasure(measure_text("unknown_subject", value=self.text(field), known=known))
        return code


@dataclass(frozen=True, slots=True)
class PlainTable:
    """The fields of a table, each a key of `MEASURE_TEXTS`, by which its columns are called; `needed`: those without
    which a row is no header. `also`: further words for a field."""

    fields: Sequence[str]
    needed: Sequence[str]
    also: Mapping[str, str]

    def lacking(self, cells: Sequence[Cell]) -> RefusedMeasure | None:
        """What a row lacks that seems to be a header: it has some of the columns; None for any other row."""
        found, unread = self._columns(cells)
        missing = tuple(measure_text(field) for field in self.needed if field not in found)
        if len(found) < LIKE_A_HEADER or not missing:
            return None
        key = "header_lacks_unread" if unread else "header_lacks"
        return RefusedMeasure(measure_text(key, columns=missing, unread=tuple(unread[:5])))

    def _columns(self, cells: Sequence[Cell]) -> tuple[dict[str, int], list[str]]:
        """By field its first column, and the words that are none."""
        words = {_heading(word): field for field in self.fields for word in (*MEASURE_TEXTS[field].values(), field)}
        words |= self.also
        found: dict[str, int] = {}
        unread: list[str] = []
        for at, cell in enumerate(cells):
            field = words.get(_heading(cell))
            if field is None:
                unread += [str(cell).strip()[:40]] if plain_word(cell) and not is_note(str(cell).strip(" ,%")) else []
            else:
                if field in found:
                    raise RefusedMeasure(measure_text("twice_named", column=measure_text(field)))
                found[field] = at
        return found, unread

    def header(self, cells: Sequence[Cell]) -> Mapping[str, int] | None:
        """By field its column; None for a row that is no header. Raises RefusedMeasure for two columns of one field."""
        found, unread = self._columns(cells)
        if not set(self.needed) <= found.keys():
            return None
        if unread:  # it may be a number under a name that nobody knows
            known = tuple(measure_text(field) for field in self.fields)
            raise RefusedMeasure(measure_text("unread_columns", columns=tuple(unread[:5]), known=known))
        return found


@dataclass(frozen=True, slots=True)
class TableRead(Generic[Said]):
    """What the rows of a file say, in their order, every row that was refused, and the numbers of rows of totals."""

    entries: list[Said]
    faults: list[RowFault]
    totals: list[int]

    def remark(self, file: str) -> FilledText | None:
        """That rows of totals were not taken; None if there were none."""
        return measure_text("totals_left", file=file, rows=tuple(map(str, self.totals))) if self.totals else None


def read_table(
    file: SheetFile, table: PlainTable, parse: Callable[[PlainRow], list[Said]], of: Callable[[Said], Hashable]
) -> TableRead[Said]:
    """`of`: what something is about; two rows about the same are refused."""
    entries: list[Said] = []
    faults: list[RowFault] = []
    totals: list[int] = []
    nearly: RowFault | None = None
    first: dict[Hashable, int] = {}
    headed = False
    for sheet in (each for each in file.sheets if not each.hidden):
        header: Mapping[str, int] | None = None
        for number, cells in sheet.rows:
            try:
                if header is None:
                    header = table.header(cells)
                    headed = headed or header is not None
                    lacking = None if header is not None or nearly is not None else table.lacking(cells)
                    nearly = nearly if lacking is None else RowFault(sheet.name, number, lacking.why)
                    continue
                read = parse(PlainRow(cells, header))
                again = next((first[of(each)] for each in read if of(each) in first), None)
                if again is not None:
                    raise RefusedMeasure(measure_text("same_row", row=str(again)))
            except TotalRow:
                totals.append(number)
            except RefusedFields as refused:
                faults += [RowFault(sheet.name, number, fault.why, fault.field) for fault in refused.faults]
            except (RefusedMeasure, Refused) as refused:
                why = refused.why if isinstance(refused, RefusedMeasure) else refused.refusal
                faults.append(RowFault(sheet.name, number, why))
                if header is None:
                    headed = True
                    break
            else:
                first |= {of(each): number for each in read}
                entries += read
    if not headed:
        columns = tuple(measure_text(field) for field in table.needed)
        faults.append(nearly or RowFault("", 0, measure_text("no_columns", columns=columns)))
    return TableRead(entries, faults, totals)


def plain_word(cell: Cell) -> str:
    """In lower case, with single spaces."""
    return " ".join(str("" if cell is None else cell).strip().lower().replace("_", " ").split())


def codes_by_word(known: Iterable[Coded]) -> Mapping[str, str]:
    """The codes, by every way to write them."""
    return {plain_word(word): each.code for each in known for word in (*each.names.values(), each.code)}


def _heading(cell: Cell) -> str:
    """A heading without its percent sign: growth, %."""
    return plain_word(cell).rstrip(" ,%")
