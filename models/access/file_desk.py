"""How people hand in files at the desk, as a Protocol that the command's wiring fulfils."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from models.access.entry_desk import Told
from models.access.user import Right, User
from models.stated.figure import Figure

LARGEST_UPLOAD_BYTES = 50_000_000
"""A year of hourly figures of twenty units has some 10 MB; larger histories are imported on the server."""
BY_NAME, PLAIN, LEARNED = "", "-", "?"
"""In place of the name of a layout: the one whose pattern fits the name of the file, none, or one that is learned from
the file itself. No name of an entry of `imports` is one of these."""


def right_for_file(*, plans: bool) -> Right:
    """What a person needs at each shop of which a file states something."""
    return Right.PLAN if plans else Right.STATE_FIGURES


class FileControl(StrEnum):
    """What a refusal may ask a person to say of the file; values are those of the command line."""

    CONFIRM = "--confirm"
    KEEP_GOOD = "--keep-good"
    MOVE_KEYS = "--replace"
    NUMBER_FORMAT = "--number-format"
    UNIT_OF_MEASURE = "--unit-of-measure"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChoice:
    """What a person says of a file. `product`: of all rows, where a learned layout does not know it."""

    plans: bool = False
    layout: str = BY_NAME
    product: str = ""
    unit_of_measure: str = ""
    number_format: str = ""
    confirm: bool = False
    keep_good: bool = False
    move_keys: bool = False


@dataclass(frozen=True, slots=True)
class LookedColumn:
    """`field`: what the column is taken for; None if it was not read."""

    letters: str
    heading: str
    field: Told | None


@dataclass(frozen=True, slots=True)
class LookedSheet:
    """`name` is "" for a CSV file. `read`: whether rows of it were."""

    name: str
    read: bool
    header_row: int
    rows: int
    columns: Sequence[LookedColumn]


@dataclass(frozen=True, slots=True)
class LookedSum:
    """Grams of a product at units, shops or the site (`level`), beside target and month before; None: not known."""

    product: str
    level: str
    grams: int
    target_grams: int | None
    before_grams: int | None


@dataclass(frozen=True, slots=True)
class LookedMonth:
    """Grams of a product at a level in one month (ordinal of its first day)."""

    product: str
    level: str
    month: int
    grams: int


@dataclass(frozen=True, slots=True)
class LookedChange:
    """A figure that the file would replace; a plan as it stands on a sheet. `meanwhile`: `old` was stated after the
    person had looked."""

    old: Figure
    new: Figure
    meanwhile: bool


@dataclass(frozen=True, slots=True)
class LookedFault:
    """A refused row: where, and why. `row` 0: the whole sheet. `cell`: such as E5, "" if no single one is meant."""

    sheet: str
    row: int
    cell: str
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLook:
    """What taking a file would do. `refused`: why it cannot be taken at all, None if it can.

    `seen_ns`: the newest word that was there. `faults`, `replaced` and `remarks` are the first of them, `fault_count`,
    `replaced_count` and `remark_count` how many there are; `good`: rows that could be taken. `controls`: what the
    faults ask for. `proposal`: a learned layout as the configuration would have it; `questions`: what it does not tell;
    `asks_product`: the product of all rows is one of them.
    """

    file: str
    plans: bool
    seen_ns: int = 0
    refused: Told | None = None
    told: Sequence[Told] = ()
    sheets: Sequence[LookedSheet] = ()
    places: Sequence[tuple[str, str]] = ()
    span: tuple[date, date] | None = None
    new: int = 0
    known: int = 0
    replaced_count: int = 0
    replaced: Sequence[LookedChange] = ()
    sums: Sequence[LookedSum] = ()
    months: Sequence[LookedMonth] = ()
    fault_count: int = 0
    faults: Sequence[LookedFault] = ()
    remark_count: int = 0
    remarks: Sequence[Told] = ()
    good: int = 0
    controls: frozenset[FileControl] = frozenset()
    proposal: Told | None = None
    questions: Sequence[Told] = ()
    asks_product: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedStatement:
    """Figures or plans that were stated together, in a file or on a sheet. `figures`: the first of `count`, plans as
    they stand on a sheet. `undone_by` "": they were not."""

    number: int
    planned: bool
    shops: Sequence[str]
    author: str
    recorded_ns: int
    file: str
    figures: Sequence[Figure]
    count: int
    undone_by: str


class FileUpload(Protocol):
    """A file on its way in. Each call blocks."""

    def write(self, piece: bytes) -> None:
        """Keep a piece of it. Raises ActionRefused if it is too large, or the disk is full."""
        ...

    def finish(self) -> str:
        """Its name for `FileDesk`. Raises ActionRefused for a file without a byte."""
        ...

    def drop(self) -> None:
        """Forget it; also after `finish`."""
        ...


class FileDesk(Protocol):
    """Each call blocks, and raises ActionRefused: for what the user may not do too, whatever the page offered.

    An upload is its user's alone, and goes when it was taken, when it is dropped, and by itself after a while.
    """

    def receive(self, user: User, name: str) -> FileUpload:
        """Begin to take a file in; `name` as the browser sent it."""
        ...

    def layouts(self, *, plans: bool) -> Sequence[str]:
        """The names of those that the configuration has."""
        ...

    def look(self, user: User, upload: str, choice: FileChoice, since_ns: int = 0) -> FileLook:
        """What taking it would do; nothing is stored. `since_ns`: what was said after it, is told as said meanwhile.

        Refused, and forgotten, if it is more than is read here.
        """
        ...

    def take(self, user: User, upload: str, choice: FileChoice, seen_ns: int) -> int:
        """State what the file states, in one transaction; its number, 0 if all of it stood already. An upload is taken
        once, however often it is asked.

        Refused if somebody stated one of its figures after `seen_ns`.
        """
        ...

    def drop(self, user: User, upload: str) -> None:
        """Forget a file."""
        ...

    def statements(self, limit: int) -> Sequence[ListedStatement]:
        """What was stated in files and on sheets, the newest first."""
        ...
