"""Sheets in which a person states figures at the desk: their lines, and the span of each column. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.stated.figure import RECEIVED, SHIPPED, STOCK, Figure
from models.stated.plan import PlanEntry
from models.works.calendar import day_bounds, shifts_of
from models.works.month import month_of, shifted
from models.works.place import ALL
from models.works.plant import Calendar, Plant

PLANNED = "planned"
"""On a sheet a plan stands as a figure of its month with this basis, which no figure of the ledger has."""


class SheetKind(StrEnum):
    """What is stated on a sheet: output of shifts, stocks at the end of a day, a month by its survey, or its plan."""

    SHIFTS = "shifts"
    STOCKS = "stocks"
    SURVEYS = "surveys"
    PLANS = "plans"

    @property
    def of_month(self) -> bool:
        """Whether a sheet is one of a month, and not of a day."""
        return self in (SheetKind.SURVEYS, SheetKind.PLANS)


@dataclass(frozen=True, slots=True)
class AskedSheet:
    """The sheet of one shop; `day`: a production date (ordinal), where the sheet is of a month any of it."""

    kind: SheetKind
    shop: str
    day: int

    @property
    def before(self) -> "AskedSheet":
        """The sheet of the day before, or of the month before."""
        return self._moved(-1)

    @property
    def after(self) -> "AskedSheet":
        """The sheet of the next day or month."""
        return self._moved(1)

    @property
    def days(self) -> tuple[int, int]:
        """The production dates [first, end) that it speaks of."""
        if self.kind.of_month:
            return month_of(self.day), shifted(month_of(self.day), 1)
        return self.day, self.day + 1

    @property
    def name(self) -> str:
        """How records call it."""
        first = date.fromordinal(self.days[0])
        when = f"{first:%Y-%m}" if self.kind.of_month else first.isoformat()
        return f"desk: {self.kind.value} {self.shop} {when}"

    def _moved(self, by: int) -> "AskedSheet":
        day = shifted(month_of(self.day), by) if self.kind.of_month else self.day + by
        return AskedSheet(self.kind, self.shop, day)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """What a line of a sheet speaks of. `unit` is "all" for what the shop states of itself; `basis` as in `Figure`."""

    unit: str
    product: str
    basis: str = ""

    def cell_id(self, column: int) -> str:
        """The name of one of its cells."""
        return "/".join((self.unit, self.product, self.basis, str(column)))


def sheet_lines(plant: Plant, asked: AskedSheet, stated: Iterable[Figure]) -> list[SheetLine]:
    """The lines of a sheet, in the order of the plant. `stated`: figures of late, whose places keep their lines."""
    if asked.kind is SheetKind.STOCKS:
        products = [stock.product for node in plant.balance for stock in node.stock if stock.shop == asked.shop]
        products += [figure.product for figure in stated if _is_of_stock(figure, asked.shop)]
        bases = (STOCK, RECEIVED, SHIPPED)
        return [SheetLine(ALL, product, basis) for product in dict.fromkeys(products) for basis in bases]
    units = [unit for unit in plant.units.values() if unit.shop == asked.shop]
    made = {(unit.code, product) for unit in units for product in unit.by_hand}
    made |= {(figure.unit, figure.product) for figure in stated if figure.basis in ("", PLANNED)}
    if asked.kind.of_month:  # a survey says what the counters of a mine missed
        made |= {(tag.unit, tag.product) for tag in plant.tags if tag.product is not None and tag.grams_per_unit}
    planned = asked.kind is SheetKind.PLANS
    lines = [
        SheetLine(unit.code, product, PLANNED if planned else "")
        for unit in units
        if any(unit.in_service.holds(day) for day in range(*asked.days))
        for product in plant.products
        if (unit.code, product) in made
    ]
    of_shop = dict.fromkeys(line.product for line in lines) if planned else {}
    return [*lines, *(SheetLine(ALL, product, PLANNED) for product in of_shop)]


def sheet_spans(calendar: Calendar, asked: AskedSheet) -> tuple[tuple[int, int], ...]:
    """[start_ns, end_ns) of each column. Raises ValueError as `shifts_of`."""
    first, end = (date.fromordinal(day) for day in (asked.days[0], asked.days[1] - 1))
    if asked.kind is SheetKind.SHIFTS:
        return shifts_of(calendar, first)
    return ((day_bounds(calendar, first)[0], day_bounds(calendar, end)[1]),)


def figure_of(asked: AskedSheet, line: SheetLine, span_ns: tuple[int, int]) -> Figure:
    """The figure of a cell, which states nothing yet. A stock is what lies there when the day ends."""
    start_ns, end_ns = span_ns
    return Figure(
        start_ns=end_ns if line.basis == STOCK else start_ns,
        end_ns=end_ns,
        shop=asked.shop,
        unit=line.unit,
        product=line.product,
        grams=None,
        basis=line.basis,
    )


def plan_as_figure(calendar: Calendar, plan: PlanEntry) -> Figure:
    """A plan as it stands on a sheet."""
    ((start_ns, end_ns),) = sheet_spans(calendar, AskedSheet(SheetKind.PLANS, plan.shop, plan.month))
    return Figure(
        start_ns=start_ns,
        end_ns=end_ns,
        shop=plan.shop,
        unit=plan.unit,
        product=plan.product,
        grams=plan.grams,
        basis=PLANNED,
        origin=plan.author,
        recorded_ns=plan.recorded_ns,
    )


def _is_of_stock(figure: Figure, shop: str) -> bool:
    return figure.unit == ALL and figure.shop == shop and figure.basis in (STOCK, RECEIVED, SHIPPED)
