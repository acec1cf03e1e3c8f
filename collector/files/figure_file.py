"""Files of output figures: start, end, site, shop, unit, product, tonnes and what else is known of them. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

import numpy as np

from collector.files.figure_span import figure_span
from collector.files.file_row import FileRow, RefusedRow
from collector.files.layout import laid_out
from collector.files.made_products import MadeProducts
from collector.files.near_words import near_word
from collector.files.places import NamedPlace, PlaceFinder
from collector.files.refusal import FileRefusal, RefusalCode
from collector.files.result import FileOptions, FileResult, Located
from collector.files.rows import read_rows, refused
from collector.files.sheet import SheetFile
from models.counting.increment import GRAMS_PER_TONNE
from models.stated.facts import figure_identity
from models.stated.figure import CHARGED, NO_OUTPUT, RECEIVED, SHIPPED, STOCK, Figure
from models.stated.nesting import crossing
from models.works.calendar import HOUR_NS, NS, production_day
from models.works.codes import FigureStatus
from models.works.place import ALL, Place
from models.works.plant import Calendar, Plant

BELIEVED = 1.25
"""Output over so many times the daily target waits for a person's confirmation.

A quarter over the target is a very good day; more is usually kilotonnes for tonnes, or a month's figure for a day.
A judgement: lower asks about good days, higher lets such slips in.
"""
_NO_OUTPUT = {
    **dict.fromkeys((CHARGED, "загружено", "загрузка", "израсходовано", "жүктелді", "жұмсалды"), CHARGED),
    **dict.fromkeys((STOCK, "остаток", "запас", "склад", "қалдық", "қор"), STOCK),
    **dict.fromkeys((RECEIVED, "получено", "поступило", "приход", "алынды", "келді"), RECEIVED),
    **dict.fromkeys((SHIPPED, "отгружено", "отгрузка", "жөнелтілді"), SHIPPED),
}
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


def read_figures(
    file: SheetFile, plant: Plant, options: FileOptions, now_ns: int, progress: Callable[[int], None] | None = None
) -> FileResult[Figure]:
    """The figures of a file. If two are for the same thing, or overlap in part, both rows are refused.

    `progress` is told from time to time how many rows were read.
    """
    finder = PlaceFinder(plant, options.rule.units if options.rule is not None else {})

    made = MadeProducts(plant)

    def parse(row: FileRow) -> Figure:
        return _figure(row, finder, made, now_ns)

    result = read_rows(laid_out(file, options.rule, finder), options, parse, plans=False, progress=progress)
    result = refused(result, _clashes(result.entries), options)
    return replace(result, reading=replace(result.reading, places=_places(result), span=_span(result, plant)))


def _figure(row: FileRow, finder: PlaceFinder, made: MadeProducts, now_ns: int) -> Figure:
    options = row.options
    plant, place = finder.plant, row.place(finder)
    calendar = plant.shops[place.shop].calendar if place.shop != ALL else Calendar(zone=plant.zone)
    start_ns, end_ns = figure_span(row, calendar, None if place.shop == ALL else place.shop)
    basis = finder.word(_basis(row))
    if basis not in NO_OUTPUT:
        made.check(place)
    if end_ns < start_ns or (end_ns == start_ns and basis != STOCK):
        raise RefusedRow(RefusalCode.END_NOT_AFTER_START, "end", start=row.text("start"), end=row.text("end"))
    # What has not ended cannot be known: such a row is a plan, or a wrong month.
    if end_ns > now_ns:
        end, now = (datetime.fromtimestamp(at_ns // NS, UTC).astimezone(plant.zone) for at_ns in (end_ns, now_ns))
        raise RefusedRow(RefusalCode.IN_FUTURE, "end", end=end, now=now)
    status = _STATUS.get(row.text("status").lower())
    if status is None:
        raise RefusedRow(RefusalCode.UNKNOWN_STATUS, "status", value=row.text("status"))
    if status is FigureStatus.CLOSED:
        raise RefusedRow(RefusalCode.STATUS_CLOSED, "status")
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
        definition=finder.word(row.text("definition")),
        origin=options.origin,
    )
    _check_nameplate(plant, figure, options)
    return figure


def _basis(row: FileRow) -> str:
    """What the tonnes are, in the words of the ledger. Raises RefusedRow at a slip of a word that keeps them out of
    output: as any other word they would be made.
    """
    text = row.text("basis").lower()
    if text in _NO_OUTPUT:
        return _NO_OUTPUT[text]
    near = _near_basis(text)
    if near is not None:
        raise RefusedRow(RefusalCode.MISSPELT_BASIS, "basis", value=text, near=near)
    return text


# The rows of a file have few of them, and many times.
@lru_cache(maxsize=256)
def _near_basis(text: str) -> str | None:
    return near_word(text, _NO_OUTPUT)


def _check_nameplate(plant: Plant, figure: Figure, options: FileOptions) -> None:
    """What a unit can hardly have made waits for a person's confirmation; a part of a day is judged as a whole one."""
    daily_t = plant.units[figure.unit].daily_target_t.get(figure.product) if figure.unit != ALL else None
    if daily_t is None or figure.grams is None or not figure.is_output or options.confirm:
        return
    days = max((figure.end_ns - figure.start_ns) / (24 * HOUR_NS), 1.0)
    limit_t = BELIEVED * daily_t * days
    if figure.grams > limit_t * GRAMS_PER_TONNE:
        tonnes, target = round(Decimal(figure.grams) / GRAMS_PER_TONNE, 1), round(Decimal(daily_t))
        raise RefusedRow(RefusalCode.OVER_TARGET, "tonnes", tonnes=tonnes, times=Decimal(str(BELIEVED)), target=target)


