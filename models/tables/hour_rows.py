"""Rows of output_hour and output_shift: short spans, counted from the ledger's buckets.

A row says what is known. A span in which nothing was read or counted has no row, for missing is never zero. One that
was read, and in which nothing grew, has a row of 0 t. A coarse increment counts only in a span that holds it whole. A
total adds one product over its parts. It never adds a product to its parts or to what it is made from.

Unlike days these spans do not come out of the columns of a book: two years of hours would be 24 times as many, and
nothing is summed up to date by the hour.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from models.books.book import Book
from models.books.overlaps import NOTHING, Amount, Stated, joined, resolve
from models.counting.completeness import slot_share
from models.counting.increment import BUCKET_S
from models.counting.output_plan import BucketSum
from models.detection.stops import Stops
from models.tables.row_fields import (
    HOUR_TABLE,
    NOT_WATCHED,
    SHIFT_TABLE,
    is_judged,
    output_fields,
    place_row,
    put_stops,
)
from models.tables.unbelieved import believed_share
from models.tables.unclaimed_rows import Unclaimed, unclaimed_rows
from models.works.calendar import NS, production_day
from models.works.codes import FigureStatus
from models.works.month import month_of
from models.works.place import Place, book_place
from models.works.plant import Tag
from models.works.table import Row

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shift:
    """[start_ns, end_ns) of the shift `name` (its number in the day) of `shops`, which share a calendar."""

    start_ns: int
    end_ns: int
    name: str
    shops: tuple[str, ...]

    @property
    def span(self) -> Span:
        """[start_ns, end_ns)."""
        return self.start_ns, self.end_ns


@dataclass(frozen=True, slots=True)
class _SpanFigures:
    """What is known of one place in the span. completeness: share 0 to 1; stated: something of it was stated whole."""

    amount: Amount
    completeness: float
    stated: bool


@dataclass(frozen=True)
class _SpanSums:
    """The sums of one span [start_ns, end_ns), by place."""

    book: Book
    span: Span
    by_counter: Mapping[tuple[str, str], Sequence[BucketSum]]
    stated: Mapping[Place, Sequence[Stated]]
    _found: dict[Place, _SpanFigures] = field(default_factory=dict)

    def of(self, place: Place) -> _SpanFigures:
        """The place's output in the span: counted, or stated for exactly that span."""
        if place not in self._found:
            parts = self.book.places.parts.get(place)
            self._found[place] = self._of_unit(place) if parts is None else self._of_total(place, parts)
        return self._found[place]

    def _of_unit(self, place: Place) -> _SpanFigures:
        tags = self.book.claims.counters.get((place.unit, place.product), ())

        def counted(start_ns: int, end_ns: int) -> Amount:
            return _counted(tags, self.by_counter, start_ns, end_ns)

        found = resolve(self.stated.get(place, ()), *self.span, counted)
        stated = place in self.stated and found.whole
        # A unit without counters has nothing to be read: what was stated whole is complete.
        if stated and not tags:
            return _SpanFigures(found, 1.0, stated)
        shares = [_share(tag, self.by_counter, self.span, self.book.now_ns) for tag in tags]
        complete = sum(shares) / len(shares) if shares else 0.0
        believed = 1.0 if stated else believed_share(self.book, place.unit, self.span)
        return _SpanFigures(found, min(complete, believed), stated)

    def _of_total(self, place: Place, parts: Sequence[Place]) -> _SpanFigures:
        found = [self.of(part) for part in parts]
        known = [part.amount for part in found if part.amount.grams is not None]
        summed = NOTHING
        if known:
            # A part of which nothing is known leaves the sum short, so a total that was stated wins over it.
            summed = replace(joined(known), whole=len(known) == len(found))
        total = resolve(self.stated.get(place, ()), *self.span, lambda *span: summed if span == self.span else NOTHING)
        stated = place in self.stated or any(part.stated for part in found)
        completeness = sum(part.completeness for part in found) / len(found) if found else 1.0
        return _SpanFigures(total, completeness, stated)


def hour_rows(
    book: Book,
    sums: Iterable[BucketSum],
    hour: Span,
    stops: Stops = NOT_WATCHED,
    products: Container[str] | None = None,
) -> list[Row]:
    """All rows of `output_hour` for one hour bucket ([start_ns, end_ns), as `hour_bounds` gives it), or those of
    `products`.

    `sums` are at least the bucket sums that lie in the hour; others are passed over. A published row of this hour
    that is not among the result is to be withdrawn.
    """
    places = [place for place in book.places.all if products is None or place.product in products]
    return _rows(_span_sums(book, sums, hour), HOUR_TABLE, places, {}, stops)


