"""The plan of the days that are left: tonnes of each unit by day, and what lies in stock in the evening. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboards.report.document import CellValue, Column, Line, ReportDocument
from dashboards.report.recovery.document import RecoveryReport, exact, notes, recovery_document, told_units
from models.recovery.recovered import Recovery
from models.recovery.recovery_texts import recovery_text
from models.recovery.stock_words import held_named, stocks_of
from models.works.localize import Language, localize_day
from models.works.month import shifted
from models.works.plant import Plant

_TITLES = ("plan_of", "unit", "product")


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A unit, or a stock (`is_stock`), and its tonnes of `product` by day: those of a stock lie there in the evening,
    and `opening_t` lies there now."""

    name: str
    product: str
    tonnes: Sequence[float]
    is_stock: bool = False
    opening_t: float | None = None


def planned_lines(plant: Plant, found: Recovery, language: Language) -> Iterator[PlannedLine]:
    """Each unit that is told, then each stock; none if nothing is to be made."""
    if found.way is None or not found.way.total_t:
        return
    for unit in told_units(found.way):
        name, product = plant.units[unit.place.unit].name(language), plant.products[unit.place.product]
        yield PlannedLine(name, product.name(language), unit.by_day)
    for stock in stocks_of(plant, found.way):
        name = recovery_text("in_stock", language).format(product=held_named(plant, stock, language))
        product = plant.products[stock.product]
        yield PlannedLine(name, product.name(language), stock.evening_t, is_stock=True, opening_t=stock.opening_t)


def days_of(found: Recovery) -> list[date]:
    """The production dates that are left."""
    return [date.fromordinal(day) for day in range(found.first, shifted(found.month, 1))]


def days_document(report: RecoveryReport, language: Language) -> ReportDocument:
    """A sheet of its own: a line for each unit and stock of each product, a column for each day."""
    plant = report.plant
    days = days_of(report.products[0]) if report.products else []
    lines = [
        Line(
            "site" if line.is_stock else "unit",
            [plant.products[found.product].name(language), line.name, line.product, *map(exact, line.tonnes)],
        )
        for found in report.products
        for line in planned_lines(plant, found, language)
    ]
    return replace(
        recovery_document(report, language),
        columns=[
            *(Column(recovery_text(key, language)) for key in _TITLES),
            *(Column(localize_day(day, language), 0) for day in days),
        ],
        lines=lines,
        notes=[recovery_text("days_said", language)],
        empty=recovery_text("no_days", language),
    )


def rows_document(report: RecoveryReport, language: Language) -> ReportDocument:
    """As a file of rows has it: below the units their days, what lies in stock in the evening, and each sentence, every
    kind in columns of its own."""
    plain = recovery_document(report, language)
    more = [Column(recovery_text(key, language), decimals) for key, decimals in _MORE]
    lines = [Line(line.level, [*line.cells, "", "", "", ""]) for line in plain.lines]
    blank = [""] * (len(plain.columns) - len(_TITLES))
    for found in report.products:
        name = report.plant.products[found.product].name(language)
        for line in planned_lines(report.plant, found, language):
            for day, tonnes in zip(days_of(found), line.tonnes, strict=True):
                cells: list[CellValue] = ["", exact(tonnes)] if line.is_stock else [exact(tonnes), ""]
                lines.append(Line("unit", [name, line.name, line.product, *blank, day.isoformat(), *cells, ""]))
    said = [*notes(report, language), recovery_text("method", language)]
    lines += [Line("site", ["", "", "", *blank, "", "", "", sentence]) for sentence in said]
    return replace(plain, columns=[*plain.columns, *more], lines=lines, notes=())


_MORE = (("day", None), ("planned_day", 0), ("evening", 0), ("sentence", None))
