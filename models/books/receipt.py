"""How a figure comes about, line by line: what was counted, stated, signed and corrected. The lines sum to the figure.

A receipt asks the book for the same pieces and terms that make up the figure, so it cannot tell another story. A figure
of one production day holds only corrections of that day; one of a longer span all that are booked in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from models.books.book import Book
from models.books.figure_places import placed_figures
from models.books.overlaps import Amount, SpanPiece
from models.books.part_day_figures import Spans, day_pieces
from models.books.placed_adjustments import PlacedAdjustment
from models.stated.figure import Figure
from models.works.calendar import day_bounds
from models.works.codes import FigureStatus
from models.works.month import length, month_of, months_between
from models.works.place import Place


class LineKind(StrEnum):
    """Where the grams of a line come from."""

    COUNTED = "counted"
    OVER_DAYS = "over_days"
    STATED = "stated"
    SIGNED = "signed"
    CORRECTED = "corrected"
    OUT_OF_SERVICE = "out_of_service"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """Grams of one place over [start_ns, end_ns) (UTC ns), None if nobody knows them.

    `counted_g`: what the counters gave in a line that people stated or signed, if that is known. `figure`: what was
    stated. `correction`: the name of the adjustment.
    """

    kind: LineKind
    place: Place
    start_ns: int
    end_ns: int
    grams: int | None
    status: FigureStatus = FigureStatus.OPERATIONAL
    counted_g: int | None = None
    figure: Figure | None = None
    correction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedElsewhere:
    """A correction that makes the restated figure another than that of the books: `grams` are added to it."""

    correction: str
    grams: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureReceipt:
    """The figure of a place over the production dates [first, end) (ordinals), with the lines that sum to it.

    `whole`: whether every day of it is known. `completeness`: share 0 to 1, the mean over the days that have begun.
    `target_g`: None if there is none. `elsewhere`: what restates it. `parts`: what the places that a total adds have.
    """

    place: Place
    first: int
    end: int
    bounds: tuple[int, int]
    grams: int | None
    whole: bool
    status: FigureStatus
    completeness: float
    target_g: int | None
    lines: Sequence[ReceiptLine]
    elsewhere: Sequence[BookedElsewhere]
    parts: Sequence[tuple[Place, int | None]]

    @property
    def unexplained_g(self) -> int:
        """Grams of the figure that no line has: 0, or the receipt is wrong and must say so."""
        return (self.grams or 0) - sum(line.grams or 0 for line in self.lines)


def made_in(book: Book, place: Place, first: int, end: int) -> Amount:
    """What a place made on the production dates [first, end): of one day the figure of that day, as its row has it."""
    if end - first == 1:
        day = book.day(place, first)
        return Amount(day.made, day.made is not None, day.status)
    found = book.total(place, first, end)
    signed = first in book.facts.closed_months and end - first == length(first)
    status = FigureStatus.CLOSED if signed else found.status
    return Amount(None if found.idle else found.grams, found.whole and not found.idle, status)


def elsewhere(book: Book, place: Place, first: int, end: int) -> list[BookedElsewhere]:
    """The corrections by which the restated figure of a span differs from `made_in`."""
    found = []
    for item in book.adjustments.get(place, ()):
        if item.is_own:
            continue
        # The figure of one day holds no correction of another month: there is nothing to take out of it.
        booked = end - first > 1 and first <= item.booking_day < end
        times = int(first <= item.day < end) - int(booked)
        if times:
            found.append(BookedElsewhere(correction=item.name, grams=item.grams * times))
    return found


def receipt_of(book: Book, place: Place, days: tuple[int, int], spans: Spans) -> FigureReceipt:
    """The receipt of the production dates [first, end) of a place. `spans`: asked for days that were stated in part."""
    first, end = days
    found = figure_of(book, place, days)
    lines = list(_lines(book, place, days, spans)) if found.grams is not None else []
    if found.grams is not None:
        lines += [_correction(book, place, item) for item in _booked(book, place, days)]
    return replace(
        found,
        lines=lines,
        elsewhere=elsewhere(book, place, first, end),
        parts=[(part, made_in(book, part, first, end).grams) for part in book.places.parts.get(place, ())],
    )


def figure_of(book: Book, place: Place, days: tuple[int, int]) -> FigureReceipt:
    """The figure of the production dates [first, end) alone: a receipt without its lines and parts."""
    first, end = days
    made = made_in(book, place, first, end)
    return FigureReceipt(
        place=place,
        first=first,
        end=end,
        bounds=(book.bounds(place, first)[0], book.bounds(place, end - 1)[1]),
        grams=made.grams,
        whole=made.whole,
        status=made.status,
        completeness=_completeness(book, place, days),
        target_g=_target(book, place, days),
        lines=(),
        elsewhere=(),
        parts=(),
    )


def _lines(book: Book, place: Place, days: tuple[int, int], spans: Spans) -> Iterator[ReceiptLine]:
    for piece in book.pieces(place, *days):
        if piece.stated is not None:
            start_ns, end_ns = book.bounds(place, piece.start)[0], book.bounds(place, piece.end - 1)[1]
            yield _stated(place, piece, start_ns, end_ns)
        elif place.level == "unit":
            yield from _unit_lines(book, place, (piece.start, piece.end), spans)
        else:
            for term in book.terms(place, piece.start, piece.end):
                if term.place is not None:
                    yield from _lines(book, term.place, (term.start, term.end), spans)


def _stated(place: Place, piece: SpanPiece, start_ns: int, end_ns: int) -> ReceiptLine:
    figure = None if piece.stated is None else piece.stated.figure
    return ReceiptLine(
        kind=LineKind.SIGNED if figure is None else LineKind.STATED,
        place=place,
        start_ns=start_ns,
        end_ns=end_ns,
        grams=piece.amount.grams,
        status=piece.amount.status,
        counted_g=piece.instead_of.grams if piece.instead_of.whole else None,
        figure=figure,
    )


def _unit_lines(book: Book, place: Place, days: tuple[int, int], spans: Spans) -> Iterator[ReceiptLine]:
    """Of a unit without a figure over the whole span: its days, those that follow each other in one line."""
    columns = book.days.get((place.unit, place.product))
    if columns is None:
        return
    coarse = [item for item in columns.coarse if days[0] <= item.start and item.end <= days[1]]
    for item in coarse:
        bounds = book.bounds(place, item.start)[0], book.bounds(place, item.end - 1)[1]
        yield ReceiptLine(kind=LineKind.OVER_DAYS, place=place, start_ns=bounds[0], end_ns=bounds[1], grams=item.grams)
    within = {day for item in coarse for day in range(item.start, item.end)}
    run: ReceiptLine | None = None
    for day in range(*days):
        for line in _day_lines(book, place, day, spans):
            if line.kind is LineKind.UNKNOWN and day in within:
                continue
            if run is not None and _follows(run, line):
                run = _joined(run, line)
                continue
            if run is not None:
                yield run
            run = line
    if run is not None:
        yield run


def _day_lines(book: Book, place: Place, day: int, spans: Spans) -> Iterator[ReceiptLine]:
    columns = book.days[place.unit, place.product]
    found = columns.day(day)
    start_ns, end_ns = book.bounds(place, day)
    figures = _figures_of(book, place, start_ns, end_ns)
    kind = LineKind.UNKNOWN if found.grams is None else LineKind.OUT_OF_SERVICE if found.idle else LineKind.COUNTED
    if not figures or kind is not LineKind.COUNTED:
        status = FigureStatus.OPERATIONAL if found.grams is None else found.status
        yield ReceiptLine(kind=kind, place=place, start_ns=start_ns, end_ns=end_ns, grams=found.grams, status=status)
        return
    counted = spans(place.unit, place.product, start_ns, end_ns)
    for piece in day_pieces(book.plant, place, day, figures, counted, spans):
        if piece.stated is not None:
            yield _stated(place, piece, piece.start, piece.end)
        else:
            known = LineKind.UNKNOWN if piece.amount.grams is None else LineKind.COUNTED
            yield ReceiptLine(kind=known, place=place, start_ns=piece.start, end_ns=piece.end, grams=piece.amount.grams)


def _figures_of(book: Book, place: Place, start_ns: int, end_ns: int) -> list[Figure]:
    known: Iterable[tuple[Place, Figure]] = placed_figures(book.plant, book.figures_within(start_ns, end_ns))
    return [figure for at, figure in known if at == place]


def _follows(run: ReceiptLine, line: ReceiptLine) -> bool:
    """Whether two lines say the same of spans that join."""
    alike = (run.kind, run.place, run.end_ns) == (line.kind, line.place, line.start_ns)
    return alike and run.kind in (LineKind.COUNTED, LineKind.OUT_OF_SERVICE, LineKind.UNKNOWN)


def _joined(run: ReceiptLine, line: ReceiptLine) -> ReceiptLine:
    grams = None if run.grams is None or line.grams is None else run.grams + line.grams
    return ReceiptLine(
        kind=run.kind,
        place=run.place,
        start_ns=run.start_ns,
        end_ns=line.end_ns,
        grams=grams,
        status=min(run.status, line.status),
    )


def _booked(book: Book, place: Place, days: tuple[int, int]) -> list[PlacedAdjustment]:
    """The corrections that the figure holds beyond its lines: what a closed month signed has its own in it."""
    placed, (first, end) = book.adjustments.get(place, ()), days
    if end - first == 1:
        return [item for item in placed if item.is_own and item.day == first]
    signed = {
        low for low, high in months_between(first, end) if low in book.facts.closed_months and high - low == length(low)
    }
    return [item for item in placed if first <= item.booking_day < end and item.booked_month not in signed]


def _correction(book: Book, place: Place, item: PlacedAdjustment) -> ReceiptLine:
    start_ns, end_ns = day_bounds(place.calendar(book.plant), date.fromordinal(item.day))
    return ReceiptLine(
        kind=LineKind.CORRECTED,
        place=place,
        start_ns=start_ns,
        end_ns=end_ns,
        grams=item.grams,
        correction=item.name,
    )


def _completeness(book: Book, place: Place, days: tuple[int, int]) -> float:
    first, end = days
    if end - first > 1 and first == month_of(first) and end - first == length(first):
        return book.month(place, first).completeness
    begun = [day for day in range(first, end) if book.bounds(place, day)[0] <= book.now_ns]
    return sum(book.day(place, day).completeness for day in begun) / len(begun) if begun else 0.0


def _target(book: Book, place: Place, days: tuple[int, int]) -> int | None:
    found = 0
    for low, high in months_between(*days):
        month = month_of(low)
        for target in book.targets.of_days(place, month)[low - month : high - month]:
            if target is None:
                return None
            found += target
    return found
