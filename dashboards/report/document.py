"""A report as a document: title, header, columns and rows, before it becomes text, CSV, HTML or XLSX. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from models.works.localize import Language

Value = str | int | float
ReportRow = Mapping[str, Value]
CellValue = str | Decimal | None
"""Text, a number, or None for a figure that is not known."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `decimals` and `signed` say how its numbers are shown; None: it holds text.

    `rank`: a terminal without room for all columns leaves out those of the highest rank first. `group`: what it and its
    neighbours are of; on paper it stands once above them.
    """

    title: str
    decimals: int | None = None
    signed: bool = False
    rank: int = 0
    group: str = ""

    @property
    def heading(self) -> str:
        """Its name where groups have no line of their own; no two columns of a report have the same."""
        return f"{self.group}, {self.title[:1].lower()}{self.title[1:]}" if self.group else self.title


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `level`: site, shop or unit."""

    level: str
    cells: Sequence[CellValue]


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """Everything that is printed. `simulated` is a sentence that stands above all, or "". `signatures`: who signs.
    `forms`: the options of its command that make a form with room for all columns."""

    title: str
    site: str
    language: Language
    simulated: str
    header: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    lines: Sequence[Line]
    notes: Sequence[str]
    empty: str
    signatures: Sequence[str] = ()
    forms: Sequence[str] = ("html", "pdf", "xlsx")

    def on_paper(self) -> "ReportDocument":
        """The same without columns in which no row says anything: on a sheet they would only squeeze the others."""
        if not self.lines:
            return self
        kept = [at for at, column in enumerate(self.columns) if any(line.cells[at] != "" for line in self.lines)]
        lines = [Line(line.level, [line.cells[at] for at in kept]) for line in self.lines]
        return replace(self, columns=[self.columns[at] for at in kept], lines=lines)

    def begins_group(self, at: int) -> bool:
        """Whether the column of that index begins another group than the one before it: a thin line parts the two."""
        return at > 0 and self.columns[at].group != self.columns[at - 1].group

    @property
    def groups(self) -> list[tuple[str, int]]:
        """The groups of columns in their order, each with how many stand side by side; "" for columns without one."""
        found: list[tuple[str, int]] = []
        for column in self.columns:
            if found and column.group and found[-1][0] == column.group:
                found[-1] = (column.group, found[-1][1] + 1)
            else:
                found.append((column.group, 1))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHeader:
    """What stands above and below the figures, in words: the instant in the zone of the site, who reports, and notes.

    `signed`: who signed for which shop and whether that holds; `director`: who signed the works, "" for nobody.
    `at_ns`: the same instant (UTC ns; None: of no instant). `running`: how a period that runs is judged. `not_known`:
    of what nothing is known now. `integrated`: what is counted by a rate, for want of a counter. `stops` are sentences
    about units that stood. `causes` says by unit when it stood and what that follows from.
    """

    period: str
    as_of: str
    at_ns: int | None = None
    running: Sequence[str] = ()
    not_known: Sequence[str] = ()
    known_on: str = ""
    dispatcher: str = ""
    repairs: Sequence[str] = ()
    corrections: Sequence[str] = ()
    gaps: Sequence[str] = ()
    integrated: Sequence[str] = ()
    stops: Sequence[str] = ()
    causes: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = field(default_factory=tuple)
    signed: Sequence[str] = ()
    director: str = ""


def number_of(row: ReportRow, name: str, scale: int = 1) -> Decimal | None:
    """A number of a row, divided by `scale` (1000 for kt), or None if it is not known."""
    value = row.get(name)
    # repr gives the shortest text of a float, which is the figure as it was stored; Decimal(value) would print its
    # binary tail, and round 0.15 down.
    return None if value is None or isinstance(value, str) else Decimal(repr(value)) / scale
