"""A report as a document: title, header, columns and rows, before it becomes text, CSV, HTML or XLSX. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from models.works.localize import Language

Value = str | int | float
ReportRow = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `decimals` and `signed` say how its numbers are shown; None: it holds text.

    `rank`: a terminal that has no room for all of them leaves out the highest first.
    """

    title: str
    decimals: int | None = None
    signed: bool = False
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One row. A cell is text, a number, or None for what is not known. `level`: site, shop or unit."""

    level: str
    cells: Sequence[str | Decimal | None]


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that is printed. `simulated` is a sentence that stands above all, or ""."""

    title: str
    site: str
    language: Language
    simulated: str
    header: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    lines: Sequence[Line]
    notes: Sequence[str]
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHeader:
    """What stands above and below the figures, in words: the instant in the site's zone, who reports, and notes.

    `stops` are sentences about units that stood; `causes`: by unit, when that was and by what.
    """

    period: str
    as_of: str
    known_on: str = ""
    dispatcher: str = ""
    repairs: Sequence[str] = ()
    corrections: Sequence[str] = ()
    stops: Sequence[str] = ()
    causes: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = field(default_factory=tuple)


def number_of(row: ReportRow, name: str, scale: int = 1) -> Decimal | None:
    """A number of a row, divided by `scale` (1000 for kt); None where it is not known."""
    value = row.get(name)
    # repr gives the shortest text of a float, which is the figure as it was stored.
    return None if value is None or isinstance(value, str) else Decimal(repr(value)) / scale