def _clashes(entries: Sequence[Located[Figure]]) -> dict[int, FileRefusal]:
    figures = [located.entry for located in entries]
    reasons: dict[int, FileRefusal] = {}
    for same in _repeated(figures):
        rows = tuple(str(entries[index].row) for index in same)
        reasons |= dict.fromkeys(same, FileRefusal(RefusalCode.SAME_FIGURE, {"rows": rows}))
    for first, second in crossing(figures):
        for index, other in ((first, second), (second, first)):
            reasons.setdefault(index, FileRefusal(RefusalCode.OVERLAPS_ROW, {"row": str(entries[other].row)}))
    return reasons


def _repeated(figures: Sequence[Figure]) -> list[list[int]]:
    """Indexes of figures for the same thing, together."""
    # Only those whose hashes meet are compared: a dictionary of a million identities would take 300 MB.
    hashes = np.fromiter((hash(figure_identity(figure)) for figure in figures), np.int64, len(figures))
    _, inverse, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    found: dict[object, list[int]] = {}
    for index in np.flatnonzero(counts[inverse] > 1).tolist():
        found.setdefault(figure_identity(figures[index]), []).append(index)
    return [same for same in found.values() if len(same) > 1]


def _places(result: FileResult[Figure]) -> tuple[NamedPlace, ...]:
    found = {(located.entry.shop, located.entry.unit, located.entry.product) for located in result.entries}
    return tuple(NamedPlace(*place) for place in sorted(found))


def _span(result: FileResult[Figure], plant: Plant) -> tuple[date, date] | None:
    if not result.entries:
        return None
    days = {day for located in result.entries for day in _days(plant, located.entry)}
    return min(days), max(days)


def _days(plant: Plant, figure: Figure) -> tuple[date, date]:
    """The first and the last production date of a figure, by the calendar of its shop."""
    calendar = Place("unit", figure.shop, figure.unit, figure.product).calendar(plant)
    last_ns = max(figure.end_ns - 1, figure.start_ns)
    return production_day(calendar, figure.start_ns), production_day(calendar, last_ns)
