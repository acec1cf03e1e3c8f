"""Ten days make up the month, months the quarter, quarters the year, shifts the day: to the gram."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.books.book import Book
from models.counting.increment import BUCKET_S, GRAMS_PER_TONNE
from models.counting.output_plan import BucketSum
from models.stated.adjustment import Adjustment
from models.stated.facts import Facts
from models.stated.figure import Figure
from models.tables.book_forecast import Forecasts
from models.tables.day_rows import day_rows
from models.tables.month_rows import month_rows
from models.tables.shift_report_rows import shift_report_rows
from models.tables.shifts import most_shifts
from models.tables.span_rows import span_rows
from models.tables.year_fields import day_with_year, due_in, month_with_year, row_place
from models.works.calendar import NS, day_bounds, shifts_of
from models.works.codes import FigureStatus
from models.works.place import Place
from models.works.span import SpanKind, WorksSpan, next_to, parts_of, span_holding
from models.works.table import FieldValue, Row
from tests.models.books.paper_book import book_of
from tests.models.tables.test_hour_rows import PLANT
from tests.support.random_books import YEAR, random_book

Fields = Mapping[str, FieldValue]
SEEDS = st.integers(min_value=0, max_value=400)
FEW = settings().max_examples // 10
"""The books of a year of a whole works are one example; ten of them have some thousand figures."""
DAYS = st.dates(min_value=date(YEAR, 1, 1), max_value=date(YEAR, 12, 31)).map(date.toordinal)


def by_place(rows: Iterable[Row]) -> dict[Place, Fields]:
    return {row_place(row): row.fields for row in rows}


def grams(fields: Fields, name: str) -> int:
    return round(Fraction(str(fields.get(name, 0.0))) * GRAMS_PER_TONNE)


def parts_and_rest(fields: Fields) -> int:
    return sum(grams(fields, name) for name in fields if name.startswith("part_")) + grams(fields, "in_no_part_t")


@settings(max_examples=FEW)
@given(seed=SEEDS, day=DAYS)
def test_the_parts_of_a_span_and_what_is_in_none_of_them_make_it_up_to_the_gram(seed: int, day: int) -> None:
    book = random_book(seed)
    for kind, whole in (
        (SpanKind.QUARTER, "actual_t"),
        (SpanKind.YEAR, "actual_t"),
        (SpanKind.TEN_DAYS, "month_to_date_t"),
    ):
        for place, fields in by_place(span_rows(book, span_holding(kind, day))).items():
            if whole in fields and place in book.places.known:
                assert parts_and_rest(fields) == grams(fields, whole), (place, fields)


@settings(max_examples=FEW)
@given(seed=SEEDS, day=DAYS)
def test_a_part_is_the_figure_that_is_published_of_it(seed: int, day: int) -> None:
    """A quarter names what the rows of its months say, ten days the month to date of their last day."""
    book = random_book(seed)
    quarter = span_holding(SpanKind.QUARTER, day)
    rows = by_place(span_rows(book, quarter))
    for month in parts_of(quarter):
        for place, fields in by_place(month_rows(book, month.first)).items():
            if "actual_t" in fields and place in rows and place in book.places.known:
                assert rows[place][f"part_{month.number}_t"] == fields["actual_t"]
    ten_days = span_holding(SpanKind.TEN_DAYS, day)
    last = by_place(day_rows(book, Forecasts(book, ten_days.end - 1, ten_days.end), ten_days.end - 1))
    for place, fields in by_place(span_rows(book, ten_days)).items():
        if place in last:
            assert fields.get("month_to_date_t") == last[place].get("month_to_date_t")


@settings(max_examples=FEW)
@given(seed=SEEDS, day=DAYS)
def test_targets_of_the_parts_make_up_the_target_of_the_whole(seed: int, day: int) -> None:
    book = random_book(seed)
    for kind in (SpanKind.MONTH, SpanKind.QUARTER, SpanKind.YEAR):
        span = span_holding(kind, day)
        for place in book.places.all:
            whole = book_target(book, place, span)
            parts = [book_target(book, place, part) for part in parts_of(span)]
            assert whole == (None if None in parts else sum(part or 0 for part in parts))


def book_target(book: Book, place: Place, span: WorksSpan) -> int | None:
    return due_in(book, place, (span.first, span.end), span.end)


@settings(max_examples=FEW)
@given(seed=SEEDS, day=DAYS)
def test_the_year_of_a_span_is_that_of_the_day_and_the_month_that_end_it(seed: int, day: int) -> None:
    """One rule: the year to date, its plan and last year's are the same in whatever report they stand."""
    book = random_book(seed)
    span = span_holding(SpanKind.QUARTER, day)
    last = span.end - 1
    if book.bounds(Place("site", "all", "all", "coal"), last)[1] + 9 * 3600 * NS > book.now_ns:
        return  # a day that runs is in the day's year to date, and not in the month's
    rows = by_place(span_rows(book, span))
    month = span_holding(SpanKind.MONTH, last).first
    months = {row_place(row): month_with_year(book, row, month) for row in month_rows(book, month)}
    days = {
        row_place(row): day_with_year(book, row, last) for row in day_rows(book, Forecasts(book, last, last + 1), last)
    }
    for place, fields in rows.items():
        if place in months:
            for name, of_month in (
                ("ytd_t", "ytd_t"),
                ("ytd_prev_year_t", "ytd_prev_year_t"),
                ("ytd_target_t", "ytd_target_t"),
            ):
                assert fields.get(name) == months[place].get(of_month), (place, name)
        if place in days:
            assert fields.get("ytd_t") == days[place].get("year_to_date_t"), place
            assert fields.get("ytd_target_t") == days[place].get("ytd_target_t"), place


