"""How people state figures at the desk, as a Protocol that the command's wiring fulfils."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from models.access.typed_correction import CheckedCorrection, TypedCorrection
from models.access.user import Right, User
from models.stated.adjustment import Adjustment
from models.stated.entry_sheet import AskedSheet, SheetKind, SheetLine
from models.stated.figure import Figure
from models.stated.usual_range import UsualRange
from models.works.localize import Language

Told = Callable[[Language], str]
"""A sentence, once the language is known."""


def right_for(kind: SheetKind) -> Right:
    """What a person needs at the shop to state something on such a sheet."""
    return Right.PLAN if kind is SheetKind.PLANS else Right.STATE_FIGURES


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCell:
    """`standing`: what is stated there now; None: nothing, or it was withdrawn. `version`: of the newest word, 0 for
    none; it changes with each. `begun`: its span has begun, so that something can be said of it."""

    id: str
    span_ns: tuple[int, int]
    standing: Figure | None
    version: int
    begun: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """`before`: grams in the same columns a day or month before. `usual`: of the last figures of such a span. `target`:
    grams that are due in the whole sheet. None where it is not known."""

    line: SheetLine
    cells: tuple[SheetCell, ...]
    before: tuple[int | None, ...]
    usual: UsualRange | None
    target: int | None


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """A sheet as it stands. `closed`: the books of its month are."""

    asked: AskedSheet
    rows: tuple[SheetRow, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class TypedCell:
    """What somebody typed into a cell that showed the version `seen`."""

    id: str
    text: str
    seen: int


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """`request` is made by the browser, and is another one whenever something else is typed. `language`: of the page,
    which says how numbers are written."""

    asked: AskedSheet
    request: str
    cells: tuple[TypedCell, ...]
    language: Language
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """What a cell would change. `old`: the newest word, its grams None where it was withdrawn. `version`: of that word.
    `meanwhile`: it was said after the page had been shown. `unusual`: what a person is asked."""

    cell: str
    new: Figure
    old: Figure | None
    version: int
    meanwhile: bool
    unusual: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class CellFault:
    """Why what was typed into a cell cannot be stated."""

    cell: str
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSheet:
    """What a save would do. `accepted`: the number under which this very request is stored already, 0 if it is not.
    `remarks`: of figures that speak of the same tonnes."""

    changes: tuple[EntryChange, ...] = ()
    faults: tuple[CellFault, ...] = ()
    remarks: tuple[Told, ...] = ()
    accepted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSave:
    """Figures of one shop that were stated together. `figures`: the first of `count`. `undone_by` "": they were not."""

    number: int
    author: str
    recorded_ns: int
    file: str
    figures: tuple[Figure, ...]
    count: int
    undone_by: str


class EntryDesk(Protocol):
    """Each call blocks, and raises ActionRefused: for what the user may not do too, whatever the page offered."""

    def sheet(self, asked: AskedSheet) -> EntrySheet:
        """What stands."""
        ...

    def check(self, user: User, typed: TypedSheet) -> CheckedSheet:
        """What a save would do; nothing is stored."""
        ...

    def save(self, user: User, typed: TypedSheet) -> int:
        """State the figures, all in one transaction or none, and return their number. The same request is stored once.

        Refused if a figure was stated by somebody else since `seen`.
        """
        ...

    def undo(self, user: User, number: int) -> int:
        """Put back what stood before; both stay on record. How many figures stay, for something later took their
        place."""
        ...

    def saves(self, asked: AskedSheet) -> Sequence[ListedSave]:
        """The newest of its shop, the newest first: of plans or of figures."""
        ...

    def corrections(self, asked: AskedSheet) -> Sequence[Adjustment]:
        """Those that concern the days and the shop of a sheet, the newest first."""
        ...

    def check_correction(self, user: User, typed: TypedCorrection) -> CheckedCorrection:
        """What posting it would do; nothing is stored."""
        ...

    def correct(self, user: User, typed: TypedCorrection, *, confirmed: bool) -> str:
        """Post it, and return its name. `confirmed`: what is unusual was asked."""
        ...

    def undo_correction(self, user: User, name: str, reason: str) -> str:
        """Post its inverse; both stay on record. The name of the inverse."""
        ...