def shift_rows(
    book: Book,
    sums: Iterable[BucketSum],
    shift: Shift,
    stops: Stops = NOT_WATCHED,
    products: Container[str] | None = None,
) -> list[Row]:
    """All rows of `output_shift` for one shift, keyed by its start; `sums` and `products` as for `hour_rows`.

    The site has rows if all of its shops have this calendar: else there is no span that is a shift of all of them.
    """
    everywhere = set(shift.shops) == set(book.plant.shops)
    places = [
        place
        for place in book.places.all
        if (place.shop in shift.shops or (place.level == "site" and everywhere))
        and (products is None or place.product in products)
    ]
    return _rows(_span_sums(book, sums, shift.span), SHIFT_TABLE, places, {"shift": shift.name}, stops)


def _span_sums(book: Book, sums: Iterable[BucketSum], span: Span) -> _SpanSums:
    by_counter: dict[tuple[str, str], list[BucketSum]] = {}
    for item in book.claims.counted(sums):
        if span[0] <= item.start_s * NS and item.end_s * NS <= span[1]:
            by_counter.setdefault((item.tag, item.product), []).append(item)
    return _SpanSums(book, span, by_counter, _stated_within(book, span))


def _rows(sums: _SpanSums, table: str, places: Iterable[Place], extra: Mapping[str, str], stops: Stops) -> list[Row]:
    book, span = sums.book, sums.span
    rows = []
    gone: list[Unclaimed] = []
    for place in places:
        figures = sums.of(place)
        if figures.amount.grams is None:
            continue
        if place.level == "unit" and not book.claims.is_claimed(place.unit):
            gone.append(Unclaimed(place, figures.amount.grams, figures.amount.status, span))
            continue
        day = production_day(place.calendar(book.plant), span[0]).toordinal()
        status = FigureStatus.CLOSED if month_of(day) in book.facts.closed_months else figures.amount.status
        target = book.targets.between(place, *span)
        made, completeness = figures.amount.grams, figures.completeness
        judged = figures.stated or is_judged(book, place, (day, day + 1), status, completeness)
        fields = output_fields(made, target, status, completeness, span, judged=judged)
        if place.level == "unit":
            put_stops(fields, place.unit, span, book.targets.availability(place.unit), stops)
        rows.append(place_row(book.plant, table, span[0], place, {**fields, **extra}))
    return [*rows, *unclaimed_rows(book.plant, table, span[0], gone, extra)]


def _stated_within(book: Book, span: Span) -> dict[Place, list[Stated]]:
    found: dict[Place, list[Stated]] = {}
    # Of equal spans the newest comes first, and the sort below keeps that order: the newest word counts.
    for figure in reversed(book.figures_within(*span)):
        place = book_place(book.plant, figure.shop, figure.unit, figure.product)
        if place is not None:
            stated = Stated(figure.start_ns, figure.end_ns, figure.grams or 0, figure.status)
            found.setdefault(place, []).append(stated)
    return {place: sorted(items, key=lambda item: (item.start, -item.end)) for place, items in found.items()}


def _counted(
    tags: Sequence[Tag], by_counter: Mapping[tuple[str, str], Sequence[BucketSum]], start_ns: int, end_ns: int
) -> Amount:
    inside = [
        item
        for tag in tags
        for item in by_counter.get((tag.name, tag.product or ""), ())
        if item.unit == tag.unit and start_ns <= item.start_s * NS and item.end_s * NS <= end_ns
    ]
    if not any(item.readings > 0 or item.grams for item in inside):
        return NOTHING  # increments that cancel each other, without a reading, say nothing
    return Amount(sum(item.grams for item in inside), whole=True)


def _share(tag: Tag, by_counter: Mapping[tuple[str, str], Sequence[BucketSum]], span: Span, now_ns: int) -> float:
    readings: dict[int, int] = {}
    # A wide bucket is a coarse span or a compacted one: its readings are laid evenly over the slots that it covers.
    for item in by_counter.get((tag.name, tag.product or ""), ()):
        slots = range(item.start_s, item.end_s, BUCKET_S)
        for slot_s in slots if item.readings and item.unit == tag.unit else ():
            readings[slot_s] = readings.get(slot_s, 0) + item.readings // len(slots)
    return slot_share(readings, tag.cadence_s, span[0] // NS, span[1] // NS, now_ns)
