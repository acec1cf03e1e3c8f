"""Files of output figures: start, end, site, shop, unit, product, tonnes and what else is known of them. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime

from collector.files.moment import instant_ns
from collector.files.result import FileOptions, FileResult
from collector.files.rows import FileRow, RefusedRow, read_rows, refused
from collector.files.sheet import Sheet
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.facts import figure_identity
from models.stated.figure import STOCK, Figure
from models.stated.nesting import crossing
from models.works.calendar import HOUR_NS
from models.works.codes import FigureStatus
from models.works.place import ALL
from models.works.plant import Calendar, Plant

NEEDED = ("start", "end", "product", "tonnes")
BELIEVED = 1.25
"""Output over so many times the daily target waits for a person's confirmation.

A quarter over the target is a very good day; more is usually kilotonnes for tonnes, or a month's figure for a day.
A judgement: lower asks about good days, higher lets such slips in.
"""
_STATUS = {
    "": FigureStatus.OPERATIONAL,
    "operational": FigureStatus.OPERATIONAL,
    "оперативный": FigureStatus.OPERATIONAL,
    "оперативные": FigureStatus.OPERATIONAL,
    "жедел": FigureStatus.OPERATIONAL,
    "0": FigureStatus.OPERATIONAL,
    "refined": FigureStatus.REFINED,
    "уточненный": FigureStatus.REFINED,
    "уточнённый": FigureStatus.REFINED,
    "уточненные": FigureStatus.REFINED,
    "нақтыланған": FigureStatus.REFINED,
    "1": FigureStatus.REFINED,
    "closed": FigureStatus.CLOSED,
    "закрытый": FigureStatus.CLOSED,
    "жабық": FigureStatus.CLOSED,
    "2": FigureStatus.CLOSED,
}


def read_figures(sheets: Sequence[Sheet], plant: Plant, options: FileOptions, now_ns: int) -> FileResult[Figure]:
    """The figures of a file. If two are for the same thing, or overlap in part, both rows are refused."""

    def parse(row: FileRow) -> Figure:
        return _figure(row, plant, options, now_ns)

    result = read_rows(sheets, NEEDED, options, parse)
    return refused(result, _clashes(result), options)


def _figure(row: FileRow, plant: Plant, options: FileOptions, now_ns: int) -> Figure:
    place = row.place(plant)
    calendar = plant.shops[place.shop].calendar if place.shop != ALL else Calendar(zone=plant.zone)
    start_ns, end_ns = instant_ns(row.cell("start"), calendar), instant_ns(row.cell("end"), calendar)
    basis = row.text("basis").lower()
    if end_ns < start_ns or (end_ns == start_ns and basis != STOCK):
        raise RefusedRow(f"its end {row.text('end')} is not after its start {row.text('start')}: fix one of them")
    # What has not ended cannot be known: such a row is a plan, or a wrong month.
    if end_ns > now_ns:
        now = datetime.fromtimestamp(now_ns // 1_000_000_000, UTC).astimezone(plant.zone)
        raise RefusedRow(f"it ends in the future ({row.text('end')}; it is {now:%Y-%m-%d %H:%M} now): import it later")
    status = _STATUS.get(row.text("status").lower())
    if status is None:
        raise RefusedRow(f'status "{row.text("status")}" is unknown: write operational or refined')
    if status is FigureStatus.CLOSED:
        raise RefusedRow("only closing a month closes its figures (tundish close): import it as refined")
    figure = Figure(
        start_ns=start_ns,
        end_ns=end_ns,
        shop=place.shop,
        unit=place.unit,
        product=place.product,
        grams=row.grams(),
        basis=basis,
        status=status,
        key=row.text("key"),
        definition=row.text("definition"),
        origin=options.origin,
    )
    _check_nameplate(plant, figure, options)
    return figure


def _check_nameplate(plant: Plant, figure: Figure, options: FileOptions) -> None:
    """What a unit can hardly have made waits for a person's confirmation; a part of a day is judged as a whole one."""
    daily_t = plant.units[figure.unit].daily_target_t.get(figure.product) if figure.unit != ALL else None
    if daily_t is None or figure.grams is None or not figure.is_output or options.confirm:
        return
    days = max((figure.end_ns - figure.start_ns) / (24 * HOUR_NS), 1.0)
    limit_t = BELIEVED * daily_t * days
    if figure.grams > limit_t * GRAMS_PER_TONNE:
        raise RefusedRow(
            f"{figure.grams / GRAMS_PER_TONNE:,.1f} t is over {BELIEVED} times the daily target of {daily_t:,.0f} t: "
            "check it; if it is right, import it with --confirm"
        )


def _clashes(result: FileResult[Figure]) -> dict[int, str]:
    figures = [located.entry for located in result.entries]
    numbers = [located.row for located in result.entries]
    same: dict[object, list[int]] = {}
    for index, figure in enumerate(figures):
        same.setdefault(figure_identity(figure), []).append(index)
    reasons = {
        index: f"rows {', '.join(str(numbers[row]) for row in found)} are figures for the same thing: keep one"
        for found in same.values()
        if len(found) > 1
        for index in found
    }
    for first, second in crossing(figures):
        for index, other in ((first, second), (second, first)):
            reasons.setdefault(
                index,
                f"its span overlaps that of row {numbers[other]} in part: make one contain the other, or separate them",
            )
    return reasons
