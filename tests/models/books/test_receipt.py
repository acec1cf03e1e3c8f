"""A receipt adds up: its lines sum to the figure of the books to the gram, whatever was counted, stated and signed."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from models.books.book import Book
from models.books.overlaps import NOTHING, Amount
from models.books.part_day_figures import Spans, lay_day_figures
from models.books.receipt import FigureReceipt, LineKind, receipt_of
from models.stated.closed_month import ClosedFigure, MonthClose
from models.stated.facts import Facts
from models.works.calendar import HOUR_NS
from models.works.codes import FigureStatus
from models.works.month import shifted
from models.works.place import Place
from tests.models.books.paper_book import book_of
from tests.models.books.test_book import (
    ADJUSTMENT,
    BF2,
    BF3,
    JANUARY,
    LATE_NS,
    PLANT,
    SITE,
    at,
    book,
    counted,
    figure,
    month_figure,
)
from tests.support.random_books import YEAR, random_book

FEBRUARY = shifted(JANUARY, 1)


def unasked(_unit: str, _product: str, _start_ns: int, _end_ns: int) -> Amount:
    """Of books on paper no counter can be asked for a part of a day."""
    return NOTHING


def receipt(books: Book, place: Place, first: int, end: int, spans: Spans = unasked) -> FigureReceipt:
    found = receipt_of(books, place, (first, end), spans)
    assert found.unexplained_g == 0, (place, date.fromordinal(first), date.fromordinal(end), found)
    return found


def laid(books: Book) -> Spans:
    """Lay the figures of days over the columns, as the reader of a ledger does; what the counters gave before."""
    before = {
        (series, day): columns.day(day)
        for series, columns in books.days.items()
        for day in range(books.first, books.end)
    }
    starts = {}

    def spans(unit: str, product: str, start_ns: int, end_ns: int) -> Amount:
        return before.get(((unit, product), starts.get((unit, product, start_ns, end_ns), 0)), NOTHING)

    for place in books.places.all:
        if place.level == "unit":
            for day in range(books.first, books.end):
                starts[place.unit, place.product, *books.bounds(place, day)] = day
    figures = books.figures_within(0, 2**62)
    lay_day_figures(books.plant, books.days, figures, range(books.first, books.end), spans)
    books.invalidate(range(books.first, books.end))
    return spans


@pytest.mark.parametrize("seed", range(6))
def test_the_lines_of_every_receipt_sum_to_the_figure_to_the_gram(seed: int) -> None:
    books, random = random_book(seed), Random(seed)
    spans = laid(books)
    months = [shifted(date(YEAR, 1, 1).toordinal(), back) for back in random.sample(range(-9, 9), 4)]
    for place in books.places.all:
        for month in months:
            of_month = receipt(books, place, month, shifted(month, 1), spans)
            assert of_month.grams == books.month(place, month).made
            assert of_month.status == books.month(place, month).status or of_month.grams is None
            day = month + random.randrange(28)
            of_day = receipt(books, place, day, day + 1, spans)
            assert of_day.grams == books.day(place, day).made
            receipt(books, place, month - random.randrange(60), day + 1, spans)
            to_date = books.day(place, day).to_date
            if to_date is not None and day > month:
                assert receipt(books, place, month, day + 1, spans).grams == to_date


def test_a_stated_month_says_in_whose_place_it_stands() -> None:
    found = receipt(book(month_figure(2026, 1, 300, BF3, status=FigureStatus.REFINED)), SITE, JANUARY, FEBRUARY)
    (line,) = found.lines
    assert (line.kind, line.place, line.grams, line.status) == (
        LineKind.STATED,
        BF3,
        300_000_000,
        FigureStatus.REFINED,
    )
    assert line.figure is not None
    days = [figure(date(2026, 1, day), date(2026, 1, day + 1), 2, BF3) for day in range(1, 31)]
    last = figure(date(2026, 1, 31), date(2026, 2, 1), 2, BF3)
    found = receipt(book(*days, last, month_figure(2026, 1, 61, BF3)), BF3, JANUARY, FEBRUARY)
    assert [(line.grams, line.counted_g) for line in found.lines] == [(61_000_000, 62_000_000)]


def test_what_nobody_knows_is_a_line_of_its_own_and_never_zero() -> None:
    books = book_of(PLANT, 2026, at(date(2026, 1, 9)), counted(date(2026, 1, 3), 24))
    found = receipt(books, BF3, JANUARY, JANUARY + 5)
    assert [(line.kind, line.grams) for line in found.lines] == [
        (LineKind.UNKNOWN, None),
        (LineKind.COUNTED, 24_000_000),
        (LineKind.UNKNOWN, None),
    ]
    assert not found.whole


def test_a_part_of_a_day_that_somebody_stated_stands_beside_what_the_counters_gave_in_the_rest() -> None:
    day = date(2026, 1, 3)
    part = replace(figure(day, day, 10, BF3), end_ns=at(day, 12))
    books = book_of(PLANT, 2026, LATE_NS, counted(day, 24), facts=Facts(all_figures=[part]))

    def spans(_unit: str, _product: str, start_ns: int, end_ns: int) -> Amount:
        return Amount((end_ns - start_ns) // HOUR_NS * 1_000_000, whole=True)

    found = receipt(books, BF3, JANUARY + 2, JANUARY + 3, spans)
    assert [(line.kind, line.grams) for line in found.lines] == [
        (LineKind.STATED, 10_000_000),
        (LineKind.COUNTED, 12_000_000),
    ]


def test_a_signed_month_is_one_line_and_what_was_corrected_since_stands_beside_it() -> None:
    signed = [
        ClosedFigure(month=JANUARY, level=place.level, shop=place.shop, unit=place.unit, product=place.product, grams=7)
        for place in (BF2, BF3, SITE)
    ]
    later = replace(ADJUSTMENT, booked_month=FEBRUARY, grams=5, recorded_ns=at(date(2026, 2, 9)))
    books = book(
        month_figure(2026, 2, 100, BF3),
        all_closed_figures=signed,
        closes=[MonthClose(month=JANUARY, author="Chief")],
        adjustments=[later],
    )
    january, february = receipt(books, SITE, JANUARY, FEBRUARY), receipt(books, SITE, FEBRUARY, shifted(FEBRUARY, 1))
    assert [(line.kind, line.grams) for line in january.lines] == [(LineKind.SIGNED, 7)]
    assert january.status is FigureStatus.CLOSED
    assert [(item.correction, item.grams) for item in january.elsewhere] == [("A1", 5)]
    assert february.grams == 100_000_005
    assert [line.correction for line in february.lines] == ["", "A1"]
    assert [(item.correction, item.grams) for item in february.elsewhere] == [("A1", -5)]
    of_day = receipt(books, SITE, FEBRUARY + 8, FEBRUARY + 9)
    assert (of_day.grams, list(of_day.lines), list(of_day.elsewhere)) == (None, [], [])