DAY = date(2026, 3, 20)
LATER_NS = day_bounds(next(iter(PLANT.shops.values())).calendar, date(2026, 4, 20))[0]


def counted(random: Random, day: date) -> list[BucketSum]:
    """A day of buckets of every counter, with some that lie across the edge of two shifts."""
    found = []
    for tag in PLANT.tags:
        if tag.product is None:
            continue
        start_ns, end_ns = day_bounds(PLANT.shops[tag.shop].calendar, day)
        at = start_ns // NS
        while at < end_ns // NS:
            length = BUCKET_S * random.choice((1, 1, 1, 1, 7))
            length = min(length, end_ns // NS - at)
            if random.random() < 0.9:
                found.append(BucketSum(tag.name, tag.unit, tag.product, at, at + length, random.randrange(10**8), 10))
            at += length
    return found


@settings(max_examples=FEW)
@given(seed=st.integers(min_value=0, max_value=10**6), states=st.booleans(), corrects=st.booleans())
def test_shifts_and_what_is_in_no_shift_make_up_the_day_to_the_gram(seed: int, states: bool, corrects: bool) -> None:
    random = Random(seed)
    sums = counted(random, DAY)
    furnaces = PLANT.shops["iron"].calendar
    start_ns, end_ns = day_bounds(furnaces, DAY)
    figure = Figure(
        start_ns=start_ns, end_ns=end_ns, shop="iron", unit="bf3", product="pig_iron",
        grams=random.randrange(10**10), status=FigureStatus.REFINED,
    )  # fmt: skip
    adjustment = Adjustment(
        day=DAY.toordinal(), booked_month=date(2026, 3, 1).toordinal(), shop="iron", unit="bf2", product="pig_iron",
        grams=random.randrange(-(10**9), 10**9), author="chief", reason="survey", name="A1",
    )  # fmt: skip
    facts = Facts(all_figures=[figure] if states else [], adjustments=[adjustment] if corrects else [])
    book = book_of(PLANT, 2026, LATER_NS, sums, facts)
    day = DAY.toordinal()
    published = by_place(day_rows(book, Forecasts(book, day, day + 1), day))
    shifts = most_shifts(PLANT)
    assert shifts == len(shifts_of(furnaces, DAY)) == 2
    rows = by_place(shift_report_rows(book, sums, span_holding(SpanKind.SHIFT, day, shifts)))
    assert {place for place in rows if place.level == "unit"}
    for place, fields in rows.items():
        assert parts_and_rest(fields) == grams(published[place], "actual_t")
        assert fields["day_to_date_t"] == published[place]["actual_t"]
    if not states and not corrects and all(item.end_s - item.start_s == BUCKET_S for item in sums):
        assert not any("in_no_part_t" in fields for fields in rows.values())


def test_every_kind_of_span_begins_where_the_one_before_ended() -> None:
    for kind in SpanKind:
        span = span_holding(kind, date(2026, 2, 28).toordinal(), shift=3)
        for _ in range(8):
            after = next_to(span, later=True, shifts=3)
            assert next_to(after, later=False, shifts=3) == span
            assert after.first == span.end or (kind is SpanKind.SHIFT and after.first == span.first)
            assert sum(part.end - part.first for part in parts_of(after)) in (0, after.end - after.first)
            span = after


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (SpanKind.SHIFT, "2026-02-28/2"),
        (SpanKind.DAY, "2026-02-28"),
        (SpanKind.TEN_DAYS, "2026-02-21..2026-02-28"),
        (SpanKind.MONTH, "2026-02"),
        (SpanKind.QUARTER, "2026-Q1"),
        (SpanKind.YEAR, "2026"),
    ],
)
def test_a_span_has_the_name_that_people_type(kind: SpanKind, text: str) -> None:
    assert span_holding(kind, date(2026, 2, 28).toordinal(), shift=2).text == text
