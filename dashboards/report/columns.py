"""The columns of a report, each with what its cell says of a row: so that the two cannot go out of step. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dashboards.report.cells import attainment_cell
from dashboards.report.document import CellValue, Column, ReportRow, number_of
from dashboards.report.places import place_names, scale_of
from dashboards.report.running_day import not_known_cell
from dashboards.report.texts import report_text
from models.tables.kpi import attainment_pct
from models.works.localize import Language
from models.works.plant import Plant

# What a shift needs at a glance stays longest when a terminal is narrow: the place and what was made, then growth and
# plan, then the month. A judgement; nothing is lost, for the other forms have every column.
ALWAYS, PLAN, MONTH, YEAR, REST = range(5)
ON_PAPER = 5
"""The rank of the other columns, which are looked up on paper rather than in a terminal."""
Cell = Callable[[ReportRow], CellValue]


@dataclass
class ReportColumns:
    """Add columns from left to right, then ask for the cells of a row. `group`: the key of what they are of, or ""."""

    plant: Plant
    language: Language
    columns: list[Column] = field(default_factory=list)
    _cells: list[Cell] = field(default_factory=list)

    def cells(self, row: ReportRow) -> list[CellValue]:
        """The row, a cell for each column."""
        return [cell(row) for cell in self._cells]

    def text(self, key: str, cell: Cell, *, group: str = "", rank: int = ON_PAPER) -> None:
        """A column of texts; `key`: that of its title."""
        self.columns.append(Column(report_text(key, self.language), None, rank=rank, group=self._group(group)))
        self._cells.append(cell)

    def number(self, key: str, cell: Cell, *, group: str = "", rank: int = ON_PAPER, signed: bool = False) -> None:
        """A column of numbers with one decimal."""
        self.named(report_text(key, self.language), cell, group=group, rank=rank, signed=signed)

    def named(self, title: str, cell: Cell, *, group: str = "", rank: int = ON_PAPER, signed: bool = False) -> None:
        """The same under a title in the language of the report."""
        self.columns.append(Column(title, 1, signed=signed, rank=rank, group=self._group(group)))
        self._cells.append(cell)

    def tonnes(self, key: str, name: str, *, group: str = "", rank: int = ON_PAPER, signed: bool = False) -> None:
        """A column of a field in tonnes, in the unit of measure of the row's product."""
        self.number(key, lambda row: self.scaled(row, name), group=group, rank=rank, signed=signed)

    def pct(self, key: str, name: str, *, group: str = "", rank: int = ON_PAPER, signed: bool = False) -> None:
        """A column of a field that is not in tonnes."""
        self.number(key, lambda row: number_of(row, name), group=group, rank=rank, signed=signed)

    def scaled(self, row: ReportRow, name: str) -> CellValue:
        """A field in tonnes, in the unit of measure of the row's product."""
        return number_of(row, name, scale_of(self.plant, row, self.language)[0])

    def share(self, row: ReportRow, made: str, due: str) -> CellValue:
        """One field in percent of another one, to 0.1, from grams as everywhere."""
        actual, target = number_of(row, made), number_of(row, due)
        if actual is None or target is None:
            return None
        return attainment_pct(round(actual * 1_000_000), round(target * 1_000_000))

    def less(self, row: ReportRow, made: str, due: str) -> CellValue:
        """One field in tonnes less another one."""
        scale = scale_of(self.plant, row, self.language)[0]
        actual, target = number_of(row, made), number_of(row, due)
        return None if actual is None or target is None else (actual - target) / scale

    def place(self) -> None:
        """Of what a row is: its place, product and unit of measure."""
        self.text("place", lambda row: place_names(self.plant, row, self.language)[0], rank=ALWAYS)
        self.text("product", lambda row: place_names(self.plant, row, self.language)[1], rank=ALWAYS)
        self.text("unit_of_measure", lambda row: scale_of(self.plant, row, self.language)[1], rank=ALWAYS)

    def judged(self, group: str) -> None:
        """Deviation and attainment as the row has them."""
        self.tonnes("deviation", "deviation_t", group=group, rank=REST, signed=True)
        self.number("pct", lambda row: attainment_cell(row, self.language), group=group, rank=MONTH)

    def year(self, names: Mapping[str, str]) -> None:
        """The year to date beside its plan and last year. `names`: the fields of plan, actual, last year and growth."""
        self.tonnes("plan", names["plan"], group="group_ytd", rank=REST)
        self.tonnes("actual", names["actual"], group="group_ytd", rank=YEAR)
        self.number("pct", lambda row: self.share(row, names["actual"], names["plan"]), group="group_ytd", rank=REST)
        self.tonnes("last_year", names["last_year"], group="group_ytd")
        self.pct("to_last_year", names["growth"], group="group_ytd", rank=PLAN, signed=True)

    def stops(self, causes: Mapping[str, str]) -> None:
        """How long units stood, and by what: `causes` by unit."""
        for kind in ("planned", "unplanned"):
            self.number(kind, _stop_cell(f"{kind}_stop_h"), group="group_stops")
        self.text("cause", lambda row: causes.get(str(row["unit"]), "") if row["level"] == "unit" else "")

    def quality(self, *, unknown: bool) -> None:
        """How complete the data are; `unknown`: some row says since when it is not known."""
        self.pct("completeness", "completeness_pct", rank=ALWAYS)
        self.text("gaps", lambda row: str(row.get("gaps", "")), rank=ALWAYS)
        if unknown:
            self.text("not_known_since", lambda row: not_known_cell(self.plant, row), rank=ALWAYS)

    def _group(self, key: str) -> str:
        return report_text(key, self.language) if key else ""


def _stop_cell(name: str) -> Cell:
    # Of a shop or the works it is no figure: its units do not stand together.
    return lambda row: "" if row["level"] != "unit" else number_of(row, name)
