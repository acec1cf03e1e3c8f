"""What reading a file gives: entries, every row that was refused, with its reason, and what was read and what not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from collector.files.import_rule import ImportRule
from collector.files.places import NamedPlace
from collector.files.refusal import FileRefusal
from collector.files.total_read import TotalRead
from collector.sentence import filled

if TYPE_CHECKING:
    from collector.sentence import Texts
    from models.works.localize import Language

Entry = TypeVar("Entry")
PLACES_IN_FILES: "dict[str, Texts]" = {
    "sheet": {"en": "sheet {sheet}", "ru": "лист {sheet}", "kk": "{sheet} парағы"},
    "row": {"en": "row {row}", "ru": "строка {row}", "kk": "{row}-жол"},
}


@dataclass(frozen=True, slots=True)
class FileOptions:
    """What a person declared of a file.

    `unit_of_measure` ("t" or "kt") and `number_format` apply if the file itself does not say; `confirm` accepts
    figures and plans that are far over the daily targets; `origin` is who or what states the entries. `rule` is the one
    of the configuration for files of that name.
    """

    file: str
    unit_of_measure: str | None = None
    number_format: str | None = None
    confirm: bool = False
    origin: str = ""
    rule: ImportRule | None = None


@dataclass(frozen=True, slots=True)
class RowRejection:
    """A row that was refused: where it is, and why. Row 0: the whole sheet. `cell` is like E5, if one cell is meant."""

    file: str
    sheet: str
    row: int
    refusal: FileRefusal
    cell: str = ""

    def reason(self, language: "Language") -> str:
        """Why, with the next step."""
        return self.refusal.told(language)

    def told(self, language: "Language") -> str:
        """Where it is, and why."""
        # The number as it stands beside the row, without marks of thousands.
        named = {"sheet": self.sheet, "row": str(self.row or "")}
        places = [filled(PLACES_IN_FILES[name], {name: text}, language) for name, text in named.items() if text]
        return f"{', '.join([self.file, *places])}: {self.reason(language)}"


@dataclass(frozen=True, slots=True)
class Located(Generic[Entry]):
    """An entry and the row that it came from."""

    sheet: str
    row: int
    entry: Entry


class SheetState(StrEnum):
    """Whether a sheet was read, and if not why."""

    READ = "read"
    HIDDEN = "hidden"
    NO_HEADER = "no_header"  # a row names some of the columns, and not all that are needed
    REFUSED = "refused"  # its header names a field twice, or only what the other command reads
    NOTES = "notes"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column with its heading, "" if it has none. `field` is "" if it was not read; `left`: it has plans beside
    figures (plan), or output beside plans (output); `content`: a row under the heading has something in it.

    `telling`: nobody said what it is, and it may tell rows apart that are read as one.
    """

    letters: str
    heading: str
    field: str
    left: str
    content: bool
    telling: bool = False


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet: what was read of it and what not. `rows` are those under the header without hidden and skipped ones.

    `footer_rows` have one text alone; `totals` that its rows do not come to; `unit_of_title`: the unit of measure,
    where only its title says it, and so `shift_of_title`.
    """

    name: str
    state: SheetState
    header_row: int = 0
    rows: int = 0
    columns: Sequence[ColumnRead] = ()
    skipped_rows: Sequence[int] = ()
    footer_rows: Sequence[int] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    totals: Sequence[TotalRead] = ()
    unit_of_title: str = ""
    shift_of_title: str = ""


@dataclass(frozen=True, slots=True)
class FileReading:
    """What a person should know of how a file was read. `rule` is the name of the one that the configuration has for
    it, `span` the first and the last production date of it.
    """

    file: str
    kind: str
    encoding: str
    delimiter: str
    sheets: Sequence[SheetRead]
    rule: str = ""
    places: Sequence[NamedPlace] = ()
    span: tuple[date, date] | None = None

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return sum(sheet.rows for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class FileResult(Generic[Entry]):
    """The entries that can be believed, in the order of the file, and the rejections, in the same order."""

    entries: Sequence[Located[Entry]]
    rejections: Sequence[RowRejection]
    reading: FileReading
