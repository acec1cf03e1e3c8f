"""A sheet of figures as it stands, with what was stated before and what is due beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import apsw

from collector.entries.entry_file import EntryFile
from collector.storage.ledger import book_reader, configurations
from collector.storage.ledger import statements as ledger_statements
from models.access.entry_desk import EntrySheet, SheetCell, SheetRow
from models.books.book import Book
from models.stated.entry_sheet import (
    AskedSheet,
    SheetKind,
    SheetLine,
    figure_of,
    plan_as_figure,
    sheet_lines,
    sheet_spans,
)
from models.stated.facts import Facts, figure_identity, newest_by
from models.stated.figure import STOCK, Figure
from models.stated.usual_range import UsualRange, usual_range
from models.works.calendar import HOUR_NS
from models.works.month import month_of
from models.works.place import ALL, place_of

_LOOKED_BACK_NS = {
    SheetKind.SHIFTS: 45 * 24 * HOUR_NS,
    SheetKind.STOCKS: 45 * 24 * HOUR_NS,
    SheetKind.SURVEYS: 1100 * 24 * HOUR_NS,
    SheetKind.PLANS: 1100 * 24 * HOUR_NS,
}
"""Thirty figures before this one, with some holes; of surveys three years have 36."""
_AS_LONG_NS = 2 * HOUR_NS
"""Spans that differ by less are of one length: clocks are moved by an hour."""
_AS_LONG_MONTH_NS = 4 * 24 * HOUR_NS
"""Months have 28 to 31 days."""


@dataclass(frozen=True)
class StatedOfLate:
    """What is stated on a sheet and was before it. `figures`: the newest word on each, also where it withdrew one."""

    asked: AskedSheet
    spans: tuple[tuple[int, int], ...]
    facts: Facts
    figures: Mapping[object, Figure]

    @property
    def closed(self) -> bool:
        """Whether the books of its month are closed."""
        return month_of(self.asked.day) in self.facts.closed_months

    def newest(self, line: SheetLine, span_ns: tuple[int, int]) -> Figure | None:
        """The newest word on a cell; its grams are None where it was withdrawn."""
        return self.figures.get(figure_identity(figure_of(self.asked, line, span_ns)))

    def usual(self, line: SheetLine) -> UsualRange | None:
        """Of the last figures of such a span, before this sheet."""
        start_ns, end_ns = self.spans[0]
        length_ns = 0 if line.basis == STOCK else end_ns - start_ns
        as_long_ns = _AS_LONG_MONTH_NS if self.asked.kind.of_month else _AS_LONG_NS
        before = [
            figure
            for figure in self.figures.values()
            if (figure.shop, figure.unit, figure.product, figure.basis)
            == (self.asked.shop, line.unit, line.product, line.basis)
            and figure.end_ns <= start_ns
            and abs(figure.end_ns - figure.start_ns - length_ns) < as_long_ns
        ]
        before.sort(key=lambda figure: figure.end_ns)
        return usual_range([figure.grams for figure in before if figure.grams is not None])


def read_sheet(entries: EntryFile, asked: AskedSheet) -> EntrySheet:
    """The sheet of a shop of the plant."""
    return entries.look(lambda connection: _sheet(entries, connection, asked))


def stated_of_late(entries: EntryFile, connection: apsw.Connection, asked: AskedSheet) -> StatedOfLate:
    """What was stated at the shop, on the sheet and for some time before it."""
    calendar = entries.plant.shops[asked.shop].calendar
    spans = sheet_spans(calendar, asked)
    looked = spans[0][0] - _LOOKED_BACK_NS[asked.kind], spans[-1][1] + 1
    facts = configurations.claims(connection, entries.plant).facts(ledger_statements.read(connection, span_ns=looked))
    ours = [figure for figure in facts.all_figures if figure.shop == asked.shop]
    if asked.kind is SheetKind.PLANS:
        ours = [plan_as_figure(calendar, plan) for plan in facts.all_plans if plan.shop == asked.shop]
    newest: Iterable[Figure] = newest_by(ours, figure_identity)
    return StatedOfLate(asked, spans, facts, {figure_identity(figure): figure for figure in newest})


def lines_of(entries: EntryFile, stated: StatedOfLate) -> list[SheetLine]:
    """The lines of the sheet."""
    standing = [figure for figure in stated.figures.values() if figure.grams is not None]
    return sheet_lines(entries.plant, stated.asked, standing)


def _sheet(entries: EntryFile, connection: apsw.Connection, asked: AskedSheet) -> EntrySheet:
    stated = stated_of_late(entries, connection, asked)
    lines, now_ns = lines_of(entries, stated), entries.clock_ns()
    before = sheet_spans(entries.plant.shops[asked.shop].calendar, asked.before)
    has_targets = bool(lines) and asked.kind is not SheetKind.PLANS
    book = book_reader.read_span(connection, entries.plan, asked.days, now_ns=now_ns) if has_targets else None
    rows = tuple(
        SheetRow(
            line=line,
            cells=tuple(_cell(stated, line, column, now_ns) for column in range(len(stated.spans))),
            before=tuple(_grams(stated.newest(line, span_ns)) for span_ns in before),
            usual=stated.usual(line),
            target=None if book is None else _target(book, stated, line),
        )
        for line in lines
    )
    return EntrySheet(asked, rows, stated.closed)


def _cell(stated: StatedOfLate, line: SheetLine, column: int, now_ns: int) -> SheetCell:
    span_ns = stated.spans[column]
    newest = stated.newest(line, span_ns)
    return SheetCell(
        id=line.cell_id(column),
        span_ns=span_ns,
        standing=None if newest is None or newest.grams is None else newest,
        version=0 if newest is None else newest.recorded_ns,
        begun=stated.asked.kind is SheetKind.PLANS or span_ns[0] <= now_ns,
    )


def _grams(figure: Figure | None) -> int | None:
    return None if figure is None else figure.grams


def _target(book: Book, stated: StatedOfLate, line: SheetLine) -> int | None:
    place = place_of(book.plant, stated.asked.shop, line.unit, line.product)
    if place is None or line.unit == ALL:
        return None
    return book.targets.between(place, stated.spans[0][0], stated.spans[-1][1])
